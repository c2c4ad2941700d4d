"""How like an article is to a story: a few signals, each 0..1 or a small count, all exact.

Dot products and counts are whole numbers, sums run in a fixed order: the same window gives the
same signals to the last bit, however the articles came in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, log1p, sqrt

import numpy as np
from numpy.typing import NDArray

from tidings.model import Sketch
from tidings.story.window import Cluster, Held, Window, count_hours, language_of

UNIT = 4000.0**2  # dot product of two equal vectors
COMMON = 3.0  # weight of a term that one article in twenty has: such terms tell nothing
CROWD = 8  # stories
USUAL = 0.3  # centre of a rival on a day of news: between its 5 % and 25 % quantile there


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
    dots: NDArray[np.float32]  # whole numbers: with every row of the window
    rare: Mapping[str, float]  # its terms that weigh more than COMMON, by how much
    first: Held | None  # who had its text first, whole or nearly
    share: float  # of the text, 0..1; 0 where nobody had it


def measure(probe: Probe, cluster: Cluster, window: Window) -> Likeness:
    rows = window.rows_of(cluster)
    dots = probe.dots[rows].astype(np.float64)
    nearest = cluster.members[int(np.argmax(dots))]  # the first of equals came first
    stems, names, shared = _count_shared(probe, cluster)
    total = float(dots.sum())
    signals = {
        "best": float(dots.max()) / UNIT,
        "centre": _centre(total, probe.sketch, cluster),
        "copy": probe.share if probe.first and probe.first.cluster is cluster else 0.0,
        "foreign": 0.0 if cluster.languages[language_of(probe.sketch)] else 1.0,
        "hours": log1p(_gap(probe.sketch, window.hours()[rows])),
        "mean": total / len(rows) / UNIT,
        "names": names,
        "size": log(len(rows)),
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
    speakers = cluster.languages[language_of(probe.sketch)] or len(cluster.members)
    stems = names = 0.0
    ranked: list[tuple[float, str]] = []
    for term in probe.rare.keys() & cluster.terms.keys():
        is_stem = term[0] == "w"
        share = cluster.terms[term] / (speakers if is_stem else len(cluster.members))
        ranked.append((-probe.rare[term] * sqrt(share), term))
    ranked.sort()  # a fixed order of the sums
    for loss, term in ranked:
        if term[0] == "w":
            stems -= loss
        else:
            names -= loss
    return log1p(stems), log1p(names), tuple(term for _, term in ranked)


def measure_crowd(candidates: Sequence[Likeness]) -> None:
    """Adds to each the mean centre of the likest other candidates: where many stories are alike,
    likeness says less (after CSLS: Conneau et al. 2018). A window too small to have so many is
    taken to be a part of a usual day: those that lack count as ``USUAL``."""
    centres = sorted((one.signals["centre"] for one in candidates), reverse=True)
    for one in candidates:
        others = centres.copy()
        others.remove(one.signals["centre"])
        counted = [*others, *[USUAL] * CROWD][:CROWD]
        one.signals["crowd"] = sum(counted) / CROWD


def _gap(sketch: Sketch, hours: NDArray[np.float64]) -> float:
    """Hours from the article to the nearest member in time; 0 where either time is unknown."""
    gaps = np.abs(hours - count_hours(sketch))
    known = gaps[~np.isnan(gaps)]
    return float(known.min()) if len(known) else 0.0
