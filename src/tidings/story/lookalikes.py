"""Texts that are alike: candidates by the hashes that they share, then compared one by one."""

from __future__ import annotations

from dataclasses import dataclass

from tidings.model import Signature
from tidings.story.postings import Hits, Postings
from tidings.story.shingles import (
    ALL,
    Likeness,
    compare,
    count_shingles,
    cut,
    find_limit,
    is_blank,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyOptions:
    """Measured by bench/copies.py on a day of 40,093 articles, its labelled pairs, and cuts of its
    articles."""

    jaccard: float = 0.5  # share of 5-grams in common from which it is a near-copy
    share: float = 0.7  # of the shorter's 5-grams in the longer from which it is contained
    least: int = 40  # distinct 5-grams of the shorter from which containment tells something
    kin_share: float = 0.9  # the same of one publisher, whose articles share their background
    shortest: int = 16  # distinct 5-grams from which an article is told to be a copy
    house: int = 3  # articles of one publisher that hold a 5-gram which tells nothing among them
    window: int = 50_000  # articles among which copies are looked for, the last by arrival


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexOptions:
    """What looking up costs; guarded by bench/copies.py."""

    whole: int = 64  # hashes: texts with fewer are indexed and looked up by all of them
    part: int = 4  # of longer ones, the hashes in the lowest 1/part of all
    postings: int = 20_000  # followed in one look-up, of the rarest hashes
    compared: int = 256  # candidates compared exactly, those with most hashes in common
    promise: float = 0.5  # of the wanted share: candidates whose sample shows less are let go


class CopyIndex:
    """Members are numbers, smallest first. Holds nothing but what was added and not removed: its
    answers don't depend on what went."""

    def __init__(
        self, options: CopyOptions | None = None, index: IndexOptions | None = None
    ) -> None:
        self._options = options or CopyOptions()
        self._index = index or IndexOptions()
        self._signatures: dict[int, Signature] = {}
        self._samples: dict[int, _Sample] = {}
        self._postings = Postings()

    def __contains__(self, member: int) -> bool:
        return member in self._signatures

    def add(self, member: int, signature: Signature) -> None:
        """Blank signatures are let go."""
        if is_blank(signature):
            return
        self._signatures[member] = signature
        self._samples[member] = self._sample(signature)
        self._postings.add(member, self._samples[member].hashes)

    def remove(self, member: int) -> None:
        if self._signatures.pop(member, None) is not None:
            del self._samples[member]
            self._postings.remove(member)

    def find_alike(self, signature: Signature) -> list[tuple[int, Likeness]]:
        """Near-copies and containment either way (``of_first`` is the signature's), in member
        order."""
        if is_blank(signature):
            return []
        sample = self._sample(signature)
        hits = self._postings.find(sample.hashes, self._index.postings)
        compared = (
            (member, compare(signature, self._signatures[member]))
            for member in self._choose(sample, hits)
        )
        size = count_shingles(signature)
        return [(member, one) for member, one in compared if self._is_alike(member, size, one)]

    def _is_alike(self, member: int, size: int, likeness: Likeness) -> bool:
        if likeness.jaccard >= self._options.jaccard:
            return True
        if likeness.of_shorter < self._options.share:
            return False
        return min(size, count_shingles(self._signatures[member])) >= self._options.least

    def _sample(self, signature: Signature) -> _Sample:
        below = len(cut(signature, ALL // self._index.part))
        hashes = signature[: max(below, self._index.whole)]
        is_whole = len(hashes) == len(signature)
        limit = find_limit(signature) if is_whole else int(hashes[-1])
        return _Sample(hashes=hashes, limit=limit)

    def _choose(self, sample: _Sample, hits: Hits) -> list[int]:
        """Members in whose sample enough of ours is, or in ours enough of theirs."""
        found = []
        wanted = self._index.promise * min(self._options.jaccard, self._options.share)
        wanted *= len(hits.asked) / len(sample.hashes)
        for member, count in zip(hits.members.tolist(), hits.counts.tolist(), strict=True):
            theirs = self._samples[member]
            limit = min(sample.limit, theirs.limit)
            if count >= wanted * min(sample.expect(limit), theirs.expect(limit)):
                found.append((-count, member))
        return sorted(member for _, member in sorted(found)[: self._index.compared])


@dataclass(frozen=True, slots=True)
class _Sample:
    """The smallest hashes of a signature."""

    hashes: Signature
    limit: int  # up to which they are all of the text's

    def expect(self, limit: int) -> float:
        """How many there should be up to a limit that is not above its own."""
        return len(self.hashes) * (limit + 1) / (self.limit + 1)
