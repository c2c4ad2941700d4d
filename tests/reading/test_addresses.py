"""Lists of addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.reading.addresses import Addresses, is_address_list, parse_addresses

LIST = """\ufeff# to be fetched

https://a.example.org/1?utm_source=x
<https://b.example.org/2>
www.c.example.org/3   # the third
https://a.example.org/1?utm_source=x
two words
ftp://d.example.org/4
""".encode()


def test_addresses_are_kept_as_given_and_the_rest_is_told() -> None:
    found = parse_addresses(LIST)
    assert isinstance(found, Addresses)
    assert found.found == (
        "https://a.example.org/1?utm_source=x",
        "https://b.example.org/2",
        "https://www.c.example.org/3",
    )
    assert found.refused == (
        "line 7: 'two words' is no web address",
        "line 8: 'ftp://d.example.org/4' is no web address",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://a.example.org/1\n", True),
        ("# a\n\nhttps://a.example.org/1\r\nhttps://a.example.org/2\r\n", True),
        ("a.example.org\nb.example.org/x\n", True),
        ("a.example.org\n", False),
        ("https://a.example.org/1\nA sentence about it.\n", False),
        ("Kallas and Rubio speak\n\nhttps://a.example.org/1\n", False),
        ("# only a remark\n", False),
        ("", False),
        ("https://a.example.org/1 is down\n", False),
        ("Hello.World\nYes.No\n", True),
    ],
)
def test_a_list_has_nothing_but_addresses(text: str, expected: bool) -> None:
    assert is_address_list(text.encode()) is expected


def test_a_last_line_that_is_not_whole_does_not_count() -> None:
    assert is_address_list(b"https://a.example.org/1\nhttps://b.example.org/2\nThe")
    assert is_address_list("https://a.example.org/1\n".encode("utf-16"))


@given(st.binary(max_size=200))
def test_any_bytes_end(data: bytes) -> None:
    is_address_list(data)
    parse_addresses(data)


@given(st.lists(st.integers(0, 99), min_size=1))
def test_each_address_once(numbers: list[int]) -> None:
    lines = [f"https://a.example.org/{number}" for number in numbers]
    found = parse_addresses("\n".join(lines).encode())
    assert isinstance(found, Addresses)
    assert found.found == tuple(dict.fromkeys(lines))
    assert is_address_list("\n".join(lines).encode())
