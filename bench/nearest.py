"""What the index of big windows (story/nearest.py) finds of what the whole product finds, and how
much of the window it looks at.

    python bench/nearest.py [--cache DIR] [--days 1] [--queries 2000] [--probes 64 128 256 512]

The stream is the day, or more days told like it (bench/synthetic.py); stories are those of
average linkage. Asked are the last articles, in blocks, each before it comes. ``nearest`` is
the share of them for which the index sees the story of the nearest article of all; ``likeliest``
the same for the story whose centroid is nearest, of those with the best 400 rows; ``candidates``
the share of the eight stories with the best rows that are seen. The first two count
articles for which that cosine is .35 or more: below it nothing is joined. Seconds are CPU, without
filling. Prints JSON.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from grouping import link_average
from sketches import DAY, read_sketches
from synthetic import COSINE, tell_days
from tidings.embedders.e5 import E5
from tidings.model import ArticleId, Vector
from tidings.story.nearest import Nearest, NearestOptions

UNIT = 4000.0**2
JOINABLE = 0.35
STORIES = 8
BLOCK = 128

Floats = NDArray[np.float32]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, help="folder that keeps vectors and sketches")
    parser.add_argument("--days", type=int, default=1)
    parser.add_argument("--queries", type=int, default=2000)
    parser.add_argument("--probes", type=int, nargs="*", default=[64, 128, 256, 512])
    parser.add_argument("--every", type=int, default=NearestOptions().every)
    parser.add_argument("--lists", type=int, default=NearestOptions().lists)
    told = parser.parse_args()
    day = read_sketches(DAY, E5(), told.cache)
    if told.days == 1:
        items = [(one.article, one.vector) for one in day]
        table = np.stack([one.vector for one in day]).astype(np.float32)
        (grouping,) = link_average(table / np.maximum(_lengths(table), 1)[:, None], (COSINE,))
        stories = grouping.groups
    else:
        stream = list(islice(tell_days(day), len(day) * told.days))
        items = [(one.sketch.article, one.sketch.vector) for one in stream]
        numbers: dict[str, int] = {}
        stories = np.array([numbers.setdefault(one.story, len(numbers)) for one in stream])
    judge = Judge(items, stories, told.queries)
    for probes in told.probes:
        options = replace(NearestOptions(), probes=probes, every=told.every, lists=told.lists)
        print(json.dumps({**asdict(options), **judge.measure(options)}), flush=True)


class Judge:
    """Holds what the whole product finds."""

    def __init__(
        self, items: Sequence[tuple[ArticleId, Vector]], stories: NDArray[np.int64], count: int
    ) -> None:
        self.items, self.stories = items, stories
        self.first = len(items) - count
        self.table = np.stack([vector for _, vector in items]).astype(np.float32)
        self.truth = [self._ask(place) for place in range(self.first, len(items))]

    def measure(self, options: NearestOptions) -> dict[str, float]:
        index = Nearest(len(self.items), options)
        for article, vector in self.items[: self.first]:
            index.add(article, vector)
        seen, seconds, looked = [], 0.0, 0
        for start in range(self.first, len(self.items), BLOCK):
            block = self.items[start : start + BLOCK]
            for place, (article, vector) in enumerate(block):
                clock = time.process_time()
                if not place:
                    index.expect([one for _, one in block])
                near = index.find(place)
                seconds += time.process_time() - clock
                looked += len(near.serials)
                seen.append(set(self.stories[near.serials].tolist()))
                index.add(article, vector)
        return {
            "articles": len(self.items),
            "nearest": self._share(seen, 0),
            "likeliest": self._share(seen, 1),
            "candidates": round(
                float(
                    np.mean(
                        [len(s & t[2]) / len(t[2]) for s, t in zip(seen, self.truth, strict=True)]
                    )
                ),
                4,
            ),
            "looked_at": round(looked / len(seen) / self.first, 4),
            "milliseconds": round(1000 * seconds / len(seen), 3),
        }

    def _share(self, seen: Sequence[set[int]], which: int) -> float:
        told = [
            truth[which][0] in stories
            for stories, truth in zip(seen, self.truth, strict=True)
            if truth[which][1] >= JOINABLE
        ]
        return round(sum(told) / len(told), 4)

    def _ask(self, place: int) -> tuple[tuple[int, float], tuple[int, float], set[int]]:
        """(story, cosine) of the nearest row and of the nearest centroid, and the candidates."""
        dots = self.table[:place] @ self.table[place]
        order = np.argsort(-dots, kind="stable")
        best = dict.fromkeys(self.stories[order[: 50 * STORIES]].tolist())
        nearest = (int(self.stories[order[0]]), float(dots[order[0]]) / UNIT)
        centres = []
        for story in best:
            rows = self.table[:place][self.stories[:place] == story]
            length = float(np.linalg.norm(rows.sum(axis=0))) * 4000
            centres.append((float(rows.sum(axis=0) @ self.table[place]) / max(length, 1), story))
        cosine, story = max(centres)
        return nearest, (story, cosine), set(islice(best, STORIES))


def _lengths(table: Floats) -> Floats:
    found: Floats = np.linalg.norm(table, axis=1)
    return found


if __name__ == "__main__":
    main()
