"""HTML page → article: trafilatura (or resiliparse) for the body, our own rules for the rest."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec

import trafilatura.core
from lxml import etree, html

from tidings.errors import Unavailable
from tidings.model import Article, ArticleId, Page, Reason, Rejected, Role
from tidings.reading.byline import is_byline
from tidings.reading.charset import Undecoded, decode
from tidings.reading.compose import compose
from tidings.reading.dating import Setting, date_page
from tidings.reading.language import identify
from tidings.reading.markup import (
    find_paragraphs,
    find_standfirst,
    has_password,
    is_form,
    parse_key,
    parse_links,
    parse_tree,
)
from tidings.reading.metadata import Metadata, parse_metadata
from tidings.reading.places import Ground, Places, parse_places
from tidings.text import is_dense, words

RULE = "html/1"


class Library(StrEnum):
    """What finds the body."""

    TRAFILATURA = "trafilatura"
    RESILIPARSE = "resiliparse"  # ten times quicker, some points of F1 less: for archives


class Focus(StrEnum):
    """trafilatura's modes."""

    STANDARD = "standard"
    PRECISION = "precision"
    RECALL = "recall"
    FAST = "fast"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Chosen on the 990 pages of bench/extraction, which guards them."""

    library: Library = Library.TRAFILATURA
    focus: Focus = Focus.STANDARD
    has_tables: bool = True  # half a point of F1 more than without
    deepest: int = 1_000  # nested elements; real pages stay below 100, broken ones below 500
    largest: int = 20_000_000  # bytes; trafilatura's own limit
    headline: int = 3  # words (of a script without spaces: twice the letters) that alone are news


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlExtractor:
    """Raises ``Unavailable`` where the library that the options name is not installed."""

    options: Options = field(default_factory=Options)

    def __post_init__(self) -> None:
        if self.options.library is Library.RESILIPARSE and find_spec("resiliparse") is None:
            raise Unavailable("no package 'resiliparse'; install tidings[bulk]")

    def extract(self, page: Page) -> tuple[Article, ...] | Rejected:
        """One article; any bytes end, as article or with a reason."""
        if len(page.data) > self.options.largest:
            detail = f"{len(page.data)} bytes, {self.options.largest} are read; split the page"
            return Rejected(name=page.name, reason=Reason.TOO_LARGE, detail=detail)
        text = decode(page.data)
        if isinstance(text, Undecoded):
            return Rejected(name=page.name, reason=text.reason, detail=text.detail)
        try:
            return self._extracted(page, text)
        except RecursionError:
            return Rejected(name=page.name, reason=Reason.TOO_DEEP, detail="nested too deeply")
        except etree.ParserError:
            detail = "no element in it; give plain text as .txt"
            return Rejected(name=page.name, reason=Reason.NO_TEXT, detail=detail)
        except (
            etree.LxmlError,
            ValueError,
            TypeError,
            LookupError,
            ArithmeticError,
            AttributeError,
        ) as error:
            detail = f"{type(error).__name__}: {error}; report this page"
            return Rejected(name=page.name, reason=Reason.UNREADABLE, detail=detail)

    def _extracted(self, page: Page, text: str) -> tuple[Article, ...] | Rejected:
        tree, depth = parse_tree(text)
        if depth > self.options.deepest:
            detail = f"{depth} elements deep or more, {self.options.deepest} are read"
            return Rejected(name=page.name, reason=Reason.TOO_DEEP, detail=detail)
        places = parse_places(tree)
        metadata = parse_metadata(places)
        body, ground = self._body(tree, text, metadata.headline)
        metadata = replace(metadata, grounds=(*metadata.grounds, *ground))
        lead = find_standfirst(tree, metadata.standfirst, [metadata.headline, *body])
        if not body and not lead and self._is_bare(tree, metadata.headline):
            detail = "a form or a few words, no article; leave it out"
            return Rejected(name=page.name, reason=Reason.NO_TEXT, detail=detail)
        parts = [(Role.HEADLINE, metadata.headline), (Role.STANDFIRST, lead)]
        names = [*metadata.byline, metadata.publisher or ""]
        for line in body:
            parts.append((Role.BYLINE if is_byline(line, names) else Role.BODY, line))
        article = self._article(page, places, metadata, parts)
        if not article.blocks:
            detail = "neither headline nor body in it"
            return Rejected(name=page.name, reason=Reason.NO_TEXT, detail=detail)
        links = parse_links(tree, metadata.url, parse_key(article.text))
        return (replace(article, links=tuple(dict.fromkeys(links))),)

    def _body(
        self, tree: html.HtmlElement, text: str, headline: str
    ) -> tuple[list[str], list[Ground]]:
        """The lines after the headline, and a ground where they are not the library's."""
        library = self.options.library
        if library is Library.RESILIPARSE:
            body = _resiliparsed(text)
        else:
            body = _trafilatured(tree, self.options)
        body = _without_headline(body, headline)
        if body and is_form(tree, body):
            return [], [("blocks", "forms and buttons only, left out")]
        if any(map(parse_key, body)):
            return body, []
        found = _without_headline(find_paragraphs(tree), headline)
        ground = f"{library.value} finds no body: all paragraphs"
        return (found, [("blocks", ground)]) if found else (body, [])

    def _is_bare(self, tree: html.HtmlElement, headline: str) -> bool:
        """Whether a page without a body is no article for its headline's sake either."""
        least = self.options.headline
        count = len(headline) // 2 if is_dense(headline) else len(words(headline))
        return count < least or has_password(tree)

    def _article(
        self, page: Page, places: Places, metadata: Metadata, parts: list[tuple[Role, str]]
    ) -> Article:
        text, blocks = compose(parts)
        has_headline = bool(blocks) and blocks[0].role is Role.HEADLINE
        headline = text[: blocks[0].end] if has_headline else ""
        language, reason = identify(headline, text[len(headline) :])
        setting = Setting(
            url=metadata.url, language=language, headline=headline, served=page.served
        )
        dating = date_page(places, setting)
        library = self.options.library.value
        return Article(
            id=ArticleId(page.id[:16]),
            page=page.id,
            position=0,
            url=metadata.url,
            publisher=metadata.publisher,
            published=dating.published,
            modified=dating.modified,
            language=language,
            headline=headline,
            byline=metadata.byline,
            text=text,
            blocks=blocks,
            links=(),
            is_cut=False,
            extractor=f"{RULE} {library} {_version(library)}",
            grounds=tuple(sorted((*metadata.grounds, *dating.grounds, ("language", reason)))),
            timestamps=dating.timestamps,
        )


def _without_headline(body: list[str], headline: str) -> list[str]:
    """Body lines without the headline where it is repeated at their start."""
    key = parse_key(headline)
    if not key:
        return body
    return [line for place, line in enumerate(body) if place > 2 or parse_key(line) != key]


def _trafilatured(tree: html.HtmlElement, options: Options) -> list[str]:
    _hush()
    document = trafilatura.bare_extraction(
        tree,
        fast=options.focus is Focus.FAST,
        favor_precision=options.focus is Focus.PRECISION,
        favor_recall=options.focus is Focus.RECALL,
        include_comments=False,
        include_tables=options.has_tables,
        include_formatting=False,
    )
    text = getattr(document, "text", None) or ""
    return [line for line in map(str.strip, text.splitlines()) if line]


def _resiliparsed(text: str) -> list[str]:
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415 - an extra

    body = extract_plain_text(text, main_content=True, comments=False, alt_texts=False)
    return [line for line in map(str.strip, body.splitlines()) if line]


@cache
def _hush() -> None:
    """Both libraries log what their return value says already."""
    for name in ("trafilatura", "htmldate"):
        trafilatura.core.LOGGER.manager.getLogger(name).setLevel("CRITICAL")


@cache
def _version(library: str) -> str:
    return version(library)
