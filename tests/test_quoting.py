"""Whose a quote is, from pages to the ledger and the command that lists it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tidings.engine import Engine
from tidings.quoting import Choice, QuoteLine
from tidings.settings import Settings

PAGES = (
    (
        "official",
        "Talks on the harbour levy go on",
        (
            "An EU official said that the harbour levy would be halved before the summer. "
            "Delegates met in Brussels for six hours and parted without a text."
        ),
    ),
    (
        "union",
        "Harbour levy to be halved",
        (
            "The European Union said that ports would keep their own inspectors. Delegates met in "
            "Brussels for six hours and parted without a text."
        ),
    ),
    (
        "minister",
        "Minister wants the harbour levy gone",
        (
            "“We will not sign a text that keeps this levy,” minister Ilse Varga said in Brussels, "
            "where delegates met for six hours and parted without a text."
        ),
    ),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("quoting")
    lines = folder / "pages.jsonl"
    records = [
        {
            "id": name,
            "headline": headline,
            "body": body,
            "language": "en",
            "published": "2025-05-06T10:00:00Z",
        }
        for name, headline, body in PAGES
    ]
    lines.write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
    (folder / "tidings.toml").write_text('embedder = "hashing"\n', encoding="utf-8")
    settings = Settings(store=folder / "tidings.db", embedder="hashing", processes=1)
    with Engine(settings) as engine:
        engine.add([str(lines)])
    return settings.store


@pytest.fixture(scope="module")
def ledger(store: Path) -> Iterator[dict[str, QuoteLine]]:
    with Engine(Settings(store=store, embedder="hashing", processes=1)) as engine:
        found = engine.quoting.quotes(None, Choice())
        yield {v.entry.article.id: one for one in found for v in one.line.variants}


def test_an_official_of_a_body_is_not_the_body(ledger: dict[str, QuoteLine]) -> None:
    assert ledger["union"].line.who == "european-union"
    assert ledger["official"].line.who is None
    assert ledger["official"].speaker == "An EU official"


def test_a_person_with_an_office_is_the_person(ledger: dict[str, QuoteLine]) -> None:
    assert ledger["minister"].speaker == "Ilse Varga"


def test_the_command_lists_what_is_asked_for(store: Path) -> None:
    command = [sys.executable, "-m", "tidings", "quotes", "--by", "Varga", "--json"]
    told = subprocess.run(command, cwd=store.parent, capture_output=True, text=True, check=True)
    (line,) = map(json.loads, told.stdout.splitlines())
    (variant,) = line["variants"]
    assert variant["text"] == "We will not sign a text that keeps this levy"
    (place,) = variant["places"]
    body = PAGES[2][2]
    assert place["text"] in f"{PAGES[2][1]}\n\n{body}"
    assert subprocess.run([*command[:4], "--by", "Nobody"], cwd=store.parent).returncode == 1  # noqa: PLW1510
