"""What a page says of itself; pages of our own."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from tidings.model import Served
from tidings.reading.compose import NO_XML
from tidings.reading.metadata import Metadata, parse_metadata
from tidings.reading.places import parse_places

AT = Served(url="https://www.paper.example.com/2025/01/talks?utm_source=x")


def _parse(head: str, body: str = "", served: Served | None = None) -> Metadata:
    page = f"<html><head>{head}</head><body>{body}<p>Text.</p></body></html>"
    return parse_metadata(parse_places(html.fromstring(page)), served)


def _linked(**node: Any) -> str:
    article = {"@context": "https://schema.org", "@type": "NewsArticle", **node}
    return f'<script type="application/ld+json">{json.dumps(article)}</script>'


def _ground(found: Metadata, field: str) -> str:
    return dict(found.grounds)[field]


def test_a_relative_canonical_is_resolved_against_the_served_address() -> None:
    found = _parse('<link rel="canonical" href="/talks">', served=AT)
    assert found.url == "https://www.paper.example.com/talks"
    assert found.domain == "example.com"
    assert _ground(found, "url") == "link canonical"


def test_a_relative_canonical_is_resolved_against_the_base() -> None:
    found = _parse('<base href="https://a.example.com/x/"><link rel="canonical" href="talks">')
    assert found.url == "https://a.example.com/x/talks"


def test_a_canonical_that_is_a_front_page_is_distrusted() -> None:
    found = _parse('<link rel="canonical" href="https://www.paper.example.com/">', served=AT)
    assert found.url == "https://www.paper.example.com/2025/01/talks"
    assert "front page" in _ground(found, "url")


def test_a_canonical_of_another_domain_tells_of_a_copy() -> None:
    found = _parse('<link rel="canonical" href="https://agency.org/talks">', served=AT)
    assert found.url == "https://www.paper.example.com/2025/01/talks"
    assert found.domain == "example.com"
    assert "https://agency.org/talks" in _ground(found, "url")
    own = '<meta property="og:url" content="https://example.com/t">'
    both = _parse(f'<link rel="canonical" href="https://agency.org/talks">{own}{own}')
    assert both.domain == "example.com"
    assert "agency.org" in _ground(both, "url")


def test_nothing_is_known_of_a_bare_page_that_only_cites() -> None:
    found = _parse("", '<a href="https://cited.example.org/a">read more</a>')
    assert (found.url, found.domain, found.publisher) == (None, None, None)
    assert (found.section, found.is_free, found.byline) == (None, None, ())


def test_the_publisher_is_named_or_the_domain() -> None:
    named = _parse('<meta property="og:site_name" content="The Paper">', served=AT)
    assert named.publisher == "The Paper"
    assert _parse("", served=AT).publisher == "example.com"
    source = _linked(sourceOrganization={"@type": "Organization", "name": "The Agency"})
    assert _parse(source).publisher == "The Agency"


@pytest.mark.parametrize(
    ("head", "is_free"),
    [
        (_linked(isAccessibleForFree=True), True),
        (_linked(isAccessibleForFree=False), False),
        (_linked(isAccessibleForFree="False"), False),
        (_linked(isAccessibleForFree="http://schema.org/True"), True),
        (_linked(isAccessibleForFree="perhaps"), None),
        (_linked(hasPart={"isAccessibleForFree": "false", "cssSelector": ".wall"}), False),
        (_linked(hasPart=[{"isAccessibleForFree": False}]), None),
        ('<meta property="article:content_tier" content="free">', True),
        ('<meta property="article:content_tier" content="locked">', False),
        ('<meta property="article:content_tier" content="metered">', False),
        ('<meta property="article:content_tier" content="gold">', None),
        ("", None),
    ],
)
def test_the_paywall_is_as_the_page_says(head: str, is_free: bool | None) -> None:
    found = _parse(head)
    assert found.is_free is is_free
    assert ("is_free" in dict(found.grounds)) is (is_free is not None)


CRUMBS = {
    "@type": "BreadcrumbList",
    "itemListElement": [
        {"@type": "ListItem", "position": 1, "name": "Home"},
        {"@type": "ListItem", "position": 2, "item": {"name": "World"}},
    ],
}


@pytest.mark.parametrize(
    ("head", "body", "section"),
    [
        (_linked(articleSection="Politics"), "", "Politics"),
        (_linked(articleSection=["Politics", "Europe"]), "", "Politics"),
        ('<meta property="article:section" content="Sport">', "", "Sport"),
        (f'<script type="application/ld+json">{json.dumps(CRUMBS)}</script>', "", "World"),
        ("", '<div class="breadcrumbs"><a>Home</a><a>Economy</a><b>Talks</b></div>', "Economy"),
        ("", '<div class="breadcrumbs"><a>Home</a></div>', None),
    ],
)
def test_the_section_is_as_printed(head: str, body: str, section: str | None) -> None:
    assert _parse(head, body).section == section


@pytest.mark.parametrize(
    ("head", "body", "headline"),
    [
        ("<title>Talks go on for days | The Paper</title>", "", "Talks go on for days"),
        ("<title>Talks go on for days - paper.example</title>", "", "Talks go on for days"),
        ("<title>Talks go on for days – News</title>", "", "Talks go on for days"),
        ("<title>Переговоры идут третий день – Новости</title>", "", "Переговоры идут третий день"),
        ("<title>Talks go on: a report - by all means</title>", "", ""),
        (
            "<title>Talks go on for days</title>",
            '<h1><span class="kicker">Europe</span> Talks go on for days</h1>',
            "Talks go on for days",
        ),
        (
            '<meta property="article:section" content="World"><title>World | Talks go on</title>',
            "<h1>World</h1>",
            "Talks go on",
        ),
        ("<title>谈判进入第三天_新闻</title>", "", "谈判进入第三天"),
    ],
)
def test_a_headline_has_no_suffix(head: str, body: str, headline: str) -> None:
    found = _parse(head, body).headline
    assert found == (headline or "Talks go on: a report - by all means")


def test_a_label_says_that_a_tag_of_twitter_names_the_author() -> None:
    tags = '<meta name="twitter:label1" content="{}"><meta name="twitter:data1" content="Ann Lee">'
    assert _parse(tags.format("Written by")).byline == ("Ann Lee",)
    assert _parse(tags.format("Reading time")).byline == ()


@given(st.text(), st.text(), st.none() | st.text())
def test_any_page_is_read_and_grounds_are_in_field_order(
    title: str, url: str, served: str | None
) -> None:
    tree = html.fromstring("<html><head><title>x</title><link rel='canonical'></head></html>")
    for element in tree.iter("title", "link"):
        element.text = NO_XML.sub(" ", title)
        element.set("href", NO_XML.sub(" ", url))
    found = parse_metadata(parse_places(tree), Served(url=served))
    assert list(found.grounds) == sorted(found.grounds)


@given(st.recursive(st.none() | st.booleans() | st.text(), lambda s: st.lists(s, max_size=3)))
def test_any_value_in_json_ld_is_borne(value: Any) -> None:
    keys = ("author", "headline", "articleSection", "publisher", "isAccessibleForFree", "hasPart")
    found = _parse(_linked(**dict.fromkeys(keys, value)))
    assert isinstance(found, Metadata)
