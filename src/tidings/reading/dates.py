"""Dates in datelines and headers, in any language, as Intervals with the reason.

Only dates with a year are turned into times; nothing is filled in from a clock.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as clock_time

from tidings.reading.cues import bare, get_cues
from tidings.reading.days import Found, Order, find_days, find_order
from tidings.reading.months import CLDR, months, weekdays
from tidings.reading.zones import find_offsets, find_zone_after, find_zone_before, to_moments
from tidings.text import words
from tidings.times import Interval, day, hull, local_span, unknown

_TIME = re.compile(
    r"(?<![\d.:/-])(?P<h>[01]?\d|2[0-3])(?:\s?[:hH.時时시]\s?(?P<n>[0-5]\d)(?::(?P<s>[0-5]\d)(?:[.,]\d+)?)?"
    r"(?![\d/])(?:\s?(?P<half>[ap])\.?\s?m\b\.?)?|\s?(?P<alone>[ap])\.?\s?m\b\.?|\s?(?:Uhr|h)\b)",
    re.IGNORECASE,
)

__all__ = [
    "Order",
    "Stamp",
    "find_order",
    "find_stamps",
    "is_calendar_word",
    "is_dateline",
    "is_update",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Our own choice, guarded by tests/reading/test_dates.py."""

    reach: int = 25  # code points between a date and its time
    longest: int = 140  # code points of a line that is a dateline
    loose: int = 3  # words of a dateline that are neither date, weekday nor label: a town, a name


DEFAULTS = Options()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A date, perhaps with the time of day, at ``[start, end)`` of a line."""

    interval: Interval
    start: int
    end: int
    is_update: bool
    zone: str | None = None  # as printed


def find_stamps(line: str, language: str, order: Order | None = None) -> list[Stamp]:
    """The dates of a line in order; without a printed year their interval is unbounded.

    ``order`` is that of the page's other dates; without it 03/04 has both meanings where the
    language leaves them both.
    """
    found = find_days(line, language, order)
    hidden = _hide(line, found)
    times = list(_TIME.finditer(hidden))
    stamps: list[Stamp] = []
    before = 0
    for each in found:
        time = _nearest(each, times)
        end = max(each.end, time.end()) if time else each.end
        start = min(each.start, time.start()) if time else each.start
        zone, stretch = _zone(line, each, time)
        stamps.append(
            Stamp(
                interval=_interval(each, time, zone),
                start=start,
                end=max(end, stretch),
                is_update=is_update(line[before:start]),
                zone=zone or None,
            )
        )
        before = end
    return stamps


def is_dateline(line: str) -> bool:
    """Whether a line says when, and next to nothing else."""
    if len(line) > DEFAULTS.longest or not any(sign.isdigit() for sign in line):
        return False
    found = find_days(line, "und")
    times = list(_TIME.finditer(_hide(line, found)))
    if not found and not times:
        return False
    rest = _hide(line, found)
    for time in reversed(times):
        rest = rest[: time.start()] + " " * (time.end() - time.start()) + rest[time.end() :]
    loose = [word for word in map(bare, (rest[a:b] for a, b in words(rest))) if _is_loose(word)]
    dated = any(each.days for each in found)
    return len(loose) <= (DEFAULTS.loose if dated else len(found))


def _is_loose(word: str) -> bool:
    cues = get_cues()
    known = word in cues.published or word in cues.updated or word in cues.byline
    return not known and word not in weekdays() and not find_offsets(word.upper())


def is_calendar_word(word: str, language: str) -> bool:
    """Whether it names a month or a day of the week in that language."""
    plain = bare(word)
    tag = CLDR.get(language, language.partition("-")[0])
    return len(plain) > 2 and (tag in weekdays().get(plain, ()) or tag in months().get(plain, ()))


def _hide(line: str, found: list[Found]) -> str:
    for each in found:
        line = line[: each.start] + " " * (each.end - each.start) + line[each.end :]
    return line


def _nearest(each: Found, times: list[re.Match[str]]) -> re.Match[str] | None:
    def gap(time: re.Match[str]) -> int:
        return max(time.start() - each.end, each.start - time.end())

    near = [time for time in times if gap(time) <= DEFAULTS.reach]
    return min(near, key=lambda time: (gap(time), time.start())) if near else None


def _zone(line: str, each: Found, time: re.Match[str] | None) -> tuple[str, int]:
    """The zone as printed behind the time or date, or by its name before the time; where it ends,
    0 where that is no further than the time."""
    if time is None:
        return "", 0
    for end in (time.end(), each.end):
        printed, length = find_zone_after(line[end:])
        if printed:
            return printed, end + length
    return find_zone_before(line[: time.start()]), 0


def _interval(each: Found, time: re.Match[str] | None, zone: str) -> Interval:
    if not each.days:
        return unknown("a date without a year is printed")
    spans = [_span(on, time, zone, each.why) for on in each.days]
    return spans[0] if len(spans) == 1 else hull(spans, f"dateline: {each.why}")


def _span(on: date, time: re.Match[str] | None, zone: str, why: str) -> Interval:
    if time is None:
        return day(on, f"dateline, to the day: {why}")
    precision = timedelta(seconds=1) if time["s"] else timedelta(minutes=1)
    clock = clock_time(_hour(time), int(time["n"] or 0), int(time["s"] or 0))
    start = datetime.combine(on, clock)
    offsets = find_offsets(zone, start) if zone else ()
    if not offsets:
        return local_span(start, start + precision, f"dateline, zone unknown: {why}")
    first, end = to_moments(start, start + precision, offsets)
    return Interval(start=first, end=end, reason=f"dateline with zone: {why}")


def _hour(time: re.Match[str]) -> int:
    hour = int(time["h"])
    half = (time["half"] or time["alone"] or "").lower()
    if not half or hour > 12:
        return hour
    return hour % 12 + (12 if half == "p" else 0)


def is_update(before: str) -> bool:
    """Whether the words before a time say that the text was changed then."""
    cues = get_cues()
    found = [bare(before[a:b]) for a, b in words(before)]
    runs = (found[at : at + size] for size in (1, 2, 3, 4) for at in range(len(found)))
    return any(" ".join(run) in cues.updated for run in runs)
