"""Two versions: nothing invented, nothing lost, told in few words, never slow."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.model import Article, ArticleId, Block, PageId, Role
from tidings.story.alignment import find_gaps
from tidings.story.difference import Change, difference
from tidings.times import unknown


def make_article(name: str, body: str, headline: str = "") -> Article:
    block = Block(role=Role.BODY, start=0, end=len(body))
    return Article(
        id=ArticleId(name),
        page=PageId("p"),
        position=0,
        url=None,
        publisher=None,
        published=unknown("not told"),
        modified=None,
        language="en",
        headline=headline,
        byline=(),
        text=body,
        blocks=(block,) if body else (),
        links=(),
        is_cut=False,
        extractor="test",
        grounds=(),
    )


def turn(a: Sequence[str], b: Sequence[str]) -> list[str]:
    """``a`` with its gaps filled by ``b``'s."""
    made, at = list[str](), 0
    for i, j, k, end in find_gaps(a, b):
        made += [*a[at:i], *b[k:end]]
        at = j
    return [*made, *a[at:]]


LETTERS = st.lists(st.sampled_from("abcdefgh"), max_size=40)


@given(LETTERS, LETTERS)
def test_gaps_turn_one_into_the_other(a: list[str], b: list[str]) -> None:
    assert turn(a, b) == b
    assert find_gaps(a, a) == []


@given(st.lists(st.integers(0, 500), max_size=80, unique=True), st.integers(0, 80))
def test_what_is_put_in_is_all_that_is_told(a: list[int], at: int) -> None:
    at = min(at, len(a))
    assert find_gaps(a, [*a[:at], -1, *a[at:]]) == [(at, at, at, at + 1)]


OLD = "The bridge is open. Nine people crossed it.\nThe mayor cut a ribbon."
SAME = "The bridge is open. Nine people crossed it."


@pytest.mark.parametrize(
    ("body", "headline", "summary"),
    [
        (OLD, "Bridge open", "the same words"),
        (OLD.replace("Nine", "Ten"), "Bridge open", "1 sentence changed"),
        (OLD, "Bridge open to all", "2 words of the headline"),
        (f"{OLD}\nIt cost a million. It will last.", "Bridge open", "1 paragraph added"),
        (SAME, "Bridge open", "1 paragraph removed"),
        (f"{SAME} It rained.\nThe mayor cut a ribbon.", "Bridge open", "1 sentence added"),
        (f"The mayor cut a ribbon.\n{SAME}", "Bridge open", "1 sentence moved"),
        ("", "", "2 words of the headline, 2 paragraphs removed"),
    ],
)
def test_the_summary_is_one_line(body: str, headline: str, summary: str) -> None:
    earlier = make_article("a", OLD, "Bridge open")
    assert difference(earlier, make_article("b", body, headline)).summary == summary


def test_changed_words_are_shown_in_both() -> None:
    earlier = make_article("a", "Police said that three people were hurt in the crash.")
    later = make_article("b", "Police said that at least five people were hurt in the crash.")
    told = difference(earlier, later)
    (edit,) = told.edits
    assert edit.change is Change.CHANGED
    (words,) = edit.words
    assert earlier.text[slice(*words.earlier)] == "three"
    assert later.text[slice(*words.later)] == "at least five"
    assert told.share == pytest.approx(4 / 24, abs=1e-4)


def test_texts_without_spaces_are_compared_by_sign() -> None:
    earlier, later = make_article("a", "桥今天开放。"), make_article("b", "桥明天开放。")
    (edit,) = difference(earlier, later).edits
    (words,) = edit.words
    assert later.text[slice(*words.later)] == "明"


SENTENCES = st.sampled_from(
    ("The bridge is open.", "It rained all day.", "Nobody came.", "It rained all night.", "\n")
)
BODIES = st.lists(SENTENCES, max_size=14).map(" ".join)


@given(BODIES, BODIES, st.text(max_size=20), st.text(max_size=20))
def test_laws(first: str, second: str, a: str, b: str) -> None:
    earlier, later = make_article("a", first, a), make_article("b", second, b)
    told = difference(earlier, later)
    assert difference(earlier, earlier).is_empty
    assert 0 <= told.share <= 1
    for edit in told.edits:
        for side, article in ((edit.earlier, earlier), (edit.later, later)):
            assert side is None or article.text[side.start : side.end] == side.text
        for words in edit.words:
            assert edit.earlier
            assert edit.later
            assert edit.earlier.start <= words.earlier[0] <= words.earlier[1] <= edit.earlier.end
            assert edit.later.start <= words.later[0] <= words.later[1] <= edit.later.end
    back = difference(later, earlier)
    assert back.share == pytest.approx(told.share, abs=0.3)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("It rained. ", "It rained all day. "),
        ("a b ", "b a "),
        ("x", "y"),
        ("雨", "雪雨"),
    ],
)
def test_two_megabytes_do_not_hang(first: str, second: str) -> None:
    """Of one thing again and again, the worst that there is."""
    size = 2_000_000
    earlier, later = (
        make_article(one, one * (size // len(one.encode()))) for one in (first, second)
    )
    start = time.process_time()
    difference(earlier, later)
    assert time.process_time() - start < 30


def test_an_order_turned_round_does_not_hang() -> None:
    words = [f"w{n}." for n in range(30_000)]
    start = time.process_time()
    difference(make_article("a", " ".join(words)), make_article("b", " ".join(words[::-1])))
    assert time.process_time() - start < 10
