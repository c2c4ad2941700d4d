"""Merge, split and move: what a person says holds, whatever is added or rebuilt afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records import add_records, open_in_process
from tidings.engine import Engine
from tidings.errors import NotFound, Unavailable, WrongUse
from tidings.model import Decision

SUBJECTS = {
    "strike": "Dock workers in Gdansk stopped work on Sunday and two ferries were cancelled",
    "comet": "Observers on Tenerife saw a comet with the naked eye above the old observatory",
    "budget": "Parliament in Lisbon passed its budget by one vote after a night of quarrels",
}


def tell(name: str, words: str = "") -> dict[str, str]:
    """``comet-2`` is the second article about the comet."""
    body = SUBJECTS[name.partition("-")[0]]
    return {
        "id": name,
        "url": f"https://example.com/{name}",
        "headline": " ".join(body.split()[:5]),
        "body": f"{body}. {words}",
        "language": "en",
        "published": "2024-05-12T10:00:00Z",
    }


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """Three stories, of two articles each."""
    with open_in_process(tmp_path / "t.db") as engine:
        add_records(engine, tmp_path, [tell(f"{name}-{n}") for n in (1, 2) for name in SUBJECTS])
        assert len(engine.stories()) == 3
        yield engine


def place(engine: Engine, article: str) -> str:
    return next(one.story for one in engine.summaries() if one.article == article)


def places(engine: Engine) -> dict[str, str]:
    return {one.article: one.story for one in engine.summaries()}


def test_a_merge_holds_when_pages_come_and_all_is_rebuilt(engine: Engine, tmp_path: Path) -> None:
    comet, strike = place(engine, "comet-1"), place(engine, "strike-1")
    lines = engine.merge(comet, strike, note=" one\nweekend ")
    assert [(one.article, one.story, one.by) for one in lines] == [
        ("comet-1", strike, "user"),
        ("comet-2", strike, "user"),
    ]
    assert lines[0].reason == f"story {comet} was merged into {strike}: one weekend"
    add_records(engine, tmp_path, [tell("comet-3"), tell("strike-3")])
    assert {place(engine, f"comet-{n}") for n in (1, 2, 3)} == {strike}
    held = places(engine)
    before, after = engine.rebuild()
    assert before == after
    assert places(engine) == held


def test_an_emptied_story_leads_to_where_it_went(engine: Engine) -> None:
    comet, strike = place(engine, "comet-1"), place(engine, "strike-1")
    engine.merge(comet, strike)
    assert engine.story(comet).id == strike
    alias = engine.find_alias(comet)
    assert alias is not None
    assert (alias.now, alias.line.article) == (strike, "comet-1")
    assert engine.find_alias(strike) is None
    budget = place(engine, "budget-1")
    engine.merge(strike, budget)
    assert engine.story(comet).id == engine.story(strike).id == budget
    engine.rebuild()
    assert engine.story(comet).id == budget
    with pytest.raises(WrongUse, match=f"now {budget}; name that one"):
        engine.merge(comet, budget)


def test_a_split_makes_a_story_of_its_own_and_undoes_a_merge(
    engine: Engine, tmp_path: Path
) -> None:
    comet, strike = place(engine, "comet-1"), place(engine, "strike-1")
    (line,) = engine.split(comet, ["comet-2"])
    assert line.story not in (comet, strike)
    assert place(engine, "comet-1") == comet
    engine.merge(comet, strike)
    again = engine.split(strike, ["comet-1"])
    assert again[0].story == comet
    assert engine.find_alias(comet) is None
    add_records(engine, tmp_path, [tell("budget-3")])
    before, after = engine.rebuild()
    assert before == after
    assert len({place(engine, name) for name in ("comet-1", "comet-2", "strike-1")}) == 3


def test_later_versions_go_where_the_user_put_the_first(engine: Engine, tmp_path: Path) -> None:
    budget = place(engine, "budget-1")
    engine.move(["comet-1"], budget)
    told = tell("comet-1", "It will be closest to the Earth in October, they added on Monday.")
    tally = add_records(engine, tmp_path, [told])
    assert tally.articles == 1
    first, second = engine.versions("comet-1")
    assert place(engine, first) == place(engine, second) == budget
    assert place(engine, "comet-2") != budget
    engine.rebuild()
    assert place(engine, second) == budget
    strike = place(engine, "strike-1")
    moved = engine.move([second], strike)  # the versions of an article stay together
    assert {one.article for one in moved} == {first, second}
    engine.split(strike, [first])
    assert place(engine, first) == place(engine, second) != strike


def test_rules_repair_nothing_that_a_person_touched(engine: Engine, tmp_path: Path) -> None:
    comet = place(engine, "comet-1")
    (line,) = engine.split(comet, ["comet-2"])  # a rule would see one story in the two
    add_records(engine, tmp_path, [tell(f"comet-{n}", f"Report {n}.") for n in range(3, 12)])
    assert place(engine, "comet-1") == comet
    assert place(engine, "comet-2") == line.story
    log = [*engine._store.decisions()]
    rules = [one for one in log[log.index(line) :] if one.by.startswith("repair/")]
    assert {one.story for one in rules}.isdisjoint({comet, line.story})


def test_a_move_says_where_from_and_leaves_what_is_there(engine: Engine) -> None:
    comet, strike = place(engine, "comet-1"), place(engine, "strike-1")
    (line,) = engine.move(["strike-1", "comet-1"], strike)
    assert (line.article, line.reason) == ("comet-1", f"moved from story {comet} to {strike}")
    assert place(engine, "comet-2") == comet
    assert engine.decisions("comet-1")[-1] == line


def test_what_cannot_be_done_says_what_to_do_and_writes_nothing(engine: Engine) -> None:
    comet, strike = place(engine, "comet-1"), place(engine, "strike-1")
    before = engine.checksum()
    with pytest.raises(WrongUse, match="two different stories"):
        engine.merge(comet, comet)
    with pytest.raises(NotFound, match="no story 'x'"):
        engine.merge("x", comet)
    with pytest.raises(NotFound, match="no story 'x'"):
        engine.move(["comet-1"], "x")
    with pytest.raises(NotFound, match="no article 'x'"):
        engine.split(comet, ["x"])
    with pytest.raises(WrongUse, match=f"in {strike}; split that one"):
        engine.split(comet, ["comet-1", "strike-1"])
    with pytest.raises(WrongUse, match="all of story"):
        engine.split(comet, ["comet-2", "comet-1"])
    with pytest.raises(WrongUse, match="no article is named"):
        engine.move([], comet)
    with pytest.raises(WrongUse, match="nothing is to be moved"):
        engine.move(["comet-1", "comet-2"], comet)
    assert engine.checksum() == before


def test_nothing_is_changed_while_a_run_adds(engine: Engine) -> None:
    comet, strike = place(engine, "comet-1"), place(engine, "strike-1")
    with engine._store.running(), open_in_process(engine.settings.store) as other:
        with pytest.raises(Unavailable, match="another run"):
            other.merge(comet, strike)
        with pytest.raises(Unavailable, match="another run"):
            other.split(comet, ["comet-1"])
        with pytest.raises(Unavailable, match="another run"):
            other.move(["comet-1"], strike)


NAMES = [f"{name}-{n}" for n in (1, 2) for name in SUBJECTS]
EDITS = st.lists(
    st.tuples(
        st.sampled_from(("merge", "split", "move")),
        st.sampled_from(NAMES),
        st.sampled_from(NAMES),
    ),
    min_size=1,
    max_size=8,
)


def edit(engine: Engine, verb: str, one: str, other: str) -> list[Decision]:
    """Of what can't be done no line."""
    held = places(engine)
    with suppress(WrongUse):
        if verb == "merge":
            return engine.merge(held[one], held[other])
        if verb == "split":
            return engine.split(held[one], [one, other] if held[one] == held[other] else [one])
        return engine.move([one], held[other])
    return []


@settings(max_examples=8, deadline=None)
@given(EDITS)
def test_whatever_a_person_says_holds_and_every_id_leads_to_one_story(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, str, str]]
) -> None:
    tmp = tmp_path_factory.mktemp("law")
    with open_in_process(tmp / "t.db") as engine:
        add_records(engine, tmp, map(tell, NAMES))
        said: dict[str, str] = {}
        for verb, one, other in edits:
            said |= {line.article: line.story for line in edit(engine, verb, one, other)}
        add_records(engine, tmp, [tell(f"{name}-3") for name in SUBJECTS])
        corrected = [tell(one, "They said more on Monday, and took back some.") for one in said]
        add_records(engine, tmp, corrected)
        for one, story in said.items():
            versions = engine.versions(one)
            assert len(versions) == 2
            assert {place(engine, version) for version in versions} == {story}
            assert engine.decisions(one)[-1].by == "user"  # no rule says more of it
        held = places(engine)
        before, after = engine.rebuild()
        assert (before, places(engine)) == (after, held)
        for line in engine._store.decisions():
            now = engine.story(line.story)
            assert (engine.find_alias(line.story) is None) == (now.id == line.story)
            assert now.articles
        assert engine._store.user_stories().issuperset(said.values())
