"""The articles commands: parts, versions, copies; nothing that was fetched steers the terminal."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest

from tidings.errors import NotFound, WrongUse
from tidings.model import CopyKind
from tidings.serve.commands import cli

BODY = (
    "LONDON (Reuters) - The bridge was opened on Monday, and nine people crossed it.\n\n"
    "The mayor cut a ribbon in front of a crowd that had waited since dawn.\n\n"
    "It cost a million pounds to build and took three years."
)
RECORD = {
    "id": "first",
    "url": "https://example.org/bridge",
    "publisher": "Example \u202eTimes",
    "published": "2026-01-02",
    "language": "en",
    "headline": "Bridge opens to cars",
    "body": BODY,
}
LATER = RECORD | {
    "headline": "Bridge opens to all cars",
    "body": f"{BODY.replace('nine', 'twelve')}\n\nNobody was hurt on the first day.",
}
OTHER = RECORD | {"id": "other", "url": "https://example.net/bridge", "publisher": "Sample Post"}

Ask = Callable[..., tuple[int, str]]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with an article, its correction, and an article elsewhere."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "tidings.toml").write_text('embedder = "hashing"\nprocesses = 1\n')
    names = [f"{number}.jsonl" for number in range(3)]
    for name, record in zip(names, (RECORD, LATER, OTHER), strict=True):
        (folder / name).write_text(json.dumps(record) + "\n")
    with chdir(folder):
        cli.main(["add", "--quiet", *names], prog_name="tidings", standalone_mode=False)
    return folder


@pytest.fixture
def ask(desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Status and output of a command."""
    monkeypatch.chdir(desk)

    def run(*words: str) -> tuple[int, str]:
        status = cli.main(list(words), prog_name="tidings", standalone_mode=False)
        return int(status or 0), capsys.readouterr().out

    return run


def objects(told: str) -> list[dict[str, Any]]:
    return [json.loads(one) for one in told.splitlines()]


def test_the_list_is_there_with_and_without_its_name(ask: Ask) -> None:
    assert ask("articles") == ask("articles", "list")
    assert ask("articles", "--json") == ask("articles", "list", "--json")
    assert len(objects(ask("articles", "list", "--limit", "2", "--json")[1])) == 2


def test_an_article_is_shown_with_its_parts(ask: Ask) -> None:
    status, told = ask("articles", "show", "first@2")
    assert status == 0
    assert "Bridge opens to all cars" in told
    assert "[body " in told
    assert "first, first@2 (this)" in told
    assert "\\u202eTimes" in told
    assert "\u202e" not in told
    (shown,) = objects(ask("articles", "show", "first@2", "--json")[1])
    assert shown["versions"] == ["first", "first@2"]
    assert shown["text"][shown["blocks"][0]["start"] :].startswith("Bridge")


def test_versions_differ_in_what_is_marked(ask: Ask) -> None:
    status, told = ask("articles", "diff", "first@2")
    lines = told.splitlines()
    assert status == 0
    assert "1 word of the headline, 1 paragraph added, 1 sentence changed" in lines[0]
    assert lines[1] == "~ Bridge opens to {+all+} cars"
    assert "and [-nine-]{+twelve+} people crossed it." in lines[2]
    assert lines[3] == "+ Nobody was hurt on the first day."
    (shown,) = objects(ask("articles", "diff", "first@2", "--json")[1])
    assert [edit["change"] for edit in shown["edits"]] == ["changed", "added"]
    assert ask("articles", "diff", "first", "other")[1].endswith("the same words\n")


def test_what_cannot_be_compared_says_why(ask: Ask) -> None:
    with pytest.raises(NotFound, match="first@2"):
        ask("articles", "diff", "first")
    with pytest.raises(NotFound, match="no version before 'other'"):
        ask("articles", "diff", "other")
    with pytest.raises(WrongUse, match="twice"):
        ask("articles", "diff", "first", "first")
    for name in ("show", "diff", "copies"):
        with pytest.raises(NotFound, match="no article 'nobody'"):
            ask("articles", name, "nobody")


def test_copies_are_followed_to_the_first(ask: Ask) -> None:
    status, told = ask("articles", "copies", "other")
    assert status == 0
    assert "first · the same words" in told
    assert "copied by" in ask("articles", "copies", "first")[1]
    (found,) = objects(ask("articles", "copies", "other", "--json")[1])
    assert (found["article"], found["of"], found["kind"]) == ("other", "first", CopyKind.EXACT)
    assert "first@2" not in told  # a version is no copy of the one before it
