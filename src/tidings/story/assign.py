"""Articles → decisions, online: each joins the nearest story in the window or opens one; what a
story's growth shows of earlier decisions is repaired (see ``repair``).

Agglomeration as the articles come in, over a sliding window. The state is a function of the
window's articles and their stories, so that replaying them from a store equals never having
stopped, and one by one equals in batches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from tidings.model import ArticleId, Copy, CopyKind, Decision, Sketch, StoryId, Verb
from tidings.story.identity import choose_story_id
from tidings.story.reasons import Placing, describe_joined, describe_opened
from tidings.story.repair import Repairer
from tidings.story.similarity import (
    UNIT,
    Likeness,
    Nearness,
    Ruler,
    find_gap,
    score_likeness,
)
from tidings.story.sums import Cluster, gather, hold
from tidings.story.window import Window

RULE = "assign/2"

NO_COPIES: Mapping[ArticleId, Copy] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignOptions:
    """Guarded by bench/stories.py."""

    window: int = 50_000  # articles, the last by arrival
    days: float = 14.0  # between the article and a story's nearest: farther ones are no candidates
    block: int = 128  # articles compared in one matrix product; changes speed only
    floor: float = 0.2  # cosine: rows below it name no candidate story
    candidates: int = 8  # stories measured by best member, and as many by sum of members
    nearness: Nearness = field(default_factory=Nearness)


class Assigner:
    """``is_taken`` says whether the log that is written has a story of an id already, be it
    without articles now."""

    def __init__(
        self,
        options: AssignOptions | None = None,
        is_taken: Callable[[StoryId], bool] | None = None,
    ) -> None:
        self._options = options or AssignOptions()
        self._is_taken = is_taken
        self._window = Window(self._options.window, self._options.block)
        self._kept: set[StoryId] = set()
        self._given: dict[StoryId, ArticleId] = {}  # ids that may not be written yet → opener
        self._repairer = Repairer(
            self._window, self._options.nearness, self._options.days * 24, self._kept
        )

    def keep(self, stories: Iterable[StoryId]) -> None:
        """A user has put these together: articles may join them, but nothing else is repaired."""
        self._kept.update(stories)

    def replay(self, sketch: Sketch, story: StoryId) -> None:
        """Takes an article whose story is decided; oldest first."""
        self._window.add(hold(sketch), story)

    def assign(
        self, sketches: Sequence[Sketch], copies: Mapping[ArticleId, Copy] = NO_COPIES
    ) -> list[Decision]:
        """One decision a sketch, in their order, each followed by the moves that it leads to.
        ``copies``: by article, whose text it has."""
        decisions: list[Decision] = []
        step = self._options.block
        for start in range(0, len(sketches), step):
            block = sketches[start : start + step]
            dots = self._window.compare(block)
            for sketch, row in zip(block, dots, strict=True):
                decisions += self._place(sketch, row, copies.get(sketch.article))
        return decisions

    def _place(
        self, sketch: Sketch, dots: NDArray[np.float32], copy: Copy | None
    ) -> list[Decision]:
        held = hold(sketch)
        single = gather([held])
        first = self._find_first(copy)
        candidates = self._choose(single, dots, first)
        measured = self._measure(single, candidates)
        if copy and first:
            bonus = self._options.nearness.copy * copy.share
            measured = [one.add_copy(bonus) if one.cluster is first else one for one in measured]
        best = min(measured, key=lambda one: (-one.near, one.cluster.id), default=None)
        decision = self._decide(sketch, dots, single, best)
        cluster = self._window.add(held, decision.story)
        if best is None or decision.verb is Verb.OPENED:  # nothing is near it, as was just measured
            return [decision]
        before = best.size
        cluster, moves = self._repairer.take_in(cluster, candidates)
        parted = self._repairer.part(cluster, before, self._name_story)
        return [decision, *moves, *parted]

    def _find_first(self, copy: Copy | None) -> Cluster | None:
        """The story of who had the article's text first, whole or nearly."""
        if copy is None or copy.kind not in (CopyKind.EXACT, CopyKind.NEAR):
            return None
        held = self._window.find(copy.of)
        return held.cluster if held else None

    def _choose(
        self, single: Cluster, dots: NDArray[np.float32], first: Cluster | None
    ) -> list[Cluster]:
        candidates = choose_candidates(dots, self._window, self._options)
        if first and first not in candidates:
            candidates.append(first)
        hours = self._options.days * 24
        return [one for one in candidates if find_gap(single, one) <= hours]

    def _measure(self, single: Cluster, candidates: Sequence[Cluster]) -> list[Likeness]:
        if not candidates:
            return []
        return Ruler(single, candidates, self._window, self._options.nearness).measure()

    def _decide(
        self, sketch: Sketch, dots: NDArray[np.float32], single: Cluster, best: Likeness | None
    ) -> Decision:
        placing = self._describe(dots, best) if best else None
        if best is None or placing is None or best.near < self._options.nearness.threshold:
            return _open(sketch, self._name_story(sketch.article), placing)
        return Decision(
            verb=Verb.JOINED,
            article=sketch.article,
            story=best.cluster.id,
            score=round(placing.score, 4),
            reason=describe_joined(sketch, single, placing),
            by=RULE,
            nearest=placing.nearest,
            signals=placing.signals(),
        )

    def _describe(self, dots: NDArray[np.float32], best: Likeness) -> Placing:
        rows = self._window.rows_of(best.cluster)
        nearest = best.cluster.members[int(np.argmax(dots[rows]))]  # the first of equals came first
        return Placing(
            likeness=best,
            score=score_likeness(best, self._options.nearness),
            nearest=nearest.sketch.article,
            cosine=float(dots[rows].max()) / UNIT,
        )

    def _name_story(self, opener: ArticleId) -> StoryId:
        """An id that was never given, so that it does not matter what is written already. Made of
        the opener's, so that those of openers outside the window can be forgotten."""
        if len(self._given) > 2 * self._options.window:
            self._given = {
                story: one for story, one in self._given.items() if self._window.find(one)
            }
        story = choose_story_id(opener, self._is_named)
        self._given[story] = opener
        return story

    def _is_named(self, story: StoryId) -> bool:
        if story in self._given or self._window.has_story(story):
            return True
        return self._is_taken is not None and self._is_taken(story)


