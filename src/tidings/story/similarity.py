"""How like an article is to a story: a few signals, each 0..1 or a small count, all exact.

Dot products and counts are whole numbers, sums run in a fixed order: the same window gives the
same signals to the last bit, however the articles came in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan, log, log1p, sqrt

import numpy as np
from numpy.typing import NDArray

from tidings.model import Sketch
from tidings.story.window import Cluster, Held, Window, count_hours, language_of

UNIT = 4000.0**2  # dot product of two equal vectors
COMMON = 3.0  # weight of a term that one article in twenty has: such terms tell nothing
CROWD = 8  # stories


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """One candidate story, measured against one article."""

    cluster: Cluster
    nearest: Held
    signals: dict[str, float]
    shared: tuple[str, ...]  # terms in common, those that weigh most first


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """An article about to be placed."""

    sketch: Sketch
    dots: NDArray[np.float64]  # with every row of the window
    weights: Mapping[str, float]  # of its terms
    copies: Mapping[int, float]  # serial of a near-copy → Jaccard


def measure(probe: Probe, cluster: Cluster, window: Window) -> Likeness:
    members = cluster.members
    rows = np.fromiter((window.row_of(held) for held in members), np.int64, len(members))
    dots = probe.dots[rows]
    nearest = members[int(np.argmax(dots))]  # the first of equals came first
    stems, names, shared = _count_shared(probe, cluster)
    signals = {
        "best": float(dots.max()) / UNIT,
        "centre": _centre(float(dots.sum()), probe.sketch, cluster),
        "copy": max((probe.copies.get(held.serial, 0.0) for held in members), default=0.0),
        "foreign": 0.0 if cluster.languages[language_of(probe.sketch)] else 1.0,
        "hours": log1p(_gap(probe.sketch, members)),
        "mean": float(dots.sum()) / len(members) / UNIT,
        "names": names,
        "size": log(len(members)),
        "stems": stems,
    }
    return Likeness(cluster=cluster, nearest=nearest, signals=signals, shared=shared)


def _centre(dot: float, sketch: Sketch, cluster: Cluster) -> float:
    """Cosine between the article and the sum of the members."""
    own = int(np.dot(sketch.vector.astype(np.int64), sketch.vector.astype(np.int64)))
    squared = int(np.dot(cluster.total, cluster.total))
    return dot / sqrt(own * squared) if own and squared else 0.0


def _count_shared(probe: Probe, cluster: Cluster) -> tuple[float, float, tuple[str, ...]]:
    """log(1 + sum) of the weights above ``COMMON`` of the article's stems, and of its names,
    numbers and addresses, that the story has, each by the root of the share of the members that
    have it (of stems: of those in the article's language)."""
    speakers = cluster.languages[language_of(probe.sketch)]
    stems = names = 0.0
    ranked: list[tuple[float, str]] = []
    for term, weight in probe.weights.items():
        holders = cluster.terms.get(term, 0)
        if not holders or weight <= COMMON:
            continue
        is_stem = term.startswith("w:")
        gain = (weight - COMMON) * sqrt(holders / (speakers if is_stem else len(cluster.members)))
        ranked.append((-gain, term))
        if is_stem:
            stems += gain
        else:
            names += gain
    return log1p(stems), log1p(names), tuple(term for _, term in sorted(ranked))


def measure_crowd(candidates: Sequence[Likeness]) -> None:
    """Adds to each the mean centre of the likest other candidates (none count as 0): where many
    stories are alike, likeness says less (after CSLS: Conneau et al. 2018)."""
    centres = sorted((one.signals["centre"] for one in candidates), reverse=True)
    for one in candidates:
        others = centres.copy()
        others.remove(one.signals["centre"])
        one.signals["crowd"] = sum(others[:CROWD]) / CROWD


def _gap(sketch: Sketch, members: list[Held]) -> float:
    """Hours from the article to the nearest member in time; 0 where either time is unknown."""
    own = count_hours(sketch)
    if isnan(own):
        return 0.0
    gaps = (abs(held.hours - own) for held in members if not isnan(held.hours))
    return min(gaps, default=0.0)
