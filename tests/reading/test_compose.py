"""Offsets of composed text."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from tidings.model import Role
from tidings.reading.compose import NO_XML, compose

PARTS = st.lists(st.tuples(st.sampled_from(Role), st.text()))


def test_parts_are_stripped_and_parted_by_blank_lines() -> None:
    text, blocks = compose([(Role.HEADLINE, " One "), (Role.BODY, "\n"), (Role.BODY, "Two\nthree")])
    assert text == "One\n\nTwo\nthree"
    assert [(b.role, text[b.start : b.end]) for b in blocks] == [
        (Role.HEADLINE, "One"),
        (Role.BODY, "Two\nthree"),
    ]


@given(PARTS)
def test_blocks_hold_the_parts_and_white_space_parts_them(parts: list[tuple[Role, str]]) -> None:
    text, blocks = compose(parts)
    assert unicodedata.is_normalized("NFC", text)
    parts = [(role, NO_XML.sub(" ", raw)) for role, raw in parts]
    wanted = [(role, unicodedata.normalize("NFC", raw).strip()) for role, raw in parts]
    assert not NO_XML.search(text)
    assert [(b.role, text[b.start : b.end]) for b in blocks] == [pair for pair in wanted if pair[1]]
    ends = [0, *(block.end for block in blocks)]
    starts = [*(block.start for block in blocks), len(text)]
    assert all(not text[end:start].strip() for end, start in zip(ends, starts, strict=True))
