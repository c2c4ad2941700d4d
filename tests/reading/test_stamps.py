"""Machine-written times."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.model import Timing
from tidings.reading.stamps import parse_path, parse_stamp, parse_timestamp

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("value", "start"),
    [
        ("2025-01-28T18:50:37+01:00", "2025-01-28T17:50:37"),
        ("2025-01-28T17:50:37Z", "2025-01-28T17:50:37"),
        ("2025-01-28T17:50:37.006Z", "2025-01-28T17:50:37"),
        ("2025-01-28 17:50:37 UTC", "2025-01-28T17:50:37"),
        ("2025-01-28 20:50 GMT+3", "2025-01-28T17:50:00"),
        ("2025-01-28T20:50:37+0300", "2025-01-28T17:50:37"),
        ("20250128T175037Z", "2025-01-28T17:50:37"),
        ("1738086637", "2025-01-28T17:50:37"),
        ("1738086637006", "2025-01-28T17:50:37"),
        ("Tue, 28 Jan 2025 18:50:37 +0100", "2025-01-28T17:50:37"),
        ("Tue Jan 28 2025 18:50:37 GMT+0100 (CET)", "2025-01-28T17:50:37"),
        ("2025-01-28T18:50:37+01:00[Europe/Tallinn]", "2025-01-28T17:50:37"),
    ],
)
def test_an_offset_makes_it_exact(value: str, start: str) -> None:
    found = parse_stamp(value, "meta date")
    assert found.start == datetime.fromisoformat(start).replace(tzinfo=UTC)
    assert found.end
    assert found.end - found.start <= timedelta(minutes=1)
    assert "meta date" in found.reason


@pytest.mark.parametrize(
    "value", ["2025-01-28T03:52:00", "2025-01-28 03:52:11", "28.01.2025 03:52:30"]
)
def test_without_a_zone_every_zone_is_possible(value: str) -> None:
    found = parse_stamp(value, "time")
    assert found.start
    assert found.end
    assert 26 * HOUR < found.end - found.start <= 26 * HOUR + timedelta(minutes=1)


@pytest.mark.parametrize(
    "value",
    ["2025-01-28", "2025/01/28", "20250128", "28.01.2025", "28 Jan 2025", "2025-01-28T24:00"],
)
def test_a_date_is_its_day(value: str) -> None:
    found = parse_stamp(value, "time")
    assert found.start == datetime(2025, 1, 27, 10, tzinfo=UTC)
    assert found.end == datetime(2025, 1, 29, 12, tzinfo=UTC)


def test_midnight_stands_for_the_day_unless_the_caller_knows_better() -> None:
    value = "2025-01-28T00:00:00+00:00"
    assert parse_stamp(value, "meta date").start == datetime(2025, 1, 27, 10, tzinfo=UTC)
    exact = parse_stamp(value, "field date", is_midnight_exact=True)
    assert exact.start == datetime(2025, 1, 28, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    ["", "soon", "1970-01-01T00:00:00Z", "0001-01-01", "9999-12-31", "2025-02-30",
     "2025-01-28T25:61", "2025", "2025-01-28T10:00:00+99:00", "2025-01-28T10:00:00+15:00",
     "9999999999999"],
)  # fmt: skip
def test_what_is_no_time_is_unknown_with_the_value(value: str) -> None:
    found = parse_stamp(value, "meta date")
    assert (found.start, found.end) == (None, None)
    assert repr(value) in found.reason


@pytest.mark.parametrize(
    ("path", "day"),
    [("/2025/01/28/call", 28), ("/a/2025-1-5/x", 5), ("/news/20250128-call.html", 28),
     ("/id/202501289", None), ("/2025/13/40/", None), ("/1890/01/28/", None), ("/call", None)],
)  # fmt: skip
def test_the_day_in_a_path(path: str, day: int | None) -> None:
    found = parse_path(path, "address")
    assert (found and found.middle and found.middle.day) == day


@given(
    st.text()
    | st.from_regex(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?([+-]\d\d:\d\d)?", fullmatch=True)
)
def test_any_text_ends(value: str) -> None:
    found = parse_stamp(value, "meta date")
    assert found.start is None or found.start.year >= 1989
    parse_path(value, "address")


MOMENTS = st.datetimes(
    min_value=datetime(1991, 1, 1),  # noqa: DTZ001
    max_value=datetime(2099, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([timezone(timedelta(minutes=15 * at)) for at in range(-48, 57)]),
)
FORMS = [
    "%Y-%m-%dT%H:%M:%S%z",
    "%Y-%m-%d %H:%M:%S %z",
    "%Y%m%dT%H%M%S%z",
    "%a, %d %b %Y %H:%M:%S %z",
]


@given(MOMENTS, st.sampled_from(FORMS))
def test_what_is_printed_is_read_back(at: datetime, form: str) -> None:
    at = at.replace(microsecond=0)
    stamp = parse_timestamp(Timing.PUBLISHED, "meta date", at.strftime(form))
    assert stamp.interval.start
    assert stamp.interval.end
    assert stamp.interval.start <= at < stamp.interval.end
    if at.hour or at.minute or at.second:
        assert stamp.interval.start == at
        assert stamp.zone == at.strftime("%z")


@pytest.mark.parametrize(
    ("value", "zone"),
    [("2025-01-28T18:50:37+01:00", "+01:00"), ("2025-01-28T17:50:37Z", "Z"),
     ("28 Jan 2025 18:50 MSK", "MSK"), ("2025-01-28 18:50", None), ("1738086637", None),
     ("28 Jan 2025 18:50", None), ("Tue Jan 28 18:50:37 CET 2025", None)],
)  # fmt: skip
def test_the_zone_as_printed(value: str, zone: str | None) -> None:
    assert parse_timestamp(Timing.PUBLISHED, "meta date", value).zone == zone


def test_a_time_in_words_is_read_in_its_language() -> None:
    exact = parse_stamp("January 28, 2025 6:50 PM EST", "meta date")
    assert exact.start == datetime(2025, 1, 28, 23, 50, tzinfo=UTC)
    both = parse_stamp("03/04/2025", "meta date")
    assert both.start == datetime(2025, 3, 3, 10, tzinfo=UTC)
    assert both.end == datetime(2025, 4, 4, 12, tzinfo=UTC)
    assert parse_stamp("03/04/2025", "meta date", language="fr").start == datetime(
        2025, 4, 2, 10, tzinfo=UTC
    )
