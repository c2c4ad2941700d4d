"""Times told from now ("2 hours ago"), by the moment when the page was served. Phrases: CLDR."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Literal

from babel.dates import format_timedelta

from tidings.reading.dates import Stamp, is_update
from tidings.reading.months import LANGUAGES
from tidings.times import Interval

LONGEST = 60  # code points of a line that says when
MOST = 60  # units; nobody counts further

_Unit = Literal["second", "minute", "hour", "day"]
_Form = Literal["long", "short", "narrow"]

_UNITS: dict[_Unit, timedelta] = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
}
_COUNTS = (1, 2, 3, 5, 11, 21)  # of every plural form of CLDR
_FORMATS: tuple[_Form, ...] = ("long", "short", "narrow")
_DENSE = ("zh", "zh-Hant", "ja", "ko")  # with no names of months
_MORE: dict[str, _Unit] = {"# mins ago": "minute", "# hrs ago": "hour", "# hr ago": "hour"}
_NUMBER = re.compile(r"\d{1,2}(?!\d)")


def find_agos(line: str, served: datetime) -> list[Stamp]:
    """Those of a line, in order. Whole units may be cut or rounded: the moment lies up to one unit
    to either side."""
    if len(line) > LONGEST or not any(sign.isdigit() for sign in line):
        return []
    stamps: list[Stamp] = []
    for match in _pattern().finditer(line):
        interval = _interval(match.group(), served.astimezone(UTC))
        before = line[stamps[-1].end if stamps else 0 : match.start()]
        if interval:
            stamps.append(
                Stamp(
                    interval=interval,
                    start=match.start(),
                    end=match.end(),
                    is_update=is_update(before),
                )
            )
    return stamps


def _interval(phrase: str, now: datetime) -> Interval | None:
    number = _NUMBER.search(phrase)
    if number is None or int(number.group()) > MOST:
        return None
    count = int(number.group())
    unit = _phrases()[_NUMBER.sub("#", phrase.casefold(), count=1)]
    return Interval(
        start=now - (count + 1) * unit,
        end=now - max(count - 1, 0) * unit + timedelta(seconds=1),
        reason=f"dateline {phrase!r}, before it was served",
    )


@cache
def _phrases() -> dict[str, timedelta]:
    """Phrase, case folded, its number as #, → unit. What means two units ("vor 3 m") is none."""
    found = {phrase: {_UNITS[unit]} for phrase, unit in _MORE.items()}
    for language in (*LANGUAGES, *_DENSE):
        for name, unit in _UNITS.items():
            for count in _COUNTS:
                for form in _FORMATS:
                    phrase = _NUMBER.sub("#", _told(-count * unit, name, form, language), count=1)
                    if "#" in phrase and phrase[0] not in "+-−" and len(phrase) > len("# m"):
                        found.setdefault(phrase, set()).add(unit)
    return {phrase: units.pop() for phrase, units in found.items() if len(units) == 1}


def _told(delta: timedelta, unit: _Unit, form: _Form, language: str) -> str:
    """Case folded; ``""`` where CLDR has no phrase of that form."""
    try:
        return format_timedelta(
            delta, granularity=unit, threshold=10**6, add_direction=True, format=form,
            locale=language.replace("-", "_"),
        ).casefold()  # fmt: skip
    except KeyError:
        return ""


@cache
def _pattern() -> re.Pattern[str]:
    phrases = sorted(_phrases(), key=lambda phrase: (-len(phrase), phrase))
    told = (re.escape(phrase).replace(r"\#", r"\d{1,2}") for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{'|'.join(told)})(?!\w)", re.IGNORECASE)
