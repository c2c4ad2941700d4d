"""Whose a quote is, from pages to the ledger and the command that lists it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tidings.engine import Engine
from tidings.model import (
    Article,
    ArticleId,
    Block,
    Evidence,
    Mention,
    MentionKind,
    PageId,
    Quote,
    QuoteKind,
    Role,
    Speaker,
)
from tidings.quoting import Choice, QuoteLine, _choose_seats, _Said, gather_entries
from tidings.settings import Settings
from tidings.story.entities import resolve
from tidings.story.entities.describing import describe
from tidings.times import unknown

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


def test_one_page_that_gives_another_office_does_not_make_a_translation() -> None:
    """What nearly all pages say of the speaker's country counts."""
    right = "President Ilse Varga of the harbour said nothing. “{}”, US President Ilse Varga said."
    wrong = "In Ukraine President Ilse Varga is known well. “{}”, Ilse Varga said."
    words = "We will not sign a text that keeps this levy"
    told = [make_said(f"a{at}", right.format(words)) for at in range(5)]
    held = [*told, make_said("b", wrong.format(words))]
    (seat,) = _choose_seats(held, resolve([])).values()
    assert seat.id == "united-states"
    assert _choose_seats(held[4:], resolve([])) == {}


def make_said(name: str, body: str) -> _Said:
    article = Article(
        id=ArticleId(name), page=PageId("00"), position=0, url=None, publisher=None,
        published=unknown("made"), modified=None, language="en", headline="", byline=(), text=body,
        blocks=(Block(role=Role.BODY, start=0, end=len(body)),), links=(), is_cut=False,
        extractor="made/1", grounds=(),
    )  # fmt: skip
    at = body.rindex("Ilse Varga")
    spoken = body.index("We will")
    printed = Evidence(article=article.id, start=at, end=at + 10, text="Ilse Varga")
    said = Evidence(article=article.id, start=spoken, end=spoken + 7, text="We will")
    quote = Quote(
        evidence=said, parts=(said,), kind=QuoteKind.DIRECT, cue=None,
        speaker=Speaker(evidence=printed, name=printed), addressee=None, medium=None,
        occasion=None, link=None, score=0.9, rule="made/1",
    )  # fmt: skip
    return _Said(article, quote, "varga", printed)


def test_who_is_only_described_beside_a_quote_is_the_one_whom_the_story_says() -> None:
    told = make_said("a", "“We will not sign.” French President Ilse Varga spoke.")
    words = (
        "“We will not sign.” So the French president said. Of the French president nothing else."
    )
    said = make_said("b", f"{words} Ilse Varga")
    printed = words.index("the French president said")
    speaker = Speaker(evidence=see(said.article, printed, "the French president"), name=None)
    quotes = [(told.article, told.quote), (said.article, replace(said.quote, speaker=speaker))]
    notes = [(one, (quote, name_varga(one))) for one, quote in quotes]
    bare, _ = gather_entries(notes, resolve(notes), lambda link: None)
    assert [entry.who for entry in bare] == ["ilse-varga", None]
    entities = describe(resolve(notes), [one for one, _ in notes])
    entries, _ = gather_entries(notes, entities, lambda link: None)
    assert [entry.who for entry in entries] == ["ilse-varga", "ilse-varga"]


def see(article: Article, start: int, text: str) -> Evidence:
    return Evidence(article=article.id, start=start, end=start + len(text), text=text)


def name_varga(article: Article) -> Mention:
    place = see(article, article.text.rindex("Ilse Varga"), "Ilse Varga")
    return Mention(
        evidence=place, kind=MentionKind.PERSON, value=place.text, score=0.9, rule="made/1"
    )
