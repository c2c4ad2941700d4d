"""The order of the steps, from pages to a written batch; no algorithm."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from tidings.model import (
    Article,
    Digest,
    MentionKind,
    Note,
    Page,
    Reason,
    Rejected,
    Sketch,
)
from tidings.ports import Annotator, Embedder, Extractor
from tidings.story.assign import AssignOptions
from tidings.story.copies import sign
from tidings.story.lexemes import stem_words
from tidings.story.terms import choose_terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The plug-ins that a page passes through."""

    extractors: Mapping[str, Extractor]  # by media type
    annotators: tuple[Annotator, ...]
    embedder: Embedder


class Plan(Hashable, Protocol):
    """Builds the parts. Hashable and picklable, so that each worker builds them once."""

    @property
    def assign(self) -> AssignOptions: ...

    def build_parts(self) -> Parts: ...


@lru_cache(maxsize=2)
def get_parts(plan: Plan) -> Parts:
    return plan.build_parts()


@dataclass(frozen=True, slots=True)
class Digester:
    """Page → digests, in whichever process it is called."""

    plan: Plan

    def __call__(self, page: Page) -> tuple[Digest, ...] | Rejected:
        parts = get_parts(self.plan)
        try:
            return digest_page(page, parts)
        except Exception as error:  # noqa: BLE001 - the one broad except: every page ends
            detail = f"{type(error).__name__}: {error}"
            return Rejected(name=page.name, reason=Reason.CRASHED, detail=detail)


def digest_page(page: Page, parts: Parts) -> tuple[Digest, ...] | Rejected:
    extractor = parts.extractors.get(page.media_type)
    if extractor is None:
        known = ", ".join(sorted(parts.extractors))
        detail = f"no extractor for {page.media_type!r}; there are: {known}"
        return Rejected(name=page.name, reason=Reason.UNSUPPORTED, detail=detail)
    articles = extractor.extract(page)
    if isinstance(articles, Rejected):
        return articles
    return tuple(digest_article(article, parts) for article in articles)


def digest_article(article: Article, parts: Parts) -> Digest:
    notes: tuple[Note, ...] = ()
    for annotator in parts.annotators:
        notes += tuple(annotator.annotate(article, notes))
    body = article.body
    names = tuple(note.value for note in notes if note.kind is MentionKind.NAME)
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
    return Digest(article=article, notes=notes, lexemes=lexemes, sketch=sketch)


def join_lead(headline: str, body: str) -> str:
    """What is embedded: the headline, closed by a full stop where it has no mark, and the body."""
    if not headline or not body:
        return headline or body
    return f"{headline} {body}" if headline[-1] in ".!?…。" else f"{headline}. {body}"
