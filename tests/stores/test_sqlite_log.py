"""What is asked of the log: the lines about one story, and the stories that a person touched."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_samples import make_batch, make_decision, make_log

from tidings.model import Decision, StoryId, Verb
from tidings.stores.sqlite import SqliteStore
from tidings.story.fold import USER, trace


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(tmp_path / "t.db")
    store.write(replace(make_batch(0, 1, 2, 3), decisions=()))
    yield store
    store.close()


LINES = st.lists(
    st.builds(
        make_decision,
        st.integers(0, 3),
        st.sampled_from("STU"),
        st.just(Verb.MOVED),
        st.sampled_from(("assign/1", "user")),
    ),
    max_size=10,
)


@settings(max_examples=30)
@given(LINES)
def test_it_answers_as_the_whole_log_does(log: list[Decision]) -> None:
    store = SqliteStore(":memory:")
    store.write(replace(make_batch(0, 1, 2, 3), decisions=tuple(log)))
    moves = [move for move in trace(log) if move.line.by == USER]
    touched = {move.line.story for move in moves} | {move.left for move in moves if move.left}
    assert store.user_stories() == touched
    for story in "STU":
        own = {line.article for line in log if line.story == story}
        lines = list(store.decisions_of(StoryId(story)))
        assert lines == [line for line in log if line.article in own]
    store.close()


def test_both_ends_of_a_users_move_are_touched(store: SqliteStore) -> None:
    store.write(make_log(make_decision(1, "S"), make_decision(2, "T"), make_decision(3, "U")))
    assert store.user_stories() == frozenset()
    store.write(make_log(make_decision(1, "T", Verb.MOVED, "user")))
    assert store.user_stories() == {"S", "T"}
    store.write(make_log(make_decision(1, "U", Verb.MOVED, "repair/1")))
    assert store.user_stories() == {"S", "T"}


def test_a_file_without_the_indexes_gets_them(store: SqliteStore, tmp_path: Path) -> None:
    with sqlite3.connect(store.path) as database:
        database.execute("DROP INDEX decisions_by_story")
    database.close()
    before = store.checksum()
    with sqlite3.connect(store.path) as held:  # one that is being written is opened all the same
        held.execute("BEGIN IMMEDIATE")
        SqliteStore(store.path).close()
        held.rollback()
    again = SqliteStore(store.path)
    assert again.checksum() == before
    again.close()
    query = "EXPLAIN QUERY PLAN SELECT article FROM decisions WHERE story = 'S'"
    assert "decisions_by_story" in str(held.execute(query).fetchall())
    held.close()
