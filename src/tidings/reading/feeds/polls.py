"""When a feed asks to be polled: RSS ttl, skipHours and skipDays, and the Syndication module."""

from __future__ import annotations

import re
from typing import TypedDict

ENTRY = re.compile(r"<(?:[\w.-]+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_FIELD = re.compile(
    r"<(?:[\w.-]+:)?(ttl|updatePeriod|updateFrequency|hour|day)\b[^>]*>\s*"
    r"(?:<!\[CDATA\[\s*)?([\w.]+)",
    re.IGNORECASE,
)
_MINUTES = {"hourly": 60, "daily": 1_440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LONGEST = 10_080  # minutes: a feed that asks for more is polled once a week


class Polls(TypedDict):
    """As the fields of ``Feed`` of the same names."""

    minutes: int | None
    skip_hours: tuple[int, ...]
    skip_days: tuple[str, ...]


def parse_polls(text: str) -> Polls:
    """From the feed's own head: what comes before its first entry."""
    entry = ENTRY.search(text)
    found: dict[str, list[str]] = {}
    for match in _FIELD.finditer(text, 0, entry.start() if entry else len(text)):
        found.setdefault(match.group(1).lower(), []).append(match.group(2))
    waits = [int(ttl) for ttl in found.get("ttl", ()) if re.fullmatch(r"\d{1,7}", ttl)]
    period = _MINUTES.get(found.get("updateperiod", [""])[0].lower())
    if period:
        often = found.get("updatefrequency", ["1"])[0]
        waits.append(period // max(1, int(often) if re.fullmatch(r"\d{1,4}", often) else 1))
    hours = {int(hour) % 24 for hour in found.get("hour", ()) if re.fullmatch(r"\d\d?", hour)}
    days = {day.capitalize() for day in found.get("day", ())}
    return Polls(
        minutes=min(max(waits), LONGEST) or None if waits else None,
        skip_hours=tuple(sorted(hours)),
        skip_days=tuple(day for day in _DAYS if day in days),
    )
