"""One stream of all languages, or a stream for each whose stories are then linked: which is better.

    python bench/linking.py --cache DIR [--set day|olympics] [--sample N]

The second way assigns the articles of each language alone, with the shipped settings, then goes
through the stories in order of arrival and lets each take in what is near to it across all
languages, by the same measure and threshold. Prints JSON: scores of both ways.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from scores import Labelled, score_bcubed, score_foreign_pairs, score_pairs
from sketches import DAY, OLYMPICS, read_labels, read_sketches, sample
from stories import run
from tidings.embedders.e5 import E5
from tidings.model import Sketch, StoryId
from tidings.story.assign import AssignOptions, choose_candidates
from tidings.story.repair import Repairer
from tidings.story.sums import hold
from tidings.story.window import Window


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, help="folder that keeps vectors and sketches")
    parser.add_argument("--set", choices=("day", "olympics"), help="only this one")
    parser.add_argument("--sample", type=int, default=1, help="every n-th unlabelled article")
    told = parser.parse_args()
    embedder, options = E5(), AssignOptions()
    for short, name in (("day", DAY), ("olympics", OLYMPICS)):
        if told.set not in (None, short):
            continue
        labels = read_labels(name)
        sketches = sample(read_sketches(name, embedder, told.cache), labels, told.sample)
        ways = {
            "one stream": run(sketches, options),
            "linked": link(sketches, run_apart(sketches, options), options),
        }
        print(json.dumps({short: {way: rate(labels, found) for way, found in ways.items()}}))


def run_apart(sketches: Sequence[Sketch], options: AssignOptions) -> dict[str, str]:
    """Article → story of its language alone."""
    streams: defaultdict[str, list[Sketch]] = defaultdict(list)
    for sketch in sketches:
        streams[sketch.language.partition("-")[0]].append(sketch)
    found: dict[str, str] = {}
    for stream in streams.values():
        found.update(run(stream, options))
    return found


def link(
    sketches: Sequence[Sketch], apart: Mapping[str, str], options: AssignOptions
) -> dict[str, str]:
    """Article → story, after stories have taken in what is near to them."""
    window = Window(len(sketches), options.block)
    for sketch in sketches:
        window.add(hold(sketch), StoryId(apart[sketch.article]))
    repairer = Repairer(window, options.nearness, options.days * 24, frozenset())
    found = dict(apart)
    for start in range(0, len(sketches), options.block):
        block = sketches[start : start + options.block]
        dots = window.compare(block)
        for sketch, row in zip(block, dots, strict=True):
            held = window.find(sketch.article)
            if held is None:
                raise SystemExit(f"{sketch.article} has left the window")
            _, moves = repairer.take_in(held.cluster, choose_candidates(row, window, options))
            found.update((move.article, move.story) for move in moves)
    return found


def rate(labels: Sequence[Labelled], found: Mapping[str, str]) -> dict[str, object]:
    return {
        "stories": len(set(found.values())),
        "bcubed": score_bcubed(labels, found).rounded(),
        "pairs": score_pairs(labels, found).rounded(),
        "foreign_pairs": score_foreign_pairs(labels, found).rounded(),
    }


if __name__ == "__main__":
    main()
