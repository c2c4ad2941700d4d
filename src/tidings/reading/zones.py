"""Time zones as printed, and local times turned into moments by them.

Names that several zones share (IST, CST, BST) are no zone at all. The offset is the zone's at that
date: a name of winter time printed in summer stands for both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

Offsets = tuple[timedelta, ...]
"""East of UTC, least first; several where it is not told which."""

_FIXED: dict[str, float] = {
    "Z": 0, "UTC": 0, "GMT": 0, "MSK": 3, "МСК": 3, "TRT": 3, "TSİ": 3, "EAT": 3, "SAST": 2,
    "CAT": 2, "WAT": 1, "BRT": -3, "ART": -3, "PKT": 5, "NPT": 5.75, "WIB": 7, "WITA": 8,
    "HKT": 8, "SGT": 8, "AWST": 8, "JST": 9, "KST": 9, "MST": -7, "HST": -10,
}  # fmt: skip
_SEASONAL: dict[str, tuple[tuple[float, ...], str]] = {
    "WET": ((0,), "Europe/Lisbon"), "WEST": ((1,), "Europe/Lisbon"),
    "CET": ((1,), "Europe/Berlin"), "MEZ": ((1,), "Europe/Berlin"),
    "CEST": ((2,), "Europe/Berlin"), "MESZ": ((2,), "Europe/Berlin"),
    "EET": ((2,), "Europe/Athens"), "OEZ": ((2,), "Europe/Athens"),
    "EEST": ((3,), "Europe/Athens"), "OESZ": ((3,), "Europe/Athens"),
    "EST": ((-5,), "America/New_York"), "EDT": ((-4,), "America/New_York"),
    "ET": ((-5, -4), "America/New_York"), "MDT": ((-6,), "America/Denver"),
    "PST": ((-8,), "America/Los_Angeles"), "PDT": ((-7,), "America/Los_Angeles"),
    "PT": ((-8, -7), "America/Los_Angeles"), "CDT": ((-5,), "America/Chicago"),
    "ACST": ((9.5,), "Australia/Adelaide"), "AEST": ((10,), "Australia/Sydney"),
    "AEDT": ((11,), "Australia/Sydney"), "NZST": ((12,), "Pacific/Auckland"),
    "NZDT": ((13,), "Pacific/Auckland"),
}  # fmt: skip
_PLACES: dict[str, tuple[str, ...]] = {
    "Europe/Kyiv": (
        "по киеву", "по киевскому времени", "киевского времени", "киевское время", "за києвом",
        "за київським часом", "київського часу", "київський час", "kyiv time", "kiev time",
    ),
    "Europe/Moscow": (
        "по москве", "по московскому времени", "московского времени", "московское время",
        "за московським часом", "moscow time", "moskauer zeit", "heure de moscou", "hora de moscú",
    ),
    "Europe/Minsk": ("по минску", "по минскому времени", "minsk time"),
    "Europe/London": ("uk time", "london time", "hora de londres"),
    "Europe/Berlin": ("deutscher zeit", "berliner zeit", "berlin time", "german time"),
    "Europe/Paris": ("heure de paris", "paris time", "heure française"),
    "Europe/Madrid": ("hora peninsular", "hora de madrid", "hora española"),
    "Europe/Rome": ("ora italiana", "rome time"),
    "Europe/Warsaw": ("czasu polskiego", "czasu warszawskiego"),
    "Europe/Bucharest": ("ora româniei", "ora romaniei"),
    "Europe/Lisbon": ("hora de lisboa",),
    "Europe/Istanbul": ("istanbul time", "türkiye saati"),
    "America/New_York": ("eastern time", "eastern standard time", "new york time"),
    "America/Los_Angeles": ("pacific time", "pacific standard time"),
    "America/Sao_Paulo": ("horário de brasília", "hora de brasília"),
    "America/Argentina/Buenos_Aires": ("hora argentina", "hora de argentina"),
    "America/Bogota": ("hora colombiana", "hora de colombia"),
    "Asia/Shanghai": ("北京时间", "北京時間", "beijing time"),
    "Asia/Tokyo": ("日本時間", "tokyo time", "japan time"),
    "Asia/Seoul": ("한국시간", "seoul time"),
    "Asia/Jerusalem": ("israel time",),
    "Asia/Kolkata": ("indian standard time", "भारतीय समय"),
    "Asia/Almaty": ("по астане", "по времени астаны"),
}  # fmt: skip
_NUMERIC = re.compile(r"(?:UTC|GMT)?\s?([+\-−])(\d{1,2}):?(\d\d)?")
_REGION = re.compile(r"(?:Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)/[\w/+-]+")
_AFTER = re.compile(
    r"\s?(?:Uhr\s?|год\.?\s?|ч\.?\s?)?,?\s?[(\[]?"
    r"((?:UTC|GMT)?\s?[+\-−]\d{1,2}(?::?\d\d)?(?![\d.])|[A-Z][a-z]+/[A-Z]\w+(?:/\w+)?|"
    r"[^\W\d_]{1,5}\b)"
)


def find_offsets(printed: str, at: datetime | None = None) -> Offsets:
    """Those that the zone may have, at a naive local time where one is given; empty where it is
    no zone, or one that does not say which."""
    name = printed.strip()
    if name in _FIXED:
        return (timedelta(hours=_FIXED[name]),)
    if name in _SEASONAL:
        hours, region = _SEASONAL[name]
        return _seasonal(hours, region, at)
    region = _regions().get(name.casefold()) or (name if _REGION.fullmatch(name) else "")
    if region:
        zone = _zone(region)
        return offsets_at(zone, at) if zone and at else ()
    match = _NUMERIC.fullmatch(name)
    if match is None or int(match[2]) > 14 or int(match[3] or 0) > 59:
        return ()
    offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return (offset if match[1] == "+" else -offset,)


def offsets_at(zone: ZoneInfo, at: datetime) -> Offsets:
    """At a naive local time: two in the hour that comes twice, and in the one that never comes."""
    found = (zone.utcoffset(at.replace(fold=fold)) for fold in (0, 1))
    return tuple(sorted({offset for offset in found if offset is not None}))


def find_zone_after(text: str) -> tuple[str, int]:
    """The zone printed at the start of what follows a time, and where it ends; ``"", 0``."""
    phrase = _phrases().match(text)
    if phrase:
        return phrase[1], phrase.end()
    match = _AFTER.match(text)
    if match and (find_offsets(match[1]) or _REGION.fullmatch(match[1])):
        return match[1], match.end()
    return "", 0


def find_zone_before(text: str) -> str:
    """The zone by its place's name at the end of what stands before a time, ``""`` without."""
    found = [match for match in _phrases().finditer(text) if match.end() >= len(text.rstrip())]
    return found[-1][1] if found else ""


