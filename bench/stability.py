"""How steady the assignment is: run again, shuffled within the minute, and over a month.

    python bench/stability.py [--cache DIR] [--sample N] [--seeds 3] [--days 30] [--a_day 2500]

``again``: whether a second run gives the same bytes of decisions. ``shuffled``: the day's articles
in the order of their times, those of one minute in any order; what changes is told as the share
of pairs in one story that are not in one story in both, and as the share of articles whose
story-mates are not the same, once for all articles and once for the labelled ones, with their
scores. ``month``: memory by day, while days of news like the one that is held go by
(bench/synthetic.py). Prints JSON.
"""

from __future__ import annotations

import argparse
import gc
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from itertools import islice
from math import comb
from pathlib import Path
from random import Random

import psutil

from scores import Labelled, score_bcubed
from sketches import DAY, read_labels, read_sketches, sample
from stories import find_copies
from synthetic import tell_days
from tidings.embedders.e5 import E5
from tidings.model import Decision, Sketch
from tidings.story.assign import Assigner, AssignOptions
from tidings.story.fold import fold

MINUTE = 60
MONTH_WINDOW = 10_000  # articles; it has to be full before memory can be flat
BATCH = 128


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, help="folder that keeps vectors and sketches")
    parser.add_argument("--sample", type=int, default=1, help="every n-th unlabelled article")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--a_day", type=int, default=2_500, help="articles a day of the month")
    told = parser.parse_args()
    labels = read_labels(DAY)
    day = read_sketches(DAY, E5(), told.cache)
    report: dict[str, object] = {"sample": told.sample}
    if told.seeds:
        report |= measure_orders(sample(day, labels, told.sample), labels, told.seeds)
    if told.days:
        report["month"] = measure_month(day, told.days, told.a_day)
    print(json.dumps(report, indent=1))


def measure_orders(
    sketches: Sequence[Sketch], labels: Sequence[Labelled], seeds: int
) -> dict[str, object]:
    ordered = shuffle_minutes(sketches, None)
    first = run(ordered)
    usual = place(first)
    shuffled = []
    for seed in range(1, seeds + 1):
        found = place(run(shuffle_minutes(sketches, seed)))
        shuffled.append({"seed": seed, **compare(usual, found, labels)})
    return {
        "articles": len(sketches),
        "again_same_bytes": digest(first) == digest(run(ordered)),
        "bcubed_f1": round(score_bcubed(labels, usual).f1, 4),
        "shuffled": shuffled,
    }


def shuffle_minutes(sketches: Sequence[Sketch], seed: int | None) -> list[Sketch]:
    """By their minute; within it as they came, or in the order of a seed. Those without a time
    come first."""
    random = Random(seed)  # noqa: S311 - a bench
    mixed = list(sketches)
    if seed is not None:
        random.shuffle(mixed)
    return sorted(mixed, key=_minute)


def _minute(sketch: Sketch) -> int:
    middle = sketch.published.middle
    return int(middle.timestamp()) // MINUTE if middle else 0


def run(sketches: Sequence[Sketch]) -> list[Decision]:
    options = AssignOptions()
    return Assigner(options).assign(sketches, find_copies(sketches, options))


def place(decisions: Iterable[Decision]) -> dict[str, str]:
    """Article → story."""
    return {one: story.id for story in fold(decisions).values() for one in story.articles}


def digest(decisions: Iterable[Decision]) -> str:
    return blake2b("\n".join(map(repr, decisions)).encode(), digest_size=16).hexdigest()


def compare(
    usual: dict[str, str], found: dict[str, str], labels: Sequence[Labelled]
) -> dict[str, float]:
    labelled = [one.id for one in labels]
    return {
        "pairs_changed": round(share_of_pairs(usual, found, usual), 4),
        "articles_changed": round(share_of_articles(usual, found, usual), 4),
        "labelled_pairs_changed": round(share_of_pairs(usual, found, labelled), 4),
        "labelled_articles_changed": round(share_of_articles(usual, found, labelled), 4),
        "bcubed_f1": round(score_bcubed(labels, found).f1, 4),
    }


def share_of_pairs(usual: dict[str, str], found: dict[str, str], ids: Iterable[str]) -> float:
    """Of the pairs together in one or the other, those that are not in both."""
    both = Counter((usual[one], found[one]) for one in ids)
    left, right = Counter[str](), Counter[str]()
    for (one, other), count in both.items():
        left[one] += count
        right[other] += count
    kept = sum(comb(count, 2) for count in both.values())
    every = sum(comb(count, 2) for part in (left, right) for count in part.values()) - kept
    return 1 - kept / every if every else 0.0


def share_of_articles(usual: dict[str, str], found: dict[str, str], ids: Iterable[str]) -> float:
    """Those with at least one other story-mate than before; ``ids`` alone count as mates."""
    kept = list(ids)
    mates = [defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)]
    for one in kept:
        mates[0][usual[one]].add(one)
        mates[1][found[one]].add(one)
    changed = sum(mates[0][usual[one]] != mates[1][found[one]] for one in kept)
    return changed / len(kept)


def measure_month(day: Sequence[Sketch], days: int, a_day: int) -> dict[str, object]:
    """Of the whole process, after each day; ``growth_once_full`` is from two days
    after the window is full to the end."""
    step = max(1, len(day) // a_day)
    stream = tell_days(day[::step])
    assigner = Assigner(AssignOptions(window=MONTH_WINDOW))
    length = len(day[::step])
    memory = []
    for _ in range(days):
        left = length
        while left:
            batch = [one.sketch for one in islice(stream, min(BATCH, left))]
            assigner.assign(batch)
            left -= len(batch)
        gc.collect()
        memory.append(round(psutil.Process().memory_info().rss / 1e6))
    full = min(days - 1, -(-MONTH_WINDOW // length) + 2)
    return {
        "articles_a_day": length,
        "window": MONTH_WINDOW,
        "megabytes_by_day": memory,
        "growth_once_full": round(memory[-1] / memory[full] - 1, 4),
    }


if __name__ == "__main__":
    main()
