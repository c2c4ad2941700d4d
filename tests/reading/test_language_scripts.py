"""Laws of scripts, letters and small words."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from tidings.reading.language import ANSWERS
from tidings.reading.scripts import (
    count_foreign,
    find_script,
    find_scripts,
    find_settled,
    keep_script,
)
from tidings.reading.telling import find_told


@given(st.text())
def test_letters_are_counted_once_and_signs_of_the_east_twice(text: str) -> None:
    assert find_scripts(Counter(text)).total() <= 2 * len(text)
    script, letters = find_script(Counter(text))
    assert bool(script) == bool(letters)


@given(st.text(alphabet="абвгдежзийклмнопрстуфхцчшщъыьэюя "))
def test_russian_letters_settle_nothing(text: str) -> None:
    assert find_settled("Cyrl", Counter(text), len(text), 0.0) == []
    assert count_foreign("ru", Counter(text)) == 0


@given(st.text(), st.sets(st.sampled_from(sorted(ANSWERS))))
def test_only_candidates_are_told(text: str, candidates: set[str]) -> None:
    assert find_told(text, candidates) in {*candidates, None}


def test_names_in_latin_letters_are_left_out_of_other_scripts() -> None:
    assert keep_script("Cyrl", "Новый Apple Watch").split() == ["Новый"]
    assert keep_script("Latn", "New Apple Watch") == "New Apple Watch"
