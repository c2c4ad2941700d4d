"""Machine-written times (ISO 8601, RFC 3339, RFC 5322, epoch) → Interval."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_tz

from tidings.model import Timestamp, Timing
from tidings.reading.dates import find_stamps, is_dateline
from tidings.reading.zones import find_offsets
from tidings.times import Interval, day, local_span, moment, unknown

FIRST_YEAR, LAST_YEAR = 1990, 2100  # the web's years; what lies outside is a slip or a filler
LONGEST = 80  # code points of a time as printed; the rest is no time

_ISO = re.compile(
    r"(?P<year>\d{4})(?P<mark>[-/.]?)(?P<month>\d{2})(?P=mark)(?P<day>\d{2})"
    r"(?:[T\s,;]+(?:at\s+)?(?P<hour>\d{1,2})[:.]?(?P<minute>\d{2})"
    r"(?:[:.]?(?P<second>\d{2})(?:[.,:]\d+)?)?"
    r"\s*(?P<zone>Z|UTC|GMT|(?:UTC|GMT)?\s?[+-]\d{1,2}(?::?\d{2})?)?(?:\s*\([^)]*\)|\[[^]]*\])?)?",
    re.IGNORECASE,
)
_DOTTED = re.compile(
    r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})"
    r"(?:[\sT,–-]+(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::(?P<second>\d{2}))?)?(?P<zone>)"
)
_SCRIPTED = re.compile(r"(\w{3}) (\w{3}) (\d{1,2}) (\d{4}) ([\d:]+) (?:GMT|UTC)([+-]\d{4}).*")
_ZONE = re.compile(
    r"(?<=[\d\s])(?:Z|UTC|GMT|(?:UTC|GMT)?\s?[+-]\d{1,2}:?\d{2}|(?:UTC|GMT)\s?[+-]\d{1,2}|"
    r"[ECMP][SD]T)(?=\s*(?:\(.*\)|\[.*\])?$)",
    re.IGNORECASE,
)
_MAILED = re.compile(
    r"[A-Za-z]{3}.*\d:\d\d(?::\d\d)?\s*(?:[+-]\d{4}|Z|UTC?|GMT|[ECMP][SD]T)\s*(?:\(.*\))?$"
)
_EPOCH = re.compile(r"(\d{10})(?:\d{3})?(?:\.\d+)?")
_IN_PATH = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:([/_-])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])|"
    r"(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]))(?!\d)"
)


def parse_stamp(
    value: str, ground: str, is_midnight_exact: bool = False, language: str = "und"
) -> Interval:
    """The time that ``value`` says; unknown, with the value in the reason, where it says none.

    With an offset exact to the printed second or minute; without one every zone is possible; a
    date is its day. Midnight to the second stands for a date with no time, unless the caller
    knows better. A date in words, or whose day and month may be exchanged, is read as printed in
    ``language``.
    """
    text = " ".join(value.split())[:LONGEST]
    return _read(text, ground, language, is_midnight_exact)[0]


def parse_timestamp(timing: Timing, ground: str, value: str, language: str = "und") -> Timestamp:
    """What a place of a page says, with its zone as printed there."""
    text = " ".join(value.split())[:LONGEST]
    interval, zone = _read(text, ground, language, False)
    return Timestamp(timing=timing, ground=ground, printed=text, interval=interval, zone=zone)


def _read(
    text: str, ground: str, language: str, is_midnight_exact: bool
) -> tuple[Interval, str | None]:
    reason = f"{ground} {text!r}"
    refused = f"{reason} is no time between {FIRST_YEAR} and {LAST_YEAR}"
    try:
        found = _parsed(text, reason, is_midnight_exact)
    except (ValueError, OverflowError):  # the 30th of February, 25 o'clock, 99 hours off
        return unknown(refused), None
    if found:
        zone = _ZONE.search(text) if ":" in text or "T" in text else None
        return found, zone.group().strip() if zone else None
    stamps = find_stamps(text, language) if is_dateline(text) else []
    if len(stamps) == 1 and _is_of_the_web(stamps[0].interval):
        why = stamps[0].interval.reason.removeprefix("dateline")
        return replace(stamps[0].interval, reason=reason + why), stamps[0].zone
    return unknown(refused), None


def _is_of_the_web(interval: Interval) -> bool:
    middle = interval.middle
    return middle is not None and FIRST_YEAR <= middle.year <= LAST_YEAR


def parse_path(path: str, ground: str) -> Interval | None:
    """The day that the path of a page's own address holds."""
    for match in _IN_PATH.finditer(path):
        year, _, month, of_month, month2, of_month2 = match.groups()
        try:
            on = date(int(year), int(month or month2), int(of_month or of_month2))
        except ValueError:
            continue
        if FIRST_YEAR <= on.year <= LAST_YEAR:
            return day(on, f"{ground} {match.group()!r}")
    return None


def _parsed(text: str, reason: str, is_midnight_exact: bool) -> Interval | None:
    match = _ISO.fullmatch(text) or _DOTTED.fullmatch(text)
    if match:
        return _matched(match, reason, is_midnight_exact)
    epoch = _EPOCH.fullmatch(text)
    if epoch:
        return _bounded(datetime.fromtimestamp(int(epoch.group(1)), UTC), reason)
    scripted = _SCRIPTED.fullmatch(text)
    if scripted:
        weekday, month, of_month, year, clock, offset = scripted.groups()
        text = f"{weekday}, {of_month} {month} {year} {clock} {offset}"
    return _mailed(text, reason)


def _matched(match: re.Match[str], reason: str, is_midnight_exact: bool) -> Interval | None:
    part = match.groupdict()
    on = date(int(part["year"]), int(part["month"]), int(part["day"]))
    if not FIRST_YEAR <= on.year <= LAST_YEAR:
        return None
    if part["hour"] is None:
        return day(on, reason)
    clock = (int(part["hour"]), int(part["minute"]), int(part["second"] or 0))
    if clock[0] == 24:
        return day(on, reason)
    if clock == (0, 0, 0) and not is_midnight_exact:
        return day(on, f"{reason}, whose midnight stands for the day")
    at = datetime(on.year, on.month, on.day, *clock)  # noqa: DTZ001 - the zone follows
    precision = timedelta(seconds=1) if part["second"] else timedelta(minutes=1)
    if not part["zone"]:
        return local_span(at, at + precision, f"{reason}, zone unknown")
    offsets = find_offsets(part["zone"].upper())
    if not offsets:
        raise ValueError(f"{part['zone']!r} is beyond every zone")
    return moment(at.replace(tzinfo=timezone(offsets[0])), reason, precision)


def _mailed(text: str, reason: str) -> Interval | None:
    """RFC 5322 section 3.3, with its zone."""
    fields = parsedate_tz(text) if _MAILED.search(text) else None
    if fields is None or not FIRST_YEAR <= fields[0] <= LAST_YEAR:
        return None
    at = datetime(*fields[:6])  # noqa: DTZ001 - the zone follows
    return moment(at.replace(tzinfo=timezone(timedelta(seconds=fields[9] or 0))), reason)


def _bounded(at: datetime, reason: str) -> Interval | None:
    return moment(at, reason) if FIRST_YEAR <= at.year <= LAST_YEAR else None
