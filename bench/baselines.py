"""The assignment beside usual ways to group news, in one run and one table.

    python bench/baselines.py --cache DIR [--set day|olympics] [--only NAME ...]

Single pass to the nearest centroid by TF-IDF and by e5, average linkage on e5, BERTopic's way
(UMAP, HDBSCAN). Each of them gets its setting by its B-cubed F1 on the very labels it is scored
with, which flatters it, and is shown with the other set's setting, too. Ours runs with what is
shipped, on both sets. All read the whole stream; languages are linked by vectors alone. CPU
seconds are of grouping, without vectors and sketches. Prints a table and, last, JSON.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from grouping import Floats, Grouping, Products, find_dense, link_average, multiply, pass_once
from scores import Labelled, score_bcubed, score_foreign_pairs, score_pairs
from sketches import DAY, OLYMPICS, read_day, read_labels, read_olympics, read_sketches
from stories import run
from tidings.embedders.e5 import E5
from tidings.model import Sketch
from tidings.story.assign import AssignOptions

COSINES = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)
WORDS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5)
SIZES = (2, 3, 5, 10, 20)  # articles; BERTopic's own is 10
LEAD = 2000  # characters of the body that TF-IDF reads


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """One set in the order of arrival."""

    name: str
    sketches: Sequence[Sketch]
    texts: Sequence[str]
    labels: Sequence[Labelled]

    def vectors(self) -> Floats:
        """Of unit length; zeros where there was no text."""
        rows = np.stack([one.vector for one in self.sketches]).astype(np.float32)
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        found: Floats = rows / np.maximum(lengths, 1)
        return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, help="folder that keeps vectors and sketches")
    parser.add_argument("--set", choices=("day", "olympics"), help="only this one")
    parser.add_argument("--only", nargs="*", choices=sorted(METHODS), default=sorted(METHODS))
    told = parser.parse_args()
    embedder, names = E5(), {"day": DAY, "olympics": OLYMPICS}
    streams = [
        read_stream(short, name, read_sketches(name, embedder, told.cache))
        for short, name in names.items()
        if told.set in (None, short)
    ]
    report: dict[str, Any] = {stream.name: measure_ours(stream) for stream in streams}
    rows = [{"method": "tidings, as shipped", "setting": "shipped", **report}]
    skipped = []
    for method in told.only:
        if method == "bertopic" and importlib.util.find_spec("umap") is None:
            skipped.append("bertopic: umap-learn is missing")
            continue
        rows += measure_method(method, streams)
    show(rows, [stream.name for stream in streams])
    print(json.dumps({"rows": rows, "not_run": skipped}))


def read_stream(short: str, name: str, sketches: Sequence[Sketch]) -> Stream:
    articles = read_olympics() if name == OLYMPICS else read_day()
    texts = {row["id"]: f"{row['title']}\n{(row.get('text') or '')[:LEAD]}" for row in articles}
    return Stream(
        name=short,
        sketches=sketches,
        texts=[texts[one.article] for one in sketches],
        labels=read_labels(name),
    )


def measure_ours(stream: Stream) -> dict[str, float]:
    clock = time.process_time()
    found = run(stream.sketches, AssignOptions())
    return score(stream, found, time.process_time() - clock)


def measure_method(method: str, streams: Sequence[Stream]) -> list[dict[str, Any]]:
    """One row for each set that the setting is taken from."""
    tables = {stream.name: try_settings(method, stream) for stream in streams}
    rows = []
    for name, table in tables.items():
        setting = max(table, key=lambda setting: table[setting]["bcubed_f1"])
        row: dict[str, Any] = {"method": f"{method}, best on {name}", "setting": setting}
        rows.append(row | {other: tables[other][setting] for other in tables})
    return rows


def try_settings(method: str, stream: Stream) -> dict[float, dict[str, float]]:
    print(f"{method}, {stream.name}", file=sys.stderr, flush=True)
    found = {}
    ids = [one.article for one in stream.sketches]
    for grouping in METHODS[method](stream):
        stories = {one: str(group) for one, group in zip(ids, grouping.groups, strict=True)}
        found[grouping.setting] = score(stream, stories, grouping.seconds)
    return found


def score(stream: Stream, found: dict[str, str], seconds: float) -> dict[str, float]:
    bcubed = score_bcubed(stream.labels, found)
    return {
        "bcubed_f1": round(bcubed.f1, 4),
        "bcubed_precision": round(bcubed.precision, 4),
        "bcubed_recall": round(bcubed.recall, 4),
        "pairs_f1": round(score_pairs(stream.labels, found).f1, 4),
        "foreign_pairs_f1": round(score_foreign_pairs(stream.labels, found).f1, 4),
        "cpu_seconds": round(seconds, 1),
    }


def group_by_words(stream: Stream) -> list[Grouping]:
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - an extra

    clock = time.process_time()
    maker = TfidfVectorizer(sublinear_tf=True, min_df=2, max_df=0.1, dtype=np.float32)
    table = maker.fit_transform(stream.texts).tocsr()
    seconds = time.process_time() - clock

    def products(start: int, end: int) -> Floats:
        found: Floats = (table[start:end] @ table[:end].T).toarray()
        return found

    chosen: Products = products
    groupings = pass_once(chosen, table.shape[0], WORDS)
    return [
        Grouping(setting=one.setting, groups=one.groups, seconds=one.seconds + seconds)
        for one in groupings
    ]


def group_by_vectors(stream: Stream) -> list[Grouping]:
    return pass_once(multiply(stream.vectors()), len(stream.sketches), COSINES)


METHODS: dict[str, Callable[[Stream], list[Grouping]]] = {
    "tf-idf": group_by_words,
    "e5": group_by_vectors,
    "average-linkage": lambda stream: link_average(stream.vectors(), COSINES),
    "bertopic": lambda stream: find_dense(stream.vectors(), SIZES),
}


def show(rows: Sequence[dict[str, Any]], names: Sequence[str]) -> None:
    figures = ("bcubed_f1", "pairs_f1", "foreign_pairs_f1", "cpu_seconds")
    print("| method | setting | " + " | ".join(f"{n} {f}" for n in names for f in figures) + " |")
    print("|---" * (2 + len(names) * len(figures)) + "|")
    for row in rows:
        cells = [str(row[name][figure]) for name in names for figure in figures]
        print(f"| {row['method']} | {row['setting']} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
