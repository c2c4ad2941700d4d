"""Beats are told from stories by what their articles have in common."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tidings.model import ArticleId
from tidings.story.focus import (
    DEFAULTS,
    find_looseness,
    measure_likeness,
    measure_names,
    spread,
)

rows = st.lists(st.lists(st.integers(-4000, 4000), min_size=3, max_size=3), min_size=2, max_size=6)


@given(rows)
def test_likeness_is_that_of_the_pairs(table: list[list[int]]) -> None:
    vectors = np.array(table, dtype=np.int16)
    whole = vectors.astype(np.float64)
    square = (whole * whole).sum() / len(whole)
    found = measure_likeness(list(vectors), np.zeros_like(whole))
    pairs = [a @ b for i, a in enumerate(whole) for j, b in enumerate(whole) if i != j]
    assert abs(found - (np.mean(pairs) / square if square else 1.0)) < 1e-9


def test_names_count_where_articles_share_them() -> None:
    together = [("n:kls", "n:rub")] * 3
    apart = [("n:kls",), ("n:rub",), ("n:zzkqv",)]
    assert measure_names(apart) == 0
    assert measure_names(together) > measure_names([*together[:2], apart[2]]) > 0


@given(st.floats(-1, 1), st.floats(0, 1), st.floats(0, 1))
def test_what_is_more_alike_is_never_looser(likeness: float, names: float, more: float) -> None:
    first = find_looseness(likeness, names)
    assert 0 <= find_looseness(likeness + more, names) <= first <= 1
    assert find_looseness(likeness, names + more) <= first


def test_the_bounds_of_looseness_are_those_of_the_options() -> None:
    assert find_looseness(DEFAULTS.whole, 0) == 0
    assert find_looseness(DEFAULTS.loose, 0) == 1
    assert 0 < find_looseness((DEFAULTS.loose + DEFAULTS.whole) / 2, 0) < 1


@given(st.integers(1, 500))
def test_a_sample_is_small_and_begins_with_the_first(count: int) -> None:
    articles = [ArticleId(str(number)) for number in range(count)]
    sample = spread(articles)
    assert 0 < len(sample) <= DEFAULTS.sample
    assert sample[0] == articles[0]
    assert len(set(sample)) == len(sample)
