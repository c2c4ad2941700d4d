"""What later articles show of earlier decisions: two stories that are one, one that is two.

A story that has grown takes in those that it has come near to. At certain sizes it is looked at
for two parts that are farther from one another than two stories may be. Both are a function of
the window alone, and give lines of the log: ids stay, the larger part keeps the story's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set

import numpy as np
from numpy.typing import NDArray

from tidings.model import ArticleId, Decision, StoryId, Verb
from tidings.story.reasons import describe_merged, describe_parted
from tidings.story.similarity import (
    Likeness,
    Nearness,
    Ruler,
    centre_members,
    find_gap,
    score_likeness,
)
from tidings.story.sums import Cluster, Held, gather
from tidings.story.window import Window

RULE = "repair/1"

FIRST_SIZE = 5
GROWTH = 1.4
"""A story is looked at for two parts when it has this many articles, and each time that it has
grown by this factor since."""

ROUNDS = 8
"""Of making two parts more unlike: they seldom need more than three."""


class Repairer:
    """``kept`` are stories that a user has put together: nothing is taken from them or put in."""

    def __init__(self, window: Window, nearness: Nearness, hours: float, kept: Set[StoryId]):
        self._window = window
        self._nearness = nearness
        self._hours = hours  # between two stories' nearest: farther ones stay apart
        self._kept = kept

    def take_in(
        self, cluster: Cluster, others: Sequence[Cluster]
    ) -> tuple[Cluster, list[Decision]]:
        """What is as near to ``cluster`` now as an article must be to join becomes one with it,
        the nearest first. The larger gives the id, of equals the earlier."""
        moves: list[Decision] = []
        left = [one for one in others if one is not cluster and one.members and self._is_free(one)]
        while left and self._is_free(cluster):
            best = self._find_nearest(cluster, left)
            if best is None:
                break
            left.remove(best.cluster)
            if find_gap(cluster, best.cluster) > self._hours:
                continue
            smaller, larger = sorted((cluster, best.cluster), key=_rank)
            score = score_likeness(best, self._nearness)
            reason = describe_merged(smaller, larger, best, score)
            moves += _move(smaller.members, larger.id, reason, (best, score))
            self._window.merge(smaller, larger)
            cluster = larger
        return cluster, moves

    def part(
        self, cluster: Cluster, before: int, name_story: Callable[[ArticleId], StoryId]
    ) -> list[Decision]:
        """``before``: articles that the story had when it was last looked at."""
        if not is_due(before, len(cluster.members)) or not self._is_free(cluster):
            return []
        smaller = self._find_part(cluster)
        if not smaller:
            return []
        numbers = {held.serial for held in smaller}
        rest = [held for held in cluster.members if held.serial not in numbers]
        ruler = Ruler(gather(smaller), [gather(rest)], self._window, self._nearness)
        (likeness,) = ruler.measure()
        if likeness.near >= self._nearness.threshold - self._nearness.slack:
            return []
        score = 1 - score_likeness(likeness, self._nearness)
        story = name_story(smaller[0].sketch.article)
        reason = describe_parted(gather(smaller), cluster, likeness, score)
        self._window.part(cluster, smaller, story)
        return _move(smaller, story, reason, (likeness, score))

    def _is_free(self, cluster: Cluster) -> bool:
        return cluster.id not in self._kept

    def _find_nearest(self, cluster: Cluster, others: Sequence[Cluster]) -> Likeness | None:
        """At least as near as the threshold; ties by id."""
        near = Ruler(cluster, others, self._window, self._nearness).find_near()
        return min(near, key=lambda one: (-one.near, one.cluster.id), default=None)

    def _find_part(self, cluster: Cluster) -> list[Held]:
        """The smaller of the two parts that are most unlike, of equals the later; in order."""
        is_in = halve(centre_members(cluster, self._window))
        parts: tuple[list[Held], list[Held]] = ([], [])
        for held, side in zip(cluster.members, is_in, strict=True):
            parts[int(side)].append(held)
        return min(parts, key=lambda part: (len(part), -part[0].serial if part else 0))


def is_due(before: int, now: int) -> bool:
    """Whether a story has grown from one size past another at which it is looked at."""
    size = float(FIRST_SIZE)
    while size <= before:
        size *= GROWTH
    return size <= now


def halve(vectors: NDArray[np.float64]) -> list[bool]:
    """Two parts, by spherical 2-means (Dhillon, Modha 2001) from the member that is farthest
    from all and the one farthest from it. ``vectors``: shape (members, dimensions)."""
    first = int(np.argmin(vectors @ vectors.sum(axis=0)))
    second = int(np.argmin(vectors @ vectors[first]))
    is_in = vectors @ vectors[first] > vectors @ vectors[second]
    for _ in range(ROUNDS):
        if is_in.all() or not is_in.any():
            break
        ours, theirs = (_unit(vectors[side].sum(axis=0)) for side in (is_in, ~is_in))
        better = vectors @ ours > vectors @ theirs
        if (better == is_in).all():
            break
        is_in = better
    sides: list[bool] = is_in.tolist()
    return sides


def _unit(vector: NDArray[np.float64]) -> NDArray[np.float64]:
    length = float(np.sqrt(vector @ vector))
    return vector / length if length else vector


def _rank(cluster: Cluster) -> tuple[int, int]:
    return len(cluster.members), -cluster.members[0].serial


def _move(
    members: Sequence[Held], story: StoryId, reason: str, measured: tuple[Likeness, float]
) -> list[Decision]:
    """In order of arrival."""
    likeness, score = measured
    return [
        Decision(
            verb=Verb.MOVED,
            article=held.sketch.article,
            story=story,
            score=round(score, 4),
            reason=reason,
            by=RULE,
            nearest=None,
            signals=likeness.signals(),
        )
        for held in members
    ]
