"""How near two stories are; an article about to be placed is a story of one.

The cosine between the sums of their articles (after the centroid linkage of Sokal, Michener
1958), where a pair of articles counts by its vectors less what is usual in their languages now,
by rare terms in common, and against it by the hours between them. All sums are of whole numbers:
the same window gives the same nearness to the last bit, however its articles came in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp, log, sqrt

import numpy as np
from numpy.typing import NDArray

from tidings.story.sums import GAP, Cluster, language_of, multiply, sum_gaps
from tidings.story.traits import SCALE
from tidings.story.window import Window

UNIT = 4000.0**2  # dot product of two equal vectors

EXACT = 10_000
"""Articles of a story up to which floating point has all products of sums exactly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearness:
    """Chosen on headlines and on whole articles at once; guarded by bench/stories.py."""

    copy: float = 0.2  # for an article whose whole text the story has
    foreign: float = 0.1  # for a pair in two languages: vectors and names meet less across them
    gap: float = 0.05  # against a pair, for each natural logarithm of 1 + hours
    least: float = 0.05  # of a centred vector's squared length, as share of a whole one's
    loose: float = 0.4  # least mean nearness of a story's articles that its cosine is relative to
    vague: float = 0.25  # so much more of a story whose articles have no names in common
    focus: float = 0.035  # mean over pairs of what names add, from which it is not vague
    doubt: int = 20  # pairs that are taken to have as much in common, beside those that are there
    size: float = 0.045  # less, for each natural logarithm of the smaller's articles
    threshold: float = 0.41  # cosine from which two stories are one
    slack: float = 0.1  # below the threshold by so much, two parts of a story are two stories
    slope: float = 11.6  # of the likelihood: bench/fit_assign.py finds it and the next
    bias: float = 0.8  # logarithm of odds at the threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Two stories: how near they are, and of what most of that is made."""

    cluster: Cluster  # the candidate
    size: int  # its articles when it was measured
    near: float  # the cosine, less a little for large pairs, with what a copy adds
    vectors: float  # part of the cosine
    terms: float  # part of the cosine: names, numbers, addresses
    gaps: float = 0.0  # mean over pairs of log(1 + hours): what hours take off depends on it
    copy: float = 0.0  # added for a text that the candidate has

    def add_copy(self, bonus: float) -> Likeness:
        return replace(self, near=self.near + bonus, copy=bonus)

    def signals(self) -> tuple[tuple[str, float], ...]:
        """In order of their names."""
        return (
            ("copy", round(self.copy, 4)),
            ("hours", round(self.gaps, 4)),
            ("near", round(self.near, 4)),
            ("size", float(self.size)),
            ("terms", round(self.terms, 4)),
            ("vectors", round(self.vectors, 4)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Centred:
    """A story's vectors less what is usual in their languages."""

    square: float  # mean of an article's squared length
    product: float  # of the sum of vectors with itself
    across: float  # of the sum of vectors with that of the first story


class Ruler:
    """Measures stories against one, in one state of the window; all are centred together."""

    def __init__(
        self, cluster: Cluster, others: Sequence[Cluster], window: Window, options: Nearness
    ) -> None:
        self._options = options
        self._cluster = cluster
        self._centred, *centred = centre((cluster, *others), window, options)
        self._pairs = list(zip(others, centred, strict=True))
        self._own = self._measure_own(cluster, self._centred)

    def measure(self) -> list[Likeness]:
        """One for each of the others, in their order."""
        return self._take_hours([self._compare(*one) for one in self._pairs])

    def find_near(self) -> list[Likeness]:
        """Those from the threshold on. Most are below it whatever their times, which are dear to
        sum."""
        least = self._options.threshold
        compared = [self._compare(*one) for one in self._pairs]
        near = self._take_hours([one for one in compared if one[0].near >= least])
        return [one for one in near if one.near >= least]

    def _compare(self, other: Cluster, centred: Centred) -> tuple[Likeness, float]:
        """As if both were of one time; with what makes sums over pairs a cosine."""
        scale = sqrt(self._own * self._measure_own(other, centred))
        lengths = sqrt(self._centred.square * centred.square)
        vectors = centred.across / lengths / scale
        terms = multiply(self._cluster.traits, other.traits) / SCALE**2 / scale
        foreign = self._options.foreign * self._count_foreign(other) / scale
        burden = self._options.size * log(min(len(self._cluster.members), len(other.members)))
        likeness = Likeness(
            cluster=other,
            size=len(other.members),
            near=vectors + terms + foreign - burden,
            vectors=vectors,
            terms=terms,
        )
        return likeness, scale

    def _take_hours(self, compared: Sequence[tuple[Likeness, float]]) -> list[Likeness]:
        others = [likeness.cluster for likeness, _ in compared]
        sums = sum_gaps(self._cluster.hours, [one.hours for one in others])
        count = len(self._cluster.members)
        return [
            Likeness(
                cluster=likeness.cluster,
                size=likeness.size,
                near=likeness.near - self._options.gap * (gaps / GAP) / scale,
                vectors=likeness.vectors,
                terms=likeness.terms,
                gaps=gaps / GAP / (count * likeness.size),
            )
            for (likeness, scale), gaps in zip(compared, sums, strict=True)
        ]

    def _measure_own(self, cluster: Cluster, centred: Centred) -> float:
        count = len(cluster.members)
        foreign = count**2 - sum([n * n for n in cluster.languages.values()])
        total = (
            centred.product / centred.square
            + cluster.alike / SCALE**2
            + self._options.foreign * foreign
            - self._options.gap * cluster.gaps / GAP
        )
        return max(total, find_least(cluster, self._options) * count**2)

    def _count_foreign(self, other: Cluster) -> int:
        """Pairs in two languages."""
        mine, theirs = self._cluster.languages, other.languages
        same = sum([count * theirs[language] for language, count in mine.items()])
        return len(self._cluster.members) * len(other.members) - same


def centre(clusters: Sequence[Cluster], window: Window, options: Nearness) -> list[Centred]:
    """In their order. All sums are of whole numbers, so none depends on the company."""
    places = [place for place, one in enumerate(clusters) for _ in one.totals]
    rows = [window.usual.row(language) for one in clusters for language in one.totals]
    means = window.usual.means()
    counts = np.zeros((len(clusters), len(means)))
    counts[places, rows] = [one.languages[tag] for one in clusters for tag in one.totals]
    own = np.concatenate([total for one in clusters for total in one.totals.values()])
    own = own.reshape(len(rows), -1)
    along = np.einsum("ij,ij->i", own, means[rows])
    less = 2 * np.bincount(places, along) - counts @ np.einsum("ij,ij->i", means, means)
    whose = (np.array(places) == np.arange(len(clusters))[:, None]).astype(np.float64)
    totals = whose @ own - counts @ means
    if max(len(one.members) for one in clusters) > EXACT:
        totals = totals.astype(np.int64)
    products = np.einsum("ij,ij->i", totals, totals)
    return [
        Centred(
            square=max((one.squares - taken) / len(one.members), UNIT * options.least),
            product=product,
            across=across,
        )
        for one, taken, product, across in zip(
            clusters, less.tolist(), products.tolist(), (totals @ totals[0]).tolist(), strict=True
        )
    ]


def find_least(cluster: Cluster, options: Nearness) -> float:
    """The nearness to itself that a story is measured with at least. Weather reports of all the
    world are as near in meaning as reports of one event told in many tongues, but have no names
    in common; without this they would take in whatever has to do with weather."""
    count = len(cluster.members)
    common = (cluster.alike - cluster.apart) / SCALE**2
    focus = (common + options.doubt * options.focus) / (count * (count - 1) + options.doubt)
    return options.loose + options.vague * max(0.0, 1 - focus / options.focus)


def find_gap(one: Cluster, other: Cluster) -> float:
    """Hours between their nearest in time; 0 where no time of one is known."""
    few, many = sorted((one.hours, other.hours), key=len)
    if not len(few):
        return 0.0
    if len(few) == 1:
        return float(np.abs(many - few[0]).min())
    many = np.sort(many)
    after = np.searchsorted(many, few)
    nearest = many[np.minimum(after, len(many) - 1)], many[np.maximum(after - 1, 0)]
    return float(np.abs(np.array(nearest) - few).min())


def centre_members(cluster: Cluster, window: Window) -> NDArray[np.float64]:
    """Shape (members, dimensions): their vectors less what is usual, each of length 1 or 0."""
    means = window.usual.means()
    vectors = np.array(
        [
            held.sketch.vector - means[window.usual.row(language_of(held.sketch))]
            for held in cluster.members
        ]
    )
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / np.where(lengths > 0, lengths, 1.0)


def score_likeness(likeness: Likeness, options: Nearness) -> float:
    """How likely the two are one story."""
    return 1 / (1 + exp(-options.bias - options.slope * (likeness.near - options.threshold)))
