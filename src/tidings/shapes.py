"""What the vectors and names of stories say of their shape, for the list of them all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tidings.model import ArticleId, StoryId, Summary, Vector
from tidings.ports import Store
from tidings.story.focus import (
    DEFAULTS,
    find_looseness,
    measure_likeness,
    measure_names,
    spread,
)
from tidings.story.headlines import UNKNOWN, measure_nearness, primary
from tidings.story.usual import Usual

CHOICE = 3
"""Articles from which it is worth looking which one is in the middle of a story."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Of one story."""

    nearness: Mapping[ArticleId, float]  # to the middle, see story/headlines.py
    looseness: float = 0.0  # 1 for a beat, see story/focus.py


SHAPELESS = Shape(nearness=UNKNOWN)


def measure_shapes(
    store: Store, grouped: Mapping[StoryId, Sequence[Summary]]
) -> dict[StoryId, Shape]:
    """Of the stories with a choice of headlines, without loading texts."""
    summaries = {one.article: one for held in grouped.values() for one in held}
    vectors: defaultdict[StoryId, dict[ArticleId, Vector]] = defaultdict(dict)
    usual = Usual()
    for article, vector in store.vectors():
        if article not in summaries:
            continue
        told = summaries[article]
        usual.add(vector, primary(told.language))
        if len(grouped[told.story]) >= CHOICE:
            vectors[told.story][article] = vector
    return {
        story: Shape(
            nearness=measure_nearness(held),
            looseness=_measure_looseness(store, held, usual, summaries),
        )
        for story, held in vectors.items()
    }


def _measure_looseness(
    store: Store,
    held: Mapping[ArticleId, Vector],
    usual: Usual,
    summaries: Mapping[ArticleId, Summary],
) -> float:
    """Names are asked for only where vectors leave it open."""
    if len(held) < DEFAULTS.least:
        return 0.0
    means = usual.means()
    rows = [usual.row(primary(summaries[one].language)) for one in held]
    likeness = measure_likeness(list(held.values()), np.asarray(means[rows]))
    if not find_looseness(likeness, 0.0):
        return 0.0
    sketches = map(store.find_sketch, spread(list(held)))
    return find_looseness(likeness, measure_names(one.terms for one in sketches if one))
