"""Calendar days as printed, in figures or with the month by name, in any language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial

from tidings.reading.months import meanings

MONTH_FIRST = frozenset({"en", "und", "tl", "fil"})
"""Where 03/04 may be the fourth of March: there both readings stand."""

DAY_FIRST = frozenset({"en-GB", "en-IE", "en-AU", "en-NZ", "en-IN", "en-ZA", "en-KE", "en-NG"})
"""Where English puts the day first (CLDR)."""

YEARS = (1900, 2100)  # a year outside them is some other number
BUDDHIST = 543  # years that the Thai calendar is ahead

_NAME = r"[^\W\d_][^\s\d,،.:;/()|–—-]+"  # vowel signs are no letters
_PAIR = r"(?:\s(?:الثاني|الأول|Fómhair))?"  # months of two words
_ISO = re.compile(
    r"(?<!\d)(?P<y>\d{4})[-./年년]\s?(?P<m>\d{1,2})[-./月월]\s?(?P<d>\d{1,2})[日일]?(?!\d)"
)
_NUMBERS = re.compile(
    r"(?<![\d.:/-])(\d{1,2})(?:\u200f?([./-])(\d{1,2})\u200f?\2(\d{4}|\d\d)|"
    r"(\.)\s(\d{1,2})\.\s(\d{4})|(\s)(?:tháng|thg)\s(\d{1,2}),?\s(?:năm\s)?(\d{4}))"
    r"(?![\d:]|[./-]\d)"
)
_DAY_FIRST = re.compile(
    r"(?<![\d.:])(?P<d>\d{1,2})(?:\.|st|nd|rd|th|º|er|-?го|,(?=\s))?\s*(?:de\s|of\s|d['’])?\s*"
    rf"(?P<m>(?:[^\W\d_][^\s\w.]?\.){{2}}|{_NAME}(?:/[^\W\d_]{{3,}})?{_PAIR})\.?"
    r"(?:[\s,،]+(?:de\s|del\s|of\s|ค\.ศ\.\s|พ\.ศ\.\s)?\s*(?P<y>\d{4})(?!\d))?"
)
_MONTH_FIRST = re.compile(
    r"(?<!\w)(?P<m>[^\W\d_]{3,})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?(?![\d:])"
    r"(?:,?\s+(?P<y>\d{4})(?!\d))?"
)
_YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?:\.\sgada|\.|\s?m\.|\s?ж\.|\s?թ\.)\s"
    rf"(?:(?P<m>{_NAME})\.?\s(?P<d>\d{{1,2}})(?:\.|\sd\.|\(a\))?|"
    rf"(?P<d2>\d{{1,2}})\.?\s(?P<m2>{_NAME}))"
)


class Order(StrEnum):
    """Of day and month in a date in numbers."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A date at ``[start, end)`` of a line."""

    start: int
    end: int
    days: tuple[date, ...]  # the readings; none where no year is printed
    why: str


def find_order(text: str) -> Order | None:
    """Of the dates in numbers that have one meaning; None where there is none, or both orders."""
    found = set()
    for match in _NUMBERS.finditer(text):
        first, second = int(match[1]), int(match[3] or match[6] or match[9])
        if min(first, second) <= 12 < max(first, second) <= 31:
            found.add(Order.DAY_FIRST if first > second else Order.MONTH_FIRST)
    return found.pop() if len(found) == 1 else None


def find_days(line: str, language: str, order: Order | None = None) -> list[Found]:
    """Without overlaps, in order; the surer patterns first."""
    kept: list[Found] = []
    finders = (
        _iso,
        partial(_numbers, order=order),
        partial(_named, _YEAR_FIRST),
        partial(_named, _DAY_FIRST),
        partial(_named, _MONTH_FIRST),
    )
    for finder in finders:
        for each in finder(line, language):
            if all(each.end <= other.start or other.end <= each.start for other in kept):
                kept.append(each)
    return sorted(kept, key=lambda each: each.start)


def _iso(line: str, language: str) -> Iterator[Found]:
    del language
    for match in _ISO.finditer(line):
        days = _days([(int(match["y"]), int(match["m"]), int(match["d"]))])
        if days:
            yield Found(start=match.start(), end=match.end(), days=days, why="year, month, day")


def _numbers(line: str, language: str, order: Order | None) -> Iterator[Found]:
    for match in _NUMBERS.finditer(line):
        first, second = int(match[1]), int(match[3] or match[6] or match[9])
        year, mark = int(match[4] or match[7] or match[10]), match[2] or match[5] or match[8]
        year += 2000 if year < 100 else 0
        is_open = language not in DAY_FIRST and language.partition("-")[0] in MONTH_FIRST
        is_settled = not is_open or mark in (".", " ")
        order_here = order or (Order.DAY_FIRST if is_settled else None)
        readings = [(year, second, first)] if order_here is not Order.MONTH_FIRST else []
        if order_here is not Order.DAY_FIRST:
            readings.append((year, first, second))
        days = _days(readings) or _days([(year, second, first), (year, first, second)])
        why = "day.month.year" if len(days) == 1 else "day and month may be exchanged"
        if days:
            yield Found(start=match.start(), end=match.end(), days=days, why=why)


def _named(pattern: re.Pattern[str], line: str, language: str) -> Iterator[Found]:
    """Named months; a name that two languages use differently has two readings."""
    for match in pattern.finditer(line):
        part = match.groupdict()
        name, number = part["m"] or part["m2"], int(part["d"] or part["d2"])
        found = meanings(name.split("/")[-1], language)
        if not found:
            continue
        if not part["y"]:
            if number <= 31:
                yield Found(start=match.start(), end=match.end(), days=(), why="no year")
            continue
        days = _days([(int(part["y"]), month, number) for month in found])
        why = "named month" if len(days) == 1 else "the month's name has two meanings"
        if days:
            yield Found(start=match.start(), end=match.end(), days=days, why=why)


def _days(readings: list[tuple[int, int, int]]) -> tuple[date, ...]:
    """Those that are dates, each once, in order."""
    days = set()
    for printed, month, number in readings:
        year = printed - BUDDHIST if printed > YEARS[1] else printed
        if not YEARS[0] <= year <= YEARS[1]:
            continue
        try:
            days.add(date(year, month, number))
        except ValueError:
            continue
    return tuple(sorted(days))
