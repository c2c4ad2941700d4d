"""The local page over a real store: pages read, stories made, and shown from other threads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from web_samples import CALL, HOSTILE, SANCTIONS, make_article, serving

from tidings.engine import Engine
from tidings.settings import Settings


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder = tmp_path_factory.mktemp("store")
    held = [make_article(row) for row in (*CALL, *SANCTIONS, *HOSTILE)]
    records = [
        {
            "id": article.id,
            "url": article.url,
            "publisher": article.publisher,
            "published": start.isoformat() if (start := article.published.start) else None,
            "headline": article.headline,
            "body": f"{article.body}\n{article.headline}.",
        }
        for article in held
    ]
    lines = folder / "records.jsonl"
    lines.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    settings = Settings(store=folder / "web.db", embedder="hashing", processes=1)
    with Engine(settings) as engine:
        tally = engine.add([str(lines)])
        assert tally.articles == len(held)
        yield engine


@pytest.fixture
def desk(engine: Engine) -> Iterator[httpx.Client]:
    with serving(engine) as url, httpx.Client(base_url=url) as client:
        yield client


def links(html: str) -> list[str]:
    return sorted(set(re.findall(r'href="(/(?:story|article)/[^"]+)"', html)))


def test_every_article_can_be_reached_from_the_list(engine: Engine, desk: httpx.Client) -> None:
    stories = links(desk.get("/?all=1").text)
    assert len(stories) == len(engine.stories())
    articles = {link for story in stories for link in links(desk.get(story).text)}
    held = [link for link in articles if link.startswith("/article/")]
    assert len(held) == len(list(engine.summaries()))
    for link in articles:
        answer = desk.get(link)
        assert answer.status_code == 200, link
        assert "javascript:" not in "".join(re.findall(r'href="[^"]*"', answer.text))


def test_many_may_ask_at_once(desk: httpx.Client) -> None:
    paths = ["/", "/?all=1", "/?language=de", "/article/call-en", "/search?q=Kallas"] * 8
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda path: desk.get(path).status_code, paths))
    assert answers == [200] * len(paths)


def test_search_asks_the_store(desk: httpx.Client) -> None:
    html = desk.get("/search", params={"q": "Kallas Rubio"}).text
    assert "/article/call-en" in html
    assert "by words (no. 1)" in html


def test_what_is_added_shows_at_once(engine: Engine, desk: httpx.Client, tmp_path: Path) -> None:
    before = len(links(desk.get("/?all=1").text))
    page = tmp_path / "late.jsonl"
    record = {"id": "late", "headline": "Ferry runs again", "body": "The ferry runs. " * 9}
    page.write_text(json.dumps(record), encoding="utf-8")
    with Engine(engine.settings) as other:
        other.add([str(page)])
    html = desk.get("/?all=1").text
    assert len(links(html)) == before + 1
    assert "Ferry runs again" in html
