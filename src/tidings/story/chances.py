"""How likely each of several was the first, where their times overlap.

Each time is taken to lie anywhere in its interval with equal chance, a page's clock with a share
that is wrong by hours (ClockOptions). The density is then constant piece by piece, and the chance
an integral over polynomials, which Gauss and Legendre's rule gives exactly: no simulation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from tidings.story.clocks import DEFAULTS, Bounds, ClockOptions, Publication, is_zoned

NODES = 24
"""Of the rule at most: exact for up to 47 others, beyond that to far more digits than are shown."""

Piece = tuple[datetime, datetime, float]
"""From, to, and the chance of lying in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Density:
    pieces: tuple[Piece, ...]  # may overlap; chances sum to 1

    @property
    def breaks(self) -> list[datetime]:
        return sorted({at for start, end, _ in self.pieces for at in (start, end)})


def find_density(
    one: Publication, soft: Bounds, options: ClockOptions = DEFAULTS
) -> Density | None:
    """``soft`` bounds it by what has it from there. None where a side stays open."""
    start = one.published.start or soft.start
    end = one.published.end or soft.end
    if start is None or end is None or end <= start:
        return None
    slack = timedelta(0) if one.is_anchor else options.slack
    pieces = [(start - slack, end + slack, 1.0)]
    if not one.is_anchor and is_zoned(one.published, options):
        pieces = [
            (start - slack, end + slack, 1 - options.wrong),
            (start - options.span, end + options.span, options.wrong),
        ]
    kept = [piece for each in pieces if (piece := _cut(each, soft))]
    total = sum(chance for _, _, chance in kept)
    if not total:
        return Density(pieces=tuple(pieces))
    return Density(pieces=tuple((start, end, chance / total) for start, end, chance in kept))


def find_chances(densities: Mapping[str, Density]) -> dict[str, float]:
    """Chance of each that it is the first; together 1."""
    if not densities:
        return {}
    zero = min(density.breaks[0] for density in densities.values())
    marks = np.array(
        sorted({_seconds(at, zero) for each in densities.values() for at in each.breaks})
    )
    times, weights = _spread(marks, len(densities))
    after = np.stack([1 - _share(each, times, zero) for each in densities.values()])
    others = _others(after)
    found = {}
    for row, (key, density) in enumerate(densities.items()):
        rises = np.diff(_share(density, marks, zero)) / np.diff(marks)
        mass = np.repeat(rises, len(times) // len(rises)) * weights
        found[key] = float(mass @ others[row])
    total = sum(found.values())
    return {key: value / total for key, value in found.items()}


def _cut(piece: Piece, soft: Bounds) -> Piece | None:
    start, end, chance = piece
    first = max(start, soft.start) if soft.start else start
    last = min(end, soft.end) if soft.end else end
    return (first, last, chance * ((last - first) / (end - start))) if last > first else None


def _spread(
    marks: NDArray[np.float64], count: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The rule's times and weights between each two marks, in order."""
    nodes, weights = np.polynomial.legendre.leggauss(min(NODES, count // 2 + 1))
    halves = np.diff(marks)[:, None] / 2
    times = marks[:-1, None] + halves * (1 + nodes)
    return times.ravel(), (halves * weights).ravel()


def _share(density: Density, times: NDArray[np.float64], zero: datetime) -> NDArray[np.float64]:
    """Chance that it lies before each of the times."""
    total = np.zeros(times.shape, dtype=np.float64)
    for start, end, chance in density.pieces:
        first, last = _seconds(start, zero), _seconds(end, zero)
        total += chance * np.clip((times - first) / (last - first), 0, 1)
    return total


def _others(after: NDArray[np.float64]) -> NDArray[np.float64]:
    """Row by row, the product of all other rows."""
    ones = np.ones((1, after.shape[1]))
    left = np.cumprod(np.vstack([ones, after[:-1]]), axis=0)
    right = np.cumprod(np.vstack([ones, after[:0:-1]]), axis=0)[::-1]
    return np.multiply(left, right, dtype=np.float64)


def _seconds(at: datetime, zero: datetime) -> float:
    return (at - zero) / timedelta(seconds=1)
