"""Made reports, and what they say of their sources."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from tidings.model import (
    Anonymity,
    Article,
    ArticleId,
    Evidence,
    Manner,
    PageId,
    Sketch,
    SourceKind,
    SourceLink,
)
from tidings.story.chain import Chain, Report
from tidings.times import moment, unknown


def make_report(
    name: str,
    *sources: SourceLink,
    publisher: str | None = None,
    hour: int | None = None,
    links: tuple[str, ...] = (),
) -> Report:
    """All tell the same; ``hour`` of 10 March 2025."""
    at = datetime(2025, 3, 10, tzinfo=UTC)
    published = unknown("made") if hour is None else moment(at.replace(hour=hour), "made")
    article = Article(
        id=ArticleId(name), page=PageId(name), position=0, url=f"https://{name}.example/{name}",
        publisher=publisher, published=published, modified=None, language="en", headline="",
        byline=(), text="", blocks=(), links=links, is_cut=False, extractor="made", grounds=(),
    )  # fmt: skip
    vector = np.zeros(4, dtype=np.int16)
    vector[0] = 4000
    sketch = Sketch(
        article=article.id, published=published, language="en", publisher=publisher, terms=(),
        signature=np.zeros(0, dtype=np.uint32), vector=vector,
    )  # fmt: skip
    return Report(article=article, sketch=sketch, sources=sources)


def make_link(
    article: str,
    source: str,
    kind: SourceKind = SourceKind.PUBLISHER,
    manner: Manner = Manner.CITES,
    through: str | None = None,
) -> SourceLink:
    words = Evidence(article=ArticleId(article), start=0, end=len(source), text=source)
    told = None
    if kind is SourceKind.ANONYMOUS:
        calling, _, seat = source.partition(" of ")
        told = Anonymity(role=words, origin=None, condition=None, calling=calling, seat=seat)
    return SourceLink(
        evidence=words, manner=manner, kind=kind, source=source, name=words, scope=None,
        through=through, url=None, anonymity=told, score=0.9, rule="made/1",
    )  # fmt: skip


def pairs(chain: Chain) -> set[tuple[str, str]]:
    return {(edge.child, edge.parent) for edge in chain.edges}


def roots(chain: Chain) -> set[str]:
    return {origin.node for origin in chain.origins}
