"""Makes src/tidings/story/entities/romanised.txt: how Cyrillic letters of names are spelt in Latin.

    python bench/fit_romaniser.py --write

From the training part of names-en-ru (Wikidata, CC0), read from TIDINGS_DATA or ../shared/data.
Letters are aligned by hard EM; then each letter's spelling is counted in ever wider contexts, and a
context is kept where it is seen ``LEAST`` times and changes what the narrower ones say (a tree of
decisions as IGTree: Daelemans, van den Bosch, Weijters 1997). bench/entities.py measures it.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from anyascii import anyascii

from entities import read_names
from tidings.story.entities.romanise import EDGE, ORDER

TABLE = Path(__file__).parents[1] / "src" / "tidings" / "story" / "entities" / "romanised.txt"
LEAST = 3  # names: of 2 to 4 the best on a fifth of the training part
LONGEST = 3  # Latin letters of one Cyrillic
ROUNDS, SAMPLE = 4, 12_000
WORST = -3.2  # mean log likelihood of a letter; below it, two names are no spellings of one
ABSENT = -14.0

Chances = dict[tuple[str, str], float]
Row = list[tuple[str, str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", required=True)
    parser.parse_args()
    told = read_names("64")
    names = [(cyrillic, latin) for cyrillic, latin, _ in told]
    chances = fit(names)
    weights = {(cyrillic, latin): count**0.5 for cyrillic, latin, count in told}
    rows = [
        (row, weights["".join(a for a, _ in row), "".join(b for _, b in row)])
        for row, score in aligned(names, chances)
        if score > WORST
    ]
    table = grow(rows)
    lines = [f"{context} {spelling}\n" for context, spelling in sorted(table.items())]
    TABLE.write_text("".join(lines), encoding="utf-8")
    print(json.dumps({"contexts": len(table), "bytes": TABLE.stat().st_size}))


def fit(names: list[tuple[str, str]]) -> Chances:
    chances = begin(names)
    some = random.Random(0).sample(names, min(SAMPLE, len(names)))  # noqa: S311 - no secret
    for _ in range(ROUNDS):
        counts: Counter[tuple[str, str]] = Counter()
        for row, score in aligned(some, chances):
            if score > WORST - 1:
                counts.update(row)
        totals: Counter[str] = Counter()
        for (letter, _), count in counts.items():
            totals[letter] += count
        chances = {
            pair: math.log(count / totals[pair[0]]) for pair, count in counts.items() if count > 1
        }
    return chances


def begin(names: list[tuple[str, str]]) -> Chances:
    chances: Chances = {}
    for letter in {letter for cyrillic, _ in names for letter in cyrillic}:
        for latin in "abcdefghijklmnopqrstuvwxyz":
            chances[letter, latin] = -6.0
        chances[letter, ""] = -4.0
        chances[letter, anyascii(letter).lower()] = -0.5
    return chances


def aligned(names: list[tuple[str, str]], chances: Chances) -> Iterator[tuple[Row, float]]:
    """Each name's letters with their spellings, and the mean log likelihood."""
    for cyrillic, latin in names:
        row, score = align(cyrillic, latin, chances)
        if row:
            yield row, score / len(cyrillic)


def align(cyrillic: str, latin: str, chances: Chances) -> tuple[Row, float]:
    """The likeliest alignment, by dynamic programming; empty where there is none."""
    width = len(latin) + 1
    best = [0.0] + [-math.inf] * len(latin)
    backs: list[list[int]] = []
    for letter in cyrillic:
        after, back = [-math.inf] * width, [0] * width
        for at, score in enumerate(best):
            for length in range(min(LONGEST, len(latin) - at) + 1):
                spelling = latin[at : at + length]
                told = score + chances.get((letter, spelling), ABSENT - length)
                if told > after[at + length]:
                    after[at + length], back[at + length] = told, length
        best = after
        backs.append(back)
    if best[-1] == -math.inf:
        return [], best[-1]
    row: Row = []
    end = len(latin)
    for letter, back in zip(reversed(cyrillic), reversed(backs), strict=True):
        row.append((letter, latin[end - back[end] : end]))
        end -= back[end]
    return row[::-1], best[-1]


def grow(rows: list[tuple[Row, float]]) -> dict[str, str]:
    """A name weighs the root of how many bear it: those that news print are the frequent ones."""
    counts: list[defaultdict[str, defaultdict[str, float]]] = [
        defaultdict(lambda: defaultdict(float)) for _ in range(len(ORDER) + 1)
    ]
    for row, weight in rows:
        padded = EDGE * len(ORDER) + "".join(letter for letter, _ in row) + EDGE * len(ORDER)
        for at, (letter, spelling) in enumerate(row, len(ORDER)):
            context = letter
            counts[0][context][spelling] += weight
            for depth, step in enumerate(ORDER, 1):
                context += padded[at + step]
                counts[depth][context][spelling] += weight
    table: dict[str, str] = {}
    for depth, level in enumerate(counts):
        for context, told in level.items():
            best = max(told, key=lambda spelling: (told[spelling], spelling))
            is_seen = not depth or sum(told.values()) >= LEAST
            if is_seen and best != find_narrower(table, context):
                table[context] = best
    return table


def find_narrower(table: dict[str, str], context: str) -> str | None:
    cuts = (context[:end] for end in range(len(context) - 1, 0, -1))
    return next((table[cut] for cut in cuts if cut in table), None)


if __name__ == "__main__":
    main()
