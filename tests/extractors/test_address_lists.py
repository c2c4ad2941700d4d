"""Pages of addresses are kept and give no article."""

from __future__ import annotations

from pathlib import Path

import pytest

from records import open_at
from tidings.extractors.addresses import LIST, OPML, SITEMAP, AddressesExtractor, parse_page
from tidings.model import Page, PageId, Reason, Rejected

FEEDS = b"""<opml version="2.0"><body><outline text="Ports">
<outline text="Harbour" type="rss" xmlUrl="https://harbour.example.org/feed.xml"/>
</outline></body></opml>"""
MAP = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://harbour.example.org/1</loc></url></urlset>"""
LINES = b"# ports\nhttps://harbour.example.org/1\nhttps://harbour.example.org/2\n"


def make(media_type: str, data: bytes) -> Page:
    return Page(id=PageId("0" * 32), name="list", media_type=media_type, data=data)


@pytest.mark.parametrize(
    ("media_type", "data", "count"), [(OPML, FEEDS, 1), (SITEMAP, MAP, 1), (LIST, LINES, 2)]
)
def test_addresses_are_found(media_type: str, data: bytes, count: int) -> None:
    page = make(media_type, data)
    found = parse_page(page)
    assert isinstance(found, (list, tuple))
    assert len(found) == count
    assert AddressesExtractor().extract(page) == ()


@pytest.mark.parametrize("media_type", [OPML, SITEMAP, LIST])
def test_a_list_of_nothing_is_rejected(media_type: str) -> None:
    ended = AddressesExtractor().extract(make(media_type, b"# nothing\n"))
    assert isinstance(ended, Rejected)
    assert ended.reason in (Reason.NO_TEXT, Reason.UNSUPPORTED, Reason.UNREADABLE)


def test_a_list_is_accepted_without_an_article(tmp_path: Path) -> None:
    path = tmp_path / "ports.opml"
    path.write_bytes(FEEDS)
    with open_at(tmp_path / "t.db") as engine:
        tally = engine.add([str(path)])
        assert (tally.read, tally.accepted, tally.articles) == (1, 1, 0)
        assert [page.data for page in engine.lists()] == [FEEDS]
