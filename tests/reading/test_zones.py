"""Zones as printed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.reading.dates import find_stamps
from tidings.reading.zones import find_offsets, find_zone_after, offsets_at, to_moments
from tidings.times import EAST, WEST, local_span

HOUR = timedelta(hours=1)
LOCAL = st.datetimes(min_value=datetime(1995, 1, 1), max_value=datetime(2037, 1, 1))  # noqa: DTZ001
ZONES = st.sampled_from(
    ["Europe/Kyiv", "Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe",
     "America/Sao_Paulo", "Asia/Kathmandu", "Pacific/Auckland"]
)  # fmt: skip
WINTER, SUMMER = datetime(2025, 1, 29, 12), datetime(2025, 7, 29, 12)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("printed", "at", "hours"),
    [
        ("MSK", SUMMER, (3,)),
        ("CET", WINTER, (1,)),
        ("CET", SUMMER, (1, 2)),  # many print it all the year round
        ("CEST", SUMMER, (2,)),
        ("EDT", WINTER, (-5, -4)),
        ("ET", WINTER, (-5,)),
        ("ET", SUMMER, (-4,)),
        ("Europe/Kyiv", SUMMER, (3,)),
        ("по Киеву", WINTER, (2,)),
        ("Kyiv time", SUMMER, (3,)),
        ("UTC+5:30", WINTER, (5.5,)),
        ("IST", WINTER, ()),
        ("+15:00", WINTER, ()),
        ("Mars/Base", WINTER, ()),
    ],
)
def test_the_offset_is_the_zones_at_that_date(
    printed: str, at: datetime, hours: tuple[float, ...]
) -> None:
    assert find_offsets(printed, at) == tuple(timedelta(hours=each) for each in hours)


@pytest.mark.parametrize(
    ("line", "language", "start"),
    [
        ("29.01.2025 03:52 (по Киеву)", "ru", "2025-01-29T01:52"),
        ("29 July 2025, 03:52 Kyiv time", "en", "2025-07-29T00:52"),
        ("29.07.2025 03:52 по московскому времени", "ru", "2025-07-29T00:52"),
        ("2025年1月29日 北京时间 03:52", "zh", "2025-01-28T19:52"),
        ("29 de julio de 2025, 03:52 hora peninsular", "es", "2025-07-29T01:52"),
        ("29 July 2025 03:52 Europe/London", "en", "2025-07-29T02:52"),
    ],
)
def test_zones_by_name_of_a_place(line: str, language: str, start: str) -> None:
    (stamp,) = find_stamps(line, language)
    assert stamp.interval.start == datetime.fromisoformat(start).replace(tzinfo=UTC)
    assert stamp.zone


def test_what_follows_a_time_is_a_zone_or_nothing() -> None:
    assert find_zone_after(" Uhr MEZ, Brüssel")[0] == "MEZ"
    assert find_zone_after(" (UTC+3)")[0] == "UTC+3"
    assert find_zone_after(" in Kyiv") == ("", 0)
    assert find_zone_after("") == ("", 0)


def test_the_hour_that_comes_twice_has_two_offsets() -> None:
    twice = datetime(2025, 10, 26, 2, 30)  # noqa: DTZ001
    assert offsets_at(ZoneInfo("Europe/Berlin"), twice) == (HOUR, 2 * HOUR)
    (stamp,) = find_stamps("26.10.2025, 02:30 Europe/Berlin", "de")
    assert stamp.interval.start == datetime(2025, 10, 26, 0, 30, tzinfo=UTC)
    assert stamp.interval.end == datetime(2025, 10, 26, 1, 31, tzinfo=UTC)


@given(LOCAL, ZONES)
def test_a_moment_comes_back_from_its_local_time(local: datetime, name: str) -> None:
    zone = ZoneInfo(name)
    moment = local.replace(tzinfo=UTC)
    printed = moment.astimezone(zone).replace(tzinfo=None, fold=0)
    start, end = to_moments(printed, printed + HOUR, offsets_at(zone, printed))
    assert start <= moment < end
    assert end - start <= 3 * HOUR


@given(LOCAL, ZONES)
def test_a_local_span_holds_every_zone(local: datetime, name: str) -> None:
    whole = local_span(local, local + HOUR, "printed")
    start, end = to_moments(local, local + HOUR, offsets_at(ZoneInfo(name), local))
    assert whole.start is not None
    assert whole.end is not None
    assert whole.start <= start < end <= whole.end
    assert whole.end - whole.start == HOUR + EAST - WEST


@given(st.text(max_size=30))
def test_any_text_is_a_zone_or_not(text: str) -> None:
    for offset in find_offsets(text, WINTER):
        assert -EAST <= offset <= EAST
    name, end = find_zone_after(text)
    assert 0 <= end <= len(text)
    assert name in text