def to_moments(
    start: datetime, end: datetime, offsets: Iterable[timedelta]
) -> tuple[datetime, ...]:
    """Naive local ``[start, end)`` → its bounds in aware UTC that hold every offset."""
    known = list(offsets)
    return (
        (start - max(known)).replace(tzinfo=UTC),
        (end - min(known)).replace(tzinfo=UTC),
    )


def _seasonal(hours: tuple[float, ...], region: str, at: datetime | None) -> Offsets:
    claimed = {timedelta(hours=each) for each in hours}
    zone = _zone(region) if at else None
    if zone is None or at is None:
        return tuple(sorted(claimed))
    held = set(offsets_at(zone, at))
    return tuple(sorted(held if len(claimed) > 1 else held | claimed))


@cache
def _regions() -> dict[str, str]:
    return {phrase: region for region, phrases in _PLACES.items() for phrase in phrases}


@cache
def _phrases() -> re.Pattern[str]:
    ordered = sorted(_regions(), key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"[\s,(\[]*({'|'.join(map(re.escape, ordered))})(?!\w)", re.IGNORECASE)


@cache
def _zone(region: str) -> ZoneInfo | None:
    """None where no such zone is known here."""
    try:
        return ZoneInfo(region)
    except (KeyError, ValueError, OSError):  # ZoneInfoNotFoundError is a KeyError
        return None
