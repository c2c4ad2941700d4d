"""Whose the names of one story are, by the index: as if its articles were read again."""

from __future__ import annotations

from pathlib import Path

import pytest

from records import Record, add_records, open_in_process
from tidings.engine import Engine
from tidings.model import ArticleId, Evidence, StoryId
from tidings.naming import read_entities

BODY = (
    "Kaja Kallas and Marco Rubio spoke about the harbour of Gdansk on Tuesday. In a note Kallas "
    "thanked him. Later Kallas flew to Gdansk, and Rubio to Tallinn."
)
RECORDS: list[Record] = [
    {"id": "a", "language": "en", "headline": "A call about Gdansk", "body": BODY},
    {"id": "b", "language": "en", "headline": "A call about Gdansk again", "body": f"{BODY} So."},
]


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    engine = open_in_process(tmp_path / "t.db")
    add_records(engine, tmp_path, RECORDS)
    return engine


def see(engine: Engine, text: str, nth: int = 0) -> Evidence:
    """The nth place of ``text`` in the first article."""
    article = next(iter(engine.articles()))
    start = -1
    for _ in range(nth + 1):
        start = article.text.index(text, start + 1)
    return Evidence(article=article.id, start=start, end=start + len(text), text=text)


def open_story(engine: Engine) -> StoryId:
    return next(iter(engine.stories())).id


@pytest.mark.parametrize(
    ("text", "nth", "whose"),
    [
        ("Kaja Kallas", 0, "kaja-kallas"),
        ("Kallas", 1, "kaja-kallas"),
        ("Kallas", 2, "kaja-kallas"),
        ("Later Kallas flew", 0, "kaja-kallas"),
        ("Rubio", 1, "marco-rubio"),
        ("Kaja Kallas and Marco Rubio", 0, None),
        ("harbour", 0, None),
    ],
)
def test_found_wherever_it_is_printed(
    engine: Engine, text: str, nth: int, whose: str | None
) -> None:
    found = read_entities(engine._store, open_story(engine)).find_printed(see(engine, text, nth))
    assert (found.id if found else None) == whose


def test_of_another_article_nothing_is_told(engine: Engine) -> None:
    entities = read_entities(engine._store, open_story(engine))
    place = Evidence(article=ArticleId("elsewhere"), start=0, end=6, text="Kallas")
    assert entities.find_printed(place) is None
    assert entities.find_name("Kallas") is not None


def test_a_story_that_is_not_held_names_nobody(engine: Engine) -> None:
    assert len(read_entities(engine._store, StoryId("nosuch"))) == 0
