"""Chooses the threshold of the assignment and the slope of its likelihood, families left out.

    python bench/fit_assign.py --cache DIR [--sample 8] [--thresholds 0.40 0.43 0.46]

Runs both labelled streams with each threshold. For each fold of story families (sibling stories
share the word before the first underscore) the threshold that does best on the others is scored
on it: what is to be expected of stories that nobody tuned to. The likelihood is fitted on the
nearest candidates of labelled articles in the learner's own states (Ross, Gordon, Bagnell 2011),
and ``reliability`` shows for the shipped one how often decisions of each score were right, on
stories that it was not fitted to.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scores import Labelled, score_bcubed
from sketches import DAY, OLYMPICS, read_labels, read_sketches, sample
from stories import find_copies
from tidings.embedders.e5 import E5
from tidings.model import Decision, Sketch, Verb
from tidings.story.assign import Assigner, AssignOptions

FOLDS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One stream at one threshold."""

    labels: Sequence[Labelled]
    found: dict[str, str]
    near: NDArray[np.float64]  # of the nearest candidate, where it is labelled
    right: NDArray[np.float64]  # whether it is of the same story
    folds: NDArray[np.int64]  # of the article's family


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--sample", type=int, default=8, help="every n-th unlabelled article")
    parser.add_argument("--thresholds", type=float, nargs="+", default=[0.4, 0.42, 0.44, 0.46])
    told = parser.parse_args()
    embedder = E5()
    streams = []
    for name in (DAY, OLYMPICS):
        labels = read_labels(name)
        streams.append(
            (sample(read_sketches(name, embedder, told.cache), labels, told.sample), labels)
        )
    runs = {
        threshold: [run(*stream, threshold) for stream in streams] for threshold in told.thresholds
    }
    for threshold, pair in runs.items():
        scores = [round(score(one, one.labels), 4) for one in pair]
        print(json.dumps({"threshold": threshold, "day": scores[0], "olympics": scores[1]}))
    print(json.dumps({"left_out": leave_out(runs)}))
    print(json.dumps({t: fit_likelihood(pair, t) for t, pair in runs.items()}))
    shipped = AssignOptions().nearness.threshold
    pair = runs.get(shipped) or [run(*stream, shipped) for stream in streams]
    for name, one in zip(("day", "olympics"), pair, strict=True):
        print(json.dumps({name: rate_scores(one, shipped)}))


def run(sketches: Sequence[Sketch], labels: Sequence[Labelled], threshold: float) -> Run:
    options = AssignOptions()
    options = replace(options, nearness=replace(options.nearness, threshold=threshold))
    decisions = Assigner(options).assign(sketches, find_copies(sketches, options))
    seen = watch(decisions, {one.id: one.label for one in labels})
    return Run(
        labels=labels,
        found={one.article: one.story for one in decisions},
        near=np.array([near for near, *_ in seen]),
        right=np.array([float(right) for _, right, _ in seen]),
        folds=np.array([fold for *_, fold in seen]),
    )


def watch(decisions: Sequence[Decision], labels: dict[str, str]) -> list[tuple[float, bool, int]]:
    """Nearness to the likeliest story, whether its nearest article has the same label, and the
    fold of the article's family."""
    return [
        (
            dict(one.signals)["near"],
            labels[one.article] == labels[one.nearest],
            family_fold(labels[one.article]),
        )
        for one in decisions
        if one.verb is not Verb.MOVED and one.article in labels and one.nearest in labels
    ]


def score(one: Run, labels: Sequence[Labelled]) -> float:
    return score_bcubed(labels, one.found).f1


def leave_out(runs: dict[float, list[Run]]) -> dict[str, float]:
    """Mean F1 of the folds by their articles, each at the threshold that the others choose."""
    totals: defaultdict[str, float] = defaultdict(float)
    for fold in range(FOLDS):
        inside = {t: [split(one, fold, True) for one in pair] for t, pair in runs.items()}
        others = {t: [split(one, fold, False) for one in pair] for t, pair in runs.items()}
        best = max(runs, key=lambda t: sum(map(score, runs[t], others[t])))
        for name, one, labels in zip(("day", "olympics"), runs[best], inside[best], strict=True):
            totals[name] += score(one, labels) * len(labels) / len(one.labels)
    return {name: round(total, 4) for name, total in totals.items()}


def split(one: Run, fold: int, is_in: bool) -> list[Labelled]:
    return [label for label in one.labels if (family_fold(label.label) == fold) == is_in]


def family_fold(label: str) -> int:
    digest = blake2b(label.partition("_")[0].encode(), digest_size=4).digest()
    return int.from_bytes(digest, "little") % FOLDS


def fit_likelihood(runs: Sequence[Run], threshold: float) -> dict[str, float]:
    """Slope and middle of a logistic curve, both sets with equal weight."""
    near = np.concatenate([one.near for one in runs]) - threshold
    right = np.concatenate([one.right for one in runs])
    weight = np.concatenate([np.full(len(one.near), 1 / max(1, len(one.near))) for one in runs])
    bias, slope = fit_curve(near, right, weight)
    return {"slope": round(slope, 2), "bias": round(bias, 2)}


def fit_curve(
    near: NDArray[np.float64], right: NDArray[np.float64], weight: NDArray[np.float64]
) -> tuple[float, float]:
    """By Newton's steps."""
    table = np.column_stack([np.ones(len(near)), near])
    beta = np.zeros(2)
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(table @ beta, -30, 30)))
        curve = (table * (weight * chance * (1 - chance))[:, None]).T @ table
        beta += np.linalg.solve(curve + np.eye(2) * 1e-6, table.T @ (weight * (right - chance)))
    return float(beta[0]), float(beta[1])


def rate_scores(one: Run, threshold: float) -> dict[str, object]:
    """By tenth of the shipped score: how many, their mean score, how many were right; and the
    expected calibration error (Naeini, Cooper, Hauskrecht 2015) of the shipped curve, and of
    curves fitted with the families left out that they are rated on."""
    nearness = AssignOptions().nearness
    shipped = _curve(one.near - threshold, nearness.bias, nearness.slope)
    held = np.zeros(len(one.near))
    for fold in range(FOLDS):
        inside = one.folds == fold
        rest = ~inside
        bias, slope = fit_curve(one.near[rest] - threshold, one.right[rest], np.ones(rest.sum()))
        held[inside] = _curve(one.near[inside] - threshold, bias, slope)
    tenths = {
        f"{tenth / 10:.1f}": [
            int(inside.sum()),
            round(float(shipped[inside].mean()), 3),
            round(float(one.right[inside].mean()), 3),
        ]
        for tenth in range(10)
        if (inside := np.floor(shipped * 10).clip(0, 9) == tenth).any()
    }
    return {
        "score": tenths,
        "error": round(find_error(shipped, one.right), 3),
        "error_left_out": round(find_error(held, one.right), 3),
    }


def find_error(score: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    total = 0.0
    for tenth in range(10):
        inside = np.floor(score * 10).clip(0, 9) == tenth
        if inside.any():
            total += abs(float(score[inside].mean() - right[inside].mean())) * int(inside.sum())
    return total / len(score)


def _curve(over: NDArray[np.float64], bias: float, slope: float) -> NDArray[np.float64]:
    curve: NDArray[np.float64] = 1 / (1 + np.exp(-bias - slope * over))
    return curve


if __name__ == "__main__":
    main()
