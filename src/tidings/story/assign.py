"""Articles → decisions, online: each joins the most likely story in the window or opens one.

Single pass over a sliding window (TDT's first-story detection: Allan, Papka, Lavrenko 1998) with
exact search by matrix product; the likelihood is a logistic model over a few signals. The state
is a function of the window's articles and their stories, so that replaying them from a store
equals never having stopped, and one by one equals in batches.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, expm1
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from tidings.model import ArticleId, Copy, CopyKind, Decision, Sketch, StoryId, Verb
from tidings.story.identity import choose_story_id
from tidings.story.reasons import describe_joined, describe_opened
from tidings.story.similarity import COMMON, UNIT, Likeness, Probe, measure, measure_crowd
from tidings.story.window import Window

RULE = "assign/1"

NO_COPIES: Mapping[ArticleId, Copy] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Of the logistic model. Begun from a logistic fit on both labelled sets, then ``foreign``,
    ``mean``, ``centre`` and the threshold chosen by hand among about 20 settings by the scores of
    bench/stories.py on the very stories that were fitted: no set was held out for them. A
    fit of the same kind on slightly other signals scored .885 to .916 on a sampled stream; what
    bench/fit_assign.py finds now was not run on one. Units: see story/similarity.py."""

    bias: float = -6.3
    best: float = 3.1
    centre: float = 4.0
    copy: float = 2.0
    crowd: float = -6.9
    foreign: float = 2.2
    hours: float = -0.5
    mean: float = 8.0
    names: float = 0.9
    size: float = -0.15
    stems: float = 0.35


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignOptions:
    """Guarded by bench/stories.py."""

    window: int = 50_000  # articles, the last by arrival
    days: float = 14.0  # between the article and a story's nearest: farther ones are no candidates
    block: int = 128  # articles compared in one matrix product; changes speed only
    floor: float = 0.2  # cosine: rows below it name no candidate story
    candidates: int = 8  # stories measured by best member, and as many by sum of members
    threshold: float = 0.4  # likelihood from which an article joins; chosen with the weights
    weights: Weights = field(default_factory=Weights)


class Assigner:
    """``is_taken`` says whether a story outside the window has an id already."""

    def __init__(
        self,
        options: AssignOptions | None = None,
        is_taken: Callable[[StoryId], bool] | None = None,
    ) -> None:
        self._options = options or AssignOptions()
        self._is_taken = is_taken
        self._window = Window(self._options.window, self._options.block)

    def replay(self, sketch: Sketch, story: StoryId) -> None:
        """Takes an article whose story is decided; oldest first."""
        self._window.add(sketch, story)

    def assign(
        self, sketches: Sequence[Sketch], copies: Mapping[ArticleId, Copy] = NO_COPIES
    ) -> list[Decision]:
        """One decision a sketch, in their order. ``copies``: by article, whose text it has."""
        decisions: list[Decision] = []
        step = self._options.block
        for start in range(0, len(sketches), step):
            block = sketches[start : start + step]
            dots = self._window.compare(block)
            for sketch, row in zip(block, dots, strict=True):
                decision = self._decide(sketch, row, copies.get(sketch.article))
                self._window.add(sketch, decision.story)
                decisions.append(decision)
        return decisions

    def _decide(self, sketch: Sketch, dots: NDArray[np.float32], copy: Copy | None) -> Decision:
        probe = self._probe(sketch, dots, copy)
        ranked = rank_candidates(probe, self._window, self._options)
        best, score = ranked[0] if ranked else (None, 0.0)
        if best is None or score < self._options.threshold:
            story = choose_story_id(sketch.article, self._has_story)
            return _decide_opened(sketch, story, best, score)
        return Decision(
            verb=Verb.JOINED,
            article=sketch.article,
            story=best.cluster.id,
            score=round(score, 4),
            reason=describe_joined(sketch, best, score),
            by=RULE,
            nearest=best.nearest.sketch.article,
            signals=_round(best.signals),
        )

    def _probe(self, sketch: Sketch, dots: NDArray[np.float32], copy: Copy | None) -> Probe:
        """``dots`` are the article's dot products with the window's rows."""
        weights = ((term, self._window.weigh_term(term)) for term in sketch.terms)
        is_whole = copy is not None and copy.kind in (CopyKind.EXACT, CopyKind.NEAR)
        return Probe(
            sketch=sketch,
            dots=dots,
            rare={term: weight - COMMON for term, weight in weights if weight > COMMON},
            first=self._window.find(copy.of) if copy and is_whole else None,
            share=copy.share if copy and is_whole else 0.0,
        )

    def _has_story(self, story: StoryId) -> bool:
        if self._window.has_story(story):
            return True
        return self._is_taken is not None and self._is_taken(story)


def rank_candidates(
    probe: Probe, window: Window, options: AssignOptions
) -> list[tuple[Likeness, float]]:
    """Candidate stories with their likelihood, likeliest first, ties by id."""
    slots = _choose_slots(probe, window, options)
    measured = [measure(probe, window.cluster(slot), window) for slot in slots]
    near = [one for one in measured if expm1(one.signals["hours"]) <= options.days * 24]
    measure_crowd(near)
    scored = [(one, score_likeness(one, options.weights)) for one in near]
    return sorted(scored, key=lambda pair: (-pair[1], pair[0].cluster.id))


def score_likeness(likeness: Likeness, weights: Weights) -> float:
    total = weights.bias
    for name, value in likeness.signals.items():
        total += getattr(weights, name) * value
    return 1 / (1 + exp(-max(-50.0, min(50.0, total))))


def _choose_slots(probe: Probe, window: Window, options: AssignOptions) -> list[int]:
    """Stories of the rows above the floor: the first few by best row and by sum of rows, and
    that of the article whose text it has."""
    rows = window.rows()
    hits = np.flatnonzero(probe.dots[rows] >= options.floor * UNIT) + rows.start
    chosen = {probe.first.cluster.slot} if probe.first else set()
    if not len(hits):
        return sorted(chosen, key=lambda slot: window.cluster(slot).id)
    slots, places = np.unique(window.slots()[hits], return_inverse=True)
    values = probe.dots[hits].astype(np.float64)
    best = np.zeros(len(slots))
    np.maximum.at(best, places, values)
    for value in (best, np.bincount(places, weights=values)):
        count = min(options.candidates, len(slots))
        least = np.partition(value, -count)[-count]
        above = [
            (-value[at], window.cluster(int(slots[at]))) for at in np.flatnonzero(value >= least)
        ]
        above.sort(key=lambda pair: (pair[0], pair[1].id))
        chosen.update(cluster.slot for _, cluster in above[:count])
    return sorted(chosen, key=lambda slot: window.cluster(slot).id)


def _decide_opened(sketch: Sketch, story: StoryId, best: Likeness | None, score: float) -> Decision:
    return Decision(
        verb=Verb.OPENED,
        article=sketch.article,
        story=story,
        score=round(1 - score, 4),
        reason=describe_opened(sketch, best, score),
        by=RULE,
        nearest=best.nearest.sketch.article if best else None,
        signals=_round(best.signals) if best else (),
    )


def _round(signals: dict[str, float]) -> tuple[tuple[str, float], ...]:
    return tuple((name, round(value, 4)) for name, value in sorted(signals.items()))
