"""Which article is in which story."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tidings.engine import Engine


def assignments(engine: Engine) -> Iterator[dict[str, Any]]:
    """One object an article, in order of arrival."""
    for summary in engine.summaries():
        yield {"id": summary.article, "story": summary.story}
