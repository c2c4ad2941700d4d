"""A story as far as it lies in a window: its articles, and sums over them.

Every sum is of whole numbers and changes when an article comes, leaves or is moved, so that what
is held is a function of the articles alone.
"""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from tidings.model import Sketch, StoryId
from tidings.story.traits import weigh_traits

Totals = NDArray[np.float64]
"""Shape (dimensions): vectors summed. Whole numbers, in floating point for its speed."""

GAP = 1000
"""Of the logarithms of hours that are summed: three decimals."""

PAIRS = 100_000
"""Pairs of times that are looked at together; changes memory only."""


@dataclass(slots=True, kw_only=True, eq=False)
class Held:
    """One article in the window."""

    serial: int  # place in the order of arrival
    sketch: Sketch
    traits: dict[str, int]
    hours: float | None  # middle of published in hours since 1970
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
    hours: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))  # known ones, any order


def gather(members: Sequence[Held]) -> Cluster:
    """A story of these articles, to be measured; those of a window stay where they are."""
    cluster = Cluster(id=StoryId(""), slot=-1)
    for held in members:
        join(cluster, held)
    return cluster


def count_hours(sketch: Sketch) -> float | None:
    middle = sketch.published.middle
    return None if middle is None else middle.timestamp() / 3600


def language_of(sketch: Sketch) -> str:
    return sketch.language.partition("-")[0].lower()


def weigh_gaps(
    hours: NDArray[np.float64], others: NDArray[np.float64] | float
) -> NDArray[np.float64]:
    """log(1 + hours between them), in whole ``GAP``-ths."""
    gaps: NDArray[np.float64] = np.rint(np.log1p(np.abs(hours - others)) * GAP)
    return gaps


def sum_gaps(hours: NDArray[np.float64], others: Sequence[NDArray[np.float64]]) -> list[int]:
    """For each of the others, over all pairs of known times, what ``weigh_gaps`` gives."""
    if not others:
        return []
    every = np.concatenate(others)
    totals = np.zeros(len(every) + 1)
    step = max(1, PAIRS // len(totals))
    for start in range(0, len(hours), step):
        totals[1:] += weigh_gaps(every, hours[start : start + step, None]).sum(axis=0)
    sums = np.cumsum(totals)[np.cumsum([0, *map(len, others)])]
    return [int(total) for total in np.diff(sums)]


def multiply(few: Mapping[str, int], many: Mapping[str, int]) -> int:
    """What two sums of traits have in common."""
    return sum([few[term] * many[term] for term in few.keys() & many.keys()])


def hold(sketch: Sketch) -> Held:
    """An article that is in no window yet."""
    terms = tuple(map(sys.intern, sketch.terms))  # held once, however many articles have them
    return Held(
        serial=-1,
        sketch=replace(sketch, terms=terms),
        traits=weigh_traits(terms),
        hours=count_hours(sketch),
        cluster=Cluster(id=StoryId(""), slot=-1),
    )


def join(cluster: Cluster, held: Held) -> None:
    cluster.alike += 2 * multiply(held.traits, cluster.traits)
    own = _square_traits(held)
    cluster.alike += own
    cluster.apart += own
    cluster.traits.update(held.traits)
    if held.hours is not None:
        cluster.gaps += 2 * int(weigh_gaps(cluster.hours, held.hours).sum())
        cluster.hours = np.concatenate((cluster.hours, (held.hours,)))
    cluster.members.append(held)
    cluster.languages[language_of(held.sketch)] += 1
    cluster.squares += _square(held)
    _add_vector(cluster.totals, held, 1)


def take_in(larger: Cluster, smaller: Cluster) -> None:
    (between,) = sum_gaps(smaller.hours, [larger.hours])
    larger.gaps += smaller.gaps + 2 * between
    larger.alike += smaller.alike + 2 * multiply(smaller.traits, larger.traits)
    larger.squares += smaller.squares
    larger.apart += smaller.apart
    larger.traits.update(smaller.traits)
    larger.languages.update(smaller.languages)
    for language, total in smaller.totals.items():
        ours = larger.totals.get(language)
        larger.totals[language] = total if ours is None else ours + total
    members = sorted([*larger.members, *smaller.members], key=lambda held: held.serial)
    for held in smaller.members:
        held.cluster = larger
    larger.members = members
    larger.hours = np.concatenate((larger.hours, smaller.hours))


def leave(cluster: Cluster, held: Held) -> None:
    place = bisect_left(cluster.members, held.serial, key=lambda one: one.serial)
    del cluster.members[place]
    if held.hours is not None:
        cluster.hours = np.delete(cluster.hours, int(np.argmax(cluster.hours == held.hours)))
        cluster.gaps -= 2 * int(weigh_gaps(cluster.hours, held.hours).sum())
    for term, weight in held.traits.items():
        step(cluster.traits, term, -weight)
    cluster.alike -= 2 * multiply(held.traits, cluster.traits)
    own = _square_traits(held)
    cluster.alike -= own
    cluster.apart -= own
    step(cluster.languages, language_of(held.sketch), -1)
    cluster.squares -= _square(held)
    _add_vector(cluster.totals, held, -1)
    if language_of(held.sketch) not in cluster.languages:
        del cluster.totals[language_of(held.sketch)]


def _square_traits(held: Held) -> int:
    return sum([weight * weight for weight in held.traits.values()])


def _square(held: Held) -> int:
    vector = held.sketch.vector.astype(np.int64)
    return int(np.dot(vector, vector))


def _add_vector(totals: dict[str, Totals], held: Held, by: int) -> None:
    language = language_of(held.sketch)
    if language in totals:
        totals[language] += by * held.sketch.vector
    else:
        totals[language] = by * held.sketch.vector.astype(np.float64)


def step(counter: Counter[str], key: str, by: int) -> None:
    counter[key] += by
    if not counter[key]:
        del counter[key]
