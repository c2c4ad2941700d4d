"""How often the fitter of two headlines of one story is preferred, as one of us judged them.

    python bench/headlines.py [--cache DIR]

headlines.json holds ids only: the articles of stories of day-2019-11-18 in one language, earliest
first, and pairs of them, the better one first, judged by how a desk would head the story. They
are pairs that rules had chosen differently, so a rule that tosses a coin gets half. The options of
story/headlines.py were chosen on the same pairs: expect a little less elsewhere. Prints JSON.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from news import DAY, find_data
from sketches import Remembering, read_day
from tidings.embedders.e5 import E5
from tidings.model import ArticleId, StoryId, Summary
from tidings.pipeline import join_lead
from tidings.story.headlines import measure_nearness, primary, score_headlines
from tidings.story.lexemes import split_words
from tidings.times import unknown

JUDGED: list[dict[str, Any]] = json.loads(Path(__file__).with_suffix(".json").read_text())

Scoring = Callable[[Sequence[Summary]], list[float]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, help="folder that keeps vectors")
    told = parser.parse_args()
    if find_data(f"{DAY}/articles.jsonl.xz") is None:
        print(json.dumps({"skipped": f"no {DAY}; set TIDINGS_DATA"}))
        return
    wanted = {one for item in JUDGED for one in item["articles"]}
    rows = {row["id"]: row for row in read_day() if row["id"] in wanted}
    embedder = Remembering(E5(), told.cache)
    vectors = {
        ArticleId(name): embedder.embed(
            join_lead(row["title"] or "", row["text"] or ""), primary(row["lang"])
        )
        for name, row in rows.items()
    }

    def near(pool: Sequence[Summary]) -> list[float]:
        return score_headlines(
            pool, measure_nearness({one.article: vectors[one.article] for one in pool})
        )

    rules: dict[str, Scoring] = {
        "tidings": near,
        "without vectors": score_headlines,
        "most shared words": _share_words,
        "first": lambda pool: [-float(at) for at in range(len(pool))],
    }
    pools = [[summarize(rows[one]) for one in item["articles"]] for item in JUDGED]
    report = {name: round(agree(pools, rule), 4) for name, rule in rules.items()}
    pairs = sum(len(item["better_worse"]) for item in JUDGED)
    print(json.dumps({"stories": len(JUDGED), "pairs": pairs, "agree": report}, indent=1))


def summarize(row: dict[str, Any]) -> Summary:
    return Summary(
        article=ArticleId(row["id"]),
        story=StoryId(""),
        headline=row["title"] or "",
        lead=(row["text"] or "")[:200],
        url=None,
        publisher=row["site"],
        language=row["lang"],
        published=unknown("not needed"),
    )


def agree(pools: Sequence[Sequence[Summary]], rule: Scoring) -> float:
    """Share of the pairs whose better one scores higher."""
    right, total = 0, 0
    for pool, item in zip(pools, JUDGED, strict=True):
        scores = dict(zip((one.article for one in pool), rule(pool), strict=True))
        for better, worse in item["better_worse"]:
            right += scores[better] > scores[worse]
            total += 1
    return right / total


def _share_words(pool: Sequence[Summary]) -> list[float]:
    words = [frozenset(split_words(one.headline)) for one in pool]
    return [sum(len(a & b) / (len(a | b) or 1) for b in words) for a in words]


if __name__ == "__main__":
    main()
