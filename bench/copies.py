"""How well near-copies are found, against exact Jaccard of word 5-grams, and how quickly.

    python bench/copies.py

Reads day-2019-11-18 from TIDINGS_DATA or ../shared/data and prints JSON. The labelled pairs are
complete from Jaccard .5 on; a pair found below it counts as false.
"""

from __future__ import annotations

import json
import lzma
import time

from news import DAY, find_data, read_day
from tidings.model import Signature
from tidings.story.copies import CopyIndex, CopyOptions, sign

TRUE = 0.5  # exact Jaccard


def main() -> None:
    day, pairs = find_data(f"{DAY}/articles.jsonl.xz"), find_data(f"{DAY}/near_duplicates.jsonl.xz")
    if day is None or pairs is None:
        print(json.dumps({"skipped": f"no {DAY}; set TIDINGS_DATA"}))
        return
    with lzma.open(pairs, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    exact = {frozenset((row["a"], row["b"])): row["jaccard"] for row in rows}
    wanted = {name for pair in exact for name in pair}
    texts = {record.id: record.body for record in read_day(day) if record.id in wanted}
    start = time.process_time()
    signatures = {name: sign(text) for name, text in texts.items()}
    signed = time.process_time()
    found = find_pairs(signatures)
    indexed = time.process_time()
    true = {pair for pair, jaccard in exact.items() if jaccard >= TRUE}
    hits = len(found & true)
    print(
        json.dumps(
            {
                "texts": len(texts),
                "pairs": len(true),
                "threshold": CopyOptions().jaccard,
                "recall": round(hits / len(true), 4),
                "precision": round(hits / len(found), 4),
                "signatures_a_cpu_second": round(len(texts) / (signed - start)),
                "lookups_a_cpu_second": round(len(texts) / (indexed - signed)),
            }
        )
    )


def find_pairs(signatures: dict[str, Signature]) -> set[frozenset[str]]:
    index, names = CopyIndex(), list(signatures)
    found = set()
    for member, name in enumerate(names):
        for other, _ in index.find_copies(signatures[name]):
            found.add(frozenset((name, names[other])))
        index.add(member, signatures[name])
    return found


if __name__ == "__main__":
    main()
