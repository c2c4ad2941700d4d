"""Fits the weights of the assignment's logistic model on labelled streams.

    python bench/fit_assign.py --cache DIR [--sample 8] [--rounds 2]

Each round runs both streams with the present weights, takes the candidates of every labelled
article, and fits anew (imitation in the learner's own states: Ross, Gordon, Bagnell 2011). The
log loss is measured with families of stories left out. Prints the weights; a person weighs
them on bench/stories.py before any goes into ``Weights``. ``copy`` is set by hand: in the day's
stream copies are too few to fit.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sketches import DAY, OLYMPICS, read_labels, read_sketches, sample
from stories import find_copies
from tidings.embedders.e5 import E5
from tidings.model import Sketch
from tidings.story.assign import Assigner, AssignOptions, Weights, rank_candidates
from tidings.story.similarity import Likeness

FIXED = {"bias", "copy"}
NAMES = [name for name in asdict(Weights()) if name not in FIXED]
FOLDS = 8
RIDGE = 0.02  # on standardised signals, against a total weight of 1 a set
COPY = asdict(Weights())["copy"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Candidates: signals, whether it was the right story, the family, the weight."""

    signals: NDArray[np.float64]
    right: NDArray[np.float64]
    folds: NDArray[np.int64]
    weight: NDArray[np.float64]


class Watched(Assigner):
    """Keeps the candidates of labelled articles on their way."""

    def __init__(self, options: AssignOptions, labels: Mapping[str, str]) -> None:
        super().__init__(options)
        self.labels = labels
        self.seen: list[tuple[str, list[tuple[dict[str, float], bool]]]] = []

    def watch(self, sketches: Sequence[Sketch]) -> None:
        copies = find_copies(sketches, self._options)
        for sketch in sketches:
            dots, copy = self._window.compare([sketch])[0], copies.get(sketch.article)
            if sketch.article in self.labels:
                probe = self._probe(sketch, dots, copy)
                ranked = rank_candidates(probe, self._window, self._options)
                self._keep(self.labels[sketch.article], [one for one, _ in ranked])
            self._window.add(sketch, self._decide(sketch, dots, copy).story)

    def _keep(self, label: str, candidates: Sequence[Likeness]) -> None:
        """A candidate without labelled articles counts as wrong only beside a right one: alone
        it may hold unlabelled articles of the same story."""
        told = [(one.signals, self._share(label, one)) for one in candidates]
        has_right = any(share is not None and share >= 0.5 for _, share in told)
        rows = [(s, (share or 0) >= 0.5) for s, share in told if share is not None or has_right]
        self.seen.append((label, rows))

    def _share(self, label: str, candidate: Likeness) -> float | None:
        held = [self.labels.get(m.sketch.article) for m in candidate.cluster.members]
        counts = Counter(one for one in held if one is not None)
        return counts[label] / counts.total() if counts else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--sample", type=int, default=8, help="every n-th unlabelled article")
    parser.add_argument("--rounds", type=int, default=2)
    told = parser.parse_args()
    embedder, options = E5(), AssignOptions()
    streams = []
    for name in (DAY, OLYMPICS):
        labels = read_labels(name)
        sketches = sample(read_sketches(name, embedder, told.cache), labels, told.sample)
        streams.append((sketches, {one.id: one.label for one in labels}))
    for _ in range(told.rounds):
        rows = join([collect(sketches, labels, options) for sketches, labels in streams])
        weights = fit(rows)
        options = replace(options, weights=weights)
        print(json.dumps({"left_out_loss": cross_loss(rows), **round_all(weights)}), flush=True)


def collect(sketches: Sequence[Sketch], labels: Mapping[str, str], options: AssignOptions) -> Rows:
    watched = Watched(options, labels)
    watched.watch(sketches)
    kept = [(label, *row) for label, rows in watched.seen for row in rows]
    count = len(kept)
    return Rows(
        signals=np.array([[s[name] for name in NAMES] + [s["copy"]] for _, s, _ in kept]),
        right=np.array([float(right) for *_, right in kept]),
        folds=np.array([family_fold(label) for label, *_ in kept]),
        weight=np.full(count, 1 / count),
    )


def family_fold(label: str) -> int:
    """Sibling stories share the word before the first underscore: they stay in one fold."""
    digest = blake2b(label.partition("_")[0].encode(), digest_size=4).digest()
    return int.from_bytes(digest, "little") % FOLDS


def join(parts: Sequence[Rows]) -> Rows:
    names = ("signals", "right", "folds", "weight")
    return Rows(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in names})


def fit(rows: Rows) -> Weights:
    values, offset = rows.signals[:, :-1], rows.signals[:, -1] * COPY
    mean, spread = values.mean(axis=0), values.std(axis=0) + 1e-9
    beta = solve((values - mean) / spread, rows.right, rows.weight, offset)
    raw = beta[1:] / spread
    bias = float(beta[0] - raw @ mean)
    return Weights(bias=bias, copy=COPY, **dict(zip(NAMES, raw.tolist(), strict=True)))


def solve(
    values: NDArray[np.float64],
    right: NDArray[np.float64],
    weight: NDArray[np.float64],
    offset: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Ridge logistic regression by Newton steps; the first coefficient is the constant."""
    table = np.column_stack([np.ones(len(values)), values])
    penalty = np.diag([0.0] + [RIDGE * weight.sum() / 100] * values.shape[1])
    beta = np.zeros(table.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(table @ beta + offset, -30, 30)))
        slope = table.T @ (weight * (right - chance)) - penalty @ beta
        curve = (table * (weight * chance * (1 - chance))[:, None]).T @ table + penalty
        beta += np.linalg.solve(curve, slope)
    return beta


def cross_loss(rows: Rows) -> float:
    """Log loss a candidate of the folds left out, both sets with equal weight."""
    total = 0.0
    for fold in range(FOLDS):
        out = rows.folds == fold
        part = Rows(
            signals=rows.signals[~out],
            right=rows.right[~out],
            folds=rows.folds[~out],
            weight=rows.weight[~out],
        )
        weights = asdict(fit(part))
        vector = np.array([weights[name] for name in [*NAMES, "copy"]])
        logit = np.clip(rows.signals[out] @ vector + weights["bias"], -30, 30)
        signed = np.where(rows.right[out] > 0, logit, -logit)
        total += float((rows.weight[out] * np.log1p(np.exp(-signed))).sum())
    return round(total / rows.weight.sum(), 4)


def round_all(weights: Weights) -> dict[str, float]:
    return {name: round(value, 2) for name, value in asdict(weights).items()}


if __name__ == "__main__":
    main()
