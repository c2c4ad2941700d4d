"""What every embedder does before and after."""

from __future__ import annotations

import unicodedata

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tidings.reading.vectors import UNIT, clean_text, round_vector


@given(text=st.text(st.characters(codec=None)), size=st.integers(1, 40))
def test_clean_text_is_short_composed_and_utf8(text: str, size: int) -> None:
    cleaned = clean_text(text, size)
    assert len(cleaned) <= size
    assert "\0" not in cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    cleaned.encode()


@given(text=st.text(alphabet="é각 ΐa\u0301\u0323ş ", max_size=60), size=st.integers(1, 20))
def test_both_normal_forms_are_cut_alike(text: str, size: int) -> None:
    split, whole = (unicodedata.normalize(form, text) for form in ("NFD", "NFC"))
    assert clean_text(split, size) == clean_text(whole, size)


@given(values=st.lists(st.floats(-1e6, 1e6, width=32), min_size=1, max_size=400))
def test_a_rounded_vector_is_a_unit_one_within_rounding(values: list[float]) -> None:
    vector = round_vector(np.array(values, np.float32))
    length = float(np.linalg.norm(vector.astype(np.float64)))
    assert length == 0 or abs(length - UNIT) <= 0.5 * np.sqrt(len(values))


def test_what_has_no_direction_becomes_zeros() -> None:
    for value in (0.0, np.nan, np.inf):
        assert not round_vector(np.full(3, value, np.float32)).any()
