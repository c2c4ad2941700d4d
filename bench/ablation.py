"""What each signal of the assignment is worth: the scores without it, on both sets.

    python bench/ablation.py --cache DIR [--set day|olympics] [--sample N] [--only NAME ...]
                             [--try PATH=VALUE ...]

A signal is taken from the sketches (terms of one kind, times, the language means of the vectors)
or its weight in the options is set to nothing; every weight in a dataclass within AssignOptions
is tried, whatever they are. Nothing is fitted anew, so a figure says what the shipped settings
rest on, not how well the rest could do. ``--try nearness.gap=0.1`` adds a row of one's own.
Differences are in points of F1. Prints a table and, last, JSON.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from scores import Labelled, score_bcubed, score_foreign_pairs, score_pairs
from sketches import DAY, OLYMPICS, blind, read_labels, read_sketches, sample
from stories import find_copies
from tidings.embedders.e5 import E5
from tidings.embedders.e5.means import OTHER, read_means
from tidings.model import Sketch
from tidings.reading.vectors import round_vector
from tidings.story.assign import Assigner, AssignOptions
from tidings.story.fold import fold
from tidings.times import unknown

KINDS = {"w": "stems", "n": "names", "#": "numbers", "u": "addresses"}
NO_WEIGHTS = {"bias", "focus", "least", "slope", "threshold"}
"""Numbers in the options that nothing can be without."""

FIGURES = {"bcubed": score_bcubed, "pairs": score_pairs, "foreign": score_foreign_pairs}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One row of the table."""

    name: str
    options: AssignOptions
    alter: Callable[[Sketch], Sketch] | None = None
    has_copies: bool = True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, help="folder that keeps vectors and sketches")
    parser.add_argument("--set", choices=("day", "olympics"), help="only this one")
    parser.add_argument("--sample", type=int, default=1, help="every n-th unlabelled article")
    parser.add_argument("--only", nargs="*", help="rows whose names hold one of these")
    parser.add_argument("--try", nargs="*", default=[], dest="tried", metavar="PATH=VALUE")
    told = parser.parse_args()
    changes = [*list_changes(AssignOptions()), *map(parse_change, told.tried)]
    if told.only:
        changes = [one for one in changes if any(part in one.name for part in told.only)]
    embedder, streams = E5(), {}
    for short, name in (("day", DAY), ("olympics", OLYMPICS)):
        if told.set in (None, short):
            labels = read_labels(name)
            sketches = read_sketches(name, embedder, told.cache)
            streams[short] = (sample(sketches, labels, told.sample), labels)
    shipped = Change(name="as shipped", options=AssignOptions())
    rows = []
    for change in (shipped, *changes):
        print(change.name, file=sys.stderr, flush=True)
        figures = {name: measure(change, *stream) for name, stream in streams.items()}
        rows.append({"change": change.name, **figures})
    show(rows, list(streams))
    print(json.dumps({"sample": told.sample, "rows": rows}))


def list_changes(options: AssignOptions) -> Iterator[Change]:
    for letter, kind in KINDS.items():
        yield Change(name=f"without {kind}", options=options, alter=_without(letter))
    yield Change(name="without terms", options=options, alter=blind)
    yield Change(name="without times", options=options, alter=forget_time)
    yield Change(name="without language means", options=options, alter=put_mean_back)
    yield Change(name="without language tags", options=options, alter=forget_language)
    yield Change(name="without copies", options=options, has_copies=False)
    for path in list_weights(options):
        yield Change(name=f"{path} = 0", options=set_option(options, path, 0.0))


def list_weights(options: AssignOptions) -> Iterator[str]:
    """Of dataclasses within the options: every number that could be none; and every switch."""
    for part in fields(options):
        inner = getattr(options, part.name)
        if isinstance(inner, bool):
            yield part.name
        elif is_dataclass(inner):
            for one in fields(inner):
                value = getattr(inner, one.name)
                if isinstance(value, float | bool) and value and one.name not in NO_WEIGHTS:
                    yield f"{part.name}.{one.name}"


def parse_change(text: str) -> Change:
    path, _, value = text.partition("=")
    options = set_option(AssignOptions(), path, float(value))
    return Change(name=f"{path} = {value}", options=options)


def set_option(options: Any, path: str, value: float) -> Any:
    """A copy with the number at ``path``, in the type that is there. Raises AttributeError."""
    first, _, rest = path.partition(".")
    inner = getattr(options, first)
    changed = set_option(inner, rest, value) if rest else type(inner)(value)
    return replace(options, **{first: changed})


def measure(
    change: Change, sketches: Sequence[Sketch], labels: Sequence[Labelled]
) -> dict[str, float]:
    altered = [change.alter(one) for one in sketches] if change.alter else sketches
    copies = find_copies(altered, change.options) if change.has_copies else {}
    stories = fold(Assigner(change.options).assign(altered, copies)).values()
    found: dict[str, str] = {one: story.id for story in stories for one in story.articles}
    return {name: round(score(labels, found).f1, 4) for name, score in FIGURES.items()}


def _without(letter: str) -> Callable[[Sketch], Sketch]:
    def drop(sketch: Sketch) -> Sketch:
        return replace(sketch, terms=tuple(one for one in sketch.terms if one[0] != letter))

    return drop


def forget_time(sketch: Sketch) -> Sketch:
    return replace(sketch, published=unknown("left out"))


def forget_language(sketch: Sketch) -> Sketch:
    """The stems keep theirs."""
    return replace(sketch, language=OTHER)


def put_mean_back(sketch: Sketch) -> Sketch:
    """As the embedder gives it with its means left out, up to rounding. Where the language is
    unknown the mean of all is taken, not that of the script."""
    length = float(np.linalg.norm(sketch.vector))
    if not length:
        return sketch
    direction = sketch.vector / length
    mean, square = _find_mean(sketch.language.partition("-")[0].lower())
    along = float(direction @ mean)
    # The state had length 1, and the direction is what was left of it less the mean.
    stretch = -along + np.sqrt(along * along + 1 - square)
    return replace(sketch, vector=round_vector((stretch * direction + mean).astype(np.float32)))


@cache
def _find_mean(language: str) -> tuple[np.ndarray, float]:
    means = read_means().languages
    mean = means.get(language, means[OTHER]).astype(np.float64)
    return mean, float(mean @ mean)


def show(rows: Sequence[dict[str, Any]], names: Sequence[str]) -> None:
    heads = [f"{name} {figure}" for name in names for figure in FIGURES]
    print("| change | " + " | ".join(heads) + " |")
    print("|---" * (1 + len(heads)) + "|")
    shipped = rows[0]
    for row in rows:
        cells = [
            f"{row[name][figure]:.3f} ({100 * (row[name][figure] - shipped[name][figure]):+.1f})"
            for name in names
            for figure in FIGURES
        ]
        print(f"| {row['change']} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
