from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.times import Interval, day, hull, local_span, meet, moment, unknown

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


LENGTHS = st.timedeltas(min_value=timedelta(seconds=1), max_value=timedelta(days=99))
BOUNDED = st.builds(
    lambda start, length: Interval(
        start=start.replace(tzinfo=UTC), end=start.replace(tzinfo=UTC) + length, reason="printed"
    ),
    MOMENTS,
    LENGTHS,
)
OPEN = st.builds(lambda span: Interval(start=None, end=span.end, reason="bounded"), BOUNDED)
SPANS = BOUNDED | OPEN | st.just(unknown("nothing"))


@given(SPANS, SPANS)
def test_what_lies_in_both(first: Interval, second: Interval) -> None:
    both = meet(first, second, "both")
    assert both == meet(second, first, "both")
    if both is None:
        assert not (first.start is None and second.start is None)
        return
    whole = hull([first, second, both], "all")
    assert whole == hull([first, second], "all")
    assert meet(both, first, "both") == both


@given(SPANS)
def test_an_interval_meets_itself_and_all(span: Interval) -> None:
    assert meet(span, span, span.reason) == span
    assert meet(span, unknown("anything"), span.reason) == span
    assert hull([span], span.reason) == span
