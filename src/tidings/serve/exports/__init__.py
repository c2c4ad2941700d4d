"""What other programs get: one JSON object a line."""

from collections.abc import Callable, Iterator
from typing import Any

from tidings.engine import Engine
from tidings.serve.exports.articles import articles
from tidings.serve.exports.assignments import assignments

Export = Callable[[Engine], Iterator[dict[str, Any]]]

EXPORTS: dict[str, Export] = {"assignments": assignments, "articles": articles}
