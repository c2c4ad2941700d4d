"""A publisher's zone, learned from its articles that give one, for those that do not.

Our own, guarded by tests/reading/test_localtime.py. No zone is taken from an address, a country
or a language: what is learned is learned from clocks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from tidings.model import Article, Timestamp, Timing
from tidings.reading.zones import find_offsets, offsets_at, to_moments
from tidings.times import EAST, WEST, Interval

_REGIONS = (
    "UTC Europe/London Europe/Dublin Europe/Lisbon Europe/Berlin Europe/Athens Europe/Kyiv "
    "Europe/Chisinau Europe/Istanbul Europe/Minsk Europe/Moscow Europe/Samara Europe/Kaliningrad "
    "Atlantic/Reykjavik Atlantic/Azores Africa/Lagos Africa/Cairo Africa/Johannesburg "
    "Africa/Nairobi Africa/Casablanca Asia/Jerusalem Asia/Beirut Asia/Baghdad Asia/Tehran "
    "Asia/Tbilisi Asia/Yerevan Asia/Baku Asia/Dubai Asia/Kabul Asia/Karachi Asia/Tashkent "
    "Asia/Yekaterinburg Asia/Kolkata Asia/Colombo Asia/Kathmandu Asia/Dhaka Asia/Almaty "
    "Asia/Bishkek Asia/Omsk Asia/Yangon Asia/Bangkok Asia/Jakarta Asia/Novosibirsk "
    "Asia/Krasnoyarsk Asia/Shanghai Asia/Singapore Asia/Manila Asia/Irkutsk Asia/Ulaanbaatar "
    "Australia/Perth Asia/Tokyo Asia/Seoul Asia/Yakutsk Australia/Darwin Australia/Adelaide "
    "Australia/Brisbane Australia/Sydney Asia/Vladivostok Asia/Magadan Asia/Kamchatka "
    "Pacific/Auckland America/St_Johns America/Halifax America/Sao_Paulo "
    "America/Argentina/Buenos_Aires America/Santiago America/Asuncion America/Caracas "
    "America/La_Paz America/New_York America/Bogota America/Lima America/Toronto America/Havana "
    "America/Chicago America/Mexico_City America/Guatemala America/Denver America/Phoenix "
    "America/Los_Angeles America/Anchorage Pacific/Honolulu"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Our own choice: three articles can't agree by chance where their clocks differ by quarters of
    an hour in a range of 26 hours."""

    least: int = 3  # articles that agree
    share: float = 0.8  # of those that say anything; a page may be dated by an agency's clock
    exact: timedelta = timedelta(minutes=2)  # an interval up to this long is a moment
    quarter: timedelta = timedelta(minutes=15)  # offsets are whole quarters of an hour


DEFAULTS = Options()


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """Every IANA zone that fits the clocks of a publisher: several where no clock of the other
    half of the year is held, or none of them differ."""

    names: tuple[str, ...]
    articles: int  # that agree

    @property
    def reason(self) -> str:
        shown = self.names[0] if len(self.names) == 1 else f"{self.names[0]} or alike"
        return f"zone {shown}, learned from {self.articles} articles of the publisher"


def choose_zone(articles: Sequence[Article]) -> Zone | None:
    """From articles of one publisher, in any order; None where too few tell or they disagree."""
    votes = [vote for article in articles if (vote := _vote(article))]
    if len(votes) < DEFAULTS.least:
        return None
    fits = dict.fromkeys(_zones(), 0)
    for at, offset in votes:
        for name in _zones_at(at).get(offset, ()):
            fits[name] += 1
    best = max(fits.values())
    if best < max(DEFAULTS.least, DEFAULTS.share * len(votes)):
        return None
    return Zone(names=tuple(name for name, count in fits.items() if count == best), articles=best)


