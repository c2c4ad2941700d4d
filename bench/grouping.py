"""Usual ways to group news, to be measured beside: single pass to the nearest centroid, average
linkage, and density in few dimensions. Each gives a group's number for every row."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Groups = NDArray[np.int64]
Products = Callable[[int, int], Floats]
"""(start, end) → cosines of those rows with all rows before ``end``."""

BLOCK = 256  # rows a product; changes speed only
SIDE = 4096  # columns a product of ``_Linkage``, to bound its memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """What one setting of one method gave."""

    setting: float
    groups: Groups
    seconds: float  # CPU, with all that has to be done for this one setting


def multiply(vectors: Floats) -> Products:
    return lambda start, end: vectors[start:end] @ vectors[:end].T


def pass_once(products: Products, count: int, thresholds: Sequence[float]) -> list[Grouping]:
    """Rows in order: each joins the nearest centroid from the threshold on, or begins one."""
    passes = [_Pass(threshold, count) for threshold in thresholds]
    shared = 0.0
    for start in range(0, count, BLOCK):
        clock = time.process_time()
        block = products(start, min(start + BLOCK, count)).astype(np.float64)
        shared += time.process_time() - clock
        for one in passes:
            clock = time.process_time()
            one.take(block, start)
            one.seconds += time.process_time() - clock
    return [
        Grouping(setting=one.threshold, groups=one.groups, seconds=shared + one.seconds)
        for one in passes
    ]


class _Pass:
    """A centroid's dot product is the sum of its members', so their products are enough."""

    def __init__(self, threshold: float, count: int) -> None:
        self.threshold = threshold
        self.groups = np.zeros(count, dtype=np.int64)
        self.seconds = 0.0
        self._squares = np.zeros(count)  # squared length of each group's sum
        self._made = 0

    def take(self, block: NDArray[np.float64], start: int) -> None:
        for row, products in enumerate(block, start=start):
            dots = np.bincount(self.groups[:row], products[:row], minlength=self._made)
            cosines = dots / np.sqrt(self._squares[: self._made])
            group = int(np.argmax(cosines)) if self._made else 0
            if not self._made or cosines[group] < self.threshold:
                group, self._made = self._made, self._made + 1
                self._squares[group] = 1.0
            else:
                self._squares[group] += 2 * dots[group] + 1
            self.groups[row] = group


def link_average(vectors: Floats, thresholds: Sequence[float]) -> list[Grouping]:
    """Average linkage, exact, cut at each threshold (mean cosine of the pairs of two groups)."""
    clock = time.process_time()
    merges = _Linkage(vectors, min(thresholds)).run()
    seconds = time.process_time() - clock
    return [
        Grouping(setting=least, groups=_cut(merges, len(vectors), least), seconds=seconds)
        for least in thresholds
    ]


@dataclass(slots=True)
class _Linkage:
    """Rounds of merging groups that are each other's nearest: as average linkage is reducible, it
    gives the same tree as merging the nearest two of all (Sumengen et al. 2021)."""

    vectors: Floats
    least: float
    merges: list[tuple[float, int, int]] = field(default_factory=list)

    def run(self) -> list[tuple[float, int, int]]:
        sums, counts = self.vectors.copy(), np.ones(len(self.vectors), dtype=np.float32)
        alive = np.ones(len(sums), dtype=bool)
        nearest = np.zeros(len(sums), dtype=np.int64)
        height = np.full(len(sums), np.inf, dtype=np.float32)
        stale = np.flatnonzero(alive)
        while len(stale):
            found, heights = _find_nearest(sums, counts, np.flatnonzero(alive), stale)
            nearest[stale], height[stale] = found, heights
            active = np.flatnonzero(alive & (height >= self.least))
            pairs = active[(nearest[nearest[active]] == active) & (active < nearest[active])]
            if not len(pairs) and len(active):  # rounding has made a circle
                pairs = active[[int(np.argmax(height[active]))]]
            others = nearest[pairs]
            self.merges += zip(height[pairs].tolist(), pairs.tolist(), others.tolist(), strict=True)
            sums[pairs] += sums[others]
            counts[pairs] += counts[others]
            alive[others] = False
            changed = np.zeros(len(sums), dtype=bool)
            changed[pairs] = changed[others] = True
            stale = np.flatnonzero(alive & (height >= self.least) & (changed | changed[nearest]))
        return self.merges


def _find_nearest(
    sums: Floats, counts: Floats, alive: Groups, rows: Groups
) -> tuple[Groups, Floats]:
    best = np.full(len(rows), -np.inf, dtype=np.float32)
    found = np.zeros(len(rows), dtype=np.int64)
    for side in range(0, len(alive), SIDE):
        columns = alive[side : side + SIDE]
        right = (sums[columns] / counts[columns, None]).T
        for start in range(0, len(rows), SIDE):
            part = rows[start : start + SIDE]
            table = (sums[part] / counts[part, None]) @ right
            place = np.searchsorted(columns, part)
            own = (place < len(columns)) & (columns[np.minimum(place, len(columns) - 1)] == part)
            table[np.flatnonzero(own), place[own]] = -np.inf
            at = np.argmax(table, axis=1)
            value = table[np.arange(len(part)), at]
            better = np.flatnonzero(value > best[start : start + SIDE])
            best[start + better], found[start + better] = value[better], columns[at[better]]
    return found, best


def _cut(merges: Iterable[tuple[float, int, int]], count: int, least: float) -> Groups:
    into = np.arange(count)
    for height, one, other in merges:
        if height >= least:
            into[other] = one
    while not np.array_equal(into, into[into]):
        into = into[into]
    return into


def find_dense(vectors: Floats, sizes: Sequence[int]) -> list[Grouping]:
    """As BERTopic has it (Grootendorst 2022), with its settings: five dimensions by UMAP, then
    HDBSCAN (Campello et al. 2013), by the least size of a group. Noise stays alone."""
    from sklearn.cluster import HDBSCAN  # noqa: PLC0415 - extras of the benches
    from umap import UMAP  # noqa: PLC0415

    clock = time.process_time()
    with warnings.catch_warnings(action="ignore"):  # of its own settings
        places = UMAP(n_components=5, min_dist=0.0, metric="cosine", random_state=1)
        parts = places.fit_transform(vectors)
    shared = time.process_time() - clock
    groupings = []
    for size in sizes:
        clock = time.process_time()
        groups = HDBSCAN(min_cluster_size=size, copy=True).fit(parts).labels_.astype(np.int64)
        noise = np.flatnonzero(groups < 0)
        groups[noise] = len(groups) + noise
        spent = shared + time.process_time() - clock
        groupings.append(Grouping(setting=float(size), groups=groups, seconds=spent))
    return groupings
