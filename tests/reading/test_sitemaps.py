"""Sitemaps of our own."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.model import Reason
from tidings.reading.refused import Refused
from tidings.reading.sitemaps import Sitemap, is_sitemap, parse_sitemap, render_location

NEWS = b"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://paper.example.org/call?a=1&amp;b=2 </loc><lastmod>2025-01-29</lastmod>
<image:image><image:loc>https://paper.example.org/p.jpg</image:loc>
<image:title>A photograph</image:title></image:image>
<news:news><news:publication><news:name>The Example Paper</news:name>
<news:language>en</news:language></news:publication>
<news:publication_date>2025-01-28T18:02:11+01:00</news:publication_date>
<news:title><![CDATA[Kallas & Rubio speak]]></news:title></news:news></url>
<url><loc>/second</loc></url><url><loc>mailto:x@example.org</loc></url>
<url><loc>https://paper.example.org/call?a=1&amp;b=2</loc></url></urlset>"""


def parsed(data: bytes, url: str | None = None) -> Sitemap:
    found = parse_sitemap(data, url)
    assert isinstance(found, Sitemap), found
    return found


def test_a_news_sitemap_gives_records_and_addresses() -> None:
    assert is_sitemap(NEWS)
    found = parsed(NEWS, "https://paper.example.org/sitemap.xml")
    assert not found.is_index
    first, second = found.found
    assert first.url == "https://paper.example.org/call?a=1&b=2"
    assert first.modified == "2025-01-29"
    assert second.url == "https://paper.example.org/second"
    assert found.refused == ("'mailto:x@example.org' is no web address",)
    record = json.loads(render_location(first) or b"")
    assert record == {
        "headline": "Kallas & Rubio speak",
        "language": "en",
        "modified": "2025-01-29",
        "published": "2025-01-28T18:02:11+01:00",
        "publisher": "The Example Paper",
        "url": first.url,
    }
    assert render_location(second) is None


@pytest.mark.parametrize(
    "namespace",
    [
        b"",
        b' xmlns="http://www.google.com/schemas/sitemap/0.84"',
        b' xmlns="https://example.org/none"',
    ],
)
def test_an_index_in_any_namespace(namespace: bytes) -> None:
    data = b"<sitemapindex%s><sitemap><loc>https://a.example.org/1.xml</loc></sitemap>" % namespace
    data += b"<sitemap>https://a.example.org/2.xml</sitemap></sitemapindex>"
    found = parsed(data)
    assert found.is_index
    assert [each.url[-5:] for each in found.found] == ["1.xml", "2.xml"]


def test_broken_markup_is_mended_and_told() -> None:
    found = parsed(NEWS.replace(b"&amp;", b"&").replace(b"</urlset>", b""))
    assert found.found[0].headline == "Kallas & Rubio speak"
    assert found.fault


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", Reason.EMPTY),
        (b"<rss/>", Reason.UNSUPPORTED),
        (b"words", Reason.UNREADABLE),
        (b"\x1f\x8b", Reason.BINARY),
    ],
)
def test_what_is_no_sitemap_has_a_reason(data: bytes, expected: Reason) -> None:
    found = parse_sitemap(data)
    assert isinstance(found, Refused)
    assert found.reason is expected


@given(st.binary(max_size=300))
def test_any_bytes_end(data: bytes) -> None:
    is_sitemap(data)
    parse_sitemap(b"<urlset><url><loc>" + data)
