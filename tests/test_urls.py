"""Addresses."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.urls import canonical, join, registrable_domain


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "HTTPS://Www.Example.COM:443/A/b?utm_source=x&id=3&fbclid=9#part",
            "https://www.example.com/A/b?id=3",
        ),
        (" http://example.org ", "http://example.org/"),
        ("http://example.org:8080/x/", "http://example.org:8080/x/"),
        ("//cdn.example.org/x", "https://cdn.example.org/x"),
        ("https://user:secret@example.org/", "https://example.org/"),
        ("https://example.org/news?12345", "https://example.org/news?12345"),
        (
            "https://example.org/?gallery=5&amp;cid=7&gclid=1",
            "https://example.org/?gallery=5&cid=7",
        ),
        ("http://пример.рф/путь", "http://xn--e1afmkfd.xn--p1ai/%D0%BF%D1%83%D1%82%D1%8C"),
        ("http://127.0.0.1/x", "http://127.0.0.1/x"),
        ("http://[::1]:80/", "http://[::1]/"),
        ("https://example.org/a%20b c", "https://example.org/a%20b%20c"),
    ],
)
def test_canonical(url: str, expected: str) -> None:
    assert canonical(url) == expected


@pytest.mark.parametrize(
    "url",
    ["", "mailto:a@example.org", "/path", "example.org/x", "http://", "http://[::1/", "http://a..b/",
     "javascript:void(0)", "http://localhost/", "http://999.1.1.1/", "https://x.example:port/",
     "http://exa mple.org/", "ftp://example.org/x"],
)  # fmt: skip
def test_what_is_no_address_is_none(url: str) -> None:
    assert canonical(url) is None
    assert registrable_domain(url) is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.bbc.co.uk/news", "bbc.co.uk"),
        ("http://ru.example.com.ua/a", "example.com.ua"),
        ("https://name.github.io/x", "name.github.io"),
        ("http://127.0.0.1/", None),
        ("http://unknown.nosuchsuffixatall/", None),
    ],
)
def test_registrable_domain(url: str, expected: str | None) -> None:
    assert registrable_domain(url) == expected


@given(
    st.text() | st.text().map("https://{}".format) | st.text().map("https://example.org/{}".format)
)
def test_any_text_is_canonical_once_for_all(url: str) -> None:
    once = canonical(url)
    registrable_domain(url)
    if once is not None:
        assert canonical(once) == once
        assert once.isascii()


def test_a_day_of_addresses_takes_seconds() -> None:
    start = time.perf_counter()
    for n in range(4_000):
        url = f"https://news.site{n % 500}.co.uk/a/{n}?utm_source=x&id={n}"
        canonical(url)
        registrable_domain(url)
    assert time.perf_counter() - start < 2.5


def test_an_address_is_joined_or_none() -> None:
    assert join("https://example.org/a/b", " ../c ") == "https://example.org/c"
    assert join(None, "https://example.org/c") == "https://example.org/c"
    assert join("https://example.org", "http://[") is None


HOSTS = st.lists(st.text("abz09-_.", min_size=1, max_size=6), min_size=1, max_size=4).map(".".join)


@given(HOSTS, st.sampled_from(("", "/", "/a?b", "?c", ":80/", "#d")))
def test_a_plain_address_has_the_domain_that_it_has_however_it_is_written(
    host: str, rest: str
) -> None:
    plain, odd = f"https://{host}.org{rest}", f" HTTPS://{host.upper()}.ORG{rest}"
    assert registrable_domain(plain) == registrable_domain(odd)
