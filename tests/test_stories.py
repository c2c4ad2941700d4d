"""From pages to stories with the real encoder: the seeds, and the example pages."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter, defaultdict
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from tidings.embedders.e5 import find_missing
from tidings.engine import Engine
from tidings.settings import Settings

EXAMPLES = Path(str(files("tidings") / "examples"))
EXPECTED: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parent / "examples" / "expected.json").read_text("utf-8")
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(find_missing()), reason="; ".join(find_missing()) or "all is here"),
]

CALL = {0, 1, 5, 6}  # snippets of the digest about the call, counted from 0


def read_into(store: Path, *paths: Path) -> Engine:
    engine = Engine(Settings(store=store, processes=min(2, os.cpu_count() or 1)))
    tally = engine.add([str(path) for path in paths])
    assert tally.rejected == 0
    return engine


def test_page_and_digest_about_the_call_end_in_one_story(seeds: Path, tmp_path: Path) -> None:
    """In the order of their names, as one run reads the folder."""
    with read_into(tmp_path / "seeds.db", seeds) as engine:
        stories = {summary.article: summary.story for summary in engine.summaries()}
        articles = list(engine.articles())
        (saved,) = (article.id for article in articles if article.language == "ru")
        together = {
            article.position
            for article in articles
            if article.language == "en" and stories[article.id] == stories[saved]
        }
        assert together == CALL


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder = tmp_path_factory.mktemp("demo")
    shutil.copytree(EXAMPLES, folder / "pages")
    return read_into(folder / "demo.db", folder / "pages")


def test_example_pages_of_one_event_meet_in_one_story(demo: Engine) -> None:
    """Six languages, saved pages and plain text with clutter alike."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    names = {outcome.page: outcome.name for outcome in demo.outcomes()}
    for article in demo.articles():
        name = names[article.page].partition("pages/")[2]
        if name in EXPECTED:
            story = next(s.story for s in demo.summaries() if s.article == article.id)
            found[EXPECTED[name]["story"]][story] += 1
    chosen = {event: counts.most_common(1)[0][0] for event, counts in found.items()}
    assert len(set(chosen.values())) == len(chosen), "two events in one story"
    for event, counts in found.items():
        assert len(counts) == 1, f"{event} is in {dict(counts)}"


def test_the_call_is_told_in_six_languages(demo: Engine) -> None:
    widest = max(demo.stories(), key=lambda view: len(view.articles))
    assert {"de", "en", "es", "fr", "ru", "uk"} <= set(widest.languages)


def test_search_crosses_languages(demo: Engine) -> None:
    languages = {hit.article.language for hit in demo.search("выборы в Белоруссии", 12)}
    assert {"ru", "de", "fr"} <= languages


def test_rebuild_gives_the_same_bytes(demo: Engine) -> None:
    before, after = demo.rebuild()
    assert before == after
