"""The two documents that the project grew from; nothing of their wording stands here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tidings.annotators.listed import ListedAnnotator
from tidings.annotators.names import NamesAnnotator
from tidings.annotators.quotes import QuotesAnnotator
from tidings.extractors.plain import PlainExtractor
from tidings.model import Article, Medium, MentionKind, Page, Quote, Rejected, Role
from tidings.story.ledger import Entry, Original, VariantKind, build_ledger
from tidings.story.tongues import find_seat, is_foreign


def extract(page: Page) -> tuple[Article, ...]:
    made = PlainExtractor().extract(page)
    assert not isinstance(made, Rejected)
    return made


@pytest.fixture(scope="module")
def saved(seeds: Path, make_page: Callable[[Path], Page]) -> Article:
    (article,) = extract(make_page(next(seeds.glob("000_*.txt"))))
    return article


@pytest.fixture(scope="module")
def digest(seeds: Path, make_page: Callable[[Path], Page]) -> tuple[Article, ...]:
    return extract(make_page(next(seeds.glob("002_*.txt"))))


def test_page_is_peeled_into_its_parts(saved: Article) -> None:
    assert Counter(block.role for block in saved.blocks) == {
        Role.DATELINE: 1,
        Role.HEADLINE: 1,
        Role.READING_TIME: 1,
        Role.BODY: 4,
        Role.SOURCE_LIST: 2,
        Role.RELATED: 1,
        Role.LATEST: 11,
        Role.ADVERTISING: 2,
        Role.FOOTER: 1,
    }
    order = list(dict.fromkeys(block.role for block in saved.blocks))
    assert order[:5] == [
        Role.DATELINE,
        Role.HEADLINE,
        Role.READING_TIME,
        Role.BODY,
        Role.SOURCE_LIST,
    ]


def test_only_the_body_feeds_the_story(saved: Article) -> None:
    assert "https://" not in saved.body
    assert "@SecRubio" in saved.body
    for foreign in ("UKR.NET", "Джидд", "Купянск", "29.01.2025"):
        assert foreign not in saved.body
    assert not saved.is_cut


def test_latest_headlines_are_undated_mentions(saved: Article) -> None:
    listed = list(ListedAnnotator().annotate(saved, ()))
    assert len(listed) == 10
    assert {note.kind for note in listed} == {MentionKind.HEADLINE}
    for note in listed:
        assert saved.text[note.evidence.start : note.evidence.end] == note.evidence.text


def test_publisher_and_zone_are_unknown(saved: Article) -> None:
    assert saved.publisher is None
    assert saved.url is None
    assert saved.language == "ru"
    # 03:52 on the 29th, anywhere from UTC+14 to UTC-12
    assert saved.published.start == datetime(2025, 1, 28, 13, 52, tzinfo=UTC)
    assert saved.published.end == datetime(2025, 1, 29, 15, 53, tzinfo=UTC)
    assert "zone unknown" in saved.published.reason
    assert saved.modified is None


def test_source_links_are_kept(saved: Article) -> None:
    assert [link.split("/")[2] for link in saved.links] == ["www.bloomberg.com", "x.com"]
    assert saved.links[1].endswith("/1884298044398792782")


def test_digest_is_split(digest: tuple[Article, ...]) -> None:
    assert len(digest) == 11
    assert [article.position for article in digest] == list(range(11))
    assert digest[0].id == digest[0].page[:16]
    assert digest[3].id == f"{digest[0].page[:16]}.3"
    assert {article.headline for article in digest} == {""}
    assert {article.language for article in digest} == {"en"}
    assert all(article.published.start is None for article in digest)


def test_broken_off_snippets_are_marked(digest: tuple[Article, ...]) -> None:
    assert [article.position for article in digest if article.is_cut] == [2, 7]


def test_read_more_names_the_publisher(digest: tuple[Article, ...]) -> None:
    named = [article for article in digest if article.publisher]
    assert [(article.position, article.publisher) for article in named] == [(6, "straitstimes.com")]
    assert [block.role for block in named[0].blocks] == [Role.BODY, Role.SOURCE_LIST]
    assert "straitstimes" not in named[0].body


def test_names_are_found(saved: Article, digest: tuple[Article, ...]) -> None:
    names = {note.value for note in NamesAnnotator().annotate(saved, ())}
    assert {"Каллас", "Рубио", "Марко Рубио", "@SecRubio", "Bloomberg"} <= names
    assert "https://x.com/kajakallas/status/1884298044398792782" in names
    names = {note.value for note in NamesAnnotator().annotate(digest[6], ())}
    assert {"Kallas", "Rubio", "Moscow"} <= names


def find_quotes(article: Article) -> list[Quote]:
    names = tuple(NamesAnnotator().annotate(article, ()))
    return list(QuotesAnnotator().annotate(article, names))


def test_the_quoted_post_is_a_translation_whose_original_is_not_held(saved: Article) -> None:
    (quote,) = [quote for quote in find_quotes(saved) if quote.medium is Medium.POST]
    assert quote.speaker is not None
    assert quote.speaker.name is not None
    assert quote.speaker.name.text == "Каллас"
    assert quote.link == "https://x.com/kajakallas/status/1884298044398792782"
    seat = find_seat(saved, quote.speaker.name)
    assert seat is not None
    assert seat.id == "european-union"
    foreign = is_foreign(saved.language, seat)
    (line,) = build_ledger([Entry(article=saved, quote=quote, who="kallas", is_foreign=foreign)])
    assert [variant.kind for variant in line.variants] == [VariantKind.TRANSLATED]
    assert line.original is Original.NOT_HELD


def test_two_words_in_marks_are_a_quote_of_officials(digest: tuple[Article, ...]) -> None:
    parts = {
        quote.evidence.text: quote.speaker.evidence.text
        for article in digest
        for quote in find_quotes(article)
        if quote.kind.value == "partial" and quote.speaker
    }
    assert parts["maximum pressure"] == "a European official"
    assert parts["maximum pressure on Moscow"] == "Officials"
