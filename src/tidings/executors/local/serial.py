"""In the caller's process, one after the other: for tests, and for a page or two."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import Any, TypeVar

from tidings.executors.local.attempt import attempt
from tidings.model import Rejected

Item = TypeVar("Item")
Result = TypeVar("Result")


class SerialExecutor:
    """``ports.Executor``. A page that kills its process kills the caller's."""

    def __init__(
        self, seconds_an_item: float = 20.0, name_of: Callable[[Any], str] = attrgetter("name")
    ) -> None:
        self._seconds = seconds_an_item
        self._name_of = name_of

    def map(
        self, function: Callable[[Item], Result], items: Iterable[Item]
    ) -> Iterator[Result | Rejected]:
        for item in items:
            yield attempt(function, item, self._name_of(item), self._seconds)
