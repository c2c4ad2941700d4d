"""Where names begin and end, and which known outlets are told though the tagger sees none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.annotators.names import NamesAnnotator
from tidings.annotators.names.decode import Found
from tidings.annotators.names.edges import has_capital, trim, trim_compound
from tidings.annotators.names.known import is_country
from tidings.annotators.names.tagger import Tagged
from tidings.annotators.names.tokens import cut_tokens
from tidings.extractors.plain import PlainExtractor
from tidings.model import MentionKind, Page, Rejected


class Blind:
    """A tagger that sees no name."""

    def tag(self, text: str, parts: object) -> list[Tagged]:
        del text, parts
        return []


PIECES = ["Orel", "«", "»", '"', "de", "of", ",", "-", "(", "Twitter", "Орла", "UN", "a", "s", "\n"]


def trimmed(text: str, first: int, last: int, after: int = 0) -> str:
    """Of ``text[first:last]``, ``after`` tokens before its end."""
    tokens = cut_tokens(text)
    inside = [n for n, (a, b) in enumerate(tokens.spans) if first <= a and b <= last]
    one = Found(
        first=inside[0],
        last=inside[-1] + 1 - after,
        kind=MentionKind.ORGANISATION,
        score=0.9,
    )
    kept = trim(tokens, one)
    return (
        "" if kept is None else text[tokens.spans[kept.first][0] : tokens.spans[kept.last - 1][1]]
    )


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("«Orel»", "Orel"),
        ('"Orel-Invest"', "Orel-Invest"),
        ("OOO «Orel»", "OOO «Orel»"),
        ("«Orel» Bank", "«Orel» Bank"),
        ("Universidad Central de", "Universidad Central"),
        ("UN-a", "UN-a"),
        ("Moody's", "Moody's"),
        ("Twitter Орленка", "Twitter"),
        ("Фейсбуке Орленко", "Фейсбуке"),
        ("Twitter Inc", "Twitter Inc"),
        ("«", ""),
    ],
)
def test_marks_and_small_words_at_the_edges_are_no_part_of_a_name(text: str, kept: str) -> None:
    assert trimmed(text, 0, len(text)) == kept


def test_a_mark_that_was_opened_inside_is_closed() -> None:
    assert trimmed("OOO «Orel-7»", 0, 12, after=1) == "OOO «Orel-7»"


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map(" ".join))
def test_no_name_begins_or_ends_with_a_comma_or_a_dash(text: str) -> None:
    tokens = cut_tokens(text)
    whole = Found(first=0, last=len(tokens.spans), kind=MentionKind.ORGANISATION, score=0.9)
    kept = trim(tokens, whole)
    if kept is not None:
        assert 0 <= kept.first < kept.last <= whole.last
        assert not {tokens.words[kept.first], tokens.words[kept.last - 1]} & {",", "-"}


@pytest.mark.parametrize(
    ("word", "kept"),
    [
        ("Телеграм-канале", "Телеграм"),
        ("IT-компаний", "IT"),
        ("Вице-мэр", None),
        ("Rhein-Main", "Rhein-Main"),
        ("Нью-Йорк", "Нью-Йорк"),
        ("Orel", "Orel"),
    ],
)
def test_a_compound_that_goes_on_in_small_letters_is_no_name(word: str, kept: str | None) -> None:
    assert trim_compound(word) == kept


def test_a_known_outlet_is_an_organisation(make_page: Callable[[str], Page]) -> None:
    text = (
        "The ferry sank at noon, people there told Reuters, and nobody had expected it at all. "
        "Whoever wrote of it in the Mirror could not know that it had been warned of for years."
    )
    made = PlainExtractor().extract(make_page(text))
    assert not isinstance(made, Rejected)
    found = {note.value: note for note in NamesAnnotator(Blind()).annotate(made[0], ())}
    assert (found["Reuters"].kind, found["Reuters"].rule) == ("organisation", "outlets/1")
    assert found["Mirror"].kind is MentionKind.NAME  # a word as well


@pytest.mark.parametrize(
    ("name", "language", "kind"),
    [
        ("Royaume-Uni", "fr", True),
        ("Royaume-Uni", "de", False),
        ("UK", "en", True),
        ("Union européenne", "fr", False),
        ("Europe", "en", False),
        ("France", "en-GB", True),
        ("France", "xx", False),
    ],
)
def test_countries_are_known_in_their_language(name: str, language: str, kind: bool) -> None:
    assert is_country(name, language) is kind


def test_initials_are_a_name() -> None:
    tokens = cut_tokens("the U.S. I.")
    place = Found(first=1, last=5, kind=MentionKind.PLACE, score=0.9)
    assert has_capital(tokens, place)
    assert not has_capital(tokens, replace(place, first=5, last=7))
    assert not has_capital(tokens, replace(place, first=0, last=1))


class Sees:
    """A tagger that sees one name."""

    def __init__(self, name: str) -> None:
        self.name = name

    def tag(self, text: str, parts: object) -> list[Tagged]:
        del parts
        start, kind = text.index(self.name), MentionKind.ORGANISATION
        return [Tagged(start=start, end=start + len(self.name), kind=kind, score=0.9)]


def test_a_country_behind_a_name_is_a_part_of_it(make_page: Callable[[str], Page]) -> None:
    text = (
        "The head of Orel-Mobile US said that the network would grow by the spring, and that its "
        "price would not. Whoever lives in the US or in the UK pays for it as much as ever before."
    )
    made = PlainExtractor().extract(make_page(text))
    assert not isinstance(made, Rejected)
    notes = NamesAnnotator(Sees("Orel-Mobile")).annotate(made[0], ())
    found = [(note.value, note.kind) for note in notes if note.value in ("US", "UK")]
    assert found == [
        ("US", MentionKind.NAME),
        ("US", MentionKind.PLACE),
        ("UK", MentionKind.PLACE),
    ]
