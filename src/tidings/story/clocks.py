"""Publications, and what their clocks leave of the time at which they came out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tidings.model import ArticleId
from tidings.times import EAST, WEST, Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockOptions:
    """How far a page's clock is off. A post's id tells its platform's clock: that is exact."""

    slack: timedelta = timedelta(minutes=10)
    """Off either way even where nothing is wrong: rounded, scheduled, set before the page is out.
    Our own choice."""
    zoned: timedelta = timedelta(hours=1)
    """An interval shorter than this tells a clock with its zone, which may be the wrong one."""
    wrong: float = 0.2
    """Share of such clocks that are off by up to ``span``: fitted, with it, on articles that cite
    one another; guarded by bench/clocks.py."""
    span: timedelta = timedelta(hours=12)


DEFAULTS = ClockOptions()


class Doubt(StrEnum):
    """Why a publication's time is not that of what it tells."""

    LIVE = "live"  # a page that went on being written since
    UPDATED = "updated"  # changed after it was published: this may have come in then


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """An article, a post, or what is named and not held."""

    id: str
    name: str  # as it is shown
    published: Interval  # as claimed; of the first version
    changed: datetime | None = None  # last known change: a citation may have come in until then
    is_anchor: bool = False  # its time is a platform's own
    is_held: bool = True  # we have its text
    doubt: Doubt | None = None
    article: ArticleId | None = None  # the version that is meant
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    start: datetime | None
    end: datetime | None


def is_zoned(interval: Interval, options: ClockOptions = DEFAULTS) -> bool:
    """Whether it is a clock's with a zone, and not a span wide enough for any."""
    if interval.start is None or interval.end is None:
        return False
    return interval.end - interval.start < options.zoned


def bound_hard(one: Publication, options: ClockOptions) -> Bounds:
    """A local time that was taken for UTC lies up to 14 hours before what it says and up to 12
    after it."""
    start, end = one.published.start, one.published.end
    if one.is_anchor:
        return Bounds(start=start, end=end)
    if is_zoned(one.published, options):
        return Bounds(start=start and start - EAST, end=end and end - WEST)
    return Bounds(start=start and start - options.slack, end=end and end + options.slack)


def bound_soft(one: Publication, options: ClockOptions) -> Bounds:
    slack = timedelta(0) if one.is_anchor else options.slack
    start, end = one.published.start, one.published.end
    return Bounds(start=start and start - slack, end=end and end + slack)
