"""How well related stories are found: siblings of one affair, and pairs that were judged by hand.

    python bench/related.py [--cache DIR] [--fit]

Stories to start from are the labelled ones of day-2019-11-18 (TIDINGS_DATA or ../shared/data) as
they are labelled, and for all other articles of the day what the assignment makes of them.
related.json names the families of labelled stories, and for some stories the nearest others that
one of us read and judged to belong to the same affair (yes) or not (no), each story by the id of
an article of it. ``held_out`` are weights fitted without the family that is scored. Prints JSON.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from pathlib import Path
from typing import Any

import numpy as np

from news import auc
from sketches import DAY, read_labels, read_sketches
from tidings.embedders.e5 import E5
from tidings.model import Sketch, StoryId
from tidings.story.assign import Assigner, AssignOptions
from tidings.story.profiles import Profile, Profiles
from tidings.story.related import (
    DEFAULTS,
    compare_names,
    find_related,
    find_usual,
    make_link,
    rank_candidates,
)

JUDGED: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text())
DEPTHS = (1, 5, 10)
TIMED = 200  # stories whose question is timed

Ranking = Callable[[Profile], Sequence[StoryId]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two stories that were judged."""

    group: str  # left out together
    signals: tuple[float, ...]  # centres above the usual, nearest above centres, names
    score: float
    cosine: float  # of the centres
    belongs: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, help="folder that keeps vectors and sketches")
    parser.add_argument("--fit", action="store_true", help="print the weights that fit all pairs")
    told = parser.parse_args()
    sketches = read_sketches(DAY, E5(), told.cache)
    labels = {one.id: one.label for one in read_labels(DAY)}
    places = place(sketches, labels)
    start = time.perf_counter()
    profiles = Profiles((sketch, places[sketch.article]) for sketch in sketches)
    report: dict[str, Any] = {
        "articles": len(sketches),
        "stories": len(profiles),
        "build_seconds": round(time.perf_counter() - start, 2),
        "question_milliseconds": time_questions(profiles),
        "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "families": score_families(profiles, TfIdf(sketches, places)),
    }
    pairs, together = read_pairs(profiles, places)
    report["judged"] = score_pairs(pairs) | {"in_one_story_by_now": together}
    if told.fit:
        report["fitted"] = [round(weight, 2) for weight in fit(pairs)]
    print(json.dumps(report, indent=1))


def place(sketches: Sequence[Sketch], labels: Mapping[str, str]) -> dict[str, StoryId]:
    """Labelled articles in their labelled stories, the rest where the assignment puts them."""
    found = {
        decision.article: decision.story for decision in Assigner(AssignOptions()).assign(sketches)
    }
    return found | {name: StoryId(f"= {label}") for name, label in labels.items() if name in found}


