"""The page of a story's sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import httpx
import pytest
from web_chains import OFFICIAL
from web_samples import CALL, FakeEngine, serving

from tidings.quoting import Choice
from tidings.serve.web.tracing import WIDEST, Branch, grow


@pytest.fixture(scope="module")
def page() -> Iterator[str]:
    with serving(FakeEngine()) as url, httpx.Client(base_url=url) as client:
        yield client.get("/sources/call").text


def walk(branch: Branch) -> Iterator[Branch]:
    yield branch
    for one in branch.branches:
        yield from walk(one)


def test_every_article_stands_on_the_page_once() -> None:
    told = FakeEngine().sources("call")
    grove = grow(told)
    trees = [root.tree for root in grove.roots] + list(grove.ends)
    shown = [one.node.article for tree in trees for one in walk(tree) if one.node.article]
    assert sorted(shown) == sorted(one.article for one in told.story.articles)


def test_what_stands_below_one_node_is_counted_where_it_is_much() -> None:
    engine = FakeEngine()
    rows = tuple((f"c{n}", f"Call, report {n}", "en", f"Paper {n}", CALL[0][4]) for n in range(40))
    engine._put("much", rows)
    (root,) = grow(engine.sources("much")).roots
    (first,) = root.tree.branches
    assert len(first.branches) == WIDEST
    assert first.more == 40 - 2 - WIDEST


def test_the_page_says_who_has_it_from_whom_with_the_words(page: str) -> None:
    text = unescape(re.sub(r"<[^>]+>", " ", page))
    assert OFFICIAL.name in text
    assert "One clock is <i>wrong</i>" in text
    assert "1 origin" in re.sub(r"\s+", " ", text)
    engine = FakeEngine()
    for edge in engine.sources("call").chain.edges:
        (words,) = edge.evidence
        assert words.text in text
        assert f"characters {words.start}–{words.end}" in text


def test_the_story_leads_to_its_sources() -> None:
    with serving(FakeEngine()) as url, httpx.Client(base_url=url) as client:
        assert 'href="/sources/odd%2Fstory"' in client.get("/story/odd%2Fstory").text
        assert client.get("/sources/nowhere").status_code == 404


def test_a_name_leads_to_all_names_and_stories_of_its_bearer() -> None:
    with serving(FakeEngine()) as url, httpx.Client(base_url=url) as client:
        assert 'href="/entity/kallas' in client.get("/story/call").text
        page = client.get("/entity/kallas").text
        assert "Каллас" in page
        assert 'href="/story/call' in page
        (known,) = FakeEngine().identities.find("kallas")
        for place in known.entity.places():
            assert f"{place.article}, {place.start}–{place.end}" in page
        assert client.get("/entity/both").text.count('href="/entity/kallas') == 2
        assert client.get("/entity/nobody").status_code == 404


def test_a_quote_stands_with_its_speaker_and_every_place() -> None:
    with serving(FakeEngine()) as url, httpx.Client(base_url=url) as client:
        assert 'href="/quotes/call' in client.get("/story/call").text
        page = unescape(client.get("/quotes/call").text)
        for told in FakeEngine().quoting.quotes("call", Choice()):
            for variant in told.line.variants:
                assert variant.entry.text in page
                assert variant.kind in page
        assert "Kallas" in page
        assert "post" in page
        assert client.get("/quotes/nowhere").status_code == 404
