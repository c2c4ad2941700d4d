"""Times in words, never more exact than they are known; UTC throughout."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tidings.times import Interval

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
TICK = timedelta(microseconds=1)
# A calendar day in an unknown zone begins in UTC+14 and ends in UTC-12: see times.local_span.
EASTMOST = timedelta(hours=14)
WESTMOST = timedelta(hours=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A time for a reader, and for ``<time datetime>`` where HTML has a form for it."""

    words: str
    machine: str | None = None


def say(interval: Interval) -> Said:
    start, end = interval.start, interval.end
    if start is None or end is None:
        return Said(words=_say_open(start, end))
    if end - start <= MINUTE:
        return Said(
            words=f"{_say_day(start.date())}, {start:%H:%M} UTC",
            machine=f"{start:%Y-%m-%dT%H:%M}Z",
        )
    first, last = _days(start, end)
    if first == last and end - start < DAY:
        return Said(words=f"{_say_day(first)}, {start:%H:%M}–{end:%H:%M} UTC")
    return _say_days(first, last)


def say_bounds(interval: Interval) -> str:
    """Both bounds in full, for who wants to know exactly; empty where there are none."""
    start, end = interval.start, interval.end
    if start is None or end is None:
        return ""
    if end - start <= MINUTE:
        return f"{start:%Y-%m-%d %H:%M:%S} UTC"
    return f"between {start:%Y-%m-%d %H:%M} and {end:%Y-%m-%d %H:%M} UTC"


def say_span(intervals: Iterable[Interval]) -> Said:
    """From the first to the last of those that are known."""
    given = list(intervals)
    known = [(i.start, i.end) for i in given if i.start is not None and i.end is not None]
    if len(given) == 1:
        return say(given[0])
    if not known:
        return Said(words="time unknown")
    first, last = min(known), max(known)
    are_exact = all(end - start <= MINUTE for start, end in known)
    if are_exact and first[0].date() == last[0].date():
        return _say_hours(first[0], last[0])
    days = [_days(start, end) for start, end in known]
    return _say_days(min(day for day, _ in days), max(day for _, day in days))


def _say_hours(first: datetime, last: datetime) -> Said:
    """Two minutes of one day."""
    hours = f"{first:%H:%M}" if last - first < MINUTE else f"{first:%H:%M}–{last:%H:%M}"
    return Said(words=f"{_say_day(first.date())}, {hours} UTC")


def _say_open(start: datetime | None, end: datetime | None) -> str:
    if start is not None:
        return f"after {_say_day(start.date())}, {start:%H:%M} UTC"
    if end is not None:
        return f"before {_say_day(end.date())}, {end:%H:%M} UTC"
    return "time unknown"


def _days(start: datetime, end: datetime) -> tuple[date, date]:
    """The first and the last calendar day: local ones where the span is of days in an unknown
    zone, else those of UTC that it touches."""
    first, after = start + EASTMOST, end - WESTMOST
    if first < after and _is_midnight(first) and _is_midnight(after):
        return first.date(), (after - TICK).date()
    return start.date(), (end - TICK).date()


def _is_midnight(at: datetime) -> bool:
    return at == at.replace(hour=0, minute=0, second=0, microsecond=0)


def _say_days(first: date, last: date) -> Said:
    if first == last:
        return Said(words=_say_day(first), machine=first.isoformat())
    month = MONTHS[last.month - 1]
    if first.year != last.year:
        return Said(words=f"{_say_day(first)} – {_say_day(last)}")
    if first.month != last.month:
        return Said(words=f"{first.day} {MONTHS[first.month - 1]} – {_say_day(last)}")
    if first.day == 1 and (last + DAY).month != last.month:
        return Said(words=f"{month} {last.year}", machine=f"{last:%Y-%m}")
    return Said(words=f"{first.day}–{last.day} {month} {last.year}")


def _say_day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
