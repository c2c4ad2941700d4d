"""Where a text holds a number or a quote, in several scripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.model import Article, ArticleId, Block, PageId, Role
from tidings.story.holders import (
    find_number,
    find_quote,
    is_askable,
    widen,
)
from tidings.times import unknown


def write(text: str, language: str = "en") -> Article:
    return Article(
        id=ArticleId("a"), page=PageId("a"), position=0, url=None, publisher=None,
        published=unknown("made"), modified=None, language=language, headline="", byline=(),
        text=text, blocks=(Block(role=Role.BODY, start=0, end=len(text)),), links=(),
        is_cut=False, extractor="made", grounds=(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "language", "number", "found"),
    [
        ("Im Tal stehen 12.400 Bäume.", "de", "12400", "12.400"),
        ("У лузі 12 400 дерев.", "uk", "12,400", "12 400"),
        ("Die Stadt zahlt 1,2 Mio. Euro.", "de", "1200000", "1,2 Mio"),
        ("Пожертвовали €1 млн.", "ru", "1 million", "1 млн"),
        ("Cuesta 3 mil millones.", "es", "3000000000", "3 mil millones"),
        ("At 10:30 they left for gate 10.", "en", "10", "10"),
        ("At 10:30 they left.", "en", "10", None),
        ("In 2010 nobody was hurt.", "en", "10", None),
        ("Зустріч відбулася 10 травня, прийшло 10 гостей.", "uk", "10", "10"),
        ("Le 20 janvier, il a neigé.", "fr", "20", None),
    ],
)
def test_numbers_are_found(text: str, language: str, number: str, found: str | None) -> None:
    place = find_number(write(text, language), number)
    assert (place.text if place else None) == found


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        (
            "»Ich habe den Brief nie gelesen«, sagte sie.",
            "ich habe den brief",
            "Ich habe den Brief",
        ),
        ("«Ми не продамо пляж», — каже вона.", "ми не продамо пляж!", "Ми не продамо пляж"),
        ("«Nous — dit-elle — restons ici.»", "nous restons ici", None),
        ("彼は「海は静かだ」と言った。", "海は静かだ", "海は静かだ"),
    ],
)
def test_quotes_are_found_by_their_words(text: str, quote: str, found: str | None) -> None:
    place = find_quote(write(text), quote)
    assert (place.text if place else None) == found


def test_a_word_or_two_are_no_quote() -> None:
    assert not is_askable("not now")
    assert is_askable("not now please")


@given(st.text(max_size=80), st.text(max_size=20))
def test_what_is_found_is_in_the_text(text: str, quote: str) -> None:
    article = write(text) if text else write("x")
    for place in (find_quote(article, quote), find_number(article, quote or "1")):
        if place:
            assert article.text[place.start : place.end] == place.text
            wide = widen(article, place)
            assert wide.start <= place.start < place.end <= wide.end
            assert article.text[wide.start : wide.end] == wide.text
