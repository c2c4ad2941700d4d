"""Where the ids of stories without articles lead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tidings.engine import Engine


def aliases(engine: Engine) -> Iterator[dict[str, Any]]:
    """One object a story, in the order in which they were opened."""
    for alias in engine.aliases():
        line = alias.line
        yield {"story": alias.story, "now": alias.now, "by": line.by, "reason": line.reason}
