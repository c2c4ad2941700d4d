"""The bundled example pages: what is extracted from each of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from tidings.annotators.listed import ListedAnnotator
from tidings.annotators.names import NamesAnnotator
from tidings.extractors.html import HtmlExtractor
from tidings.extractors.plain import PlainExtractor
from tidings.model import Article, MentionKind, Page, Rejected, Role

FOLDER = Path(str(files("tidings") / "examples"))
EXPECTED: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parent / "examples" / "expected.json").read_text("utf-8")
)
PLAIN = sorted(name for name in EXPECTED if name.endswith(".txt"))
LANGUAGES = {"de", "en", "es", "fr", "ru", "uk"}


def extract(page: Page) -> tuple[Article, ...]:
    extractor = HtmlExtractor() if page.media_type == "text/html" else PlainExtractor()
    made = extractor.extract(page)
    assert not isinstance(made, Rejected)
    return made


def test_every_page_is_expected() -> None:
    held = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()}
    assert held == {*EXPECTED, "digests/en-morning-briefing.txt", "more.jsonl"}


def test_each_language_comes_as_html_and_as_plain_text() -> None:
    for suffix in (".html", ".txt"):
        calls = {name[5:7] for name in EXPECTED if name.startswith("call/") and suffix in name}
        assert calls == LANGUAGES


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_page(name: str, make_page: Callable[[Path], Page]) -> None:
    (article,) = extract(make_page(FOLDER / name))
    expected = EXPECTED[name]
    assert article.language == expected["language"]
    assert article.publisher == expected["publisher"]
    assert article.published.start == datetime.fromisoformat(expected["published"])
    assert article.published.end == datetime.fromisoformat(expected["until"])
    assert list(article.byline) == expected["byline"]
    assert article.headline
    assert not article.is_cut
    roles = Counter(block.role.value for block in article.blocks)
    if "roles" in expected:
        assert dict(roles) == expected["roles"]
    else:
        assert roles["standfirst"] + roles["body"] == expected["body"]


@pytest.mark.parametrize("name", PLAIN)
def test_only_the_body_feeds_the_story(name: str, make_page: Callable[[Path], Page]) -> None:
    (article,) = extract(make_page(FOLDER / name))
    assert "https://" not in article.body
    for block in article.blocks:
        if block.role in (Role.LATEST, Role.RELATED, Role.FOOTER, Role.ADVERTISING):
            assert article.text[block.start : block.end] not in article.body
    listed = [note.value for note in ListedAnnotator().annotate(article, ())]
    assert len(listed) == len(set(listed)) >= 4


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_the_callers_are_found(language: str, make_page: Callable[[Path], Page]) -> None:
    kallas, rubio = {
        "ru": ("Каллас", "Рубио"),
        "uk": ("Каллас", "Рубіо"),
    }.get(language, ("Kallas", "Rubio"))
    for name in EXPECTED:
        if name.startswith(f"call/{language}-"):
            (article,) = extract(make_page(FOLDER / name))
            notes = list(NamesAnnotator().annotate(article, ()))
            names = " ".join(note.value for note in notes if note.kind is MentionKind.NAME)
            assert kallas in names
            assert rubio in names
            assert "Bloomberg" in names


def test_digest(make_page: Callable[[Path], Page]) -> None:
    snippets = extract(make_page(FOLDER / "digests" / "en-morning-briefing.txt"))
    assert len(snippets) == 9
    assert [article.position for article in snippets if article.is_cut] == [2, 5, 8]
    assert [article.publisher for article in snippets] == [
        "harbourcourier.example",
        None,
        None,
        "meridianwire.example",
        None,
        None,
        "quaysideledger.example",
        None,
        None,
    ]
    assert all("Read more" not in article.body for article in snippets)
    assert {article.language for article in snippets} == {"en"}


def test_records() -> None:
    lines = (FOLDER / "more.jsonl").read_text("utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    assert len({record["id"] for record in records}) == len(records) == 4


def test_only_reserved_domains() -> None:
    for path in FOLDER.rglob("*.*"):
        text = path.read_text("utf-8")
        for address in text.split("https://")[1:]:
            host = address.split("/")[0].split('"')[0].strip()
            assert host.endswith(".example") or host == "schema.org", (path.name, host)
