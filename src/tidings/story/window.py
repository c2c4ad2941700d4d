"""The last articles by arrival, with the stories they are in: all that an assignment depends on.

Every sum is of whole numbers and changes when an article comes, leaves or is moved, so that what
is held is a function of the articles in the window and their stories alone.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tidings.model import ArticleId, Sketch, StoryId
from tidings.story.sums import Cluster, Held, join, language_of, leave, take_in
from tidings.story.usual import Usual

SLACK = 8
"""One row in so many of a window's size is kept free."""


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
        self._slots = np.zeros(0, dtype=np.int64)
        self._by_article: dict[ArticleId, Held] = {}
        self._clusters: dict[StoryId, Cluster] = {}
        self._by_slot: dict[int, Cluster] = {}
        self._next_slot = 0
        self.usual = Usual()

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

    def rows_of(self, cluster: Cluster) -> NDArray[np.int64]:
        """The rows of its members, in their order."""
        serials = [held.serial for held in cluster.members]
        return np.array(serials, dtype=np.int64) - self._base

    def cluster(self, slot: int) -> Cluster:
        return self._by_slot[slot]

    def story(self, story: StoryId) -> Cluster:
        return self._clusters[story]

    def find(self, article: ArticleId) -> Held | None:
        return self._by_article.get(article)

    def add(self, held: Held, story: StoryId) -> Cluster:
        """The article comes into the window, the oldest leaves where it is full."""
        sketch = held.sketch
        row = self._make_room(1, len(sketch.vector))
        self._vectors[row] = sketch.vector
        cluster = self._clusters.get(story) or self._open(story)
        held.serial, held.cluster = self._next, cluster
        self._slots[row] = cluster.slot
        self._held.append(held)
        self._by_article[sketch.article] = held
        self._next += 1
        self.usual.add(sketch.vector, language_of(sketch))
        join(cluster, held)
        if len(self._held) > self._size:
            self._forget()
        return cluster

    def merge(self, smaller: Cluster, larger: Cluster) -> None:
        """All articles of the first are the second's from now on."""
        self._slots[self.rows_of(smaller)] = larger.slot
        take_in(larger, smaller)
        del self._clusters[smaller.id], self._by_slot[smaller.slot]

    def part(self, cluster: Cluster, members: Sequence[Held], story: StoryId) -> Cluster:
        """These articles, not all that it has, are a story of their own from now on."""
        for held in members:
            leave(cluster, held)
        parted = self._open(story)
        for held in members:
            held.cluster = parted
            join(parted, held)
        self._slots[self.rows_of(parted)] = parted.slot
        return parted

    def _open(self, story: StoryId) -> Cluster:
        cluster = Cluster(id=story, slot=self._next_slot)
        self._next_slot += 1
        self._clusters[story] = self._by_slot[cluster.slot] = cluster
        return cluster

    def _forget(self) -> None:
        held = self._held.popleft()
        del self._by_article[held.sketch.article]
        cluster = held.cluster
        leave(cluster, held)
        self.usual.add(held.sketch.vector, language_of(held.sketch), -1)
        if not cluster.members:
            del self._clusters[cluster.id], self._by_slot[cluster.slot]

    def _make_room(self, count: int, dimensions: int) -> int:
        """The row of the next article; ``count`` rows from there on are free then. A full window
        is copied once in so many articles as ``SLACK`` says, not at each block."""
        row = self._next - self._base
        if row + count <= len(self._vectors):
            return row
        kept = self.rows()
        length = len(self._held)
        most = self._size + self._size // SLACK
        capacity = min(2 * (length + count), most) + max(self._spare, count)
        for name in ("_vectors", "_slots"):
            old = getattr(self, name)
            shape = (capacity, dimensions) if name == "_vectors" else (capacity,)
            new = np.zeros(shape, dtype=old.dtype)
            if length:
                new[:length] = old[kept]
            setattr(self, name, new)
        self._base += row - length
        return length
