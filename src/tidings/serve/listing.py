"""A list, printed up to a limit: the same for articles, stories and rejections."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Generic, TypeVar

from tidings.serve.terminal import line, notice

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(Generic[Item]):
    """How what was found is printed."""

    describe: Callable[[Item], dict[str, Any]]
    show: Callable[[Iterable[Item]], None]
    nothing: str  # what is said where nothing was found


def print_listed(
    listing: Listing[Item], found: Iterator[Item], limit: int, *, as_json: bool, quiet: bool
) -> None:
    listed = list(islice(found, limit))
    if not listed:
        notice(listing.nothing)
    if as_json:
        for item in listed:
            line(listing.describe(item))
        return
    listing.show(listed)
    rest = sum(1 for _ in found)
    if rest and not quiet:
        notice(f"{rest:,} more: --limit {limit + rest}")
