"""Wire copy: which of the articles held an article's text is taken from, or was taken by.

State is a function of the last articles by arrival, so that replaying them from a store equals
never having stopped.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tidings.model import ArticleId, Copy, CopyKind, Signature, Sketch
from tidings.story.lexemes import split_words
from tidings.story.lookalikes import CopyIndex, CopyOptions
from tidings.story.shingles import (
    KEPT,
    NOTHING,
    Likeness,
    compare,
    compare_sets,
    cut,
    find_limit,
    hash_all,
)

RANKS = (CopyKind.EXACT, CopyKind.NEAR, CopyKind.WITHIN, CopyKind.AROUND)


@dataclass(frozen=True, slots=True)
class _Held:
    article: ArticleId
    publisher: str | None
    signature: Signature


@dataclass(frozen=True, slots=True)
class _Match:
    member: int
    article: ArticleId
    kind: CopyKind
    likeness: Likeness

    @property
    def share(self) -> float:
        is_part = self.kind in (CopyKind.WITHIN, CopyKind.AROUND)
        return self.likeness.of_shorter if is_part else self.likeness.jaccard


class Copies:
    """The last articles by arrival, asked whether they had a text first."""

    def __init__(self, options: CopyOptions | None = None) -> None:
        self._options = options or CopyOptions()
        self._index = CopyIndex(self._options)
        self._held: dict[int, _Held] = {}  # by member number, in order of arrival
        self._next = 0

    def __len__(self) -> int:
        return len(self._held)

    def add(self, sketch: Sketch) -> None:
        """The article is held from now on, the oldest is let go where the window is full."""
        self._held[self._next] = _Held(sketch.article, sketch.publisher, sketch.signature)
        self._index.add(self._next, sketch.signature)
        self._next += 1
        if len(self._held) > self._options.window:
            oldest = self._next - len(self._held)
            del self._held[oldest]
            self._index.remove(oldest)

    def find(self, sketch: Sketch, apart: Collection[ArticleId] = ()) -> Copy | None:
        """``of`` the earliest article whose text is the same or nearly; else the earliest that
        has it within; else the one, of those that it has within, that makes up most of it.
        Long texts are compared by samples and never told to be exact: see ``confirm``. Articles
        ``apart``, as its own earlier versions, are passed over."""
        if len(sketch.signature) < self._options.shortest:
            return None
        alike = [
            (member, likeness)
            for member, likeness in self._index.find_alike(sketch.signature)
            if self._held[member].article not in apart
        ]
        matches = [self._match(member, one) for member, one in self._drop_kin(sketch, alike)]
        if not matches:
            return None
        best = min(matches, key=_rank)
        share = round(best.share, 4)
        return Copy(article=sketch.article, of=best.article, kind=best.kind, share=share)

    def _match(self, member: int, likeness: Likeness) -> _Match:
        if likeness.jaccard >= self._options.jaccard:
            is_whole = len(self._held[member].signature) < KEPT
            is_exact = likeness.jaccard == 1 and is_whole
            kind = CopyKind.EXACT if is_exact else CopyKind.NEAR
        else:
            is_shorter = likeness.of_first >= likeness.of_second
            kind = CopyKind.WITHIN if is_shorter else CopyKind.AROUND
        return _Match(member, self._held[member].article, kind, likeness)

    def _drop_kin(
        self, sketch: Sketch, alike: Sequence[tuple[int, Likeness]]
    ) -> list[tuple[int, Likeness]]:
        """Without articles of the same publisher that are alike by their background alone, or by
        what several of its articles have: a notice, a form that is filled in anew each time. The
        same words stay."""
        kin = [
            (member, likeness)
            for member, likeness in alike
            if likeness.jaccard < 1 and self._is_of(member, sketch.publisher)
        ]
        common = self._find_common([member for member, _ in kin])
        dropped = {
            member
            for member, likeness in kin
            if not self._is_enough(likeness)
            or (
                len(common)
                and not self._is_enough(
                    self._compare(sketch.signature, self._held[member].signature, common)
                )
            )
        }
        return [(member, likeness) for member, likeness in alike if member not in dropped]

    def _find_common(self, kin: Sequence[int]) -> Signature:
        """The 5-grams that several of them have."""
        if len(kin) < self._options.house:
            return np.zeros(0, dtype=np.uint32)
        every = np.concatenate([self._held[member].signature for member in kin])
        values, counts = np.unique(every, return_counts=True)
        return values[counts >= self._options.house]

    def _compare(self, a: Signature, b: Signature, common: Signature) -> Likeness:
        """Without the 5-grams that are ``common``; nothing where too few are left."""
        limit = min(find_limit(a), find_limit(b))
        a, b = (one[~np.isin(one, common)] for one in (cut(a, limit), cut(b, limit)))
        return compare(a, b) if min(len(a), len(b)) >= self._options.shortest else NOTHING

    def _is_enough(self, likeness: Likeness) -> bool:
        """Of one publisher."""
        is_near = likeness.jaccard >= self._options.jaccard
        return is_near or likeness.of_shorter >= self._options.kin_share

    def _is_of(self, member: int, publisher: str | None) -> bool:
        return publisher is not None and self._held[member].publisher == publisher


def confirm(copy: Copy, body: str, other: str) -> Copy:
    """With kind and share by all words of the article's ``body`` and the ``other`` one's. The kind
    changes between EXACT and NEAR alone."""
    words, others = split_words(body), split_words(other)
    likeness = compare_sets(hash_all(words), hash_all(others))
    if copy.kind in (CopyKind.WITHIN, CopyKind.AROUND):
        return replace(copy, share=round(likeness.of_shorter, 4))
    kind = CopyKind.EXACT if words == others else CopyKind.NEAR
    return replace(copy, kind=kind, share=round(likeness.jaccard, 4))


def _rank(match: _Match) -> tuple[int, float, int]:
    """Same or nearly, within, around; the earliest, of AROUND the largest."""
    if match.kind is CopyKind.AROUND:
        return RANKS.index(match.kind), -match.likeness.of_first, match.member
    return max(1, RANKS.index(match.kind)), 0.0, match.member