def time_questions(profiles: Profiles) -> dict[str, float]:
    every = max(1, len(profiles) // TIMED)
    spent = []
    for profile in list(profiles)[::every]:
        start = time.perf_counter()
        find_related(profiles, profile, 10)
        spent.append((time.perf_counter() - start) * 1000)
    return {"median": round(float(np.median(spent)), 1), "most": round(max(spent), 1)}


def score_families(profiles: Profiles, tf_idf: TfIdf) -> dict[str, dict[str, dict[str, float]]]:
    """By ranking and by what is ranked: mean over families of the means over their stories."""
    families = {
        StoryId(f"= {name}"): family
        for family, names in JUDGED["families"].items()
        for name in names
        if profiles.find(StoryId(f"= {name}"))
    }
    labelled = {
        one.story for one in profiles if one.story.startswith("= ") and "-" not in one.story
    }
    rankings: dict[str, Ranking] = {
        "related": lambda asked: [link.story for link in rank_candidates(profiles, asked)],
        "cosine of centres": lambda asked: _order(profiles, asked, _cosine),
        "tf-idf": lambda asked: _order(profiles, asked, tf_idf.compare),
    }
    report: dict[str, dict[str, dict[str, float]]] = {}
    for name, rank in rankings.items():
        found = {story: rank(_get(profiles, story)) for story in families}
        among = {s: [one for one in ranked if one in labelled] for s, ranked in found.items()}
        report[name] = {
            "among_labelled": _average(among, families),
            "among_all": _average(found, families),
        }
    return report


def _average(
    found: Mapping[StoryId, Sequence[StoryId]], families: Mapping[StoryId, str]
) -> dict[str, float]:
    by_family: defaultdict[str, list[list[float]]] = defaultdict(list)
    for story, ranked in found.items():
        siblings = {one for one in families if families[one] == families[story]} - {story}
        by_family[families[story]].append(_score_ranking(ranked, siblings))
    means = np.mean([np.mean(rows, axis=0) for rows in by_family.values()], axis=0)
    names = ["map", *(f"recall_at_{depth}" for depth in DEPTHS), "precision_at_5"]
    return {name: round(float(mean), 4) for name, mean in zip(names, means, strict=True)}


def _score_ranking(ranked: Sequence[StoryId], siblings: set[StoryId]) -> list[float]:
    """Average precision, recall at each depth of what can be had there, precision at 5 of that."""
    hits = [one in siblings for one in ranked]
    precision = sum(sum(hits[: at + 1]) / (at + 1) for at, hit in enumerate(hits) if hit)
    recalls = [sum(hits[:depth]) / min(depth, len(siblings)) for depth in DEPTHS]
    return [precision / len(siblings), *recalls, sum(hits[:5]) / min(5, len(siblings))]


def _order(
    profiles: Profiles, asked: Profile, like: Callable[[Profile, Profile], float]
) -> list[StoryId]:
    others = [one for one in profiles if one.story != asked.story]
    return [one.story for one in sorted(others, key=lambda o: (-like(asked, o), o.story))]


def _cosine(a: Profile, b: Profile) -> float:
    return float(a.centre @ b.centre)


class TfIdf:
    """The baseline: cosine of all terms of a story's articles, by count and rarity."""

    def __init__(self, sketches: Sequence[Sketch], places: Mapping[str, StoryId]) -> None:
        counts = Counter(term for sketch in sketches for term in sketch.terms)
        rarity = {term: log(len(sketches) / count) for term, count in counts.items()}
        bags: defaultdict[StoryId, Counter[str]] = defaultdict(Counter)
        for sketch in sketches:
            bags[places[sketch.article]].update(sketch.terms)
        self._bags = {s: {t: n * rarity[t] for t, n in bag.items()} for s, bag in bags.items()}
        self._lengths = {s: sqrt(sum(v * v for v in b.values())) for s, b in self._bags.items()}

    def compare(self, a: Profile, b: Profile) -> float:
        small, large = sorted((self._bags[a.story], self._bags[b.story]), key=len)
        total = sum(value * large[term] for term, value in small.items() if term in large)
        return total / (self._lengths[a.story] * self._lengths[b.story] or 1.0)


def read_pairs(profiles: Profiles, places: Mapping[str, StoryId]) -> tuple[list[Pair], int]:
    """The judged pairs, and how many of them are in one story by now."""
    families = {f"= {n}": f for f, names in JUDGED["families"].items() for n in names}
    pairs, together = [], 0
    for asked, judged in JUDGED["judged"].items():
        a = _get(profiles, places[asked])
        usual = find_usual(profiles, a)
        for other, belongs in _each(judged):
            b = _get(profiles, places[other])
            if a is b:
                together += 1
                continue
            link, centres = make_link(a, b, usual), _cosine(a, b)
            names = sqrt(compare_names(a, b))
            pairs.append(
                Pair(
                    group=families.get(a.story, a.story),
                    signals=(centres - usual, link.cosine - centres, names),
                    score=link.score,
                    cosine=centres,
                    belongs=belongs,
                )
            )
    return pairs, together


def _each(judged: Mapping[str, Iterable[str]]) -> list[tuple[str, bool]]:
    return [(one, verdict == "yes") for verdict in ("yes", "no") for one in judged[verdict]]


def _get(profiles: Profiles, story: StoryId) -> Profile:
    found = profiles.find(story)
    if found is None:
        raise SystemExit(f"no story {story!r}")
    return found


def score_pairs(pairs: Sequence[Pair]) -> dict[str, Any]:
    truth = np.array([pair.belongs for pair in pairs])
    held_out = np.zeros(len(pairs))
    for group in {pair.group for pair in pairs}:
        weights = fit([pair for pair in pairs if pair.group != group])
        for at, pair in enumerate(pairs):
            if pair.group == group:
                held_out[at] = _likelihood(weights, pair)
    scores = np.array([pair.score for pair in pairs])
    return {
        "pairs": len(pairs),
        "belong": int(truth.sum()),
        "related": _score_likelihoods(scores, truth),
        "held_out": _score_likelihoods(held_out, truth),
        "auc_of_cosine": round(auc(np.array([pair.cosine for pair in pairs]), truth), 4),
    }


def _score_likelihoods(scores: np.ndarray, truth: np.ndarray) -> dict[str, float]:
    said = scores >= DEFAULTS.threshold
    right = int((said & truth).sum())
    return {
        "auc": round(auc(scores, truth), 4),
        "precision": round(right / max(1, int(said.sum())), 4),
        "recall": round(right / max(1, int(truth.sum())), 4),
        "brier": round(float(np.mean((scores - truth) ** 2)), 4),
    }


def fit(pairs: Sequence[Pair], ridge: float = 0.01) -> list[float]:
    """Logistic regression by Newton's steps; a group of n pairs weighs as much as root n."""
    groups = [pair.group for pair in pairs]
    mass = np.array([1 / sqrt(groups.count(group)) for group in groups])
    signals = np.array([(1.0, *pair.signals) for pair in pairs])
    truth = np.array([float(pair.belongs) for pair in pairs])
    weights = np.zeros(signals.shape[1])
    for _ in range(50):
        said = 1 / (1 + np.exp(-signals @ weights))
        slope = signals.T @ (mass * (truth - said)) - ridge * weights
        curve = signals.T @ (signals * (mass * said * (1 - said))[:, None])
        weights += np.linalg.solve(curve + ridge * np.eye(len(weights)), slope)
    return [float(weight) for weight in weights]


def _likelihood(weights: Sequence[float], pair: Pair) -> float:
    total = weights[0] + sum(w * s for w, s in zip(weights[1:], pair.signals, strict=True))
    return float(1 / (1 + np.exp(-total)))


if __name__ == "__main__":
    main()
