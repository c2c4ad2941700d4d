"""The articles whole, with their blocks and notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from tidings.engine import Engine
from tidings.model import (
    Article,
    Block,
    Copy,
    Evidence,
    Mention,
    Note,
    Quote,
    SourceLink,
    Timestamp,
)
from tidings.times import Interval


def articles(engine: Engine) -> Iterator[dict[str, Any]]:
    """One object an article, in order of arrival. ``start`` and ``end`` of blocks and notes are
    code points into ``text``."""
    for article in engine.articles():
        described = describe_article(article, engine.notes(article.id))
        described["name"] = engine.page_name(article.page)
        described["copies"] = [describe_copy(copy) for copy in engine.copies(article.id)]
        yield described


def describe_article(article: Article, notes: tuple[Note, ...]) -> dict[str, Any]:
    return {
        "id": article.id,
        "page": article.page,
        "url": article.url,
        "publisher": article.publisher,
        "domain": article.domain,
        "section": article.section,
        "is_free": article.is_free,
        "supersedes": article.supersedes,
        "published": describe_interval(article.published),
        "modified": describe_interval(article.modified) if article.modified else None,
        "timestamps": [describe_timestamp(stamp) for stamp in article.timestamps],
        "language": article.language,
        "headline": article.headline,
        "byline": list(article.byline),
        "body": article.body,
        "text": article.text,
        "blocks": [describe_block(block) for block in article.blocks],
        "links": list(article.links),
        "is_cut": article.is_cut,
        "grounds": dict(article.grounds),
        "extractor": article.extractor,
        "notes": [describe_note(note) for note in notes],
    }


def describe_block(block: Block) -> dict[str, Any]:
    """``language`` only where it is not the article's."""
    described = {"role": block.role, "start": block.start, "end": block.end}
    return described if block.language is None else described | {"language": block.language}


def describe_timestamp(stamp: Timestamp) -> dict[str, Any]:
    return {
        "of": stamp.timing,
        "ground": stamp.ground,
        "printed": stamp.printed,
        "zone": stamp.zone,
        **describe_interval(stamp.interval),
    }


def describe_copy(copy: Copy) -> dict[str, Any]:
    return {"article": copy.article, "of": copy.of, "kind": copy.kind, "share": copy.share}


def describe_interval(interval: Interval) -> dict[str, Any]:
    start, end = describe_bounds(interval)
    return {"start": start, "end": end, "reason": interval.reason}


def describe_bounds(interval: Interval) -> tuple[str | None, str | None]:
    """RFC 3339, half-open; None where unbounded."""
    start, end = interval.start, interval.end
    return start.isoformat() if start else None, end.isoformat() if end else None


def describe_note(note: Note) -> dict[str, Any]:
    """Start, end and text of what proves it beside its other fields."""
    told = {one.name: _describe(getattr(note, one.name)) for one in fields(note)}
    return {"note": NOTES[type(note)], **told.pop("evidence"), **told}


def _describe(value: Any) -> Any:
    if isinstance(value, Evidence):
        return {"start": value.start, "end": value.end, "text": value.text}
    if is_dataclass(value):
        return {one.name: _describe(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [_describe(one) for one in value]
    return value


NOTES = {Mention: "mention", Quote: "quote", SourceLink: "source-link"}
