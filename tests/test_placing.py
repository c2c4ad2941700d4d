"""Articles placed together go where they would one by one; what the log holds stays there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import cast

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tidings.model import Article, ArticleId, Decision, Digest, PageId, Sketch, StoryId, Verb
from tidings.placing import Placer
from tidings.ports import Store
from tidings.story.assign import AssignOptions
from tidings.story.fold import fold
from tidings.story.repair import RULE as REPAIR
from tidings.story.similarity import Nearness
from tidings.times import unknown

EAGER = AssignOptions(nearness=Nearness(threshold=0.24))
EAST, WEST, BETWEEN = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (1.0, 1.0, 0.0)


def make_digest(name: str, direction: Sequence[float], supersedes: str | None = None) -> Digest:
    article = Article(
        id=ArticleId(name),
        page=PageId(name),
        position=0,
        url=None,
        publisher=None,
        published=unknown("not told"),
        modified=None,
        language="en",
        headline=name,
        byline=(),
        text=name,
        blocks=(),
        links=(),
        is_cut=False,
        extractor="test/1",
        grounds=(),
        supersedes=ArticleId(supersedes) if supersedes else None,
    )
    length = float(np.linalg.norm(direction))
    sketch = Sketch(
        article=article.id,
        published=article.published,
        language="en",
        publisher=None,
        terms=(),
        signature=np.zeros(0, dtype=np.uint32),
        vector=np.round(np.array(direction) / length * 4000).astype(np.int16),
    )
    return Digest(article=article, notes=(), lexemes=(), sketch=sketch)


class Shelf:
    """As much of a store as placing asks for."""

    def __init__(self) -> None:
        self.log: list[Decision] = []

    def decisions(self) -> Iterator[Decision]:
        return iter(self.log)

    def decisions_of(self, story: StoryId) -> Iterator[Decision]:
        return (line for line in self.log if line.story == story)

    def find_story_of(self, article: ArticleId) -> StoryId | None:
        return self.places().get(article)

    def versions(self, article: ArticleId) -> tuple[ArticleId, ...]:
        return (article,)

    def places(self) -> dict[ArticleId, StoryId]:
        return {one: story.id for story in fold(self.log).values() for one in story.articles}


def place(batches: Sequence[Sequence[Digest]], shelf: Shelf | None = None) -> Shelf:
    """In one run, of which each batch is written; it follows the log of a shelf that is given."""
    held = shelf or Shelf()
    placer = Placer(cast(Store, held), EAGER)
    if shelf:
        placer.follow_log()
    for batch in batches:
        decisions, _ = placer.place(batch)
        held.log += decisions
    return held


MERGED = (
    make_digest("east", EAST),
    make_digest("west", WEST),
    make_digest("between", BETWEEN),
    make_digest("east-2", EAST, "east"),
    make_digest("west-2", WEST, "west"),
)
"""The third makes one story of two; then come new versions of the first and the second."""


@given(st.sets(st.integers(1, len(MERGED) - 1)))
def test_a_version_goes_where_the_earlier_one_has_just_been_moved(cuts: set[int]) -> None:
    one_by_one = place([[digest] for digest in MERGED])
    assert any(line.verb is Verb.MOVED for line in one_by_one.log)
    assert len(set(one_by_one.places().values())) == 1
    ends = [0, *sorted(cuts), len(MERGED)]
    assert place([MERGED[start:end] for start, end in pairwise(ends)]).log == one_by_one.log


def test_a_log_that_is_followed_is_not_repaired() -> None:
    """An article that it has nothing of may join what it has, and that stays where it is."""
    shelf = place([[*MERGED[:2]]])
    before = shelf.places()
    place([MERGED[:3]], shelf)
    assert shelf.places().items() > before.items()
    assert not [line for line in shelf.log if line.by == REPAIR]
