"""Where the articles of each language lie in the window: what they have in common with all.

Sums and means are whole numbers, held in floating point, which has them exactly up to 2**53.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tidings.model import Vector

PRIOR = 40
"""Articles at the origin that the mean of all counts for: a few tell nothing of the usual."""

OWN = 120
"""Articles at the mean of all that the mean of a language counts for."""


class Usual:
    """A function of the articles that were added and not taken off."""

    def __init__(self) -> None:
        self._rows: dict[str, int] = {}  # language → row of the tables
        self._counts: NDArray[np.float64] = np.zeros((0, 1))
        self._totals: NDArray[np.float64] = np.zeros((0, 0))
        self._means: NDArray[np.float64] | None = None  # None once an article came or left

    def add(self, vector: Vector, language: str, by: int = 1) -> None:
        """``language`` is a primary tag; ``by`` is -1 for an article that leaves."""
        row = self.row(language, len(vector))
        self._counts[row] += by
        self._totals[row] += by * vector
        self._means = None

    def means(self) -> NDArray[np.float64]:
        """Shape (languages, dimensions), by ``row``."""
        if self._means is None:
            usual = np.floor(self._totals.sum(axis=0) / (self._counts.sum() + PRIOR))
            self._means = np.floor((self._totals + OWN * usual) / (self._counts + OWN))
        return self._means

    def row(self, language: str, dimensions: int = 0) -> int:
        """Of ``means``. ``dimensions`` are told with the first language."""
        row = self._rows.get(language)
        if row is None:
            row = self._rows[language] = len(self._rows)
            old = self._totals if row else np.zeros((0, dimensions))
            self._totals = np.concatenate((old, np.zeros((1, old.shape[1]))))
            self._counts = np.concatenate((self._counts, np.zeros((1, 1))))
            self._means = None
        return row
