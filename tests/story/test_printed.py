"""Shared terms are shown with the characters that prove them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tidings.model import Article, ArticleId, PageId, Role
from tidings.reading.compose import compose
from tidings.story.printed import find_printed
from tidings.story.terms import choose_terms
from tidings.times import unknown


def make_article(headline: str, body: str, language: str) -> Article:
    text, blocks = compose([(Role.HEADLINE, headline), (Role.BODY, body), (Role.LATEST, "Minsk")])
    return Article(
        id=ArticleId("a"), page=PageId("p"), position=0, url=None, publisher=None,
        published=unknown("test"), modified=None, language=language, headline=headline, byline=(),
        text=text, blocks=blocks, links=(), is_cut=False, extractor="test", grounds=(),
    )  # fmt: skip


def test_a_name_is_found_in_either_script() -> None:
    russian = make_article("", "Вчера госсекретарь Рубио звонил Кае Каллас.", "ru")
    english = make_article("", "On Tuesday, Ms Kallas had a call from Rubio.", "en")
    shared = set(choose_terms(russian.headline, russian.body, "ru", (), ())) & set(
        choose_terms(english.headline, english.body, "en", (), ())
    )
    pairs = {
        (find_printed(russian, shared)[term].text, find_printed(english, shared)[term].text)
        for term in shared
    }
    assert ("Каллас", "Kallas") in pairs
    assert ("Рубио", "Rubio") in pairs


def test_what_is_only_listed_proves_nothing() -> None:
    assert find_printed(make_article("A call", "Nothing more.", "en"), {"n:mnsk"}) == {}


@given(body=st.text(max_size=200), language=st.sampled_from(["en", "ru", "de", "zh", "und"]))
def test_evidence_lies_in_the_text(body: str, language: str) -> None:
    article = make_article("", body, language)
    terms = choose_terms("", article.body, language, (), ())
    for evidence in find_printed(article, set(terms)).values():
        assert 0 <= evidence.start < evidence.end
        assert article.text[evidence.start : evidence.end] == evidence.text
