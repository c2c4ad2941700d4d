"""The model-free embedder: the same for the same text, near for near texts."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.embedders.hashing import Hashing, find_missing
from tidings.model import Vector

TEXTS = st.text(st.characters(codec=None), max_size=60)


def cosine(a: Vector, b: Vector) -> float:
    return float(a.astype(np.int64) @ b.astype(np.int64)) / 16e6


@given(text=TEXTS)
def test_a_vector_has_length_one_within_rounding_or_is_zero(text: str) -> None:
    vector = Hashing().embed(text, "en")
    length = float(np.linalg.norm(vector.astype(np.float64)))
    assert vector.dtype == np.int16
    assert length == 0 or abs(length - 4000) <= 0.5 * np.sqrt(384)


@given(text=TEXTS, other=TEXTS)
def test_a_vector_is_the_same_whatever_came_before(text: str, other: str) -> None:
    embedder = Hashing()
    first = embedder.embed(text, "en")
    embedder.embed(other, "ru")
    assert np.array_equal(first, embedder.embed(text, "de"))
    assert np.array_equal(first, Hashing().embed(text, "en"))


@given(text=TEXTS)
def test_composed_and_decomposed_text_have_one_vector(text: str) -> None:
    split = unicodedata.normalize("NFD", text)
    assert np.array_equal(Hashing().embed(text, "und"), Hashing().embed(split, "und"))


def test_vectors_do_not_change_between_versions() -> None:
    vector = Hashing(16).embed("Kaja Kallas", "en")
    assert vector.tolist() == [
        853,
        0,
        2089,
        0,
        -853,
        0,
        0,
        1206,
        0,
        0,
        853,
        -1206,
        -1206,
        0,
        853,
        -2089,
    ]


def test_texts_that_share_words_are_near() -> None:
    embedder = Hashing()
    call = embedder.embed("Kaja Kallas spoke with Marco Rubio on Tuesday", "en")
    same = embedder.embed("On Tuesday Marco Rubio spoke with Kaja Kallas", "en")
    other = embedder.embed("A storm closed the harbour of the island", "en")
    assert cosine(call, same) > 0.6
    assert cosine(call, other) < 0.2


@pytest.mark.parametrize("text", ["", " \n\t ", "\0", "\u3000"])
def test_empty_text_gives_zeros(text: str) -> None:
    assert not Hashing().embed(text, "en").any()


def test_nothing_is_ever_missing() -> None:
    assert find_missing() == []
    assert Hashing(64).dimensions == 64
    assert Hashing(64).name != Hashing().name
