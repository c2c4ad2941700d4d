"""Numbers in figures, as languages write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.reading.numerals import find_numerals, read_figures


@pytest.mark.parametrize(
    ("printed", "language", "meant"),
    [
        ("12.400", "de", "12400"),
        ("12,400", "en", "12400"),
        ("12 400", "fr", "12400"),
        ("12\u202f400", "uk", "12400"),
        ("12.4", "en", "12.4"),
        ("12,4", "ru", "12.4"),
        ("1.234,50", "es", "1234.5"),
        ("1,234.50", "en", "1234.5"),
        ("1.000.000", "it", "1000000"),
        ("007", "en", "7"),
    ],
)
def test_figures_are_read_in_their_language(printed: str, language: str, meant: str) -> None:
    assert read_figures(printed, language) == (Decimal(meant),)


def test_figures_may_be_read_twice_where_no_language_tells() -> None:
    assert set(read_figures("12,400", "und")) == {Decimal(12400), Decimal("12.4")}


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        ("It cost 1.2 billion, not 900 million.", "en", [1_200_000_000, 900_000_000]),
        ("Es kostet 3,5 Mrd. Euro für 10 Häuser", "de", [3_500_000_000, 10]),
        ("12,4 тыс. человек и 2 миллиона рублей", "ru", [12_400, 2_000_000]),
        ("5 тисяч гривень, 7 мільйонів", "uk", [5_000, 7_000_000]),
        ("2 mil millones y 300 mil", "es", [2_000_000_000, 300_000]),
        ("3 millions d'habitants", "fr", [3_000_000]),
        ("5G in 2 months", "en", [2]),
        ("at 10:30, 3/4 and A-4", "en", []),
        ("人口120万", "zh", [1_200_000]),
    ],
)
def test_words_behind_a_number_multiply_it(text: str, language: str, values: list[int]) -> None:
    found = [one.values for one in find_numerals(text, language)]
    assert found == [(Decimal(value),) for value in values]


@given(st.integers(0, 10**9))
def test_any_way_of_parting_thousands_is_one_number(number: int) -> None:
    for text, language in ((f"{number:,}", "en"), (f"{number:_}".replace("_", " "), "fr")):
        assert read_figures(text, language) == (Decimal(number),)
    german = f"{number:,}".replace(",", ".")
    assert read_figures(german, "de") == (Decimal(number),)


@given(st.text(max_size=60))
def test_what_is_found_lies_in_the_text(text: str) -> None:
    for one in find_numerals(text, "und"):
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start].isdigit()
