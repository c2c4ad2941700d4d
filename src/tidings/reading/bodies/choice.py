"""How sure each piece of a page is body: a logistic regression over its marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tidings.reading.bodies.marks import Mark, Marker, Page
from tidings.reading.bodies.weights import WEIGHTS

SHUT = -9.0  # log-odds of a piece that nothing speaks for


def score_pieces(page: Page) -> list[float]:
    """Log-odds, one a piece. Raises KeyError where no weights were fitted for these voters."""
    weights = WEIGHTS[tuple(sorted(page.voters))]
    marker = Marker(page)
    return [
        sum_marks(marker.marks(at), weights) if marker.is_open(at) else SHUT
        for at in range(len(page.pieces))
    ]


def sum_marks(marks: Iterable[Mark], weights: Mapping[str, float]) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in marks)
