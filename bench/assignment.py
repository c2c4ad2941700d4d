"""Articles a second that are placed while the window is full, and the memory at most.

    python bench/assignment.py [--window 50000] [--articles 3000] [--cache DIR]

With ``--cache`` the sketches are the day's own, repeated with new ids until the window is full;
without it they are made up: clumps of alike vectors, 66 terms of a Zipf vocabulary. Prints JSON.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path

import numpy as np

from sketches import DAY, read_sketches
from tidings.embedders.e5 import E5
from tidings.model import ArticleId, Sketch
from tidings.story.assign import Assigner, AssignOptions
from tidings.story.shingles import sign
from tidings.times import moment

START = datetime(2025, 1, 1, tzinfo=UTC)
BATCH = 256  # articles a call, as in an intake


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--window", type=int, default=50_000)
    parser.add_argument("--articles", type=int, default=3_000)
    parser.add_argument("--cache", type=Path)
    told = parser.parse_args()
    count = told.window + told.articles
    sketches = list(repeat(told.cache, count) if told.cache else make_up(count))
    assigner = Assigner(AssignOptions(window=told.window))
    filling = time.perf_counter()
    place(assigner, sketches[: told.window])
    wall, cpu = time.perf_counter(), time.process_time()
    place(assigner, sketches[told.window :])
    print(
        json.dumps(
            {
                "window": told.window,
                "sketches": "real" if told.cache else "made up",
                "while_filling_a_second": round(told.window / (wall - filling), 1),
                "articles_a_second": round(told.articles / (time.perf_counter() - wall), 1),
                "articles_a_cpu_second": round(told.articles / (time.process_time() - cpu), 1),
                "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            }
        )
    )


def place(assigner: Assigner, sketches: Sequence[Sketch]) -> None:
    for start in range(0, len(sketches), BATCH):
        assigner.assign(sketches[start : start + BATCH])


def repeat(cache: Path, count: int) -> Iterator[Sketch]:
    day = read_sketches(DAY, E5(), cache)
    for number, sketch in enumerate(islice(cycle(day), count)):
        yield replace(sketch, article=ArticleId(f"{number} {sketch.article}"))


def make_up(count: int) -> Iterator[Sketch]:
    random = np.random.default_rng(1)
    centres = random.normal(size=(count // 3, 384))
    for number in range(count):
        clump = int(random.zipf(1.6)) % len(centres)
        vector = centres[clump] + random.normal(size=384) * 0.9
        ranks = random.zipf(1.3, size=66) % 200_000
        terms = {f"{'n' if rank % 3 == 0 else 'w:en'}:{rank}" for rank in ranks.tolist()}
        yield Sketch(
            article=ArticleId(str(number)),
            published=moment(START + timedelta(seconds=2 * number), "made up"),
            language="en",
            publisher=None,
            terms=tuple(sorted(terms)),
            signature=sign(" ".join(map(str, ranks.tolist()))),
            vector=np.round(vector / np.linalg.norm(vector) * 4000).astype(np.int16),
        )


if __name__ == "__main__":
    main()
