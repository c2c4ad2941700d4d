"""How sure each piece of a page is body: a logistic regression over its marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tidings.reading.bodies.marks import Mark, Marker, Page
from tidings.reading.bodies.weights import WEIGHTS

SHUT = -9.0  # log-odds of a piece that nothing speaks for
HOPELESS = -3.5  # log-odds below which a line's own words, worth some 2 at most, change nothing
SURE = 4.5  # log-odds above which they don't, either: a label or a notice costs some 4 at most


def score_pieces(page: Page) -> list[float]:
    """Log-odds, one a piece. Raises KeyError where no weights were fitted for these voters."""
    weights = WEIGHTS[tuple(sorted(page.voters))]
    marker = Marker(page)
    return [_score(marker, at, weights) for at in range(len(page.pieces))]


def _score(marker: Marker, at: int, weights: Mapping[str, float]) -> float:
    if not marker.is_open(at):
        return SHUT
    score = _sum(marker.marks(at), weights)
    if not HOPELESS < score < SURE:
        return score
    return score + _sum(marker.word_marks(at), weights)


def _sum(marks: Iterable[Mark], weights: Mapping[str, float]) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in marks)
