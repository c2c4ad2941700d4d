"""Which language a text is in."""

from __future__ import annotations

UNDETERMINED = "und"


def identify(headline: str, body: str) -> tuple[str, str]:
    """BCP 47 tag and the reason; ``und`` where the text is too short or in no known language."""
    return UNDETERMINED, f"not identified yet: {len(headline) + len(body)} characters"
