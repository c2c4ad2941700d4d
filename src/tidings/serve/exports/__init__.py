"""What other programs get: one JSON object a line, and feeds as an outline."""

from collections.abc import Callable, Iterator
from typing import Any

from tidings.engine import Engine
from tidings.serve.exports.aliases import aliases
from tidings.serve.exports.articles import articles
from tidings.serve.exports.assignments import assignments
from tidings.serve.exports.opml import render_feeds

__all__ = ["EXPORTS", "OPML", "Export", "render_feeds"]

Export = Callable[[Engine], Iterator[dict[str, Any]]]

EXPORTS: dict[str, Export] = {"assignments": assignments, "articles": articles, "aliases": aliases}
OPML = "opml"
