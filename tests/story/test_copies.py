"""Copies: exact likeness, candidates that miss nothing, the earliest held version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sketching import make_sketch

from tidings.model import ArticleId, Copy, CopyKind, Sketch
from tidings.story import shingles
from tidings.story.copies import Copies, confirm
from tidings.story.lexemes import split_words
from tidings.story.lookalikes import CopyIndex, CopyOptions
from tidings.story.postings import Postings
from tidings.story.shingles import compare, count_shingles, sign

HASHES = st.sets(st.integers(0, 2**32 - 1) | st.integers(0, 40), max_size=30)


def prose(seed: int, count: int) -> str:
    """Words that no other seed has, none twice."""
    return " ".join(f"w{seed}x{number}" for number in range(count))


def article(name: str, text: str, publisher: str | None = None) -> Sketch:
    sketch = make_sketch(0, text=text)
    return replace(sketch, article=ArticleId(name), publisher=publisher)


def stream(*articles: Sketch) -> list[Copy | None]:
    copies, found = Copies(), []
    for one in articles:
        found.append(copies.find(one))
        copies.add(one)
    return found


def array(hashes: Sequence[int] | set[int]) -> np.ndarray:
    return np.array(sorted(hashes), dtype=np.uint32)


@given(
    st.lists(st.sampled_from("abcdefg"), max_size=60),
    st.lists(st.sampled_from("abcdefg"), max_size=60),
)
def test_likeness_is_that_of_the_word_runs(first: list[str], second: list[str]) -> None:
    a, b = (
        {tuple(words[at : at + 5]) for at in range(max(1, len(words) - 4))} if words else set()
        for words in (first, second)
    )
    likeness = compare(sign(" ".join(first)), sign(" ".join(second)))
    shared = len(a & b)
    assert likeness.jaccard == (shared / len(a | b) if a and b else 0)
    assert likeness.of_first == (shared / len(a) if a and b else 0)
    assert likeness.of_second == (shared / len(b) if a and b else 0)


def test_long_texts_are_sampled_and_stay_comparable() -> None:
    words = prose(1, 8_000).split()
    whole, part = sign(" ".join(words)), sign(" ".join(words[:400]))
    assert len(whole) == shingles.KEPT
    assert abs(count_shingles(whole) - 7_996) < 800
    likeness = compare(part, whole)
    assert likeness.of_first == 1
    assert abs(likeness.of_second - 0.05) < 0.03


@given(st.lists(st.tuples(st.integers(0, 12), HASHES), max_size=60), st.data())
def test_postings_hold_what_was_added_and_not_removed(
    steps: list[tuple[int, set[int]]], data: st.DataObject
) -> None:
    postings, held = Postings(buffer=3), dict[int, set[int]]()
    for member, hashes in steps:
        if member in held:
            postings.remove(member)
            del held[member]
        elif hashes:
            postings.add(member, array(hashes))
            held[member] = hashes
    asked = data.draw(HASHES)
    hits = postings.find(array(asked), 10**6)
    expected = {m: len(h & asked) for m, h in held.items() if h & asked}
    assert dict(zip(hits.members.tolist(), hits.counts.tolist(), strict=True)) == expected


def test_frequent_hashes_are_followed_last() -> None:
    postings = Postings()
    for member in range(100):
        postings.add(member, array({7, 1_000 + member}))
    hits = postings.find(array({7, 1_005}), 10)
    assert hits.asked.tolist() == [1_005]
    assert hits.members.tolist() == [5]
    assert postings.find(array({7}), 10).members.tolist() == list(range(100))


def test_the_index_gives_members_in_order_with_what_they_share() -> None:
    index, text = CopyIndex(), prose(2, 120)
    for member, made in enumerate((text, prose(3, 120), f"{text} {prose(4, 40)}")):
        index.add(member, sign(made))
    assert [member for member, _ in index.find_alike(sign(text))] == [0, 2]
    index.remove(0)
    assert [member for member, _ in index.find_alike(sign(text))] == [2]


@settings(max_examples=30)
@given(st.integers(0, 10**6), st.integers(30, 400), st.integers(0, 12))
def test_no_near_copy_is_missed(seed: int, count: int, edits: int) -> None:
    """Exact comparison of all is the judge."""
    words = prose(seed, count).split()
    other = list(words)
    for edit in range(edits):
        other[(seed + edit * edit * 31) % count] = "other"
    index = CopyIndex()
    index.add(0, sign(" ".join(words)))
    jaccard = compare(sign(" ".join(other)), sign(" ".join(words))).jaccard
    found = index.find_alike(sign(" ".join(other)))
    near = [(member, one.jaccard) for member, one in found if one.jaccard >= CopyOptions().jaccard]
    assert near == ([(0, jaccard)] if jaccard >= CopyOptions().jaccard else [])


def test_each_kind_is_told() -> None:
    text = prose(5, 200)
    part, more = " ".join(text.split()[:80]), f"{prose(6, 300)} {text}"
    edited = text.replace(text.split()[100], "edited")
    found = stream(
        *(
            article(name, made)
            for name, made in (
                ("a", text),
                ("b", text.upper()),
                ("c", edited),
                ("d", part),
                ("e", more),
            )
        )
    )
    assert [(one.of, one.kind) if one else None for one in found] == [
        None,
        ("a", CopyKind.EXACT),
        ("a", CopyKind.NEAR),
        ("a", CopyKind.WITHIN),
        ("a", CopyKind.AROUND),
    ]
    shares = [one.share for one in found if one]
    assert shares[0] == shares[2] == shares[3] == 1
    assert 0.9 < shares[1] < 1


def test_a_copy_of_a_copy_is_the_first_ones() -> None:
    text = prose(7, 100)
    found = stream(*(article(name, text) for name in "abcd"))
    assert [one.of for one in found if one] == ["a", "a", "a"]


def test_what_is_set_apart_is_passed_over() -> None:
    copies, text = Copies(), prose(8, 100)
    copies.add(article("a", text))
    copies.add(article("b", text))
    copy = copies.find(article("a@2", text), apart=["a"])
    assert copy is not None
    assert copy.of == "b"


def test_long_texts_are_told_to_be_exact_by_all_their_words() -> None:
    text = prose(13, 3_000)
    other = text.replace("w13x1500 ", "another ")
    for made, kind in ((text.upper(), CopyKind.EXACT), (other, CopyKind.NEAR)):
        _, copy = stream(article("a", text), article("b", made))
        assert copy is not None
        assert copy.kind is CopyKind.NEAR
        told = confirm(copy, made, text)
        assert told.kind is kind
        assert told.share == (1 if kind is CopyKind.EXACT else pytest.approx(0.9967, abs=1e-4))


@pytest.mark.parametrize(("count", "share"), [(80, 1), (100, 0.76)])
def test_the_share_of_a_part_is_of_all_its_words(count: int, share: float) -> None:
    text = prose(14, 400)
    part = " ".join([*text.split()[:80], *prose(15, count - 80).split()])
    _, copy = stream(article("a", text), article("b", part))
    assert copy is not None
    told = confirm(copy, part, text)
    assert (told.kind, told.share) == (CopyKind.WITHIN, copy.share)
    assert told.share == pytest.approx(share, abs=0.04)


def test_short_texts_are_nobodys_copy() -> None:
    found = stream(article("a", "page not found"), article("b", "page not found"))
    assert found == [None, None]


def test_a_short_part_within_another_text_says_nothing() -> None:
    few = prose(9, 30)
    found = stream(article("a", few), article("b", f"{few} {prose(10, 300)}"))
    assert found == [None, None]


def test_a_publishers_own_notices_make_no_copies() -> None:
    notice = prose(11, 90)
    made = [article(f"a{n}", f"{prose(20 + n, 40)} {notice}", "Example Times") for n in range(9)]
    found = stream(*made)
    assert all(one is None for one in found[5:])
    text = prose(12, 300)
    abroad = [article(f"b{n}", f"{prose(40 + n, 40)} {text}", f"Paper {n}") for n in range(9)]
    assert all(one is not None for one in stream(*abroad)[1:])


def test_the_window_forgets_and_a_replay_equals_going_on() -> None:
    options = CopyOptions(window=5)
    texts = [prose(n % 4, 60) for n in range(30)]
    sketches = [article(f"a{n:02}", text) for n, text in enumerate(texts)]
    going = Copies(options)
    for at, sketch in enumerate(sketches):
        fresh = Copies(options)
        for held in sketches[max(0, at - 5) : at]:
            fresh.add(held)
        assert going.find(sketch) == fresh.find(sketch)
        going.add(sketch)
    assert len(going) == 5


@given(st.text(max_size=400))
def test_any_text_has_a_sorted_signature(text: str) -> None:
    signature = sign(text)
    assert signature.dtype == np.uint32
    assert (np.diff(signature.astype(np.int64)) > 0).all()
    assert (len(signature) == 0) == (not split_words(text))
