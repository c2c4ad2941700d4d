"""Golden pages. ``pytest tests/test_pages.py --regold`` writes them anew: read the difference."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tidings.extractors.plain import PlainExtractor
from tidings.model import Article, Page, Rejected
from tidings.times import Interval

FOLDER = Path(__file__).parent / "pages"


def dump(article: Article) -> dict[str, Any]:
    return {
        "publisher": article.publisher,
        "published": span(article.published),
        "modified": article.modified and span(article.modified),
        "language": article.language,
        "headline": article.headline,
        "byline": list(article.byline),
        "links": list(article.links),
        "is_cut": article.is_cut,
        "blocks": [[block.role, article.text[block.start : block.end]] for block in article.blocks],
    }


def span(interval: Interval) -> list[str | None]:
    return [bound and bound.isoformat() for bound in (interval.start, interval.end)]


@pytest.mark.parametrize("name", sorted(folder.name for folder in FOLDER.iterdir()))
def test_golden(name: str, make_page: Callable[[Path], Page], is_regold: bool) -> None:
    made = PlainExtractor().extract(make_page(FOLDER / name / "page.txt"))
    assert not isinstance(made, Rejected)
    found = json.dumps([dump(article) for article in made], ensure_ascii=False, indent=1) + "\n"
    golden = FOLDER / name / "expected.json"
    if is_regold:
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")
