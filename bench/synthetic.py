"""More news than there is: the day's real sketches told again as other stories on other days.

Each telling keeps the sizes of stories, the likeness of articles within them, the hours of the
day, languages and common terms. A story's vectors are moved together towards an article that it
has nothing to do with, so that they stay where news lies; its rare terms get a mark of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from hashlib import blake2b
from itertools import count

import numpy as np
from numpy.typing import NDArray

from grouping import link_average
from tidings.model import ArticleId, Sketch, StoryId
from tidings.reading.vectors import round_vector
from tidings.story.frequencies import find_share
from tidings.times import Interval

SHIFT = 1.5
"""Length of the move, of vectors of length 1: a story's tellings lie .3 apart from one another in
the cosine, as stories on one subject do."""

COSINE = 0.45
"""Of average linkage: it scores best on the labelled day (bench/baselines.py)."""

RARE = 0.001  # share of articles: terms below it are a story's own


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A sketch of a made-up day, and the story that it belongs to."""

    sketch: Sketch
    story: StoryId


def tell_days(day: Sequence[Sketch], first: int = 0) -> Iterator[Told]:
    """Without end, day by day from the ``first`` on, each in the order of ``day``. Stories are
    those of average linkage. The same arguments give the same stream."""
    table = np.stack([one.vector for one in day]).astype(np.float32)
    table /= np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1)
    (grouping,) = link_average(table, (COSINE,))
    for number in count(first):
        for place, sketch in enumerate(day):
            story = StoryId(f"{grouping.groups[place]}~{number}")
            yield Told(sketch=_tell(sketch, table, place, (story, number)), story=story)


def _tell(
    sketch: Sketch, table: NDArray[np.float32], place: int, telling: tuple[StoryId, int]
) -> Sketch:
    story, number = telling
    towards = table[_draw(story, len(table))]
    return replace(
        sketch,
        article=ArticleId(f"{sketch.article}~{number}"),
        published=_later(sketch.published, number),
        terms=tuple(sorted(_mark(term, number) for term in sketch.terms)),
        signature=sketch.signature.copy(),
        vector=round_vector(table[place] + SHIFT * towards),
    )


def _later(time: Interval, days: int) -> Interval:
    gap = timedelta(days=days)
    start = time.start + gap if time.start else None
    return replace(time, start=start, end=time.end + gap if time.end else None)


def _mark(term: str, number: int) -> str:
    return f"{term}~{number}" if _is_rare(term) else term


@lru_cache(maxsize=1_000_000)
def _is_rare(term: str) -> bool:
    return find_share(term) < RARE


def _draw(key: str, count: int) -> int:
    digest = blake2b(key.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little") % count
