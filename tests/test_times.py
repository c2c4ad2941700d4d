from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.times import Interval, day, hull, local_span, moment, unknown

MOMENTS = st.datetimes(min_value=datetime(1950, 1, 1), max_value=datetime(2090, 1, 1))  # noqa: DTZ001


def test_a_day_in_an_unknown_zone_lasts_fifty_hours() -> None:
    span = day(date(2025, 1, 29), "printed")
    assert span.start is not None
    assert span.end is not None
    assert span.end - span.start == timedelta(hours=50)


def test_hull_is_unbounded_where_one_is() -> None:
    held = moment(datetime(2025, 1, 29, tzinfo=UTC), "printed")
    assert hull([held, unknown("nothing printed")], "both").start is None
    assert hull([], "none").middle is None


def test_naive_bounds_are_refused() -> None:
    with pytest.raises(ValueError, match="aware UTC"):
        Interval(start=datetime(2025, 1, 1), end=None, reason="")  # noqa: DTZ001


@given(st.lists(MOMENTS, min_size=1, max_size=5))
def test_hull_holds_each(starts: list[datetime]) -> None:
    spans = [local_span(start, start + timedelta(minutes=1), "printed") for start in starts]
    whole = hull(spans, "all")
    assert whole.start == min(span.start for span in spans if span.start)
    assert whole.end == max(span.end for span in spans if span.end)
