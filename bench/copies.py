"""How well copies are found, and how quickly: a whole day comes article by article.

    python bench/copies.py [--every N]

Reads day-2019-11-18 from TIDINGS_DATA or ../shared/data and prints JSON. Near-copies: the labelled
pairs have the exact Jaccard of word 5-grams and are complete from .5 on, for articles in six
languages with texts of some 45 words; pairs found among other articles are counted apart.
Containment: articles are cut by rule, and each cut is looked for among the whole day.
"""

from __future__ import annotations

import argparse
import json
import lzma
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from news import DAY, Record, find_data, read_day
from tidings.model import ArticleId, Sketch
from tidings.story.copies import Copies
from tidings.story.lexemes import split_words
from tidings.story.lookalikes import CopyIndex, CopyOptions
from tidings.story.shingles import sign
from tidings.text import sentences
from tidings.times import unknown

TRUE = 0.5  # exact Jaccard
CUT_FROM = 200  # words of an article that is cut
CUTS = 1_000  # articles cut


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="every n-th article alone")
    told = parser.parse_args()
    day, pairs = find_data(f"{DAY}/articles.jsonl.xz"), find_data(f"{DAY}/near_duplicates.jsonl.xz")
    if day is None or pairs is None:
        print(json.dumps({"skipped": f"no {DAY}; set TIDINGS_DATA"}))
        return
    with lzma.open(pairs, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    records = read_day(day)[:: told.every]
    start = time.process_time()
    signatures = [sign(record.body) for record in records]
    signed = time.process_time() - start
    sketches = [
        Sketch(
            article=ArticleId(record.id),
            published=unknown("not needed"),
            language="und",
            publisher=None,
            terms=(),
            signature=signature,
            vector=np.zeros(0, dtype=np.int16),
        )
        for record, signature in zip(records, signatures, strict=True)
    ]
    lengths = [len(signature) for signature in signatures]
    report = {
        "articles": len(records),
        "signature": {
            "milliseconds_an_article": round(signed / len(records) * 1e3, 3),
            "mean_bytes": round(4 * sum(lengths) / len(lengths)),
        },
        "near": measure_near(records, sketches, rows),
        "online": measure_online(sketches),
        "cut": measure_cuts(records, sketches),
    }
    report["recall"] = report["near"]["recall"]
    report["precision"] = report["near"]["precision"]
    print(json.dumps(report, indent=1))


def measure_near(
    records: Sequence[Record], sketches: Sequence[Sketch], rows: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    """Every pair of the day. Precision among articles that have a label, and among all by comparing
    the texts."""
    known = {record.id for record in records}
    true = {
        frozenset((row["a"], row["b"]))
        for row in rows
        if row["jaccard"] >= TRUE and row["a"] in known and row["b"] in known
    }
    start = time.process_time()
    found = find_pairs(sketches)
    seconds = time.process_time() - start
    labelled = {name for row in rows for name in (row["a"], row["b"])}
    judged = {pair for pair in found if pair <= labelled}
    bodies = {record.id: record.body for record in records}
    wrong = [pair for pair in found - true if jaccard(*(bodies[name] for name in pair)) < TRUE]
    hits = len(found & true)
    return {
        "pairs": len(true),
        "found": len(found),
        "recall": round(hits / max(1, len(true)), 4),
        "precision": round(hits / max(1, len(judged)), 4),
        "precision_by_exact_jaccard": round(1 - len(wrong) / max(1, len(found)), 4),
        "seconds": round(seconds, 1),
        "threshold": CopyOptions().jaccard,
    }


def find_pairs(sketches: Sequence[Sketch]) -> set[frozenset[str]]:
    index = CopyIndex()
    found = set()
    for member, sketch in enumerate(sketches):
        for other, likeness in index.find_alike(sketch.signature):
            if likeness.jaccard < CopyOptions().jaccard:
                continue
            found.add(frozenset((str(sketch.article), str(sketches[other].article))))
        index.add(member, sketch.signature)
    return found


def jaccard(a: str, b: str) -> float:
    """Exact, of the words that we count."""
    first, second = (
        {tuple(words[at : at + 5]) for at in range(max(1, len(words) - 4))}
        for words in (split_words(a), split_words(b))
    )
    return len(first & second) / len(first | second)


def measure_online(sketches: Sequence[Sketch]) -> dict[str, Any]:
    copies, kinds, times = Copies(), Counter[str](), []
    for sketch in sketches:
        start = time.perf_counter()
        copy = copies.find(sketch)
        copies.add(sketch)
        times.append(time.perf_counter() - start)
        if copy:
            kinds[copy.kind] += 1
    mean, median, late = np.mean(times), np.median(times), np.quantile(times, 0.99)
    return {
        "copies": dict(kinds),
        "milliseconds": [round(float(value) * 1e3, 2) for value in (mean, median, late)],
        "are": "mean, median, 99th percentile",
    }


def measure_cuts(records: Sequence[Record], sketches: Sequence[Sketch]) -> dict[str, float]:
    """Share of the cuts that are found to be contained in their article or in its copy, or near
    to it, by way of cutting."""
    copies = Copies()
    for sketch in sketches:
        copies.add(sketch)
    long = [at for at, record in enumerate(records) if len(split_words(record.body)) >= CUT_FROM]
    chosen = long[:: max(1, len(long) // CUTS)]
    wholes = {sketch.article: sketch.signature for sketch in sketches}
    report: dict[str, float] = {}
    for name, make in WAYS.items():
        hits = 0
        for at in chosen:
            text = make(records[at].body, records[at - 1].body)
            made = Sketch(
                article=ArticleId("cut"),
                published=unknown("not needed"),
                language="und",
                publisher=None,
                terms=(),
                signature=sign(text),
                vector=np.zeros(0, dtype=np.int16),
            )
            copy = copies.find(made)
            hits += copy is not None and is_akin(wholes[copy.of], sketches[at].signature)
        report[name] = round(hits / max(1, len(chosen)), 4)
    return report


def is_akin(a: np.ndarray, b: np.ndarray) -> bool:
    """Whether what was found is the article that was cut, or shares a good part with it."""
    return len(np.intersect1d(a, b)) >= 0.3 * min(len(a), len(b))


def first_third(body: str, other: str) -> str:
    del other
    spans = sentences(body)
    return body[: spans[len(spans) // 3][1]]


def every_second(body: str, other: str) -> str:
    del other
    return "\n".join(body[start:end] for start, end in sentences(body)[::2])


def three_of_four(body: str, other: str) -> str:
    del other
    return " ".join(
        body[start:end] for at, (start, end) in enumerate(sentences(body)) if at % 4 != 3
    )


def with_lead(body: str, other: str) -> str:
    """The first half after twenty words that stand nowhere in this order."""
    return f"{' '.join(other.split()[20::-1])} {body[: len(body) // 2]}"


def within_other(body: str, other: str) -> str:
    """Between words that stand nowhere in this order."""
    new = " ".join(other.split()[::-1])
    return f"{new}\n\n{body}\n\n{new[: len(new) // 2]}"


WAYS: dict[str, Callable[[str, str], str]] = {
    "first_third": first_third,
    "every_second_sentence": every_second,
    "three_of_four_sentences": three_of_four,
    "half_with_new_lead": with_lead,
    "whole_within_other": within_other,
}


if __name__ == "__main__":
    main()
