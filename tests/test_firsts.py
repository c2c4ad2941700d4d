"""Who was first, asked of a store: versions, quotes, numbers, posts, and the command's output."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from records import Record, add_records, open_in_process
from tidings.engine import Engine
from tidings.errors import NotFound, WrongUse
from tidings.firsts import Ask, Firsts, FirstView
from tidings.serve.commands import cli
from tidings.story.clocks import Doubt
from tidings.story.first import Verdict
from tidings.story.holders import find_quote

NOW = datetime(2026, 1, 1, tzinfo=UTC)
BODY = 'The new bridge is open. "We crossed it at dawn together," the baker said. {rest}'


def write(key: str, published: str, rest: str, **more: str) -> Record:
    record = {
        "id": key,
        "url": f"https://{key}.example.org/bridge",
        "publisher": f"Paper {key}",
        "published": published,
        "language": "en",
        "headline": "The new bridge is open",
        "body": BODY.format(rest=rest),
    }
    return record | more


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with open_in_process(tmp_path / "store.db") as made:
        yield made


def ask(engine: Engine, question: Ask | None = None) -> FirstView:
    first, *others = dict.fromkeys(summary.story for summary in engine.summaries())
    for other in others:
        engine.merge(other, first)
    return engine.first(first, question or Ask(), NOW)


def test_the_first_version_counts(engine: Engine, tmp_path: Path) -> None:
    old = write("a", "2024-03-12T06:00:00+00:00", "The ferry still sails for lorries.")
    new = old | {
        "published": "2024-03-12T22:00:00+00:00",
        "body": old["body"] + " On the first day 3,100 cars crossed it.",
    }
    other = write("b", "2024-03-12T18:00:00+00:00", "Ten years it took, say those who built it.")
    add_records(engine, tmp_path, [old, other, new])
    view = ask(engine)
    (who,) = view.told.first.who
    assert view.told.first.verdict is Verdict.LIKELY
    assert view.publications[who].article == "a"
    assert view.publications[who].published.start == datetime(2024, 3, 12, 6, tzinfo=UTC)


def test_a_number_counts_from_the_version_that_has_it(engine: Engine, tmp_path: Path) -> None:
    old = write("a", "2024-03-12T06:00:00+00:00", "The ferry still sails for lorries.")
    new = old | {
        "published": "2024-03-12T22:00:00+00:00",
        "body": old["body"] + " On the first day 3,100 cars crossed it.",
    }
    add_records(engine, tmp_path, [old, new])
    view = ask(engine, Ask(number="3100"))
    (one,) = view.publications.values()
    assert one.published.start == datetime(2024, 3, 12, 22, tzinfo=UTC)
    (place,) = view.places.values()
    assert place.text == "3,100"


def test_what_a_changed_page_holds_may_be_as_young_as_the_change(
    engine: Engine, tmp_path: Path
) -> None:
    changed = write(
        "a",
        "2024-03-12T06:00:00+00:00",
        "The ferry still sails.",
        modified="2024-03-12T22:00:00+00:00",
    )
    other = write("b", "2024-03-12T15:00:00+00:00", "It took ten years.")
    add_records(engine, tmp_path, [changed, other])
    view = ask(engine, Ask(quote="we crossed it at dawn"))
    assert view.told.first.verdict is Verdict.OPEN
    assert {one.doubt for one in view.publications.values()} == {Doubt.UPDATED, None}
    assert "an earlier version of the page of Paper a: it was changed since" in view.told.decides


def test_a_live_page_is_as_young_as_its_last_entry(engine: Engine, tmp_path: Path) -> None:
    live = write("a", "2024-03-12T06:00:00+00:00", "x", headline="Bridge: live updates")
    other = write("b", "2024-03-12T15:00:00+00:00", "It took ten years.")
    add_records(engine, tmp_path, [live, other])
    view = ask(engine)
    assert view.told.first.verdict is Verdict.OPEN
    assert any("live page" in line for line in view.told.decides)


def test_what_nobody_holds_is_not_found(engine: Engine, tmp_path: Path) -> None:
    add_records(engine, tmp_path, [write("a", "2024-03-12", "x")])
    with pytest.raises(NotFound, match="'4711'"):
        ask(engine, Ask(number="4711"))
    with pytest.raises(NotFound, match="never said by anybody"):
        ask(engine, Ask(quote="never said by anybody"))


def test_other_wordings_of_a_quote_hold_it_too(engine: Engine, tmp_path: Path) -> None:
    """As the ledger of quotes has them: here by hand."""
    spoken = "Wir gingen im Morgengrauen hinüber"
    german = write("b", "2024-03-02", "x", language="de", body=f"»{spoken}«, sagte der Bäcker.")
    add_records(engine, tmp_path, [write("a", "2024-03-12", "It took ten years."), german])
    story = ask(engine).story.id
    wording = find_quote(engine.article("b"), spoken)
    printed = find_quote(engine.article("a"), "We crossed it at dawn together")
    assert wording
    assert printed
    store = engine.settings.open_store()
    firsts = Firsts(
        store, lambda story, language: engine.sources(story), lambda _: [(printed, wording)]
    )
    view = firsts.first(story, Ask(quote="crossed it at dawn"), NOW)
    store.close()
    (who,) = view.told.first.who
    assert view.told.first.verdict is Verdict.PROVED
    assert view.publications[who].article == "b"
    assert view.places[who].text == spoken


@pytest.mark.parametrize(
    "question",
    [Ask(quote="too short"), Ask(number="ten"), Ask(quote="three words here", number="3")],
)
def test_questions_that_cannot_be_asked(engine: Engine, tmp_path: Path, question: Ask) -> None:
    add_records(engine, tmp_path, [write("a", "2024-03-12", "x")])
    with pytest.raises(WrongUse):
        ask(engine, question)


def test_the_command_prints_verdict_and_reason(engine: Engine, tmp_path: Path) -> None:
    early = write("a", "2024-03-12", "The ferry still sails.")
    late = write("b", "2024-03-18", "It took ten years.")
    add_records(engine, tmp_path, [early, late])
    story = ask(engine).story.id
    store = str(tmp_path / "store.db")
    told = CliRunner().invoke(cli, ["first", story, "--store", store])
    assert told.exit_code == 0, told.output
    assert "proved: its time ends before any other's begins" in told.output
    assert "Paper a · 12 March 2024" in told.output
    told = CliRunner().invoke(cli, ["first", story, "--store", store, "--json"])
    answer = json.loads(told.output)
    assert answer["verdict"] == "proved"
    assert [one["article"] for one in answer["first"]] == ["a"]
    assert {one["article"] for one in answer["publications"]} == {"a", "b"}
