"""Ids that can be read: made of a name."""

from __future__ import annotations

import re

from tidings.story.entities.romanise import romanise

LONGEST = 60  # characters

_ELSE = re.compile(r"[^a-z0-9]+")


def slug(name: str) -> str:
    """``Kaja Kallas`` → ``kaja-kallas``; ``x`` where nothing of it can be spelt."""
    plain = _ELSE.sub("-", romanise(name).replace("'", "")).strip("-")
    return plain[:LONGEST].rstrip("-") or "x"