def localize(article: Article, zone: Zone) -> Article:
    """With published and modified narrowed where they rest on local times without a zone; the
    same where none of them does. The grounds say it."""
    published = _narrowed(article, Timing.PUBLISHED, article.published, zone)
    modified = article.modified
    if modified is not None:
        modified = _narrowed(article, Timing.MODIFIED, modified, zone)
    if published == article.published and modified == article.modified:
        return article
    said = {"published": published.reason, "modified": modified.reason if modified else ""}
    changed = {key: said[key] for key, _ in article.grounds if said.get(key)}
    grounds = tuple((key, changed.get(key, ground)) for key, ground in article.grounds)
    return replace(article, published=published, modified=modified, grounds=grounds)


def find_local(stamp: Timestamp) -> tuple[datetime, datetime] | None:
    """The naive local span that the timestamp prints; None where its zone makes it exact, or it is
    no time. Of a midnight that stands for the day, the day, whatever its zone."""
    start, end = stamp.interval.start, stamp.interval.end
    if start is None or end is None or end - start <= EAST - WEST:
        return None
    return (start + EAST).replace(tzinfo=None), (end + WEST).replace(tzinfo=None)


def _narrowed(article: Article, timing: Timing, held: Interval, zone: Zone) -> Interval:
    if not held.start or not held.end:
        return held
    stamps = [stamp for stamp in article.timestamps if stamp.timing is timing]
    for stamp in sorted(stamps, key=lambda one: not held.reason.startswith(one.interval.reason)):
        local = find_local(stamp)
        if local is None or not _holds(stamp.interval, held):
            continue
        start, end = to_moments(*local, _offsets(zone, *local))
        start, end = max(start, held.start), min(end, held.end)
        if start < end and end - start < held.end - held.start:
            return Interval(start=start, end=end, reason=f"{held.reason}; {zone.reason}")
    return held


def _offsets(zone: Zone, *at: datetime) -> Iterator[timedelta]:
    for name in zone.names:
        for each in at:
            yield from offsets_at(_zones()[name], each)


def _holds(outer: Interval, inner: Interval) -> bool:
    if not (outer.start and outer.end and inner.start and inner.end):
        return False
    return outer.start <= inner.start and inner.end <= outer.end


def _vote(article: Article) -> tuple[datetime, timedelta] | None:
    """A moment and the offset that the publisher's clock has then: as printed, else by a local
    time printed beside the same moment. UTC itself, which servers write, is no publisher's clock.
    """
    exact = [stamp for stamp in article.timestamps if _is_exact(stamp.interval)]
    for stamp in exact:
        offsets = find_offsets(stamp.zone) if stamp.zone else ()
        if stamp.interval.start and len(offsets) == 1 and offsets[0]:
            return stamp.interval.start, offsets[0]
    for stamp in exact:
        for other in article.timestamps:
            local = find_local(other) if other.timing is stamp.timing else None
            if local and stamp.interval.start and _is_clock(local):
                offset = _difference(local[0], stamp.interval.start)
                if offset is not None:
                    return stamp.interval.start, offset
    return None


def _difference(local: datetime, at: datetime) -> timedelta | None:
    """Local less UTC, where it is a whole number of quarters of an hour that a zone may have."""
    gap = local.replace(second=0) - at.astimezone(UTC).replace(tzinfo=None, second=0)
    return gap if not gap % DEFAULTS.quarter and WEST <= gap <= EAST else None


def _is_clock(local: tuple[datetime, datetime]) -> bool:
    return local[1] - local[0] <= DEFAULTS.exact


def _is_exact(interval: Interval) -> bool:
    start, end = interval.start, interval.end
    return start is not None and end is not None and end - start <= DEFAULTS.exact


@lru_cache(maxsize=8_192)
def _zones_at(at: datetime) -> dict[timedelta, list[str]]:
    """Offset → the zones that have it at that moment."""
    found: dict[timedelta, list[str]] = {}
    for name, zone in _zones().items():
        offset = at.astimezone(zone).utcoffset()
        if offset is not None:
            found.setdefault(offset, []).append(name)
    return found


@cache
def _zones() -> dict[str, ZoneInfo]:
    return {name: ZoneInfo(name) for name in _REGIONS.split()}
