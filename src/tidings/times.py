"""Interval: a time as exactly as it is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

EAST = timedelta(hours=14)
WEST = timedelta(hours=-12)
"""The offsets from UTC between which every zone lies."""
EASTMOST = timezone(EAST)
WESTMOST = timezone(WEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A half-open span ``[start, end)`` of aware UTC times in which the moment lies.

    ``None`` on a side means unbounded. ``reason`` says what the bounds rest on.
    Raises ``ValueError`` for naive times or where ``end`` is not after ``start``.
    """

    start: datetime | None
    end: datetime | None
    reason: str

    def __post_init__(self) -> None:
        for bound in (self.start, self.end):
            if bound is not None and bound.utcoffset() != timedelta(0):
                raise ValueError(f"{bound!r} is not aware UTC; convert it first")
        if self.start and self.end and self.end <= self.start:
            raise ValueError(f"end {self.end!r} is not after start {self.start!r}")

    @property
    def middle(self) -> datetime | None:
        """The midpoint; None where a side is unbounded."""
        if self.start is None or self.end is None:
            return None
        return self.start + (self.end - self.start) / 2


def unknown(reason: str) -> Interval:
    return Interval(start=None, end=None, reason=reason)


def moment(at: datetime, reason: str, precision: timedelta = timedelta(seconds=1)) -> Interval:
    """``at`` is aware; the moment lies within ``precision`` after it."""
    start = at.astimezone(UTC)
    return Interval(start=start, end=start + precision, reason=reason)


def local_span(start: datetime, end: datetime, reason: str) -> Interval:
    """Naive local times in an unknown zone: every zone from UTC-12 to UTC+14 is possible."""
    return Interval(
        start=start.replace(tzinfo=EASTMOST).astimezone(UTC),
        end=end.replace(tzinfo=WESTMOST).astimezone(UTC),
        reason=reason,
    )


def day(on: date, reason: str) -> Interval:
    """A calendar day in an unknown zone, hence 50 hours long."""
    start = datetime(on.year, on.month, on.day)  # noqa: DTZ001 - local, zone unknown
    return local_span(start, start + timedelta(days=1), reason)


def hull(intervals: Iterable[Interval], reason: str) -> Interval:
    """The least interval that holds them all; unbounded where one of them is, or there is none."""
    starts, ends = [], []
    for interval in intervals:
        starts.append(interval.start)
        ends.append(interval.end)
    known_starts = [start for start in starts if start is not None]
    known_ends = [end for end in ends if end is not None]
    return Interval(
        start=min(known_starts) if starts and len(known_starts) == len(starts) else None,
        end=max(known_ends) if ends and len(known_ends) == len(ends) else None,
        reason=reason,
    )


def meet(first: Interval, second: Interval, reason: str) -> Interval | None:
    """What lies in both; None where nothing does."""
    starts = [bound for bound in (first.start, second.start) if bound is not None]
    ends = [bound for bound in (first.end, second.end) if bound is not None]
    start, end = max(starts, default=None), min(ends, default=None)
    if start and end and end <= start:
        return None
    return Interval(start=start, end=end, reason=reason)
