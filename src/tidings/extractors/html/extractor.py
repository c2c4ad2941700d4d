"""HTML page → article: several extractors vote on the body, our own rules find the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from lxml import etree, html

from tidings.extractors.html.council import Gate, vote
from tidings.extractors.html.libraries import Source, find_versions
from tidings.model import Article, ArticleId, Block, Page, Reason, Rejected, Role
from tidings.reading.bodies import marks
from tidings.reading.bodies.choice import score_pieces
from tidings.reading.bodies.pieces import pieces
from tidings.reading.bodies.roles import Known, Part, assign_roles
from tidings.reading.bodies.said import SAID, find_said
from tidings.reading.bodies.votes import count_votes
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
from tidings.reading.mixed import mark_languages
from tidings.reading.places import Ground, Places, parse_places
from tidings.text import is_dense, words

RULE = "html/2"
_BODY = (Role.STANDFIRST, Role.BODY, Role.QUOTE_BOX)


class Library(StrEnum):
    """Who finds the body."""

    ENSEMBLE = "ensemble"  # resiliparse, trafilatura and jusText vote
    RESILIPARSE = "resiliparse"  # it alone: several times quicker, some points of F1 less


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Chosen on the labelled pages of bench/extraction, which guards them."""

    library: Library = Library.ENSEMBLE
    gate: Gate = field(default_factory=Gate)
    deepest: int = 1_000  # nested elements; real pages stay below 100, broken ones below 500
    largest: int = 20_000_000  # bytes; trafilatura's own limit
    headline: int = 3  # words (of a script without spaces: twice the letters) that alone are news


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlExtractor:
    options: Options = field(default_factory=Options)

    def extract(self, page: Page) -> tuple[Article, ...] | Rejected:
        """One article; any bytes end, as article or with a reason."""
        if len(page.data) > self.options.largest:
            detail = f"{len(page.data)} bytes, {self.options.largest} are read; split the page"
            return Rejected(name=page.name, reason=Reason.TOO_LARGE, detail=detail)
        declared = page.served.charset if page.served else None
        text = decode(page.data, declared)
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
        metadata = parse_metadata(places, page.served)
        parts, voters = self._parts(Source(text=text, tree=tree), places, metadata)
        if not parts and self._is_bare(tree, metadata.headline):
            detail = "a form or a few words, no article; leave it out"
            return Rejected(name=page.name, reason=Reason.NO_TEXT, detail=detail)
        metadata = replace(metadata, grounds=(*metadata.grounds, voters))
        parts = [(Role.HEADLINE, metadata.headline), *parts]
        article = self._article(page, places, metadata, parts)
        if not article.blocks:
            detail = "neither headline nor body in it"
            return Rejected(name=page.name, reason=Reason.NO_TEXT, detail=detail)
        cited = [b for b in article.blocks if b.role in (*_BODY, Role.SOURCE_LIST)]
        key = parse_key("\n".join(article.text[b.start : b.end] for b in cited))
        links = parse_links(tree, metadata.url, key)
        return (replace(article, links=tuple(dict.fromkeys(links))),)

    def _parts(
        self, source: Source, places: Places, metadata: Metadata
    ) -> tuple[list[Part], Ground]:
        """What stands after the headline, and what that rests on."""
        found = tuple(pieces(source.tree))
        gate = self.options.gate if self.options.library is Library.ENSEMBLE else None
        votes = vote(source, found, gate)
        why = f"votes of {', '.join(sorted(votes))}"
        said = find_said(places.node)
        if said:
            votes = {**votes, **count_votes(found, {SAID: said})}
        page = marks.Page(
            pieces=found, votes=votes, headline=metadata.headline, summary=metadata.standfirst
        )
        known = Known(
            headline=metadata.headline,
            summary=metadata.standfirst,
            names=[*metadata.byline, metadata.publisher or ""],
        )
        parts = list(assign_roles(page, score_pieces(page), known))
        body = [line for role, line in parts if role in _BODY]
        if body and is_form(source.tree, body):
            return [], ("blocks", "forms and buttons only, left out")
        if any(map(parse_key, body)):
            return parts, ("blocks", why)
        if said:
            return [(Role.BODY, line) for line in said], ("blocks", "JSON-LD articleBody")
        body = _without_headline(find_paragraphs(source.tree), metadata.headline)
        lead = find_standfirst(source.tree, metadata.standfirst, [metadata.headline, *body])
        parts = [(Role.STANDFIRST, lead)] if lead else []
        parts += [(Role.BODY, line) for line in body]
        return parts, ("blocks", f"no body by {why}: all paragraphs")

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
        body = "\n\n".join(text[b.start : b.end] for b in blocks if b.role in _BODY)
        language, reason = identify(headline, body)
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
            blocks=tuple(_marked(text, blocks, language)),
            links=(),
            is_cut=False,
            extractor=f"{RULE} {library} {find_versions(library)}",
            grounds=tuple(sorted((*metadata.grounds, *dating.grounds, ("language", reason)))),
            timestamps=dating.timestamps,
            domain=metadata.domain,
            section=metadata.section,
            is_free=metadata.is_free,
        )


def _without_headline(body: list[str], headline: str) -> list[str]:
    """Body lines without the headline where it is repeated at their start."""
    key = parse_key(headline)
    if not key:
        return body
    return [line for place, line in enumerate(body) if place > 2 or parse_key(line) != key]


def _marked(text: str, blocks: Sequence[Block], language: str) -> Iterator[Block]:
    """The language where it is another one, of the body alone."""
    body = [block for block in blocks if block.role in _BODY]
    marked = iter(mark_languages(text, body, language))
    for block in blocks:
        yield next(marked) if block.role in _BODY else block
