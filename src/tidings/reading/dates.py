"""Dates in datelines and headers, in any language, as Intervals with the reason.

Only dates with a year are turned into times; nothing is filled in from a clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from enum import StrEnum
from functools import partial

from tidings.reading.cues import bare, get_cues
from tidings.reading.months import CLDR, meanings, months, weekdays
from tidings.reading.zones import find_offsets, find_zone_after, find_zone_before, to_moments
from tidings.text import words
from tidings.times import Interval, day, hull, local_span, unknown

MONTH_FIRST = frozenset({"en", "und", "tl", "fil"})
"""Where 03/04 may be the fourth of March: there both readings stand."""

DAY_FIRST = frozenset({"en-GB", "en-IE", "en-AU", "en-NZ", "en-IN", "en-ZA", "en-KE", "en-NG"})
"""Where English puts the day first (CLDR)."""

_ISO = re.compile(
    r"(?<!\d)(?P<y>\d{4})[-./年년]\s?(?P<m>\d{1,2})[-./月월]\s?(?P<d>\d{1,2})[日일]?(?!\d)"
)
_NUMBERS = re.compile(
    r"(?<![\d.:/-])(\d{1,2})(?:([./-])(\d{1,2})\2(\d{4}|\d\d)|(\.)\s(\d{1,2})\.\s(\d{4}))"
    r"(?![\d:]|[./-]\d)"
)
_DAY_FIRST = re.compile(
    r"(?<![\d.:])(?P<d>\d{1,2})(?:\.|st|nd|rd|th|º|er|-?го)?\s*(?:de\s|of\s|d['’])?\s*"
    r"(?P<m>[^\W\d_]{2,}(?:/[^\W\d_]{3,})?)\.?(?:[\s,]+(?:de\s|del\s|of\s)?\s*(?P<y>\d{4})(?!\d))?"
)
_MONTH_FIRST = re.compile(
    r"(?<!\w)(?P<m>[^\W\d_]{3,})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?(?![\d:])"
    r"(?:,?\s+(?P<y>\d{4})(?!\d))?"
)
_TIME = re.compile(
    r"(?<![\d.:/-])(?P<h>[01]?\d|2[0-3])(?:\s?[:hH.時时시]\s?(?P<n>[0-5]\d)(?::(?P<s>[0-5]\d)(?:[.,]\d+)?)?"
    r"(?![\d/])(?:\s?(?P<half>[ap])\.?\s?m\b\.?)?|\s?(?P<alone>[ap])\.?\s?m\b\.?|\s?(?:Uhr|h)\b)",
    re.IGNORECASE,
)


class Order(StrEnum):
    """Of day and month in a date in numbers."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Our own choice, guarded by tests/reading/test_dates.py."""

    years: tuple[int, int] = (1900, 2100)  # a year outside them is some other number
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    start: int
    end: int
    days: tuple[date, ...]  # the readings; none where no year is printed
    why: str


def find_stamps(line: str, language: str, order: Order | None = None) -> list[Stamp]:
    """The dates of a line in order; without a printed year their interval is unbounded.

    ``order`` is that of the page's other dates; without it 03/04 has both meanings where the
    language leaves them both.
    """
    found = _find_days(line, language, order)
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
                is_update=_is_update(line[before:start]),
                zone=zone or None,
            )
        )
        before = end
    return stamps


def is_dateline(line: str) -> bool:
    """Whether a line says when, and next to nothing else."""
    if len(line) > DEFAULTS.longest or not any(sign.isdigit() for sign in line):
        return False
    found = _find_days(line, "und")
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


def find_order(text: str) -> Order | None:
    """Of the dates in numbers that have one meaning; None where there is none, or both orders."""
    found = set()
    for match in _NUMBERS.finditer(text):
        first, second = int(match[1]), int(match[3] or match[6])
        if min(first, second) <= 12 < max(first, second) <= 31:
            found.add(Order.DAY_FIRST if first > second else Order.MONTH_FIRST)
    return found.pop() if len(found) == 1 else None


