"""What one decision costs at windows of 10 thousand, 100 thousand and a million articles.

    python bench/windows.py [--cache DIR] [--sizes 10000 100000 1000000] [--profile]

The window is filled with more days of news like the one that is held (bench/synthetic.py), by
replaying them in their stories; then articles of the next day are placed one at a time and in
blocks. Each size runs in a process of its own, so that its peak memory is its own; ``window``
megabytes are those of the window, sketches included, without the interpreter. Prints JSON, one
object a size.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import pstats
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import numpy as np
import psutil

from sketches import DAY, read_sketches
from synthetic import Told, tell_days
from tidings.embedders.e5 import E5
from tidings.model import Sketch
from tidings.story.assign import Assigner, AssignOptions

BLOCK = 128
LOADED = 5000  # articles handed over at a time while filling


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, help="folder that keeps vectors and sketches")
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--single", type=int, default=200, help="articles placed one at a time")
    parser.add_argument("--blocks", type=int, default=8, help=f"blocks of {BLOCK}")
    parser.add_argument("--profile", action="store_true", help="say where the time of blocks goes")
    told = parser.parse_args()
    if len(told.sizes) == 1:
        print(json.dumps(measure(told)), flush=True)
        return
    for size in told.sizes:
        command = [sys.executable, __file__, "--sizes", str(size)]
        command += ["--single", str(told.single), "--blocks", str(told.blocks)]
        command += ["--cache", str(told.cache)] if told.cache else []
        command += ["--profile"] if told.profile else []
        subprocess.run(command, check=True)


def measure(told: argparse.Namespace) -> dict[str, object]:
    (size,) = told.sizes
    stream = tell_days(read_sketches(DAY, E5(), told.cache))
    assigner = Assigner(AssignOptions(window=size, block=BLOCK))
    next(stream)  # whatever is done once
    before = psutil.Process().memory_info().rss
    filled = sum(
        replay(assigner, list(islice(stream, min(LOADED, size - start))))
        for start in range(0, size, LOADED)
    )
    held = psutil.Process().memory_info().rss - before
    place(assigner, [one.sketch for one in islice(stream, BLOCK)])  # the same
    singles = [one.sketch for one in islice(stream, told.single)]
    alone = [place(assigner, [sketch]) for sketch in singles]
    blocks = [[one.sketch for one in islice(stream, BLOCK)] for _ in range(told.blocks)]
    watch = cProfile.Profile() if told.profile else None
    if watch:
        watch.enable()
    together = [place(assigner, block) / BLOCK for block in blocks]
    if watch:
        watch.disable()
        pstats.Stats(watch, stream=sys.stderr).sort_stats("tottime").print_stats(18)
    return {
        "window": size,
        "one_at_a_time": describe(alone),
        f"in_blocks_of_{BLOCK}": describe(together),
        "replayed_a_second": round(size / filled),
        "window_megabytes": round(held / 1e6),
        "peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6),
    }


def replay(assigner: Assigner, told: Sequence[Told]) -> float:
    """CPU seconds."""
    clock = time.process_time()
    for one in told:
        assigner.replay(one.sketch, one.story)
    return time.process_time() - clock


def place(assigner: Assigner, sketches: Sequence[Sketch]) -> float:
    """CPU seconds."""
    clock = time.process_time()
    assigner.assign(sketches)
    return time.process_time() - clock


def describe(seconds: Sequence[float]) -> dict[str, float]:
    """Of one decision. In blocks a decision takes as long as its block does, a part each."""
    return {
        "articles_a_cpu_second": round(len(seconds) / sum(seconds), 1),
        "median_milliseconds": round(1000 * float(np.median(seconds)), 2),
        "p95_milliseconds": round(1000 * float(np.quantile(seconds, 0.95)), 2),
    }


if __name__ == "__main__":
    main()
