"""A story as far as it lies in a window: its articles, and sums over them.

Every sum is of whole numbers and changes when an article comes, leaves or is moved, so that what
is held is a function of the articles alone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tidings.model import Sketch, StoryId
from tidings.story.traits import weigh_traits

Totals = NDArray[np.int64]
"""Shape (dimensions): vectors summed."""

GAP = 1000
"""Of the logarithms of hours that are summed: three decimals."""


@dataclass(slots=True, kw_only=True, eq=False)
class Held:
    """One article in the window."""

    serial: int  # place in the order of arrival
    sketch: Sketch
    traits: dict[str, int]
    hours: float  # middle of published in hours since 1970, nan where unknown
    cluster: Cluster


@dataclass(slots=True, kw_only=True, eq=False)
class Cluster:
    """A story as far as it lies in the window. Sums over pairs take each pair twice."""

    id: StoryId
    slot: int  # names it inside arrays; means nothing else
    totals: dict[str, Totals] = field(default_factory=dict)  # language → sum of vectors
    members: list[Held] = field(default_factory=list)  # in order of arrival
    traits: Counter[str] = field(default_factory=Counter)  # summed
    squares: int = 0  # sum of the squared lengths of vectors
    alike: int = 0  # sum of the squares of ``traits``
    apart: int = 0  # what articles give to that by themselves
    gaps: int = 0  # sum over pairs of members of what ``sum_gaps`` gives
    languages: Counter[str] = field(default_factory=Counter)
    hours: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))  # of the members


def make_single(sketch: Sketch) -> Cluster:
    """A story of one article, outside any window."""
    return gather([hold(-1, sketch, Cluster(id=StoryId(""), slot=-1))])


def gather(members: Sequence[Held]) -> Cluster:
    """A story of these articles, to be measured; those of a window stay where they are."""
    cluster = Cluster(id=StoryId(""), slot=-1)
    for held in members:
        join(cluster, held)
    return cluster


def count_hours(sketch: Sketch) -> float:
    middle = sketch.published.middle
    return float("nan") if middle is None else middle.timestamp() / 3600


def language_of(sketch: Sketch) -> str:
    return sketch.language.partition("-")[0].lower()


def sum_gaps(first: NDArray[np.float64], second: NDArray[np.float64]) -> int:
    """Over all pairs, log(1 + hours between them); 0 where a time is unknown."""
    gaps = np.log1p(np.abs(first[:, None] - second[None, :]))
    return int(np.rint(np.nan_to_num(gaps) * GAP).sum())


def multiply(few: dict[str, int], many: dict[str, int]) -> int:
    """What two sums of traits have in common."""
    if len(few) > len(many):
        few, many = many, few
    return sum(weight * many[term] for term, weight in few.items() if term in many)


def hold(serial: int, sketch: Sketch, cluster: Cluster) -> Held:
    return Held(
        serial=serial,
        sketch=sketch,
        traits=weigh_traits(sketch.terms),
        hours=count_hours(sketch),
        cluster=cluster,
    )


def join(cluster: Cluster, held: Held) -> None:
    cluster.alike += 2 * multiply(held.traits, cluster.traits)
    own = multiply(held.traits, held.traits)
    cluster.alike += own
    cluster.apart += own
    cluster.traits.update(held.traits)
    cluster.gaps += 2 * sum_gaps(cluster.hours, np.array([held.hours]))
    cluster.hours = np.append(cluster.hours, held.hours)
    cluster.members.append(held)
    cluster.languages[language_of(held.sketch)] += 1
    cluster.squares += _square(held)
    add_vector(cluster.totals, held, 1)


def take_in(larger: Cluster, smaller: Cluster) -> None:
    larger.gaps += smaller.gaps + 2 * sum_gaps(larger.hours, smaller.hours)
    larger.alike += smaller.alike + 2 * multiply(smaller.traits, larger.traits)
    larger.squares += smaller.squares
    larger.apart += smaller.apart
    larger.traits.update(smaller.traits)
    larger.languages.update(smaller.languages)
    for language, total in smaller.totals.items():
        larger.totals[language] = larger.totals.get(language, 0) + total
    members = sorted([*larger.members, *smaller.members], key=lambda held: held.serial)
    for held in smaller.members:
        held.cluster = larger
    larger.members = members
    larger.hours = np.array([held.hours for held in members])


def leave(cluster: Cluster, held: Held) -> None:
    place = bisect_left(cluster.members, held.serial, key=lambda one: one.serial)
    del cluster.members[place]
    cluster.hours = np.delete(cluster.hours, place)
    cluster.gaps -= 2 * sum_gaps(cluster.hours, np.array([held.hours]))
    for term, weight in held.traits.items():
        step(cluster.traits, term, -weight)
    cluster.alike -= 2 * multiply(held.traits, cluster.traits)
    own = multiply(held.traits, held.traits)
    cluster.alike -= own
    cluster.apart -= own
    step(cluster.languages, language_of(held.sketch), -1)
    cluster.squares -= _square(held)
    add_vector(cluster.totals, held, -1)
    if language_of(held.sketch) not in cluster.languages:
        del cluster.totals[language_of(held.sketch)]


def _square(held: Held) -> int:
    vector = held.sketch.vector.astype(np.int64)
    return int(np.dot(vector, vector))


def add_vector(totals: dict[str, Totals], held: Held, by: int) -> None:
    language = language_of(held.sketch)
    totals[language] = totals.get(language, 0) + by * held.sketch.vector.astype(np.int64)


def step(counter: Counter[str], key: str, by: int) -> None:
    counter[key] += by
    if not counter[key]:
        del counter[key]
