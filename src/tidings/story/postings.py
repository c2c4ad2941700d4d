"""Which members hold which hashes: sorted runs, each merged with the one before it once it is
half as long (a log-structured index: O'Neil 1996), so that adding costs little and looking up is
a few binary searches over plain arrays, 8 bytes a posting."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]

_LOW = np.uint64(0xFFFFFFFF)
_SHIFT = np.uint64(32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """Members that hold some of the hashes looked up."""

    asked: NDArray[np.uint32]  # the hashes that were followed, sorted
    members: NDArray[np.int64]  # sorted, distinct
    counts: NDArray[np.int64]  # of the asked hashes that each holds


class Postings:
    """Members are numbers below 2**32. What is removed stays until half of all is; ``find`` does
    not give it."""

    def __init__(self, buffer: int = 16) -> None:
        self._buffer = buffer  # members added before they become a run
        self._fresh: list[Keys] = []
        self._runs: list[Keys] = []
        self._live: set[int] = set()
        self._dead: set[int] = set()

    def add(self, member: int, hashes: NDArray[np.uint32]) -> None:
        """``hashes`` are sorted."""
        if member in self._dead:
            self._compact()
        self._live.add(member)
        self._fresh.append((hashes.astype(np.uint64) << _SHIFT) | np.uint64(member))
        if len(self._fresh) >= self._buffer:
            self._settle()

    def remove(self, member: int) -> None:
        self._live.remove(member)
        self._dead.add(member)
        if len(self._dead) > max(self._buffer, len(self._live)):
            self._compact()

    def find(self, hashes: NDArray[np.uint32], most: int) -> Hits:
        """Follows the rarest hashes, about ``most`` postings of them; ``hashes`` are sorted."""
        runs = [*self._runs, *([np.sort(np.concatenate(self._fresh))] if self._fresh else [])]
        low = hashes.astype(np.uint64) << _SHIFT
        spans = [
            (np.searchsorted(run, low), np.searchsorted(run, low | _LOW, "right")) for run in runs
        ]
        totals = np.zeros(len(hashes), dtype=np.int64)
        for start, end in spans:
            totals += end - start
        followed = _choose_rarest(totals, most)
        parts = [
            _gather(run, start[followed], end[followed])
            for run, (start, end) in zip(runs, spans, strict=True)
        ]
        found = np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)
        members, counts = np.unique(found, return_counts=True)
        if self._dead:
            kept = np.array([int(member) in self._live for member in members], dtype=bool)
            members, counts = members[kept], counts[kept]
        return Hits(asked=hashes[followed], members=members, counts=counts)

    def _settle(self) -> None:
        """What is fresh becomes a run; runs that are not twice as long as the next are merged."""
        self._runs.append(np.sort(np.concatenate(self._fresh)))
        self._fresh = []
        while len(self._runs) > 1 and len(self._runs[-2]) < 2 * len(self._runs[-1]):
            last = self._runs.pop()
            self._runs[-1] = np.sort(np.concatenate([self._runs[-1], last]), kind="stable")

    def _compact(self) -> None:
        """One run without what was removed."""
        every = np.concatenate([*self._runs, *self._fresh])
        gone = np.array(sorted(self._dead), dtype=np.uint64)
        self._runs = [np.sort(every[~np.isin(every & _LOW, gone)])]
        self._fresh = []
        self._dead = set()


def _choose_rarest(totals: NDArray[np.int64], most: int) -> NDArray[np.bool_]:
    """Ties by hash; one at least where any is held."""
    chosen = totals > 0
    if totals.sum() <= most:
        return chosen
    order = np.flatnonzero(chosen)
    order = order[np.argsort(totals[order], kind="stable")]
    within = int(np.searchsorted(np.cumsum(totals[order]), most, "right"))
    chosen[:] = False
    chosen[order[: max(1, within)]] = True
    return chosen


def _gather(run: Keys, start: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.int64]:
    """The members in the spans, one after the other."""
    lengths = end - start
    total = int(lengths.sum())
    if not total:
        return np.zeros(0, dtype=np.int64)
    offsets = np.repeat(start - np.cumsum(lengths) + lengths, lengths)
    return (run[offsets + np.arange(total)] & _LOW).astype(np.int64)
