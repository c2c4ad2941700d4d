"""OPML: in, out, broken and hostile."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.model import Reason
from tidings.reading.outlines import (
    Outline,
    Outlines,
    is_outlines,
    parse_outlines,
    render_outlines,
)
from tidings.reading.refused import Refused

LIST = b"""<?xml version="1.0"?><!-- of mine --><OPML version="1.0">
<head><title>My feeds</title></head>
<body><outline text="News"><outline TEXT="Eins" type="rss" xmlurl="https://a.example.org/rss"
 htmlUrl="https://a.example.org/"/><outline title="East"><outline text="Zwei &amp; drei"
 xmlUrl="feed://b.example.org/atom"/></outline></outline>
<outline text="Free" type="link" url="https://c.example.org/feed"/>
<outline text="Broken" xmlUrl="nowhere"/><outline text="A note"/></body></OPML>"""


def parsed(data: bytes) -> Outlines:
    found = parse_outlines(data)
    assert isinstance(found, Outlines), found
    return found


def test_folders_attributes_and_addresses() -> None:
    assert is_outlines(LIST)
    found = parsed(LIST)
    assert found.title == "My feeds"
    assert found.found == (
        Outline(
            title="Eins",
            url="https://a.example.org/rss",
            home="https://a.example.org/",
            folders=("News",),
        ),
        Outline(title="Zwei & drei", url="http://b.example.org/atom", folders=("News", "East")),
        Outline(title="Free", url="https://c.example.org/feed"),
    )
    assert found.refused == ("'Broken': 'nowhere' is no web address",)
    assert found.fault is None


def test_broken_markup_is_mended_and_told() -> None:
    broken = LIST.replace(b"&amp;", b"&").replace(b"</outline></outline>", b"")
    found = parsed(broken)
    assert len(found.found) == 3
    assert found.fault


def test_no_entity_is_expanded_and_no_file_read() -> None:
    bomb = b"""<!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">
    <!ENTITY c SYSTEM "file:///etc/hostname">]><opml><body>
    <outline text="&b;&c;" xmlUrl="https://a.example.org/"/></body></opml>"""
    found = parse_outlines(bomb)
    if isinstance(found, Outlines):
        assert all(len(each.title) < 20 for each in found.found)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", Reason.EMPTY),
        (b"<html><body/></html>", Reason.UNSUPPORTED),
        (b"words", Reason.UNREADABLE),
        (b"<opml>" * 100_000, Reason.UNREADABLE),
        (b"%PDF-", Reason.BINARY),
    ],
)
def test_what_is_no_list_has_a_reason(data: bytes, expected: Reason) -> None:
    found = parse_outlines(data)
    if data.startswith(b"<opml>") and isinstance(found, Outlines):
        assert found.fault
        return
    assert isinstance(found, Refused)
    assert found.reason is expected


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")))
FILLED = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1)


@st.composite
def outlines(draw: st.DrawFn) -> list[Outline]:
    count = draw(st.integers(0, 6))
    return [
        Outline(
            title=draw(FILLED),
            url=f"https://a.example.org/{number}?a=1&b={draw(st.integers(0, 9))}",
            home=draw(st.none() | st.just("https://a.example.org/")),
            folders=tuple(draw(st.lists(FILLED, max_size=3))),
        )
        for number in range(count)
    ]


@given(outlines(), NAMES)
def test_what_is_written_is_read_back(given_list: list[Outline], title: str) -> None:
    data = render_outlines(given_list, title)
    assert is_outlines(data)
    found = parsed(data)
    assert found.fault is None
    assert {normal(each) for each in found.found} == {normal(each) for each in given_list}
    again = parsed(render_outlines(found.found, found.title))
    assert again == found


def normal(outline: Outline) -> tuple[object, ...]:
    """In NFC, as all text is read."""
    from unicodedata import normalize  # noqa: PLC0415 - of this line alone

    folders = tuple(normalize("NFC", name) for name in outline.folders)
    return normalize("NFC", outline.title), outline.url, outline.home, folders


@given(st.binary(max_size=300))
def test_any_bytes_end(data: bytes) -> None:
    is_outlines(data)
    parse_outlines(b"<opml><outline " + data)
