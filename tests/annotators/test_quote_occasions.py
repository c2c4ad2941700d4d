"""Where it was said and to whom, in sentences of our own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from quoting import find_quotes, make_article

from tidings.annotators.names import NamesAnnotator
from tidings.annotators.quotes import QuotesAnnotator
from tidings.model import Medium

SAID = [
    ("en", "“The bridge is closed,” Anna Berg said in an interview with Die Welt.", "interview"),
    ("en", "Anna Berg said in a statement that the bridge was closed.", "statement"),
    ("de", "„Die Brücke ist gesperrt“, sagte Anna Berg auf einer Pressekonferenz.", "briefing"),
    ("ru", "«Мост закрыт», — сказала Анна Берг в интервью газете.", "interview"),
    ("uk", "«Міст зачинено», — написала Анна Берг на своїй сторінці.", "post"),
    ("fr", "« Le pont est fermé », a écrit Anna Berg sur Twitter.", "post"),
    ("es", "“El puente está cerrado”, dijo Anna Berg en rueda de prensa.", "briefing"),
]


@pytest.mark.parametrize(("language", "text", "medium"), SAID)
def test_the_words_say_where(language: str, text: str, medium: str) -> None:
    (quote,) = find_quotes(text, language)
    assert quote.medium == Medium(medium)
    assert quote.occasion is not None
    assert quote.occasion.text in text


def test_what_is_quoted_says_nothing_of_where() -> None:
    (quote,) = find_quotes("“I gave an interview on Twitter today,” said Anna Berg.", "en")
    assert quote.medium is None


@pytest.mark.parametrize(
    ("language", "text", "addressee"),
    [
        ("en", "“The bridge is closed,” Anna Berg told reporters.", "reporters"),
        ("fr", "« Le pont est fermé », a déclaré à l'AFP la maire Anna Berg.", "l'AFP"),
        ("ru", "«Мост закрыт», — сказала журналистам Анна Берг.", "журналистам"),
    ],
)
def test_to_whom_it_was_said(language: str, text: str, addressee: str) -> None:
    (quote,) = find_quotes(text, language)
    assert quote.addressee is not None
    assert quote.addressee.text == addressee


def test_a_post_is_linked_where_its_author_speaks() -> None:
    text = "«Мост закрыт до самого мая», — написала Анна Берг в Твиттере."
    links = ("https://x.com/annaberg/status/1884298044398792782",
             "https://x.com/olund/status/1884298044398792783")  # fmt: skip
    article = replace(make_article(text, "ru"), links=links)
    names = tuple(NamesAnnotator().annotate(article, ()))
    (quote,) = QuotesAnnotator().annotate(article, names)
    assert (quote.medium, quote.link) == (Medium.POST, links[0])
