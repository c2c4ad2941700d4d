"""Make and measure the table of language means that ships with the embedder e5.

    python bench/means.py            measure the shipped table on pairs across languages
    python bench/means.py --write    make the table anew from one day of news, then measure

Reads day-2019-11-18 from TIDINGS_DATA or ../shared/data. The table holds means only: no text.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

from news import Record, find_data, read_day, score_pairs
from tidings.embedders.e5 import E5, Options
from tidings.embedders.e5.means import OTHER, script_of
from tidings.reading.language import identify

SAMPLE = 300  # articles a language, spread over the day: a mean of so many is off by about .03
LEAST = 4  # articles: fewer say nothing of a language
WEIGHT = 20.0  # articles that the mean of the script counts as
TABLE = Path(__file__).parents[1] / "src" / "tidings" / "embedders" / "e5"

Floats = np.ndarray[tuple[int, ...], np.dtype[np.float32]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="make the table anew")
    options = parser.parse_args()
    data = find_data("day-2019-11-18/articles.jsonl.xz")
    if data is None:
        print(json.dumps({"skipped": "no day-2019-11-18; set TIDINGS_DATA"}))
        return
    if options.write:
        write_table(choose(read_day(data)))
    print(json.dumps(measure()))


def choose(records: list[Record]) -> dict[str, list[Record]]:
    """At most SAMPLE records of each language, as our own identifier names it."""
    held = defaultdict(list)
    for record in records:
        language, _ = identify(record.headline, record.body)
        held[language.split("-", 1)[0]].append(record)
    held.pop(OTHER, None)
    return {
        language: rows[:: -(-len(rows) // SAMPLE)]
        for language, rows in sorted(held.items())
        if len(rows) >= LEAST
    }


def write_table(chosen: dict[str, list[Record]]) -> None:
    encoder = E5(Options(is_centred=False))
    own, counts, scripts = {}, {}, {}
    for language, records in chosen.items():
        states = [encoder.embed(r.text, OTHER).astype(np.float64) for r in records]
        own[language] = np.mean([s / np.linalg.norm(s) for s in states], axis=0)
        counts[language] = len(records)
        scripts[language] = Counter(script_of(r.text) for r in records).most_common(1)[0][0]
    rows = [np.mean(list(own.values()), axis=0)]
    keys: dict[str, list[dict[str, object]]] = {"languages": [{"language": OTHER, "row": 0}]}
    keys["scripts"] = []
    by_script = {}
    for script in sorted(set(scripts.values())):
        alike = [own[name] for name in own if scripts[name] == script]
        by_script[script] = (rows[0] + np.sum(alike, axis=0)) / (1 + len(alike))
        keys["scripts"].append({"script": script, "row": len(rows), "languages": len(alike)})
        rows.append(by_script[script])
    for language, mean in own.items():
        count = counts[language]
        keys["languages"].append({"language": language, "row": len(rows), "articles": count})
        rows.append((count * mean + WEIGHT * by_script[scripts[language]]) / (count + WEIGHT))
    np.save(TABLE / "means.npy", np.array(rows, np.float16))
    (TABLE / "means.json").write_text(json.dumps(keys, indent=1) + "\n", encoding="utf-8")


def measure() -> dict[str, object]:
    return {
        "centred": score_pairs(E5()),
        "raw": score_pairs(E5(Options(is_centred=False))),
    }


if __name__ == "__main__":
    main()
