"""Blocks in another language than their article: how many are marked, how many wrongly.

    python bench/mixed.py [--most N] [--pairs N]

Two parts, from the day's articles whose language three other identifiers agree on (judges.py).
``built``: one or two paragraphs of one article are laid among four of another in another
language. ``monolingual``: all paragraphs of single articles, where a mark counts as wrong unless
two of the three identifiers say the same of that paragraph.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import cycle, islice

from judges import Judge, find_judges, find_majority
from language import TWINS, articles
from news import find_data
from tidings.model import Role
from tidings.reading.compose import compose
from tidings.reading.language import identify
from tidings.reading.mixed import mark_languages

NEAR = (
    ("uk", "ru"), ("ru", "uk"), ("bg", "ru"), ("ru", "bg"), ("be", "ru"), ("kk", "ru"),
    ("no", "sv"), ("cs", "sk"), ("sk", "cs"), ("es", "ca"), ("ca", "es"), ("es", "pt"),
    ("pt", "es"), ("ar", "fa"), ("fa", "ar"), ("hi", "mr"), ("mr", "hi"), ("ja", "zh"),
    ("zh", "ja"), ("nl", "de"), ("de", "en"), ("sl", "hr"), ("uk", "en"), ("ru", "en"),
)  # fmt: skip
SHORTEST, LONGEST = 60, 600  # code points of a paragraph
MORE = 1.5  # times the foreign paragraphs that the page's own are long
LEAST = 10  # articles of a language that takes part

Held = dict[str, list[list[str]]]
"""Paragraphs by article, by language."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=120, help="articles a language")
    parser.add_argument("--pairs", type=int, default=60, help="built pages a pair of languages")
    options = parser.parse_args()
    path = find_data("day-2019-11-18/articles.jsonl.xz")
    judges = find_judges()
    if path is None or not judges:
        print(json.dumps({"skipped": "no day-2019-11-18 or no judges; see bench/judges.py"}))
        return
    held: Held = defaultdict(list)
    for _, headline, body in articles(path, options.most):
        truth = find_majority([j(f"{headline}\n{body[:1_000]}") for j in judges.values()])
        lines = [line for line in body.split("\n") if SHORTEST <= len(line) <= LONGEST]
        if truth != "und" and len(lines) >= 3:
            held[truth].append(lines)
    held = {tag: found for tag, found in held.items() if len(found) >= LEAST}
    near = [pair for pair in NEAR if set(pair) <= set(held)]
    far = list(islice(_far(sorted(held)), 60))
    report = {
        "bench": "mixed",
        "near": _built(held, near, options.pairs),
        "far": _built(held, far, options.pairs // 3),
        "monolingual": _alone(held, list(judges.values())),
    }
    print(json.dumps(report, ensure_ascii=False))


def _far(tags: list[str]) -> Iterator[tuple[str, str]]:
    for step in (1, 5, 11):
        for place, tag in enumerate(tags):
            yield tag, tags[(place + step) % len(tags)]


def _built(held: Held, pairs: Iterable[tuple[str, str]], most: int) -> dict[str, object]:
    by_pair: dict[str, Counter[str]] = {}
    for own, other in pairs:
        found = by_pair.setdefault(f"{other} in {own}", Counter())
        both = zip(held[own], cycle(held[other]), strict=False)
        for place, (mine, theirs) in enumerate(islice(both, most)):
            few = theirs[: 1 + place % 2]
            if sum(map(len, mine[:4])) > MORE * sum(map(len, few)):
                found += _page(own, other, mine[:4], few)
    total = sum(by_pair.values(), Counter[str]())
    return {
        **_shares(total),
        "by_pair": {
            pair: {k: v for k, v in _shares(found).items() if k != "blocks"}
            for pair, found in by_pair.items()
            if found["marked"] < 0.97 * found["foreign"] or found["own marked"]
        },
    }


def _page(own: str, other: str, mine: list[str], theirs: list[str]) -> Counter[str]:
    """The foreign paragraphs after the first two of the article's own."""
    lines = [*mine[:2], *theirs, *mine[2:]]
    text, blocks = compose((Role.BODY, line) for line in lines)
    language = identify("", text)[0]
    found: Counter[str] = Counter(pages=1, language_right=language == own)
    for place, block in enumerate(mark_languages(text, blocks, own)):
        is_foreign = 2 <= place < 2 + len(theirs)
        found["foreign" if is_foreign else "own"] += 1
        if is_foreign:
            is_right = block.language == other or {block.language, other} <= TWINS
            found["marked"] += is_right
            found["misnamed"] += not is_right and block.language is not None
        else:
            found["own marked"] += block.language is not None
    return found


def _shares(found: Counter[str]) -> dict[str, float]:
    return {
        "pages": found["pages"],
        "blocks": found["foreign"] + found["own"],
        "page_language_right": _share(found["language_right"], found["pages"]),
        "foreign_marked_right": _share(found["marked"], found["foreign"]),
        "foreign_misnamed": _share(found["misnamed"], found["foreign"]),
        "own_marked": _share(found["own marked"], found["own"]),
    }


def _alone(held: Held, judges: list[Judge]) -> dict[str, object]:
    found: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    seconds = 0.0
    for truth, every in held.items():
        for lines in every:
            text, blocks = compose((Role.BODY, line) for line in lines)
            language = identify("", text)[0]
            start = time.perf_counter()
            marked = mark_languages(text, blocks, language)
            seconds += time.perf_counter() - start
            found["blocks"] += len(blocks)
            for block in marked if language == truth else ():
                piece = text[block.start : block.end]
                if block.language is None:
                    continue
                found["marked"] += 1
                said = find_majority([judge(piece) for judge in judges])
                if said != block.language:
                    found["wrong"] += 1
                    wrong[f"{block.language} in {truth}"] += 1
    return {
        "blocks": found["blocks"],
        "marked": _share(found["marked"], found["blocks"]),
        "marked_wrongly": _share(found["wrong"], found["blocks"]),
        "kept": round(1 - found["wrong"] / max(found["blocks"], 1), 5),
        "wrong": dict(wrong.most_common(20)),
        "microseconds_a_block": round(seconds / max(found["blocks"], 1) * 1e6, 1),
    }


def _share(part: int, whole: int) -> float:
    return round(part / max(whole, 1), 5)


if __name__ == "__main__":
    main()
