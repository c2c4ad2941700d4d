"""Which quotes of a story are the same utterance, and how each article gives it.

    python bench/ledger.py [--part tune|held|all] [--show] [--plain]

``pairs``: of the labelled quotes that are found (half of the shorter span in common), two and two
of a story: those that share a line of the ledger, against those that we call one utterance;
``foreign`` of those in two languages. ``type``: the share of found ones given as we would
(verbatim, translated, in either way, partial, reported). ``found``: the share of all labelled
that are found at all. ``--plain`` joins by words and speakers only, without the encoder.

Labels (ledger.json): seven stories of the day in two to six languages, by article and offsets into
its body; a list of one is a quote that no other repeats. They were made by reading the quotes that
were found in a sample of each story's articles, speaker by speaker and not yet joined: so quotes
that aren't found count nowhere (bench/quotes.py has those). Every second story is held back.
"""

from __future__ import annotations

import argparse
import json
import lzma
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from news import DAY, find_data
from quoted import Labelled
from quotes import BEFORE, make_article
from tidings.annotators.quotes import QuotesAnnotator
from tidings.model import Article, Note
from tidings.quoting import gather_entries
from tidings.settings import Settings
from tidings.story.entities import resolve
from tidings.story.ledger import Line, build_ledger

LABELS = Path(__file__).with_name("ledger.json")
HELD = ("shooting", "election", "suspicion")
Place = tuple[str, int, int]
HALF = 0.5
Held = Sequence[tuple[Article, Sequence[Note]]]


@dataclass(slots=True)
class Sums:
    """Counts over all stories."""

    labelled: int = 0
    found: int = 0
    typed: int = 0
    pairs: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def count(self, key: str) -> None:
        self.pairs[key] = self.pairs.get(key, 0) + 1

    def tell(self) -> dict[str, object]:
        told: dict[str, object] = {
            "labelled": self.labelled,
            "found": round(self.found / max(1, self.labelled), 3),
            "type": round(self.typed / max(1, self.found), 3),
        }
        for kind in ("pairs", "foreign"):
            same, joined, both = (
                self.pairs.get(f"{kind}.{one}", 0) for one in ("same", "joined", "both")
            )
            told[kind] = {
                "precision": round(both / max(1, joined), 3),
                "recall": round(both / max(1, same), 3),
                "f1": round(2 * both / max(1, same + joined), 3),
                "same": same,
            }
        return told


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", default="all", choices=("tune", "held", "all"))
    parser.add_argument("--show", action="store_true", help="print what is wrong")
    parser.add_argument("--plain", action="store_true", help="without the encoder")
    options = parser.parse_args()
    report: dict[str, object] = {"bench": "ledger", "part": options.part}
    place = find_data(f"{DAY}/articles.jsonl.xz")
    if place is None:
        print(json.dumps({**report, "skipped": "no data; set TIDINGS_DATA"}))
        return 0
    labels = json.loads(LABELS.read_text())
    held = read_articles(place, labels)
    embed = None if options.plain else Settings().build_embedder().embed
    sums = Sums()
    for name, groups in labels.items():
        if options.part == "all" or (name in HELD) == (options.part == "held"):
            entries, _ = gather_entries(held[name], resolve(held[name]), lambda _: None)
            lines = build_ledger(entries, embed)
            add(sums, name, groups, lines)
    if options.show:
        print("\n".join(sums.wrong))
    print(json.dumps({**report, **sums.tell()}))
    return 0


def read_articles(
    place: Path, labels: Mapping[str, Sequence[Sequence[Mapping[str, object]]]]
) -> dict[str, Held]:
    """By story, its articles with names and quotes."""
    wanted = {
        str(one["article"]): name for name, groups in labels.items() for g in groups for one in g
    }
    held: dict[str, list[tuple[Article, Sequence[Note]]]] = {name: [] for name in labels}
    with lzma.open(place, "rt", encoding="utf-8") as file:
        for record in map(json.loads, file):
            if record["id"] in wanted:
                text = Labelled(
                    name=record["id"], language=record["lang"], text=record["text"], quotes=()
                )
                held[wanted[record["id"]]].append(annotate(make_article(text)))
    return dict(held)


def annotate(article: Article) -> tuple[Article, Sequence[Note]]:
    notes: tuple[Note, ...] = ()
    for annotator in (*BEFORE, QuotesAnnotator()):
        notes += tuple(annotator.annotate(article, notes))
    return article, notes


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A labelled quote that was found."""

    group: int
    line: int
    language: str
    text: str


def add(
    sums: Sums,
    name: str,
    groups: Sequence[Sequence[Mapping[str, object]]],
    lines: Sequence[Line],
) -> None:
    """One story's."""
    known = list(_places(lines))
    told: list[Told] = []
    for number, group in enumerate(groups):
        for one in group:
            sums.labelled += 1
            place = str(one["article"]), int(str(one["start"])), int(str(one["end"]))
            best = max(known, key=lambda other: _share(place, other[0]))
            if _share(place, best[0]) < HALF:
                continue
            _, line, kind, language, text = best
            sums.found += 1
            sums.typed += kind == one["type"]
            if kind != one["type"]:
                sums.wrong.append(f"{name} {one['type']} told {kind} | {language} {text[:120]}")
            told.append(Told(group=number, line=line, language=language, text=text))
    for a, b in combinations(told, 2):
        _count(sums, name, a, b)


def _count(sums: Sums, name: str, a: Told, b: Told) -> None:
    is_same, is_joined = a.group == b.group, a.line == b.line
    for kind in ["pairs"] + (["foreign"] if a.language != b.language else []):
        for key, holds in (("same", is_same), ("joined", is_joined), ("both", is_same & is_joined)):
            if holds:
                sums.count(f"{kind}.{key}")
    if is_same != is_joined:
        sign = "missed" if is_same else "JOINED"
        sums.wrong.append(
            f"{name} {sign} | {a.language} {a.text[:90]} | {b.language} {b.text[:90]}"
        )


def _places(lines: Sequence[Line]) -> Iterator[tuple[Place, int, str, str, str]]:
    for number, line in enumerate(lines):
        for variant in line.variants:
            for entry in variant.entries:
                span = entry.quote.evidence
                place = str(entry.article.id), span.start, span.end
                yield place, number, variant.kind.value, entry.language, entry.text


def _share(one: Place, other: Place) -> float:
    """What both spans share, of the longer."""
    if one[0] != other[0]:
        return 0.0
    shared = min(one[2], other[2]) - max(one[1], other[1])
    return max(0, shared) / max(1, one[2] - one[1], other[2] - other[1])


if __name__ == "__main__":
    sys.exit(main())
