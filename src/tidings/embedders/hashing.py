"""A model-free embedder for tests and for machines without weights: runs of letters, hashed.

Texts that share runs of 3 to 5 letters lie near one another, so it knows copies and names of one
script, but no meaning (hashing trick, Weinberger et al. 2009).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tidings.model import Vector
from tidings.reading.vectors import clean_text, round_vector

_CHARACTERS = 2000  # read of a text: about two paragraphs
_LENGTHS = (3, 4, 5)  # of the runs
_STEP = np.uint64(0x9E3779B97F4A7C15)  # splitmix64, Steele et al. 2014
_MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


class Hashing:
    """Text → vector; the same on every machine."""

    def __init__(self, dimensions: int = 384) -> None:
        self._dimensions = dimensions

    @property
    def name(self) -> str:
        return f"hashing/1 {self._dimensions}"

    @property
    def dimensions(self) -> int:
        return self._dimensions

    def embed(self, text: str, language: str) -> Vector:
        cleaned = clean_text(text, _CHARACTERS).casefold()
        if not cleaned:
            return np.zeros(self._dimensions, np.int16)
        codes = np.frombuffer(f" {cleaned} ".encode("utf-32-le"), "<u4").astype(np.uint64)
        hashes = np.concatenate([_runs(codes, length) for length in _LENGTHS])
        places = (hashes % np.uint64(self._dimensions)).astype(np.intp)
        signs = np.where(hashes >> np.uint64(63), 1.0, -1.0)
        sums = np.bincount(places, weights=signs, minlength=self._dimensions)
        # The square root of a count, so that one run said often does not drown the others.
        return round_vector((np.sign(sums) * np.sqrt(np.abs(sums))).astype(np.float32))


def find_missing() -> list[str]:
    """Nothing ever is."""
    return []


def _runs(codes: NDArray[np.uint64], length: int) -> NDArray[np.uint64]:
    """A hash for each run of ``length`` characters."""
    count = max(len(codes) - length + 1, 0)
    hashes = np.full(count, length, np.uint64)
    for shift in range(length):
        hashes = _mix(hashes ^ codes[shift : shift + count])
    return hashes


def _mix(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    values = values + _STEP
    values = (values ^ (values >> np.uint64(30))) * _MIX[0]
    values = (values ^ (values >> np.uint64(27))) * _MIX[1]
    return values ^ (values >> np.uint64(31))
