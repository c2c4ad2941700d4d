"""Quotes of a text, as the annotator finds them."""

from __future__ import annotations

from tidings.annotators.names import NamesAnnotator
from tidings.annotators.quotes import QuotesAnnotator
from tidings.model import Article, ArticleId, Block, PageId, Quote, Role
from tidings.times import unknown


def make_article(text: str, language: str) -> Article:
    return Article(
        id=ArticleId("one"),
        page=PageId("page"),
        position=0,
        url=None,
        publisher=None,
        published=unknown("not given"),
        modified=None,
        language=language,
        headline="",
        byline=(),
        text=text,
        blocks=(Block(role=Role.BODY, start=0, end=len(text)),) if text.strip() else (),
        links=(),
        is_cut=False,
        extractor="test",
        grounds=(),
    )


def find_quotes(text: str, language: str) -> list[Quote]:
    article = make_article(text, language)
    names = tuple(NamesAnnotator().annotate(article, ()))
    return list(QuotesAnnotator().annotate(article, names))


def told(text: str, language: str) -> list[tuple[str, str, str | None]]:
    """Kind, words and speaker as printed."""
    return [
        (
            quote.kind.value,
            " … ".join(part.text for part in quote.parts),
            quote.speaker.evidence.text if quote.speaker else None,
        )
        for quote in find_quotes(text, language)
    ]
