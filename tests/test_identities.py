"""Entities of a whole store: found by any name, and the same whatever comes later."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from records import Record, add_records, open_in_process
from tidings.engine import Engine
from tidings.errors import NotFound
from tidings.model import StoryId
from tidings.serve.commands import cli

CALL = (
    "Diplomats said on Tuesday that Kaja Kallas and Marco Rubio spoke about the European Union "
    "and the harbour of Gdansk. In a note Ms Kallas thanked him."
)
RECORDS: list[Record] = [
    {"id": "a", "language": "en", "headline": "A call about Gdansk", "body": CALL},
    {
        "id": "b",
        "language": "en",
        "headline": "A call about Gdansk again",
        "body": CALL + " Again.",
    },
    {
        "id": "c",
        "language": "ru",
        "headline": "Вечером состоялся звонок",
        "body": "Как стало известно, вчера Кая Каллас и Марко Рубио говорили о Гданьске. "
        "Позже журналисты звонили Калласу, а затем и Каллас ответила.",
    },
    {
        "id": "d",
        "language": "en",
        "headline": "A book on railways",
        "body": "The new book by Siim Kallas is about railways. In it Kallas tells of Tallinn.",
    },
]


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    engine = open_in_process(tmp_path / "t.db")
    add_records(engine, tmp_path, RECORDS)
    return engine


def find_ids(engine: Engine, name: str) -> list[str]:
    return [view.entity.id for view in engine.identities.find(name)]


def test_one_person_whatever_the_script_and_case(engine: Engine) -> None:
    for name in ("kaja-kallas", "Kaja Kallas", "Кая Каллас", "калласу"):
        assert find_ids(engine, name) == ["kaja-kallas"], name


def test_a_family_name_of_two_people_gives_both(engine: Engine) -> None:
    assert find_ids(engine, "Kallas") == ["kaja-kallas", "siim-kallas"]


def test_a_surname_alone_is_its_bearers(engine: Engine, tmp_path: Path) -> None:
    """Though an article that prints nothing else comes first."""
    body = CALL.replace("Kaja Kallas", "Kallas").replace("Ms Kallas", "Kallas")
    with open_in_process(tmp_path / "bare.db") as other:
        full = {**RECORDS[0], "body": CALL.replace("Ms Kallas", "she")}
        add_records(other, tmp_path, [{**RECORDS[0], "id": "z", "body": body}, full])
        assert len(other.stories()) == 1
        assert find_ids(other, "Kallas") == ["kaja-kallas"]


def test_every_alias_has_its_place(engine: Engine) -> None:
    (view,) = engine.identities.find("kaja-kallas")
    texts = {alias.text for alias in view.entity.aliases}
    assert {"Kaja Kallas", "Kallas", "Кая Каллас", "Калласу"} <= texts
    for place in view.entity.places():
        assert engine.article(place.article).text[place.start : place.end] == place.text
    assert view.articles == 3


def test_a_storys_entities_are_those_of_the_store(engine: Engine) -> None:
    story = next(one.story for one in engine.summaries() if one.article == "d")
    entities = {one.id: one for one in engine.identities.of_story(StoryId(story))}
    assert sum(alias.count for alias in entities["siim-kallas"].aliases) == 2


def test_ids_hold_when_more_arrives(engine: Engine, tmp_path: Path) -> None:
    body = "In Vilnius a third person, Raivo Kallas, met Kaja Kallas and Siim Kallas."
    before = [find_ids(engine, name) for name in ("Kaja Kallas", "Siim Kallas", "Марко Рубио")]
    add_records(engine, tmp_path, [{"id": "e", "language": "en", "headline": "", "body": body}])
    after = [find_ids(engine, name) for name in ("Kaja Kallas", "Siim Kallas", "Марко Рубио")]
    assert after == before == [["kaja-kallas"], ["siim-kallas"], ["marco-rubio"]]


def test_rebuild_gives_the_same_index(engine: Engine) -> None:
    before, after = engine.rebuild()
    assert before == after
    assert find_ids(engine, "Калласу") == ["kaja-kallas"]


def test_nobody_is_an_error_that_says_what_to_do(engine: Engine) -> None:
    with pytest.raises(NotFound, match="tidings entities"):
        engine.identities.find("Nemo")


def test_an_organ_of_a_state_is_told_by_story(tmp_path: Path) -> None:
    """With the pages that name it without its state, and not those of another state's."""
    first = "On Monday police in the harbour of Gdansk saw boats. The Interior Ministry of Georgia "
    other = "A fire broke out on a ferry to Tallinn. Sailors say the Interior Ministry of Estonia "
    records: list[Record] = [
        {"id": "a", "language": "en", "headline": "Boats in Gdansk", "body": f"{first}said so."},
        {
            "id": "b",
            "language": "en",
            "headline": "Boats in Gdansk again",
            "body": f"{first}said so again. Later the Interior Ministry said nothing.",
        },
        {"id": "c", "language": "en", "headline": "A fire on a ferry", "body": f"{other}came."},
    ]
    with open_in_process(tmp_path / "organs.db") as engine:
        add_records(engine, tmp_path, records)
        (view,) = engine.identities.find("georgia-interior-ministry")
        texts = {alias.text for alias in view.entity.aliases}
        assert view.articles == 2
        assert all("Estonia" not in text for text in texts)
        assert find_ids(engine, "Interior Ministry of Estonia") == ["estonia-interior-ministry"]


Ask = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def ask(
    engine: Engine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Ask:
    engine.close()
    (tmp_path / "tidings.toml").write_text('embedder = "hashing"\nstore = "t.db"\n')
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> list[dict[str, Any]]:
        assert not cli.main([*words, "--json"], prog_name="tidings", standalone_mode=False)
        return [json.loads(one) for one in capsys.readouterr().out.splitlines()]

    return run


def test_the_commands_tell_aliases_by_script(ask: Ask) -> None:
    (told,) = ask("entity", "Кая Каллас")
    assert told["entity"] == "kaja-kallas"
    scripts = {alias["text"]: alias["script"] for alias in told["aliases"]}
    assert scripts["Кая Каллас"] == "Cyrl"
    assert scripts["Kaja Kallas"] == "Latn"
    story = told["stories"][0]["story"]
    assert "kaja-kallas" in {one["entity"] for one in ask("entities", story)}
