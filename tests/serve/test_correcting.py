"""The commands that tell a story's life and change it, and where an emptied story leads."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from web_samples import serving

from records import add_records, open_in_process
from tidings.errors import WrongUse
from tidings.serve.commands import cli
from tidings.serve.exports import EXPORTS

BODIES = (
    "Dock workers in Gdansk stopped work on Sunday and two ferries were cancelled.",
    "Observers on Tenerife saw a comet with the naked eye above the old observatory.",
)
Ask = Callable[..., tuple[str, str]]


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """What a command printed, and said beside it; over a store of two stories of two articles."""
    records = [
        {
            "id": f"{name}{number}",
            "headline": f"{body[:22]} \u202e{number}",
            "publisher": f"Post {number}",
            "body": f"{body} Report {number}.",
            "language": "en",
        }
        for number in (1, 2)
        for name, body in zip("sc", BODIES, strict=True)
    ]
    (tmp_path / "tidings.toml").write_text('embedder = "hashing"\n')
    with open_in_process(tmp_path / "tidings.db") as engine:
        add_records(engine, tmp_path, records)
        assert len(engine.stories()) == 2
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> tuple[str, str]:
        assert not cli.main(["stories", *words], prog_name="tidings", standalone_mode=False)
        told = capsys.readouterr()
        return told.out, told.err

    return run


def objects(told: str) -> list[dict[str, Any]]:
    return [json.loads(one) for one in told.splitlines()]


def find_stories(ask: Ask) -> dict[str, str]:
    listed = objects(ask("--json")[0])
    return {article: one["story"] for one in listed for article in one["articles"]}


def test_a_merged_story_leads_on_and_tells_its_life(ask: Ask) -> None:
    held = find_stories(ask)
    old, new = held["c1"], held["s1"]
    told, _ = ask("merge", old, new, "--note", "one weekend")
    assert told.startswith(f"2 articles moved into story {new}: ")
    shown, aside = ask("show", old, "--json")
    assert {one["story"] for one in objects(shown)} == {new}
    assert f"story {old} is now {new}, by you: story {old} was merged into {new}: one" in aside
    life, _ = ask("log", new)
    lines = life.splitlines()
    assert lines[0] == f"story {new}, oldest first"
    assert "opened it" in lines[1]
    assert "assign/" in lines[2]
    assert f"2 articles came from story {old}" in life
    assert f"story {old} was merged into {new}: one weekend (you)" in life
    assert lines[-1] == "now: 4 articles"
    assert "\u202e" not in life
    with open_in_process(Path("tidings.db")) as engine:
        (alias,) = EXPORTS["aliases"](engine)
    assert (alias["story"], alias["now"], alias["by"]) == (old, new, "user")
    emptied, _ = ask("log", old)
    assert emptied.splitlines()[-1].startswith(f"story {old} is now {new}, by you")


def test_the_log_is_told_to_programs_line_by_line(ask: Ask) -> None:
    held = find_stories(ask)
    written = objects(ask("move", "c2", held["s1"], "--json")[0])
    life = objects(ask("log", held["s1"], "--json")[0])
    assert [one["step"] for one in life] == ["opened", "joined", "took-in"]
    assert life[-1].items() >= written[0].items()
    assert (life[-1]["other"], life[-1]["headline"][:4]) == (held["c1"], "Obse")
    assert objects(ask("log", held["c1"], "--json")[0])[-1]["step"] == "left"


def test_a_split_says_what_is_new(ask: Ask) -> None:
    held = find_stories(ask)
    told, _ = ask("split", held["c1"], "c2", "--quiet")
    assert told == ""
    new = find_stories(ask)["c2"]
    assert f"opened it, out of story {held['c1']}" in ask("log", new)[0]
    with pytest.raises(WrongUse, match="split that one"):
        ask("split", held["c1"], "c2")


def test_the_pages_address_of_an_emptied_story_leads_on(ask: Ask, tmp_path: Path) -> None:
    held = find_stories(ask)
    old, new = held["c1"], held["s1"]
    ask("merge", old, new)
    with (
        open_in_process(tmp_path / "tidings.db") as engine,
        serving(engine) as url,
        httpx.Client(base_url=url) as client,
    ):
        answer = client.get(f"/story/{old}?language=en")
        assert answer.status_code == 302
        assert answer.headers["location"] == f"/story/{new}?was={old}&language=en"
        page = client.get(answer.headers["location"]).text
        assert f"Story {old} is now {new}, by you" in page
        assert "How this story came to be <span>3</span>" in page
        assert "is now" not in client.get(f"/story/{new}?was={new}").text
        assert "is now" not in client.get(f"/story/{new}?was=<b>").text
        assert client.get("/article/c1").text.count(f"/story/{new}") == 1


def test_a_long_life_is_cut_on_the_page_alone(ask: Ask) -> None:
    held = find_stories(ask)
    for _ in range(101):
        ask("move", "c2", held["s1"], "--quiet")
        ask("move", "c2", held["c1"], "--quiet")
    assert len(objects(ask("log", held["c1"], "--json")[0])) == 204
    with open_in_process(Path("tidings.db")) as engine, serving(engine) as url:
        page = httpx.get(f"{url}story/{held['c1']}").text
    assert f"4 more: <code>tidings stories log {held['c1']}</code>" in page
