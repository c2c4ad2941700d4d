"""Fragments of HTML as feeds and mails have them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidings.reading.prose import (
    iter_addresses,
    join_address,
    parse_line,
    parse_prose,
    unwrap,
)

BASE = "https://a.example.org/news/"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("One.\nTwo.\n\nThree &amp; four.", ["One.\nTwo.", "Three & four."]),
        ("<p>One <b>two</b>.</p>three<p>four</p>", ["One two.", "three", "four"]),
        ("One<br>two<br/><br/>three", ["One\ntwo", "three"]),
        ("<ul><li>a<li>b</ul>", ["a", "b"]),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", ["a b", "c"]),
        ("<pre>a\n  b</pre>c\nd", ["a\nb", "c d"]),
        ("<p>a<script>x</script><style>y</style>b</p><noscript>z</noscript>", ["ab"]),
        ("<p style='display: none'>x</p><p hidden>y</p><p>z</p>", ["z"]),
        ("<figure><img><figcaption>legend</figcaption></figure>text", ["text"]),
        ("a<embed src='x'> b <object>c</object>", ["a b c"]),
        ("<p>\u00a0 </p>", []),
        ("<!-- x -->", []),
        ("", []),
        ("1 < 2 and 3 > 2", ["1 < 2 and 3 > 2"]),
    ],
)
def test_paragraphs(markup: str, expected: list[str]) -> None:
    assert [each.text for each in parse_prose(markup)] == expected


def test_links_stand_with_their_paragraphs() -> None:
    first, second = parse_prose(
        "<h2><a href='one'>First</a></h2><p>See <a href='//b.example.org/2'>the <i>second</i></a>, "
        "<a href='javascript:x'>not this</a> and <a href='#x'></a>.</p>",
        BASE,
    )
    assert first.is_heading
    assert first.links == (("First", BASE + "one"),)
    assert not second.is_heading
    assert second.links[0] == ("the second", "https://b.example.org/2")
    assert list(iter_addresses((first, second, first)))[:2] == [
        BASE + "one",
        "https://b.example.org/2",
    ]
    assert parse_prose("<a href='one'>First</a>")[0].links == ()


def test_a_line_has_no_markup() -> None:
    assert parse_line("<b>One</b><br> two &mdash; three\n") == "One two — three"


@pytest.mark.parametrize(
    ("base", "href", "expected"),
    [
        (BASE, "../x", "https://a.example.org/x"),
        (None, "x", None),
        (BASE, "mailto:x@example.org", None),
        (BASE, "//[", None),
        (None, " https://b.example.org ", "https://b.example.org"),
    ],
)
def test_addresses_are_joined(base: str | None, href: str, expected: str | None) -> None:
    assert join_address(base, href) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://s.example.org/url?sa=t&url=https%3A%2F%2Fb.example.org%2F1", "https://b.example.org/1"),
        ("https://s.example.org/l.php?u=http://b.example.org/&h=x", "http://b.example.org/"),
        ("https://s.example.org/share?url=https://b.example.org/", None),
        ("https://s.example.org/url?q=words", None),
        ("https://s.example.org/url?url=https://[b", None),
        ("https://[/url?url=https://b.example.org/", None),
    ],
)  # fmt: skip
def test_redirectors_are_seen_through(address: str, expected: str | None) -> None:
    assert unwrap(address) == (expected or address)


PIECES = st.sampled_from(
    ["<p>", "</p>", "<a href='x'>", "</a>", "<br>", "<pre>", "</pre>", "<td>", "&#0;", "&#xD800;"]
)


@settings(deadline=None)
@given(st.lists(PIECES | st.text(max_size=5), max_size=20))
def test_any_markup_ends_in_paragraphs(pieces: list[str]) -> None:
    for each in parse_prose("".join(pieces), BASE):
        assert each.text == each.text.strip() != ""
        assert "\n\n" not in each.text
        assert all(address.startswith("http") for _, address in each.links)
