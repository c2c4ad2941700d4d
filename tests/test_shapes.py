"""Which stories are told to be loose, from what a store holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import numpy as np

from tidings.model import ArticleId, Sketch, StoryId, Summary, Vector
from tidings.ports import Store
from tidings.shapes import measure_shapes
from tidings.times import unknown

EAST, WEST = (4000, 0, 0), (-4000, 0, 0)


@dataclass
class Held:
    """A store of these articles that can do nothing else."""

    sketches: dict[ArticleId, Sketch]

    def vectors(self) -> Iterator[tuple[ArticleId, Vector]]:
        return ((article, one.vector) for article, one in self.sketches.items())

    def find_sketch(self, article: ArticleId) -> Sketch | None:
        return self.sketches[article]


def make(name: str, vector: tuple[int, ...], terms: tuple[str, ...] = ()) -> Sketch:
    return Sketch(
        article=ArticleId(name),
        published=unknown("test"),
        language="en",
        publisher=None,
        terms=terms,
        signature=np.zeros(0, dtype=np.uint32),
        vector=np.array(vector, dtype=np.int16),
    )


def find_looseness(stories: dict[str, list[Sketch]]) -> dict[str, float]:
    held = Held({one.article: one for sketches in stories.values() for one in sketches})
    grouped = {
        StoryId(story): [
            Summary(
                article=one.article,
                story=StoryId(story),
                headline="",
                lead="",
                url=None,
                publisher=None,
                language=one.language,
                published=one.published,
            )
            for one in sketches
        ]
        for story, sketches in stories.items()
    }
    shapes = measure_shapes(cast(Store, held), grouped)
    return {story: shape.looseness for story, shape in shapes.items()}


def test_large_stories_that_point_everywhere_are_loose_unless_names_hold_them() -> None:
    both = [EAST, WEST] * 5
    found = find_looseness(
        {
            "one thing": [make(f"a{n}", EAST) for n in range(10)],
            "a beat": [make(f"b{n}", vector) for n, vector in enumerate(both)],
            "named": [
                make(f"c{n}", vector, tuple(f"n:zzkq{letter}" for letter in "abcdefgh"))
                for n, vector in enumerate(both)
            ],
            "few": [make(f"d{n}", vector) for n, vector in enumerate(both[:4])],
            "fewer": [make(f"e{n}", vector) for n, vector in enumerate(both[:2])],
        }
    )
    assert found == {"one thing": 0, "a beat": 1, "named": found["named"], "few": 0}
    assert found["named"] < 1
