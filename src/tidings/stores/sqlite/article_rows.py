"""An article ↔ its row. What lists ask for has columns of its own, the rest is JSON."""

from __future__ import annotations

import json
from typing import Any

from tidings.model import Article, ArticleId, Block, PageId, Role, Timestamp, Timing
from tidings.reading.habits import find_outlet
from tidings.stores.sqlite.rows import (
    Row,
    pack,
    parse_interval,
    render_interval,
    sound,
    sound_or_none,
)
from tidings.urls import canonical

LEAD = 200
"""Characters of the body in a Summary: two lines of a list; ``model.Summary`` says so."""

ARTICLE = (
    "id, page, position, url, publisher, published_start, published_end, published_reason, "
    "modified_start, modified_end, modified_reason, language, headline, is_cut, extractor, "
    "parts, text, domain, supersedes, address, outlet, lead"
)


def render_article(article: Article) -> Row:
    parts = {
        "byline": article.byline,
        "blocks": [_render_block(block) for block in article.blocks],
        "links": article.links,
        "grounds": article.grounds,
        "section": article.section,
        "is_free": article.is_free,
        "timestamps": [_render_timestamp(stamp) for stamp in article.timestamps],
    }
    return (
        sound(article.id),
        article.page,
        article.position,
        sound_or_none(article.url),
        sound_or_none(article.publisher),
        *render_interval(article.published),
        *render_interval(article.modified),
        sound(article.language),
        sound(article.headline),
        article.is_cut,
        sound(article.extractor),
        pack(parts),
        sound(article.text),
        sound_or_none(article.domain),
        sound_or_none(article.supersedes),
        sound_or_none(canonical(article.url) if article.url else None),
        sound_or_none(find_outlet(article)),
        sound(article.body[:LEAD]),
    )


def parse_article(row: Row) -> Article:
    parts = json.loads(row[15])
    return Article(
        id=ArticleId(row[0]),
        page=PageId(row[1]),
        position=row[2],
        url=row[3],
        publisher=row[4],
        published=parse_interval(*row[5:8]),
        modified=None if row[10] is None else parse_interval(*row[8:11]),
        language=row[11],
        headline=row[12],
        byline=tuple(parts["byline"]),
        text=row[16],
        blocks=tuple(_parse_block(*fields) for fields in parts["blocks"]),
        links=tuple(parts["links"]),
        is_cut=bool(row[13]),
        extractor=row[14],
        grounds=tuple((field, ground) for field, ground in parts["grounds"]),
        domain=row[17],
        section=parts["section"],
        is_free=parts["is_free"],
        timestamps=tuple(_parse_timestamp(*fields) for fields in parts["timestamps"]),
        supersedes=None if row[18] is None else ArticleId(row[18]),
    )


def _render_block(block: Block) -> tuple[Any, ...]:
    plain = (block.role, block.start, block.end)
    return plain if block.language is None else (*plain, block.language)


def _parse_block(role: str, start: int, end: int, language: str | None = None) -> Block:
    return Block(role=Role(role), start=start, end=end, language=language)


def _render_timestamp(stamp: Timestamp) -> tuple[Any, ...]:
    interval = render_interval(stamp.interval)
    return stamp.timing, stamp.ground, stamp.printed, *interval, stamp.zone


def _parse_timestamp(*fields: Any) -> Timestamp:
    timing, ground, printed, start, end, reason, zone = fields
    return Timestamp(
        timing=Timing(timing),
        ground=ground,
        printed=printed,
        interval=parse_interval(start, end, reason),
        zone=zone,
    )
