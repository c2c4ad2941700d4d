from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from tidings.reading.dates import Order, find_order, find_stamps, is_calendar_word, is_dateline
from tidings.reading.months import LANGUAGES
from tidings.reading.zones import find_offsets

WIDEST = timedelta(hours=26)


def at(hour: int, minute: int, day: int = 29, month: int = 1) -> datetime:
    return datetime(2025, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "language", "start"),
    [
        ("29 января 2025 г., 03:52 МСК", "ru", at(0, 52)),
        ("29. Januar 2025, 14.30 Uhr MEZ", "de", at(13, 30)),
        ("Jan. 29, 2025 3:52 a.m. EST", "en", at(8, 52)),
        ("2025-01-29T03:52:11Z", "und", at(3, 52).replace(second=11)),
        ("Wed, 29 Jan 2025 19:05:00 +0100", "en", at(18, 5)),
        ("29.01.2025 03:52 (UTC+3)", "uk", at(0, 52)),
        ("Updated 10:15 GMT, 29 January 2025", "en", at(10, 15)),
        ("29 de enero de 2025, 08:05 CET", "es", at(7, 5)),
        ("12:30 p.m. PST Jan 29, 2025", "en", at(20, 30)),
    ],
)
def test_with_zone_the_moment_is_exact(line: str, language: str, start: datetime) -> None:
    (stamp,) = find_stamps(line, language)
    assert stamp.interval.start == start
    assert stamp.interval.end is not None
    assert stamp.interval.end - start <= timedelta(minutes=1)
    assert is_dateline(line)


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("03:52 29.01.2025", "ru"),
        ("29 січня 2025, 03:52", "uk"),
        ("Publié le 29 janvier 2025 à 3h52", "fr"),
        ("28 stycznia 2025"[:0] + "29 stycznia 2025, 3:52", "pl"),
        ("29 Ocak 2025 03:52", "tr"),
        ("2025年1月29日 03:52", "zh"),
        ("January 29, 2025 at 3:52 am IST", "en"),
    ],
)
def test_without_zone_all_zones_are_possible(line: str, language: str) -> None:
    (stamp,) = find_stamps(line, language)
    assert stamp.interval.start == datetime(2025, 1, 28, 13, 52, tzinfo=UTC)
    assert stamp.interval.end == datetime(2025, 1, 29, 15, 53, tzinfo=UTC)
    assert "zone unknown" in stamp.interval.reason


def test_day_and_month_may_be_exchanged() -> None:
    (stamp,) = find_stamps("03/04/2025", "en")
    assert stamp.interval.start == datetime(2025, 3, 3, 10, tzinfo=UTC)
    assert stamp.interval.end == datetime(2025, 4, 4, 12, tzinfo=UTC)
    assert "exchanged" in stamp.interval.reason
    (stamp,) = find_stamps("03/04/2025", "fr")
    assert stamp.interval.start == datetime(2025, 4, 2, 10, tzinfo=UTC)
    (stamp,) = find_stamps("28/01/2025", "en")
    assert stamp.interval.start == datetime(2025, 1, 27, 10, tzinfo=UTC)


def test_a_month_with_two_meanings_needs_its_language() -> None:
    for language, months in (("pl", {11}), ("hr", {10}), ("und", {10, 11})):
        (stamp,) = find_stamps("18 listopada 2024", language)
        assert stamp.interval.middle is not None
        assert stamp.interval.start is not None
        assert stamp.interval.end is not None
        first = (stamp.interval.start + timedelta(hours=14)).month
        last = (stamp.interval.end - timedelta(hours=14)).month
        assert {first, last} == months


def test_updates_are_told_apart() -> None:
    line = "Publié le 28 janvier 2025 à 22h35, mis à jour le 29 janvier 2025 à 8h10"
    assert [stamp.is_update for stamp in find_stamps(line, "fr")] == [False, True]


def test_without_a_year_nothing_is_known() -> None:
    (stamp,) = find_stamps("Brussels, January 28", "en")
    assert stamp.interval.start is None
    assert "year" in stamp.interval.reason


@pytest.mark.parametrize(
    "line",
    [
        "1 мин читать",
        "3 people killed in a crash",
        "Chronicle of the war on 29 January 2025 in Ukraine",
        "Die Wahl am 26. Januar 2025 war weder frei noch fair.",
        "Score: 3:1",
        "",
    ],
)
def test_no_dateline(line: str) -> None:
    assert not is_dateline(line)


def test_shared_abbreviations_are_no_zone() -> None:
    assert not find_offsets("IST")
    assert not find_offsets("CST")
    assert not find_offsets("BST")
    assert find_offsets("+05:30") == (timedelta(hours=5, minutes=30),)
    assert len(find_offsets("ET")) == 2


def test_calendar_words() -> None:
    assert is_calendar_word("Tuesday", "en")
    assert is_calendar_word("января", "ru")
    assert not is_calendar_word("Marco", "es")


# Of those left out CLDR declines the month, or names it in one letter and a sign.
WRITTEN = [tag for tag in (*LANGUAGES, "zh", "ja", "ko") if tag not in "bn eu fa ga mr ta te th"]


@given(
    st.dates(min_value=date(1990, 1, 2), max_value=date(2090, 12, 30)),
    st.sampled_from(WRITTEN),
    st.sampled_from(["long", "medium"]),
)
def test_every_date_is_read_as_its_language_writes_it(day: date, language: str, form: str) -> None:
    line = format_date(day, form, locale=language)  # type: ignore[arg-type]
    (stamp,) = find_stamps(line, language)
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    assert stamp.interval.start == noon - WIDEST
    assert stamp.interval.end == noon + timedelta(hours=24)
    assert is_dateline(line)


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("29. 1. 2025", "cs"),
        ("29 มกราคม 2568", "th"),
        ("29 كانون الثاني 2025", "ar"),
        ("29 جانفي 2025", "ar"),
        ("ngày 29 tháng 1 năm 2025", "vi"),
        ("29 בינואר 2025", "he"),
        ("29 जनवरी 2025", "hi"),
        ("2025. gada 29. janvāris", "lv"),
        ("29. Jänner 2025", "de"),
    ],
)
def test_calendars_and_names_of_the_press(line: str, language: str) -> None:
    (stamp,) = find_stamps(line, language)
    assert stamp.interval.start == datetime(2025, 1, 28, 10, tzinfo=UTC)
    assert stamp.interval.end == datetime(2025, 1, 30, 12, tzinfo=UTC)


def test_the_order_of_other_dates_settles_it() -> None:
    assert find_order("28/01/2025 03/04/2025") is Order.DAY_FIRST
    assert find_order("01/28/2025") is Order.MONTH_FIRST
    assert find_order("01/28/2025 28/01/2025") is None
    assert find_order("03/04/2025") is None
    (stamp,) = find_stamps("03/04/2025", "en", Order.MONTH_FIRST)
    assert stamp.interval.start == datetime(2025, 3, 3, 10, tzinfo=UTC)


@given(st.text(max_size=120))
def test_any_line_is_survived(line: str) -> None:
    for stamp in find_stamps(line, "und"):
        assert 0 <= stamp.start < stamp.end <= len(line)
