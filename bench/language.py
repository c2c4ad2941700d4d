"""Agreement of our language identifier with a day's own, automatic labels, by language; speed.

    python bench/language.py [--most N] [--headline-only]

The labels err too: dialects and rare languages on short headlines. Differences under a point are
noise.
"""

from __future__ import annotations

import argparse
import json
import lzma
import time
from collections import Counter, defaultdict
from pathlib import Path

from news import find_data
from tidings.reading.language import identify

LEAST = 20  # articles: languages with fewer are summed up as 'rest'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=300, help="articles a language")
    parser.add_argument("--headline-only", action="store_true")
    options = parser.parse_args()
    path = find_data("day-2019-11-18/articles.jsonl.xz")
    if path is None:
        print(json.dumps({"skipped": "no day-2019-11-18; set TIDINGS_DATA"}))
        return
    print(json.dumps(_measure(_rows(path, options.most), options.headline_only)))


def _rows(path: Path, most: int) -> list[tuple[str, str, str]]:
    """Label, headline and body of the first ``most`` articles of each language."""
    seen: Counter[str] = Counter()
    rows = []
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            seen[record["lang"]] += 1
            if seen[record["lang"]] <= most:
                rows.append((record["lang"], record["title"] or "", record["text"] or ""))
    return rows


def _measure(rows: list[tuple[str, str, str]], is_headline_only: bool) -> dict[str, object]:
    start = time.perf_counter()
    identify("The first call loads the models", "Menteri mengatakan kepada wartawan")
    loading = time.perf_counter() - start
    answers: defaultdict[str, Counter[str]] = defaultdict(Counter)
    start = time.perf_counter()
    for label, headline, body in rows:
        answers[label][identify(headline, "" if is_headline_only else body)[0]] += 1
    seconds = time.perf_counter() - start
    great = {label: found for label, found in answers.items() if found.total() >= LEAST}
    rest = [(label, found) for label, found in answers.items() if label not in great]
    agreed = sum(found[label] for label, found in answers.items())
    return {
        "bench": "language",
        "articles": len(rows),
        "agreement": round(agreed / len(rows), 4),
        "by_language": {label: _row(label, found) for label, found in sorted(great.items())},
        "rest": {
            "articles": sum(found.total() for _, found in rest),
            "agreed": sum(found[label] for label, found in rest),
        },
        "texts_per_second": round(len(rows) / seconds),
        "loading_seconds": round(loading, 2),
    }


def _row(label: str, found: Counter[str]) -> dict[str, object]:
    others = {language: count for language, count in found.most_common(4) if language != label}
    share = round(found[label] / found.total(), 3)
    return {"articles": found.total(), "agreement": share, "others": others}


if __name__ == "__main__":
    main()
