"""The laws of the store: what goes in comes out, in order, and stays."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_samples import (
    accept,
    make_article,
    make_batch,
    make_decision,
    make_digest,
    make_log,
    make_page,
    refuse,
)

from tidings.errors import WrongUse
from tidings.model import (
    ArticleId,
    Batch,
    Block,
    Ending,
    Evidence,
    Outcome,
    Role,
    Story,
    StoryId,
    Verb,
)
from tidings.ports import Store
from tidings.stores.sqlite import Options, SqliteStore
from tidings.story.fold import fold
from tidings.times import Interval


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    opened = SqliteStore(tmp_path / "t.db", Options(part=3, pages_part=2))
    yield opened
    opened.close()


def test_fits_the_port(store: SqliteStore) -> None:
    fits: Store = store
    assert fits.find_setting("embedder") is None
    store.set_setting("embedder", "hashing/1")
    store.set_setting("embedder", "e5/1")
    assert store.find_setting("embedder") == "e5/1"


def test_what_was_written_is_read(store: SqliteStore) -> None:
    batch = make_batch(*range(1, 9))
    store.write(batch)
    assert [page for _, page in store.pages()] == list(batch.pages)
    assert [outcome for outcome, _ in store.pages()] == list(batch.outcomes)
    assert list(store.articles()) == [digest.article for digest in batch.digests]
    assert list(store.decisions()) == list(batch.decisions)
    for digest in batch.digests:
        assert store.notes(digest.article.id) == digest.notes
        assert store.find_article(digest.article.id) == digest.article
        found = store.find_sketch(digest.article.id)
        assert found is not None
        assert np.array_equal(found.vector, digest.sketch.vector)
        assert np.array_equal(found.signature, digest.sketch.signature)
        assert (found.terms, found.published) == (digest.sketch.terms, digest.sketch.published)
    vectors = dict(store.vectors())
    assert vectors[ArticleId("a3")].dtype == np.int16
    assert store.find_outcome(batch.pages[0].name, batch.pages[0].id) == batch.outcomes[0]
    assert store.find_page_name(batch.pages[0].id) == batch.pages[0].name
    assert store.counts()["articles"] == 8


def test_what_is_not_held_is_none(store: SqliteStore) -> None:
    nothing = ArticleId("a1")
    assert store.find_outcome("x", None) is None
    assert store.find_page_name(make_page(1).id) is None
    assert store.find_article(nothing) is None
    assert store.find_summary(nothing) is None
    assert store.find_sketch(nothing) is None
    assert store.find_story_of(nothing) is None
    assert store.find_story(StoryId("s1")) is None
    assert store.notes(nothing) == ()
    assert list(store.summaries()) == list(store.stories()) == list(store.sketches(5)) == []
    assert store.match(["call"], 5) == []


def test_summaries_are_light_and_in_order(store: SqliteStore) -> None:
    store.write(make_batch(3, 1, 2))
    assert [s.article for s in store.summaries()] == ["a3", "a1", "a2"]
    assert [s.article for s in store.summaries(StoryId("s1"))] == ["a3", "a2"]
    found = store.find_summary(ArticleId("a1"))
    assert found is not None
    article = make_article(1)
    assert (found.headline, found.lead) == (article.headline, article.body[:200])
    assert (found.story, found.published) == ("s0", article.published)


def test_sketches_are_the_last_with_their_story(store: SqliteStore) -> None:
    store.write(make_batch(*range(10)))
    assert [(s.article, story) for s, story in store.sketches(4)] == [
        ("a6", "s3"), ("a7", "s3"), ("a8", "s4"), ("a9", "s4"),
    ]  # fmt: skip
    assert len(list(store.sketches(50))) == 10


def test_copies_and_refusals_bring_no_page(store: SqliteStore) -> None:
    page = make_page(1)
    copy = Outcome(
        name="copy.html", page=page.id, ending=Ending.COPY, reason=None, detail=page.name
    )
    store.write(replace(make_batch(1), outcomes=(refuse("a"), accept(page), copy, refuse("b"))))
    assert [(o.name, p is not None) for o, p in store.pages()] == [
        ("a", False), (page.name, True), ("copy.html", False), ("b", False),
    ]  # fmt: skip
    assert store.find_outcome("copy.html", page.id) == copy
    assert store.find_outcome("a", None) == refuse("a")


def test_a_batch_is_all_or_nothing(store: SqliteStore) -> None:
    store.write(make_batch(1))
    before = store.checksum()
    with pytest.raises(WrongUse, match=r"UNIQUE.*articles\.id"):
        store.write(replace(make_batch(2), digests=(make_digest(2), make_digest(1))))
    with pytest.raises(WrongUse, match="without its outcome"):
        store.write(replace(make_batch(3), outcomes=()))
    assert store.checksum() == before
    store.write(make_batch(2))
    assert store.checksum() != before


def test_an_outcome_is_kept_once(store: SqliteStore) -> None:
    refused = replace(make_log(), outcomes=(refuse("x"),))
    store.write(refused)
    with pytest.raises(WrongUse, match="UNIQUE"):
        store.write(refused)


TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30)


LATEST = datetime(9990, 1, 1)  # noqa: DTZ001 - Hypothesis adds the zone


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    bounds = st.none() | st.datetimes(max_value=LATEST, timezones=st.just(UTC))
    start = draw(bounds)
    end = draw(bounds)
    if start and end and end <= start:
        end = start + timedelta(microseconds=draw(st.integers(1, 10**15)))
    return Interval(start=start, end=end, reason=draw(TEXT))


@settings(max_examples=60, deadline=None)
@given(text=TEXT, other=TEXT, published=intervals(), modified=st.none() | intervals())
def test_any_text_and_time_come_back(
    text: str, other: str, published: Interval, modified: Interval | None
) -> None:
    store = SqliteStore(":memory:")
    batch = make_batch(1)
    article = replace(
        make_article(1, text),
        url=other or None,
        headline=other,
        published=published,
        modified=modified,
        links=(other, text),
        grounds=((text, other),),
        blocks=(Block(role=Role.BODY, start=0, end=len(text)),),
    )
    digest = make_digest(1, [text, other])
    note = replace(
        digest.notes[0],
        evidence=Evidence(article=article.id, start=0, end=len(text), text=text),
        value=other,
    )
    wrong = replace(note, evidence=replace(note.evidence, text=text + "!"))
    sketch = replace(digest.sketch, terms=(text, other, other))
    digest = replace(digest, article=article, notes=(note, wrong), sketch=sketch)
    store.write(replace(batch, digests=(digest,)))
    assert store.find_article(article.id) == article
    assert store.notes(article.id) == (note, wrong)
    assert [found.terms for found, _ in store.sketches(1)] == [(text, other, other)]
    store.close()


def test_lone_surrogates_keep_offsets(store: SqliteStore) -> None:
    name, text = "bad\udcff.html", "One \ud800 two"
    page = replace(make_page(1), name=name)
    digest = make_digest(1, ["a\ud800"], text)
    store.write(replace(make_batch(1), pages=(page,), outcomes=(accept(page),), digests=(digest,)))
    found = store.find_article(digest.article.id)
    assert found is not None
    assert found.text == "One \ufffd two"
    assert store.find_outcome(name, page.id) is not None


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(), max_size=6))
def test_no_query_is_a_mistake(words: list[str]) -> None:
    assert isinstance(SEARCHED.match(words, 5), list)


def _make_searched() -> SqliteStore:
    store = SqliteStore(":memory:")
    store.write(make_batch(1, 2, 3))
    return store


SEARCHED = _make_searched()


@pytest.mark.parametrize("word", ['a"b', "NEAR(", "x*", "a:b", "-", "\0", "AND", "^a", "", '"'])
def test_operators_are_words(word: str) -> None:
    assert SEARCHED.match([word, "word2"], 5)[0][0] == "a2"


def test_match_ranks_and_breaks_ties_by_arrival(store: SqliteStore) -> None:
    words = [["call", "rubio"], ["call"], ["call"], ["цели", "हिन्दी", "covid-19"]]
    batch = make_batch(4, 1, 3, 2)
    digests = [make_digest(n, w) for n, w in zip((4, 1, 3, 2), words, strict=True)]
    store.write(replace(batch, digests=tuple(digests)))
    found = store.match(["call", "rubio"], 10)
    assert [article for article, _ in found] == ["a4", "a1", "a3"]
    assert found[0][1] > found[1][1] == found[2][1]
    assert [a for a, _ in store.match(["call"], 2)] == ["a1", "a3"]
    for word in ("цели", "हिन्दी", "covid-19"):
        assert [a for a, _ in store.match([word], 2)] == ["a2"]
    assert store.match(["हिन"], 2) == []
    assert len(store.match([f"w{n}" for n in range(5000)] + ["call"], 2)) == 2


def test_the_log_is_append_only(store: SqliteStore) -> None:
    store.write(make_batch(1))
    for change in ("UPDATE decisions SET story = 'x'", "DELETE FROM decisions"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            store._database.execute(change)


def test_a_user_outranks_the_engine(store: SqliteStore) -> None:
    store.write(make_batch(1, 2, 3, per_story=1))
    move = make_decision(1, "s2", Verb.MOVED, "user")
    store.write(make_log(move, make_decision(1, "s3", Verb.MOVED)))
    assert store.find_story_of(ArticleId("a1")) == "s2"
    assert list(store.stories()) == [
        Story(id=StoryId("s2"), articles=(ArticleId("a1"), ArticleId("a2"))),
        Story(id=StoryId("s3"), articles=(ArticleId("a3"),)),
    ]
    store.write(make_log(make_decision(1, "s3", Verb.MOVED, "user")))
    assert store.find_story_of(ArticleId("a1")) == "s3"
    assert [d.story for d in store.decisions(ArticleId("a1"))] == ["s1", "s2", "s3", "s3"]


LOG = st.lists(
    st.tuples(st.integers(1, 4), st.sampled_from("abc"), st.sampled_from(["assign/1", "user"])),
    max_size=20,
)


@settings(max_examples=60, deadline=None)
@given(LOG, st.integers(0, 20))
def test_stories_are_a_fold_over_the_log(log: list[tuple[int, str, str]], cut: int) -> None:
    """Kept up to date line by line they are what the fold says, and so after a rebuild."""
    decisions = [make_decision(n, story, Verb.MOVED, by) for n, story, by in log]
    store = SqliteStore(":memory:")
    store.write(make_log(*decisions[:cut]))
    store.write(make_log(*decisions[cut:]))
    assert list(store.stories()) == list(fold(decisions).values())
    for story in store.stories():
        assert store.find_story(story.id) == story
        assert {store.find_story_of(article) for article in story.articles} == {story.id}
    before = store.checksum()
    with store.rebuilding():
        pass
    assert store.checksum() == before
    store.close()


def _again(batch: Batch) -> Batch:
    return replace(batch, decisions=())


def test_a_rebuild_gives_the_same(store: SqliteStore) -> None:
    batches = [make_batch(1, 2), make_batch(5, 3)]
    for batch in batches:
        store.write(batch)
    store.write(make_log(make_decision(1, "s2", Verb.MOVED, "user")))
    before, found = store.checksum(), store.match(["call"], 9)
    with store.rebuilding():
        assert store.find_article(ArticleId("a1")) is None
        for batch in batches:
            store.write(_again(batch))
    assert store.checksum() == before
    assert store.match(["call"], 9) == found
    store.write(make_batch(7))


def test_a_rebuild_may_end_a_page_otherwise(store: SqliteStore) -> None:
    page = make_page(1)
    failed = replace(accept(page), ending=Ending.REJECTED)
    store.write(Batch(pages=(page,), outcomes=(failed,), digests=(), decisions=()))
    with store.rebuilding():
        store.write(make_batch(1))
    assert list(store.pages()) == [(accept(page), page)]
    assert store.find_story_of(ArticleId("a1")) == "s0"


def test_a_broken_rebuild_leaves_all_as_it_was(store: SqliteStore) -> None:
    store.write(make_batch(1, 2))
    before = store.checksum()
    with pytest.raises(WrongUse), store.rebuilding():
        store.write(_again(make_batch(2, 2)))
    assert store.checksum() == before
    assert [a for a, _ in store.match(["call"], 5)] == ["a1", "a2"]
    store.write(make_batch(3))


def test_checksum_ignores_layout(tmp_path: Path) -> None:
    one, two = SqliteStore(tmp_path / "1.db"), SqliteStore(tmp_path / "2.db")
    one.write(make_batch(1, 2))
    two.write(make_batch(1))
    two.write(make_batch(2))
    two._database.execute("VACUUM")
    assert one.checksum() == two.checksum()
    one.close()
    two.close()
