"""Who says so on the two documents that the project grew from; nothing of their wording stands
here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from records import open_in_process
from tidings.engine import Engine
from tidings.errors import NotFound
from tidings.firsts import Ask, FirstView
from tidings.model import Article, Medium, StoryId
from tidings.posts import Platform, find_post
from tidings.quoting import Choice
from tidings.serve.firsts import say_time
from tidings.story.chain import Chain, Node, NodeKind
from tidings.story.first import Verdict
from tidings.story.ledger import Original, VariantKind

CALL = (0, 1, 5, 6)  # snippets of the digest about the call, counted from 0
NOW = datetime(2026, 1, 1, tzinfo=UTC)
POST = datetime(2025, 1, 28, 17, 50, 37, 6000, tzinfo=UTC)


@pytest.fixture(scope="module")
def engine(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The page and the snippets about the call in one story, as test_stories.py finds them."""
    with open_in_process(tmp_path_factory.mktemp("seeds") / "seeds.db") as made:
        assert made.add([str(seeds)]).rejected == 0
        saved = get_page(made)
        call = [one.id for one in made.articles() if one.language == "en" and one.position in CALL]
        story = next(s.story for s in made.summaries() if s.article == saved.id)
        held = {summary.article: summary.story for summary in made.summaries()}
        strangers = [one for one in call if held[one] != story]
        if strangers:
            made.move(strangers, story)
        yield made


def get_page(engine: Engine) -> Article:
    return next(one for one in engine.articles() if one.language == "ru")


@pytest.fixture(scope="module")
def story(engine: Engine) -> str:
    saved = get_page(engine)
    return next(one.story for one in engine.summaries() if one.article == saved.id)


@pytest.fixture(scope="module")
def chain(engine: Engine, story: str) -> Chain:
    return engine.sources(story).chain


@pytest.fixture(scope="module")
def first(engine: Engine, story: str) -> FirstView:
    return engine.first(story, Ask(), NOW)


def get_node(chain: Chain, kind: NodeKind) -> Node:
    (node,) = (one for one in chain.nodes if one.kind is kind)
    return node


def test_the_page_has_it_from_bloomberg_which_has_it_from_an_official(
    engine: Engine, chain: Chain
) -> None:
    page = get_page(engine).id
    agency, official = (get_node(chain, kind) for kind in (NodeKind.PUBLISHER, NodeKind.ANONYMOUS))
    assert agency.name == "Bloomberg"
    edges = {(edge.child, edge.parent) for edge in chain.edges}
    assert {(page, agency.id), (agency.id, official.id)} <= edges
    assert (page, official.id) not in edges


def test_the_page_has_it_from_a_post(engine: Engine, chain: Chain) -> None:
    post = get_node(chain, NodeKind.POST)
    assert post.url is not None
    assert post.url.endswith("/1884298044398792782")
    assert (get_page(engine).id, post.id) in {(edge.child, edge.parent) for edge in chain.edges}


def test_there_are_two_origins_and_not_five_reports(chain: Chain) -> None:
    assert len([node for node in chain.nodes if node.kind is NodeKind.ARTICLE]) == 5
    nodes = {node.id: node.kind for node in chain.nodes}
    kinds = sorted(nodes[origin.node] for origin in chain.origins)
    assert kinds == [NodeKind.ANONYMOUS, NodeKind.POST]


def test_words_of_the_page_prove_each_edge(engine: Engine, chain: Chain) -> None:
    texts = {article.id: article.text for article in engine.articles()}
    for edge in chain.edges:
        assert edge.evidence
        for place in edge.evidence:
            assert texts[place.article][place.start : place.end] == place.text


def test_the_posts_time_is_read_from_its_id(first: FirstView) -> None:
    (post,) = (one for one in first.publications.values() if one.is_anchor)
    assert post.published.start == POST
    assert post.published.end == POST + timedelta(milliseconds=1)
    assert post.name == "@kajakallas on X"
    assert say_time(post) == "2025-01-28 17:50:37.006 UTC"


def test_who_came_first_of_agency_and_post_is_not_decidable(first: FirstView) -> None:
    assert first.told.first.verdict is Verdict.OPEN
    names = [first.publications[key].name for key in first.told.first.who]
    assert {"Bloomberg", "@kajakallas on X"} <= set(names)
    assert any("time of day" in line and "Bloomberg" in line for line in first.told.decides)


def test_the_page_came_after_both(engine: Engine, first: FirstView) -> None:
    assert get_page(engine).id not in first.told.first.who
    assert first.contradictions == ()


PEOPLE = (
    {"Каллас", "Кая Каллас", "Kallas", "Kaja Kallas", "kajakallas"},
    {"Рубио", "Марко Рубио", "Rubio", "Marco Rubio", "SecRubio"},
)


@pytest.mark.parametrize("names", PEOPLE, ids=["Kallas", "Rubio"])
def test_names_of_one_person_are_one_entity(engine: Engine, story: str, names: set[str]) -> None:
    """Across scripts, cases and handles."""
    found = [
        {alias.text.lstrip("@") for alias in entity.aliases}
        for entity in engine.identities.of_story(StoryId(story))
    ]
    (called,) = (one for one in found if one & names)
    assert names <= called


def test_every_name_of_an_entity_is_printed_there(engine: Engine, story: str) -> None:
    texts = {article.id: article.text for article in engine.articles()}
    for entity in engine.identities.of_story(StoryId(story)):
        for place in entity.places():
            assert texts[place.article][place.start : place.end] == place.text


def test_the_posts_words_are_translated_and_the_original_is_not_held(
    engine: Engine, story: str
) -> None:
    """With speaker, platform and link, as a line of the story's ledger."""
    lines = [
        told
        for told in engine.quoting.quotes(story, Choice())
        if any(one.entry.quote.medium is Medium.POST for one in told.line.variants)
    ]
    (told,) = lines
    (variant,) = told.line.variants
    assert told.speaker == "Kaja Kallas"
    assert variant.kind is VariantKind.TRANSLATED
    assert told.line.original is Original.NOT_HELD
    link = variant.entry.quote.link
    assert link is not None
    post = find_post(link)
    assert post is not None
    assert (post.platform, post.author) == (Platform.X, "kajakallas")


def test_who_is_described_is_told_by_the_pages(engine: Engine, story: str) -> None:
    """The chief of the union's foreign policy, and the secretary of state, in two languages."""
    found = {one.id: one.descriptions for one in engine.identities.of_story(StoryId(story))}
    told = {own: {(a.text, a.language) for a in rows} for own, rows in found.items() if rows}
    assert ("EU foreign policy chief", "en") in told["kaja-kallas"]
    assert {("US Secretary of State", "en"), ("госсекретарь США", "ru")} <= told["marco-rubio"]
    assert len(told) == 2
    texts = {article.id: article.text for article in engine.articles()}
    for place in (p for rows in found.values() for alias in rows for p in alias.places):
        assert texts[place.article][place.start : place.end] == place.text
    (kallas,) = engine.identities.find("Kaja Kallas")
    assert {alias.text for alias in kallas.entity.descriptions} >= {"EU foreign policy chief"}
    with pytest.raises(NotFound):
        engine.identities.find("EU foreign policy chief")
