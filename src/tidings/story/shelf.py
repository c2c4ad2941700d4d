"""An array that grows at one end and is taken off at the other, in place."""

from __future__ import annotations

from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", bound=np.generic)

SLACK = 8
"""A shelf whose end is reached is moved to its front where one row in so many is free, otherwise
made larger by two in so many: a row is copied at most so many times."""
LEAST = 64  # rows


class Shelf(Generic[Number]):
    """Rows with numbers from 0 on, that are kept for ever."""

    def __init__(self, kind: np.dtype[Number]) -> None:
        self._array: NDArray[Number] = np.zeros(0, dtype=kind)
        self._first = 0  # place of the first row
        self.begin = 0  # number of the first row
        self.end = 0  # of the last row, and one

    def rows(self) -> NDArray[Number]:
        """A view, good until the next change."""
        return self._array[self._first : self._first + self.end - self.begin]

    def append(self, rows: NDArray[np.generic]) -> None:
        self._make_room(rows)
        place = self._first + self.end - self.begin
        self._array[place : place + len(rows)] = rows
        self.end += len(rows)

    def drop(self, count: int) -> None:
        """The first ``count`` rows."""
        self._first += count
        self.begin += count

    def _make_room(self, rows: NDArray[np.generic]) -> None:
        length = self.end - self.begin
        if self._first + length + len(rows) <= len(self._array):
            return
        needed = length + len(rows)
        if needed + needed // SLACK <= len(self._array):
            _move(self._array, self._first, length)
        else:
            capacity = max(LEAST, needed + 2 * needed // SLACK)
            larger = np.zeros((capacity, *rows.shape[1:]), dtype=self._array.dtype)
            if length:
                larger[:length] = self.rows()
            self._array = larger
        self._first = 0


def _move(array: NDArray[Number], first: int, length: int) -> None:
    """To the front, in parts that don't overlap: one copy of all would take as much again."""
    for start in range(0, length, first):
        end = min(start + first, length)
        array[start:end] = array[first + start : first + end]
