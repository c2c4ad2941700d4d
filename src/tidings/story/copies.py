"""Near-copies: MinHash of word 5-grams (Broder 1997), estimated Jaccard, banded index.

Signatures by rensa (MIT); ``SEED`` and ``PERMUTATIONS`` are part of every stored signature and
never change within a store. Guarded by bench/copies.py.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from rensa import RMinHash  # type: ignore[import-untyped]

from tidings.model import Signature
from tidings.story.lexemes import split_words

PERMUTATIONS = 128
SEED = 20191118
SHINGLE = 5  # words
_MIX = np.uint64(0x9E3779B97F4A7C15)
EMPTY = np.uint32(0xFFFFFFFF)  # every value of the signature of a text without words


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyOptions:
    """Measured on 5,706 pairs by bench/copies.py."""

    jaccard: float = 0.5  # estimated share of 5-grams in common from which it is a near-copy
    bands: int = 32
    rows: int = 3  # values a band: a pair at Jaccard .5 shares a band with probability .986


def sign(text: str) -> Signature:
    """Texts of fewer than five words have one shingle: only the same words are a near-copy.
    A text without words is no near-copy of anything."""
    words = split_words(text)
    last = max(1, len(words) - SHINGLE + 1)
    sketch = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    if words:
        sketch.update([" ".join(words[at : at + SHINGLE]) for at in range(last)])
    return np.array(sketch.digest(), dtype=np.uint32)


def is_blank(signature: Signature) -> bool:
    return bool(signature[0] == EMPTY)


def estimate_jaccard(a: Signature, b: Signature) -> float:
    """Share of equal values, 0..1; standard error below .045."""
    if is_blank(a) or is_blank(b):
        return 0.0
    return float(np.count_nonzero(a == b)) / len(a)


class CopyIndex:
    """Signatures that share a band are candidates; members are numbers, smallest first.

    Holds nothing but what was added and not removed: its answers don't depend on what went.
    """

    def __init__(self, options: CopyOptions | None = None) -> None:
        self._options = options or CopyOptions()
        self._signatures: dict[int, Signature] = {}
        self._bands: dict[int, list[int]] = {}

    def add(self, member: int, signature: Signature) -> None:
        """Blank signatures are let go."""
        if is_blank(signature):
            return
        self._signatures[member] = signature
        for key in self._keys(signature):
            self._bands.setdefault(key, []).append(member)

    def remove(self, member: int) -> None:
        signature = self._signatures.pop(member, None)
        if signature is None:
            return
        for key in self._keys(signature):
            members = self._bands[key]
            members.remove(member)
            if not members:
                del self._bands[key]

    def find_copies(self, signature: Signature) -> list[tuple[int, float]]:
        """Members with their estimated Jaccard, at or above the threshold, in member order."""
        if is_blank(signature):
            return []
        members = {m for key in self._keys(signature) for m in self._bands.get(key, ())}
        ordered = sorted(members)
        estimates = [(m, estimate_jaccard(signature, self._signatures[m])) for m in ordered]
        return [(m, jaccard) for m, jaccard in estimates if jaccard >= self._options.jaccard]

    def _keys(self, signature: Signature) -> list[int]:
        bands, rows = self._options.bands, self._options.rows
        values = signature[: bands * rows].astype(np.uint64).reshape(bands, rows)
        mixed = np.arange(bands, dtype=np.uint64) * _MIX
        for column in range(rows):
            mixed = (mixed ^ values[:, column]) * _MIX
        keys: list[int] = mixed.tolist()
        return keys
