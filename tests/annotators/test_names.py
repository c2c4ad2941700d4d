"""What the tagger promises whatever its weights, and what the shipped ones find in plain cases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import blake2b
from itertools import pairwise
from string import ascii_lowercase

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidings.annotators.names import NamesAnnotator, Tagger
from tidings.annotators.names.decode import TAGS, decode
from tidings.annotators.names.network import Network
from tidings.annotators.names.tagger import DEFAULTS, calibrate, read_weights
from tidings.annotators.names.tokens import Floats, cut_tokens
from tidings.embedders.e5 import E5, find_missing
from tidings.extractors.plain import PlainExtractor
from tidings.model import Mention, MentionKind, Page, Rejected

Maker = Callable[[str], Page]

needs_weights = pytest.mark.skipif(bool(find_missing()), reason="e5 cannot run here")
TYPED = (MentionKind.PERSON, MentionKind.ORGANISATION, MentionKind.PLACE)
PIECES = (
    """Kaja Kallas Каллас ЄС said on NATO ’s - . , 2019 北京 @user é 🎉 I « https://a.example/B"""
)
ODD = ["\n", "\n\n", "e\u0301", "\ud800"]
TEXTS = st.lists(st.sampled_from([*PIECES.split(), *ODD]), max_size=60).map(" ".join)


class Spread:
    """A vector for each word, by its letters alone."""

    def look_up(self, words: Sequence[str]) -> Floats:
        size = len(read_weights()["word"])
        seeds = [blake2b(word.encode("utf-8", "replace"), digest_size=4).digest() for word in words]
        rows = [np.random.default_rng(list(seed)).normal(0, 0.1, size) for seed in seeds]
        return np.array(rows, np.float32)


TAGGER = Tagger(Spread())


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger(E5().pieces)


def annotate(page: Page, tagger: Tagger | None) -> list[Mention]:
    made = PlainExtractor().extract(page)
    assert not isinstance(made, Rejected)
    return list(NamesAnnotator(tagger).annotate(made[0], ()))


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_what_is_tagged_lies_in_the_text_in_order_and_on_one_line(text: str) -> None:
    found = TAGGER.tag(text, [(0, len(text))])
    end = 0
    for one in found:
        assert end <= one.start < one.end <= len(text)
        assert not text[one.start : one.end].isspace()
        assert "\n" not in text[one.start : one.end]
        assert DEFAULTS.least <= one.score < 1
        end = one.end


@given(TEXTS, TEXTS)
@settings(max_examples=30, deadline=None)
def test_it_does_not_matter_what_was_tagged_before(first: str, second: str) -> None:
    fresh = Tagger(Spread()).tag(second, [(0, len(second))])
    TAGGER.tag(first, [(0, len(first))])
    seen = TAGGER.tag(second, [(0, len(second))])
    assert [(one.start, one.end, one.kind) for one in seen] == [
        (one.start, one.end, one.kind) for one in fresh
    ]


@given(st.lists(TEXTS, min_size=4, max_size=4))
@settings(max_examples=20, deadline=None)
def test_it_does_not_matter_how_many_words_are_kept(texts: list[str]) -> None:
    few, enough = (Network(read_weights(), Spread(), kept) for kept in (80, 1_000))
    for first, text in zip("abcd", texts, strict=True):  # 104 words of which each is in one text
        tokens = cut_tokens(" ".join([text, *(first + second for second in ascii_lowercase)]))
        assert np.allclose(few.run(tokens), enough.run(tokens), atol=1e-5)


@given(st.text("aB \n.é1", max_size=30), st.text("aB \n.é1", max_size=30))
def test_tokens_are_those_of_the_part(before: str, text: str) -> None:
    whole = f"{before}\n{text}"
    start = len(before) + 1
    tokens = cut_tokens(whole, start, len(whole))
    assert [(a - start, b - start) for a, b in tokens.spans] == cut_tokens(text).spans
    assert tokens.words == cut_tokens(text).words


def test_an_inside_follows_a_beginning_of_its_kind() -> None:
    likely = np.full((4, TAGS), -9.0, np.float32)
    likely[0, 0] = -0.1  # outside
    likely[1, 4], likely[1, 3] = -0.2, -1.0  # inside an organisation, else its beginning
    likely[2, 2], likely[2, 4] = -0.5, -0.6  # inside a person, else inside the organisation
    likely[3, 0] = -0.1
    (found,) = decode(likely)
    assert (found.first, found.last, found.kind) == (1, 3, MentionKind.ORGANISATION)
    assert found.score == pytest.approx(np.exp(-1.0))


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_surer_tag_is_a_surer_name(a: float, b: float) -> None:
    low, high = sorted((a, b))
    assert 0 < calibrate(low) <= calibrate(high) < 1


@needs_weights
@pytest.mark.parametrize(
    ("text", "person", "place"),
    [
        ("The minister met Kaja Kallas in Brussels late at night.", "Kaja Kallas", "Brussels"),
        ("Министр Марко Рубио прилетел в Брюссель.", "Марко Рубио", "Брюссель"),
        ("Міністр Марко Рубіо прилетів до Брюсселя.", "Марко Рубіо", "Брюсселя"),
        ("Der Minister traf Kaja Kallas am späten Abend in Brüssel.", "Kaja Kallas", "Brüssel"),
        ("Le ministre a rencontré Kaja Kallas à Bruxelles.", "Kaja Kallas", "Bruxelles"),
        ("El ministro se reunió con Kaja Kallas en Bruselas.", "Kaja Kallas", "Bruselas"),
    ],
)
def test_people_and_places(text: str, person: str, place: str, tagger: Tagger) -> None:
    found = {(text[o.start : o.end], o.kind) for o in tagger.tag(text, [(0, len(text))])}
    assert found == {(person, MentionKind.PERSON), (place, MentionKind.PLACE)}


@needs_weights
def test_handles_and_addresses_are_not_names(make_page: Maker, tagger: Tagger) -> None:
    notes = annotate(
        make_page(
            "She wrote to @SecRubio and to Marco Rubio that the talks in Paris go on, as one reads "
            "at https://news.example/Paris/Rubio and nowhere else for the time being."
        ),
        tagger,
    )
    spans = [(note.evidence.start, note.evidence.end) for note in notes]
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert {note.kind for note in notes if "@" in note.value or ":" in note.value} == {
        MentionKind.HANDLE,
        MentionKind.LINK,
    }
    assert {note.rule for note in notes if note.kind in TYPED} == {"names/2"}
