"""What is found near an article depends on the window alone, and nothing in it is out of reach."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tidings.model import ArticleId, Vector
from tidings.story.nearest import Near, Nearest, NearestOptions
from tidings.story.shelf import Shelf

SMALL = NearestOptions(segment=6, every=3, lists=2, probes=2)
DIMENSIONS = 4

Item = tuple[ArticleId, Vector]


@st.composite
def streams(draw: st.DrawFn) -> list[Item]:
    seed = draw(st.integers(0, 2**32 - 1))
    count = draw(st.integers(1, 120))
    random = np.random.default_rng(seed)
    vectors = random.integers(-5, 6, (count, DIMENSIONS), dtype=np.int16)
    return [(ArticleId(f"{seed}-{number}"), vectors[number]) for number in range(count)]


def fill(items: list[Item], size: int, options: NearestOptions = SMALL) -> Nearest:
    nearest = Nearest(size, options)
    for article, vector in items:
        nearest.add(article, vector)
    return nearest


def find(nearest: Nearest, vector: Vector) -> Near:
    nearest.expect([vector])
    return nearest.find(0)


@given(streams(), st.integers(1, 60))
def test_it_is_a_function_of_the_window(items: list[Item], size: int) -> None:
    whole, resumed = fill(items, size), fill(items[-size:], size)
    gone = max(0, len(items) - size)
    for _, vector in items[-5:]:
        one, other = find(whole, vector), find(resumed, vector)
        assert (one.serials - gone).tolist() == other.serials.tolist()
        assert one.dots.tolist() == other.dots.tolist()


@given(streams(), st.integers(1, 60))
def test_with_every_pivot_looked_at_it_is_the_whole_product(items: list[Item], size: int) -> None:
    options = NearestOptions(segment=6, every=3, lists=1, probes=1000)
    nearest = fill(items, size, options)
    held = np.stack([vector for _, vector in items])[-size:].astype(np.float32)
    for _, vector in items[-5:]:
        found = find(nearest, vector)
        assert found.serials.tolist() == list(range(max(0, len(items) - size), len(items)))
        assert found.dots.tolist() == (held @ vector.astype(np.float32)).tolist()


@given(streams(), st.integers(1, 60), st.integers(1, 40))
def test_expecting_a_block_changes_nothing(items: list[Item], size: int, block: int) -> None:
    one_by_one, together = Nearest(size, SMALL), Nearest(size, SMALL)
    for start in range(0, len(items), block):
        part = items[start : start + block]
        together.expect([vector for _, vector in part])
        for place, (article, vector) in enumerate(part):
            alone, beside = find(one_by_one, vector), together.find(place)
            assert alone.serials.tolist() == beside.serials.tolist()
            assert alone.dots.tolist() == beside.dots.tolist()
            one_by_one.add(article, vector)
            together.add(article, vector)
    assert len(together) == min(size, len(items))


@given(streams())
def test_what_was_looked_at_is_held_and_in_order(items: list[Item]) -> None:
    found = find(fill(items, 40), items[0][1])
    assert np.all(np.diff(found.serials) > 0)
    assert set(found.serials.tolist()) <= set(range(max(0, len(items) - 40), len(items)))


def test_far_fewer_are_looked_at_than_are_held() -> None:
    """And the one that is the same is among them."""
    random = np.random.default_rng(1)
    vectors = np.rint(random.normal(size=(3000, 24)) * 200).astype(np.int16)
    options = NearestOptions(segment=200, every=10, lists=2, probes=20)
    nearest = fill([(ArticleId(str(n)), vector) for n, vector in enumerate(vectors)], 3000, options)
    for place in range(500, 2500, 100):
        found = find(nearest, vectors[place])
        assert place in found.serials
        assert len(found.serials) < 1500


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=30))
def test_a_shelf_is_a_list_that_loses_its_front(steps: list[tuple[int, int]]) -> None:
    shelf: Shelf[np.int64] = Shelf(np.dtype(np.int64))
    held: list[int] = []
    for more, fewer in steps:
        fresh = list(range(shelf.end, shelf.end + more))
        shelf.append(np.array(fresh, dtype=np.int64))
        held += fresh
        count = min(fewer, len(held))
        shelf.drop(count)
        del held[:count]
        assert shelf.rows().tolist() == held
        assert shelf.end - shelf.begin == len(held)


def test_an_empty_window_has_nothing_near() -> None:
    assert len(find(Nearest(5), np.ones(3, dtype=np.int16)).serials) == 0
