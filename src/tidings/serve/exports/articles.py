"""The articles whole, with their blocks and notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tidings.engine import Engine
from tidings.model import Article, Note
from tidings.times import Interval


def articles(engine: Engine) -> Iterator[dict[str, Any]]:
    """One object an article, in order of arrival. ``start`` and ``end`` of blocks and notes are
    code points into ``text``."""
    for article in engine.articles():
        yield describe_article(article, engine.notes(article.id))


def describe_article(article: Article, notes: tuple[Note, ...]) -> dict[str, Any]:
    return {
        "id": article.id,
        "page": article.page,
        "url": article.url,
        "publisher": article.publisher,
        "published": describe_interval(article.published),
        "modified": describe_interval(article.modified) if article.modified else None,
        "language": article.language,
        "headline": article.headline,
        "byline": list(article.byline),
        "body": article.body,
        "text": article.text,
        "blocks": [{"role": b.role, "start": b.start, "end": b.end} for b in article.blocks],
        "links": list(article.links),
        "is_cut": article.is_cut,
        "grounds": dict(article.grounds),
        "extractor": article.extractor,
        "notes": [describe_note(note) for note in notes],
    }


def describe_interval(interval: Interval) -> dict[str, Any]:
    """RFC 3339 bounds, half-open; null where unbounded."""
    return {
        "start": interval.start.isoformat() if interval.start else None,
        "end": interval.end.isoformat() if interval.end else None,
        "reason": interval.reason,
    }


def describe_note(note: Note) -> dict[str, Any]:
    return {
        "note": "mention",
        "kind": note.kind,
        "value": note.value,
        "start": note.evidence.start,
        "end": note.evidence.end,
        "text": note.evidence.text,
        "score": note.score,
        "rule": note.rule,
    }
