"""What is asked for, and how all of it ended."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tidings.model import Reason
from tidings.model.visits import Kind
from tidings.readers.web.listing import Link
from tidings.readers.web.targets import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request to be made."""

    target: Target
    first: Target  # what was asked for before redirects
    link: Link  # as it was named
    is_named: bool  # by the caller or an earlier one: then what it lists is asked for, too
    trail: tuple[str, ...] = ()  # addresses that redirected, first to last
    is_moved: bool = True  # all of these for good

    @property
    def kind(self) -> Kind:
        return self.link.kind

    def follow(self, target: Target, *, for_good: bool) -> Ask:
        return replace(
            self,
            target=target,
            trail=(*self.trail, self.target.url),
            is_moved=self.is_moved and for_good,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchTally:
    """How the addresses of one run ended. ``asked`` is the sum of the four below it, once the run
    has ended."""

    asked: int = 0
    fetched: int = 0
    unchanged: int = 0  # since it was last fetched: 304
    repeated: int = 0  # leads to another address of this run
    rejected: int = 0
    waiting: int = 0  # not asked, since it is not time yet
    requests: int = 0  # with redirects and robots.txt
    bytes: int = 0  # of all answers, as sent
    reasons: tuple[tuple[Reason, int], ...] = ()  # of the rejected, by name