def choose_candidates(
    dots: NDArray[np.float32], window: Window, options: AssignOptions
) -> list[Cluster]:
    """Stories of the rows above the floor: the first few by best row and by sum of rows."""
    rows = window.rows()
    hits = np.flatnonzero(dots[rows] >= options.floor * UNIT) + rows.start
    if not len(hits):
        return []
    slots, places = np.unique(window.slots()[hits], return_inverse=True)
    values = dots[hits].astype(np.float64)
    best = np.zeros(len(slots))
    np.maximum.at(best, places, values)
    chosen: dict[StoryId, Cluster] = {}
    for value in (best, np.bincount(places, weights=values)):
        count = min(options.candidates, len(slots))
        least = np.partition(value, -count)[-count]
        above = [
            (-value[at], window.cluster(int(slots[at]))) for at in np.flatnonzero(value >= least)
        ]
        above.sort(key=lambda pair: (pair[0], pair[1].id))
        chosen.update((cluster.id, cluster) for _, cluster in above[:count])
    return [chosen[story] for story in sorted(chosen)]


def _open(sketch: Sketch, story: StoryId, placing: Placing | None) -> Decision:
    score = placing.score if placing else 0.0
    return Decision(
        verb=Verb.OPENED,
        article=sketch.article,
        story=story,
        score=round(1 - score, 4),
        reason=describe_opened(placing),
        by=RULE,
        nearest=placing.nearest if placing else None,
        signals=placing.signals() if placing else (),
    )
