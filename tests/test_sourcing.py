"""A story's sources, asked of a store, and what the command prints; on pages of our own, and on the
documents that the project grew from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from records import Record, add_records, open_in_process
from tidings.engine import Engine
from tidings.serve.commands import cli
from tidings.sourcing import Sources
from tidings.story.chain import Ground, NodeKind


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with open_in_process(tmp_path / "store.db") as made:
        yield made


def gather(engine: Engine) -> str:
    """All into the first article's story, as a person would."""
    first, *others = dict.fromkeys(summary.story for summary in engine.summaries())
    for other in others:
        engine.merge(other, first)
    return first


def write(key: str, language: str, body: str, **more: str) -> Record:
    record = {
        "id": key,
        "url": f"https://{key}.example.org/bridge",
        "publisher": f"{key.title()} Gazette",
        "published": "2024-03-12T06:00:00+00:00",
        "language": language,
        "headline": "Bridge",
        "body": body,
    }
    return record | more


def test_one_official_told_one_agency_and_two_papers_have_it_from_there(
    engine: Engine, tmp_path: Path
) -> None:
    told = (
        "The bridge will close, Reuters reported, citing an EU official who asked not to be named."
    )
    add_records(
        engine,
        tmp_path,
        [
            write("north", "en", f"{told} It has stood for a hundred years."),
            write("south", "ru", "Мост закроют, сообщило агентство Reuters. Ему сто лет."),
            write("west", "de", "Die Brücke soll schließen. Sie ist hundert Jahre alt."),
        ],
    )
    chain = engine.sources(gather(engine)).chain
    (origin,) = chain.origins
    assert origin.ground is Ground.SAID
    assert origin.articles == ("north", "south")
    assert chain.unstated == ("west",)


def test_every_line_has_words_of_the_page_that_it_names(engine: Engine, tmp_path: Path) -> None:
    body = "The bridge will close, according to the BBC. Police said it was old. It is grey."
    add_records(engine, tmp_path, [write("north", "en", body)])
    chain = engine.sources(gather(engine)).chain
    assert chain.edges
    for edge in chain.edges:
        for words in edge.evidence:
            text = engine.article(words.article).text
            assert text[words.start : words.end] == words.text


def test_command_prints_the_tree_and_the_counts(engine: Engine, tmp_path: Path) -> None:
    add_records(engine, tmp_path, [write("north", "en", "It will close, Reuters reported.")])
    story = gather(engine)
    store = ["--store", str(tmp_path / "store.db")]
    printed = CliRunner().invoke(cli, ["sources", story, *store])
    assert printed.exit_code == 0
    assert "1 article, 1 publisher, 1 origin, 0 unstated ends" in printed.output
    assert "origin: Reuters (not held)" in printed.output
    assert "[Reuters reported]" in printed.output
    made = CliRunner().invoke(cli, ["sources", story, "--json", *store])
    told = json.loads(made.output)
    assert [origin["name"] for origin in told["origins"]] == ["Reuters"]
    assert told["edges"][0]["evidence"][0]["text"] == "Reuters reported"


def test_an_unknown_story_is_not_found(engine: Engine, tmp_path: Path) -> None:
    add_records(engine, tmp_path, [write("north", "en", "It will close.")])
    made = CliRunner().invoke(cli, ["sources", "nowhere", "--store", str(tmp_path / "store.db")])
    assert made.exit_code == 1


@pytest.fixture
def grown(engine: Engine, seeds: Path) -> Sources:
    """The saved page with the digest's snippets, all in one story: those on other events too."""
    engine.add([str(path) for path in sorted(seeds.glob("*.txt"))])
    return engine.sources(gather(engine))


def test_chain_of_the_saved_page(grown: Sources) -> None:
    chain = grown.chain
    page = next(one.article for one in grown.story.articles if one.language == "ru")
    nodes = {node.id: node for node in chain.nodes}
    above = [nodes[edge.parent] for edge in chain.edges if edge.child == page]
    assert {node.kind for node in above} == {NodeKind.PUBLISHER, NodeKind.POST}
    agency = next(node for node in above if node.kind is NodeKind.PUBLISHER)
    assert agency.name == "Bloomberg"
    (beyond,) = [nodes[edge.parent] for edge in chain.edges if edge.child == agency.id]
    assert beyond.kind is NodeKind.ANONYMOUS
    resting = [one for one in chain.origins if page in one.articles]
    assert {nodes[one.node].kind for one in resting} == {NodeKind.ANONYMOUS, NodeKind.POST}
    post = next(node for node in above if node.kind is NodeKind.POST)
    assert post.url is not None
    assert post.url.endswith("/kajakallas/status/1884298044398792782")
