"""The last articles by arrival, with the stories they are in: all that an assignment depends on.

Every count is a whole number that is added when an article comes and taken off when it leaves, so
that what is held is a function of the articles in the window alone.
"""

from __future__ import annotations

import sys
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import log

import numpy as np
from numpy.typing import NDArray

from tidings.model import ArticleId, Sketch, StoryId
from tidings.story.frequencies import find_share

PRIOR = 1000
"""Articles that the background table counts for: so many seen ones weigh as much as the table."""


@dataclass(slots=True, kw_only=True, eq=False)
class Held:
    """One article in the window."""

    serial: int  # place in the order of arrival
    sketch: Sketch
    hours: float  # middle of published in hours since 1970, nan where unknown
    cluster: Cluster


@dataclass(slots=True, kw_only=True, eq=False)
class Cluster:
    """A story as far as it lies in the window."""

    id: StoryId
    slot: int  # names it inside arrays; means nothing else
    total: NDArray[np.int64]  # sum of the members' vectors
    members: list[Held] = field(default_factory=list)  # in order of arrival
    serials: list[int] = field(default_factory=list)  # theirs
    terms: Counter[str] = field(default_factory=Counter)  # members that have each
    languages: Counter[str] = field(default_factory=Counter)


class Window:
    """At most ``size`` articles; ``spare`` more rows let a block of new ones be compared with
    all of them in one matrix product."""

    def __init__(self, size: int, spare: int) -> None:
        self._size = size
        self._spare = spare
        self._held: deque[Held] = deque()
        self._next = 0  # serial of the next article
        self._base = 0  # serial of row 0
        self._vectors = np.zeros((0, 0), dtype=np.float32)
        self._slots = np.full(0, -1, dtype=np.int64)
        self._hours = np.full(0, np.nan)
        self._by_article: dict[ArticleId, Held] = {}
        self._clusters: dict[StoryId, Cluster] = {}
        self._by_slot: dict[int, Cluster] = {}
        self._next_slot = 0
        self._frequency: Counter[str] = Counter()
        self._languages: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._held)

    def has_story(self, story: StoryId) -> bool:
        return story in self._clusters

    def compare(self, block: Sequence[Sketch]) -> NDArray[np.float32]:
        """Shape (block, rows): dot products with every row, the block's own included, which are
        taken to be added one after the other from now on. At most ``spare`` sketches."""
        first = self._make_room(len(block), len(block[0].vector))
        for row, sketch in enumerate(block, start=first):
            self._vectors[row] = sketch.vector
        end = first + len(block)
        product: NDArray[np.float32] = self._vectors[first:end] @ self._vectors[:end].T
        return product

    def rows(self) -> slice:
        """Where the window lies among the rows of ``compare``."""
        return slice(self._next - len(self._held) - self._base, self._next - self._base)

    def slots(self) -> NDArray[np.int64]:
        """By row, the slot of its story."""
        return self._slots

    def hours(self) -> NDArray[np.float64]:
        """By row, the article's time in hours, nan where unknown."""
        return self._hours

    def rows_of(self, cluster: Cluster) -> NDArray[np.int64]:
        """The rows of its members, in their order."""
        return np.array(cluster.serials, dtype=np.int64) - self._base

    def cluster(self, slot: int) -> Cluster:
        return self._by_slot[slot]

    def member(self, serial: int) -> Held:
        return self._held[serial - self._held[0].serial]

    def find(self, article: ArticleId) -> Held | None:
        return self._by_article.get(article)

    def weigh_term(self, term: str) -> float:
        """Inverse document frequency, of stems within their language."""
        language = term.split(":", 2)[1] if term[0] == "w" else ""
        total = self._languages[language] if language else len(self._held)
        expected = PRIOR * find_share(term)
        return log((total + PRIOR) / (self._frequency.get(term, 0) + expected + 1))

    def add(self, sketch: Sketch, story: StoryId) -> None:
        """The article comes into the window, the oldest leaves where it is full."""
        row = self._make_room(1, len(sketch.vector))
        self._vectors[row] = sketch.vector
        sketch = replace(sketch, terms=tuple(map(sys.intern, sketch.terms)))  # held once
        cluster = self._clusters.get(story) or self._open(story, len(sketch.vector))
        held = Held(serial=self._next, sketch=sketch, hours=count_hours(sketch), cluster=cluster)
        self._slots[row] = cluster.slot
        self._hours[row] = held.hours
        self._held.append(held)
        self._by_article[sketch.article] = held
        self._next += 1
        self._count(held, 1)
        cluster.members.append(held)
        cluster.serials.append(held.serial)
        if len(self._held) > self._size:
            self._forget()

    def _open(self, story: StoryId, dimensions: int) -> Cluster:
        total = np.zeros(dimensions, dtype=np.int64)
        cluster = Cluster(id=story, slot=self._next_slot, total=total)
        self._next_slot += 1
        self._clusters[story] = self._by_slot[cluster.slot] = cluster
        return cluster

    def _forget(self) -> None:
        held = self._held.popleft()
        del self._by_article[held.sketch.article]
        cluster = held.cluster
        del cluster.members[0], cluster.serials[0]  # the oldest of all is its story's oldest
        self._count(held, -1)
        if not cluster.members:
            del self._clusters[cluster.id], self._by_slot[cluster.slot]

    def _count(self, held: Held, by: int) -> None:
        """Adding is the way of every article, so it counts in bulk; taking off clears zeros."""
        sketch, cluster = held.sketch, held.cluster
        cluster.total += by * sketch.vector.astype(np.int64)
        language = language_of(sketch)
        _step(self._languages, language, by)
        _step(cluster.languages, language, by)
        if by > 0:
            self._frequency.update(sketch.terms)
            cluster.terms.update(sketch.terms)
            return
        for term in sketch.terms:
            _step(self._frequency, term, by)
            _step(cluster.terms, term, by)

    def _make_room(self, count: int, dimensions: int) -> int:
        """The row of the next article; ``count`` rows from there on are free then."""
        row = self._next - self._base
        if row + count <= len(self._vectors):
            return row
        kept = self.rows()
        length = len(self._held)
        capacity = min(2 * (length + count), self._size) + max(self._spare, count)
        for name, blank in (("_vectors", 0), ("_slots", -1), ("_hours", np.nan)):
            old = getattr(self, name)
            shape = (capacity, dimensions) if name == "_vectors" else (capacity,)
            new = np.full(shape, blank, dtype=old.dtype)
            new[:length] = old[kept] if length else new[:0]
            setattr(self, name, new)
        self._base += row - length
        return length


def count_hours(sketch: Sketch) -> float:
    middle = sketch.published.middle
    return float("nan") if middle is None else middle.timestamp() / 3600


def language_of(sketch: Sketch) -> str:
    return sketch.language.partition("-")[0].lower()


def _step(counter: Counter[str], key: str, by: int) -> None:
    counter[key] += by
    if not counter[key]:
        del counter[key]
