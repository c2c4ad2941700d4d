"""How well articles end in stories: the whole stream is run, labelled articles are scored.

    python bench/stories.py [--set day|olympics] [--cache DIR] [--blind]
    python bench/stories.py --set day --assignments FILE

Reads day-2019-11-18 and olympics-2021 from TIDINGS_DATA or ../shared/data and prints JSON. Both
sets run with the same settings. ``--cache`` keeps vectors and sketches between runs. With
``--assignments`` it scores what `tidings export --format assignments` wrote of a store, repairs
and all.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from scores import (
    Labelled,
    score_bcubed,
    score_by_language,
    score_foreign_pairs,
    score_pairs,
)
from sketches import DAY, OLYMPICS, blind, read_labels, read_sketches, sample
from tidings.embedders.e5 import E5
from tidings.model import ArticleId, Copy, Sketch
from tidings.story.assign import Assigner, AssignOptions
from tidings.story.copies import Copies
from tidings.story.lookalikes import CopyOptions

LEAST = 8  # labelled articles of a language from which it is shown by itself


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", choices=("day", "olympics"), help="only this one")
    parser.add_argument("--cache", type=Path, help="folder that keeps vectors and sketches")
    parser.add_argument("--blind", action="store_true", help="vectors alone, no terms")
    parser.add_argument("--sample", type=int, default=1, help="every n-th unlabelled article")
    parser.add_argument("--assignments", type=Path, help="score these stories; needs --set")
    told = parser.parse_args()
    if told.assignments:
        if not told.set:
            parser.error("--assignments needs --set: the labels to score by")
        labels = read_labels(OLYMPICS if told.set == "olympics" else DAY)
        print(json.dumps(describe(read_assignments(told.assignments), labels), indent=1))
        return
    if told.cache:
        told.cache.mkdir(parents=True, exist_ok=True)
    embedder = E5()
    result = {}
    for short, name in (("day", DAY), ("olympics", OLYMPICS)):
        if told.set not in (None, short):
            continue
        labels = read_labels(name)
        sketches = read_sketches(name, embedder, told.cache)
        sketches = sample(sketches, labels, told.sample)
        if told.blind:
            sketches = [blind(sketch) for sketch in sketches]
        result[short] = measure(sketches, labels, AssignOptions())
    print(json.dumps(result, indent=1))


def measure(
    sketches: Sequence[Sketch], labels: Sequence[Labelled], options: AssignOptions
) -> dict[str, object]:
    start = time.process_time()
    found = run(sketches, options)
    seconds = time.process_time() - start
    return describe(found, labels) | {"articles_a_cpu_second": round(len(sketches) / seconds, 1)}


def describe(found: Mapping[str, str], labels: Sequence[Labelled]) -> dict[str, object]:
    sizes = Counter(found.values())
    shown = Counter(one.language for one in labels)
    by_language = score_by_language(labels, found)
    return {
        "articles": len(found),
        "labelled": len(labels),
        "stories": len(sizes),
        "largest": [size for _, size in sizes.most_common(5)],
        "bcubed": score_bcubed(labels, found).rounded(),
        "pairs": score_pairs(labels, found).rounded(),
        "foreign_pairs": score_foreign_pairs(labels, found).rounded(),
        "bcubed_f1_by_language": {
            language: round(score.f1, 4)
            for language, score in by_language.items()
            if shown[language] >= LEAST
        },
    }


def read_assignments(path: Path) -> dict[str, str]:
    """Article → story."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {row["id"]: row["story"] for row in rows}


def run(sketches: Sequence[Sketch], options: AssignOptions) -> dict[str, str]:
    """Article → story, after the whole stream."""
    copies = find_copies(sketches, options)
    return {one.article: one.story for one in Assigner(options).assign(sketches, copies)}


def find_copies(sketches: Sequence[Sketch], options: AssignOptions) -> dict[ArticleId, Copy]:
    """By article, whose text it has."""
    copies = Copies(CopyOptions(window=options.window))
    found = {}
    for sketch in sketches:
        if copy := copies.find(sketch):
            found[sketch.article] = copy
        copies.add(sketch)
    return found


if __name__ == "__main__":
    main()
