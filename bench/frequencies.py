"""Makes src/tidings/story/frequencies.bin: how common terms are in a day of news. Numbers only.

    python bench/frequencies.py --write

Reads day-2019-11-18 from TIDINGS_DATA or ../shared/data.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy as np

from sketches import DAY, read_articles
from tidings.model import Article
from tidings.story.frequencies import hash_term
from tidings.story.terms import choose_terms

TABLE = Path(__file__).parents[1] / "src" / "tidings" / "story" / "frequencies.bin"
LEAST_SHARE = 1 / 300  # of the articles that could have the term
LEAST_ARTICLES = 5
LEAST_LANGUAGE = 100  # articles: of fewer no shares are taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", required=True)
    parser.parse_args()
    articles: Counter[str] = Counter()
    holders: Counter[str] = Counter()
    for article in read_articles(DAY):
        language = article.language.partition("-")[0].lower()
        articles.update((language, ""))
        holders.update(term for term in find_terms(article) if not term.startswith("u:"))
    rows = {}
    for term, count in holders.items():
        total = articles[term.split(":", 2)[1] if term.startswith("w:") else ""]
        is_frequent = count >= LEAST_ARTICLES and count >= LEAST_SHARE * total
        if total >= LEAST_LANGUAGE and is_frequent:
            rows[hash_term(term)] = round(count / total * 65535)
    table = np.array(sorted(rows.items()), dtype=np.int64)
    packed = np.zeros(len(table), dtype=[("term", "<u4"), ("share", "<u2")])
    packed["term"], packed["share"] = table[:, 0], table[:, 1]
    TABLE.write_bytes(packed.tobytes())
    print(json.dumps({"terms": len(rows), "bytes": packed.nbytes}))


def find_terms(article: Article) -> tuple[str, ...]:
    """Without annotators: the names are the capitals of headline and lead."""
    return choose_terms(article.headline, article.body, article.language, (), article.links)


if __name__ == "__main__":
    main()
