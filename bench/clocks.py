"""How far pages' clocks can be believed, by articles that cite one another.

An article is younger than the one that it links to, whatever the two clocks say. So, of the pairs
of the day's citations, how often the clocks say the contrary, and whether the chance that is given
of two clocks' order (story/chances.py) is the share in which it is true, by the gap of the clocks.
The options were chosen by eye on all pairs, before this bench stood; ``one`` and ``other`` are the
halves of the cited sites, and show how far the shares move: a site whose clock is always wrong
counts in all of its pairs.

    python bench/clocks.py
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from itertools import pairwise
from typing import Any

from news import DAY, find_data
from tidings.story.chances import find_chances, find_density
from tidings.story.clocks import Bounds, Publication
from tidings.times import moment

GAPS = (0, 10, 30, 60, 120, 240, 480, 1440)  # minutes
OPEN = Bounds(start=None, end=None)


@dataclass(frozen=True, kw_only=True)
class Pair:
    gap: timedelta  # from the cited article's clock to the citing one's
    is_one: bool


def main() -> None:
    path = find_data(f"{DAY}/citations.jsonl")
    if path is None:
        print(json.dumps({"bench": "clocks", "skipped": "no data; set TIDINGS_DATA"}))
        return
    pairs = list(read_pairs(path.read_text(encoding="utf-8").splitlines()))
    halves = {"all": pairs}
    halves |= {name: [one for one in pairs if one.is_one is half] for name, half in HALVES}
    report = {name: measure(chosen) for name, chosen in halves.items()}
    print(json.dumps({"bench": "clocks", **report}))


HALVES = (("one", True), ("other", False))


def read_pairs(lines: Sequence[str]) -> Iterator[Pair]:
    for line in lines:
        row = json.loads(line)
        site = blake2b(row["dst_site"].encode()).digest()
        citing, cited = (datetime.fromisoformat(row[key]) for key in ("src_date", "dst_date"))
        yield Pair(gap=citing - cited, is_one=site[-1] % 2 == 0)


def measure(pairs: Sequence[Pair]) -> dict[str, Any]:
    """``contrary``: share whose clocks say that the citing article is the older one.
    ``calibration``: mean distance of given chances and true shares, weighted by pairs."""
    rows: list[dict[str, Any]] = []
    for low, high in pairwise(GAPS):
        chosen = [
            one for one in pairs if timedelta(minutes=low) <= abs(one.gap) < timedelta(minutes=high)
        ]
        if chosen:
            given = sum(map(find_chance, chosen)) / len(chosen)
            true = sum(one.gap > timedelta(0) for one in chosen) / len(chosen)
            rows.append(
                {
                    "minutes": [low, high],
                    "pairs": len(chosen),
                    "given": round(given, 3),
                    "true": round(true, 3),
                }
            )
    distance = sum(row["pairs"] * abs(row["given"] - row["true"]) for row in rows)
    return {
        "pairs": len(pairs),
        "contrary": round(sum(one.gap < timedelta(0) for one in pairs) / len(pairs), 3),
        "calibration": round(distance / len(pairs), 3),
        "agreement": round(1 - distance / len(pairs), 3),
        "gaps": rows,
    }


def find_chance(pair: Pair) -> float:
    """That the earlier of the two clocks tells the earlier article."""
    noon = datetime.fromisoformat("2019-11-18T12:00:00+00:00")
    densities = {}
    for name, at in (("earlier", noon), ("later", noon + abs(pair.gap))):
        one = Publication(id=name, name=name, published=moment(at, "clock"))
        density = find_density(one, OPEN)
        if density:
            densities[name] = density
    return find_chances(densities)["earlier"]


if __name__ == "__main__":
    main()
