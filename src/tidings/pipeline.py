"""The order of the steps, from a page to its digests; no algorithm.

Between the two halves, reading and digesting, an article is settled: see settling.py.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol, TypeVar

from tidings.model import (
    Article,
    Digest,
    Note,
    Page,
    Reason,
    Rejected,
    Sketch,
)
from tidings.ports import Annotator, Embedder, Extractor
from tidings.reading.capitals import CapitalsFinder
from tidings.story.assign import AssignOptions
from tidings.story.entities.indexing import index
from tidings.story.lexemes import stem_words
from tidings.story.shingles import sign
from tidings.story.terms import choose_terms

Result = TypeVar("Result")

Extractors = Mapping[str, Extractor]
"""By media type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The plug-ins that an article passes through."""

    annotators: tuple[Annotator, ...]
    embedder: Embedder
    capitals: CapitalsFinder = field(default_factory=CapitalsFinder)  # for the terms


class Plan(Hashable, Protocol):
    """Builds the plug-ins. Hashable and picklable, so that each worker builds them once."""

    @property
    def assign(self) -> AssignOptions: ...

    def build_extractors(self) -> Extractors: ...

    def build_parts(self) -> Parts: ...


@lru_cache(maxsize=2)
def get_extractors(plan: Plan) -> Extractors:
    return plan.build_extractors()


@lru_cache(maxsize=2)
def get_parts(plan: Plan) -> Parts:
    return plan.build_parts()


@dataclass(frozen=True, slots=True)
class Draft:
    """A page's articles on their way to being digested."""

    name: str  # of the page
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Extraction:
    """Page → articles, in whichever process it is called."""

    plan: Plan

    def __call__(self, page: Page) -> tuple[Article, ...] | Rejected:
        return _end(page.name, lambda: extract_page(page, get_extractors(self.plan)))


@dataclass(frozen=True, slots=True)
class Digestion:
    """Articles → digests, in whichever process it is called."""

    plan: Plan

    def __call__(self, draft: Draft) -> tuple[Digest, ...] | Rejected:
        return _end(draft.name, lambda: digest_draft(draft, get_parts(self.plan)))


def _end(name: str, step: Callable[[], Result | Rejected]) -> Result | Rejected:
    try:
        return step()
    except Exception as error:  # noqa: BLE001 - the one broad except: every page ends
        detail = f"{type(error).__name__}: {error}"
        return Rejected(name=name, reason=Reason.CRASHED, detail=detail)


def extract_page(page: Page, extractors: Extractors) -> tuple[Article, ...] | Rejected:
    extractor = extractors.get(page.media_type)
    if extractor is None:
        known = ", ".join(sorted(extractors))
        detail = f"no extractor for {page.media_type!r}; there are: {known}"
        return Rejected(name=page.name, reason=Reason.UNSUPPORTED, detail=detail)
    return extractor.extract(page)


def digest_draft(draft: Draft, parts: Parts) -> tuple[Digest, ...]:
    return tuple(digest_article(article, parts) for article in draft.articles)


def digest_article(article: Article, parts: Parts) -> Digest:
    notes: tuple[Note, ...] = ()
    for annotator in parts.annotators:
        notes += tuple(annotator.annotate(article, notes))
    body = article.body
    names = tuple(article.text[start:end] for start, end, _ in parts.capitals.find(article))
    sketch = Sketch(
        article=article.id,
        published=article.published,
        language=article.language,
        publisher=article.publisher,
        terms=choose_terms(article.headline, body, article.language, names, article.links),
        signature=sign(body or article.headline),
        vector=parts.embedder.embed(join_lead(article.headline, body), article.language),
    )
    lexemes = stem_words(f"{article.headline}\n{body}", article.language)
    namings = index(article, notes)
    return Digest(article=article, notes=notes, lexemes=lexemes, sketch=sketch, namings=namings)


def join_lead(headline: str, body: str) -> str:
    """What is embedded: the headline, closed by a full stop where it has no mark, and the body."""
    if not headline or not body:
        return headline or body
    return f"{headline} {body}" if headline[-1] in ".!?…。" else f"{headline}. {body}"