def _find_days(line: str, language: str, order: Order | None = None) -> list[_Found]:
    """Without overlaps, in order; the surer patterns first."""
    kept: list[_Found] = []
    finders = (_iso, partial(_numbers, order=order), _named_day_first, _named_month_first)
    for finder in finders:
        for each in finder(line, language):
            if all(each.end <= other.start or other.end <= each.start for other in kept):
                kept.append(each)
    return sorted(kept, key=lambda each: each.start)


def _iso(line: str, language: str) -> Iterator[_Found]:
    del language
    for match in _ISO.finditer(line):
        days = _days([(int(match["y"]), int(match["m"]), int(match["d"]))])
        if days:
            yield _Found(start=match.start(), end=match.end(), days=days, why="year, month, day")


def _numbers(line: str, language: str, order: Order | None) -> Iterator[_Found]:
    for match in _NUMBERS.finditer(line):
        first, second = int(match[1]), int(match[3] or match[6])
        year, mark = int(match[4] or match[7]), match[2] or match[5]
        year += 2000 if year < 100 else 0
        is_open = language not in DAY_FIRST and language.partition("-")[0] in MONTH_FIRST
        order_here = order or (None if is_open and mark != "." else Order.DAY_FIRST)
        readings = [(year, second, first)] if order_here is not Order.MONTH_FIRST else []
        if order_here is not Order.DAY_FIRST:
            readings.append((year, first, second))
        days = _days(readings) or _days([(year, second, first), (year, first, second)])
        why = "day.month.year" if len(days) == 1 else "day and month may be exchanged"
        if days:
            yield _Found(start=match.start(), end=match.end(), days=days, why=why)


def _named_day_first(line: str, language: str) -> Iterator[_Found]:
    yield from _named(_DAY_FIRST, line, language)


def _named_month_first(line: str, language: str) -> Iterator[_Found]:
    yield from _named(_MONTH_FIRST, line, language)


def _named(pattern: re.Pattern[str], line: str, language: str) -> Iterator[_Found]:
    """Named months; a name that two languages use differently has two readings."""
    for match in pattern.finditer(line):
        numbers = meanings(match["m"].split("/")[-1], language)
        if not numbers:
            continue
        if not match["y"]:
            if int(match["d"]) <= 31:
                yield _Found(start=match.start(), end=match.end(), days=(), why="no year")
            continue
        days = _days([(int(match["y"]), number, int(match["d"])) for number in numbers])
        why = "named month" if len(days) == 1 else "the month's name has two meanings"
        if days:
            yield _Found(start=match.start(), end=match.end(), days=days, why=why)


def _days(readings: list[tuple[int, int, int]]) -> tuple[date, ...]:
    """Those that are dates, each once, in order."""
    days = set()
    for year, month, number in readings:
        if not DEFAULTS.years[0] <= year <= DEFAULTS.years[1]:
            continue
        try:
            days.add(date(year, month, number))
        except ValueError:
            continue
    return tuple(sorted(days))


def _hide(line: str, found: list[_Found]) -> str:
    for each in found:
        line = line[: each.start] + " " * (each.end - each.start) + line[each.end :]
    return line


def _nearest(each: _Found, times: list[re.Match[str]]) -> re.Match[str] | None:
    def gap(time: re.Match[str]) -> int:
        return max(time.start() - each.end, each.start - time.end())

    near = [time for time in times if gap(time) <= DEFAULTS.reach]
    return min(near, key=lambda time: (gap(time), time.start())) if near else None


def _zone(line: str, each: _Found, time: re.Match[str] | None) -> tuple[str, int]:
    """The zone as printed behind the time or date, or by its name before the time; where it ends,
    0 where that is no further than the time."""
    if time is None:
        return "", 0
    for end in (time.end(), each.end):
        printed, length = find_zone_after(line[end:])
        if printed:
            return printed, end + length
    return find_zone_before(line[: time.start()]), 0


def _interval(each: _Found, time: re.Match[str] | None, zone: str) -> Interval:
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


def _is_update(before: str) -> bool:
    cues = get_cues()
    found = [bare(before[a:b]) for a, b in words(before)]
    runs = (found[at : at + size] for size in (1, 2, 3, 4) for at in range(len(found)))
    return any(" ".join(run) in cues.updated for run in runs)
