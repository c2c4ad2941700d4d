"""How well names are found: F1 of exact spans with their kind, by corpus, language and kind.

    python bench/names.py [--only tidings natasha] [--texts 2000]

Corpora (each left out where it is missing): SlavicNER, the topics that nothing was learnt from
(brexit, covid-19); the test parts of Universal NER; WikiNEuRal, silver labels from Wikipedia, some
of its sentences. ``strict`` counts as SlavicNER is labelled; ``named`` leaves out what Tidings
doesn't call a name on purpose: peoples and members of a party (labelled as persons), spans that
begin with a small letter, and what overlaps a product or event. ``natasha`` is measured on Russian
where it is installed (pip install natasha). ``calibration`` puts the scores beside the share that
is right. Reads TIDINGS_DATA or ../shared/data and prints JSON.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from named import GROUP, Labelled, Span, read_slavic, read_uner, read_wikineural
from tidings.annotators.names import Tagger
from tidings.embedders.e5 import E5

HELD = ("slavicner brexit", "slavicner covid-19", "uner test", "wikineural")
KINDS = ("person", "organisation", "place")
NAMES = {"PER": "person", "ORG": "organisation", "LOC": "place"}
BINS = 10

Scored = dict[Span, float]
Find = Callable[[str], Scored]


@dataclass(slots=True)
class Tally:
    right: int = 0
    told: int = 0
    there: int = 0

    def add(self, gold: set[Span], found: set[Span]) -> None:
        self.right += len(gold & found)
        self.told += len(found)
        self.there += len(gold)

    def report(self) -> dict[str, float]:
        precision, recall = self.right / max(self.told, 1), self.right / max(self.there, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        figures = {"f1": f1, "precision": precision, "recall": recall}
        return {name: round(value, 3) for name, value in figures.items()}


@dataclass(slots=True)
class Score:
    strict: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    named: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))

    def add(self, text: Labelled, found: Iterable[Span]) -> None:
        gold, told = set(text.spans), set(found)
        aside = [
            *text.others,
            *(span for span in gold if text.text[span[0]].islower()),
            *(span for span in gold if (span[0], span[1], GROUP) in text.groups),
        ]
        self._add(self.strict, gold, told)
        self._add(self.named, gold - set(aside), {s for s in told if not touches(s, aside)})

    def _add(self, tallies: dict[str, Tally], gold: set[Span], told: set[Span]) -> None:
        tallies["all"].add(gold, told)
        for kind in KINDS:
            tallies[kind].add({s for s in gold if s[2] == kind}, {s for s in told if s[2] == kind})

    def report(self) -> dict[str, dict[str, dict[str, float]]]:
        return {
            "strict": {kind: tally.report() for kind, tally in self.strict.items()},
            "named": {kind: tally.report() for kind, tally in self.named.items()},
        }


def touches(span: Span, others: Iterable[Span]) -> bool:
    return any(other[0] < span[1] and span[0] < other[1] for other in others)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=("tidings", "natasha"), nargs="*")
    parser.add_argument("--texts", type=int, default=2000, help="at most, by corpus and language")
    told = parser.parse_args()
    texts = list(read_held(told.texts))
    if not texts:
        print(json.dumps({"skipped": "no entities; set TIDINGS_DATA"}))
        return
    report = {}
    if not told.only or "tidings" in told.only:
        report["tidings"] = measure(open_tidings(), texts)
    wants_natasha = importlib.util.find_spec("natasha") and not told.only
    if wants_natasha or "natasha" in (told.only or ()):
        russian = [text for text in texts if text.language == "ru"]
        report["natasha"] = measure(open_natasha(), russian)
    print(json.dumps(report, indent=1))


def read_held(most: int) -> Iterator[Labelled]:
    seen: Counter[tuple[str, str]] = Counter()
    for read in (read_slavic, read_uner, read_wikineural):
        for text in read():
            key = (text.corpus, text.language)
            seen[key] += 1
            if text.corpus in HELD and seen[key] <= most:
                yield text


def measure(find: Find, texts: list[Labelled]) -> dict[str, object]:
    scores: dict[str, Score] = defaultdict(Score)
    bins: dict[int, list[float]] = defaultdict(list)
    words, seconds = 0, 0.0
    for text in texts:
        began = time.process_time()
        found = find(text.text)
        seconds += time.process_time() - began
        words += len(text.text.split())
        scores[f"{text.corpus} {text.language}"].add(text, found)
        if text.corpus != "wikineural":
            for span, score in found.items():
                bins[min(int(score * BINS), BINS - 1)].append(span in text.spans)
    report: dict[str, object] = {key: score.report() for key, score in sorted(scores.items())}
    report["calibration"] = {
        f"{low / BINS:.1f}": {"spans": len(bins[low]), "right": round(mean(bins[low]), 3)}
        for low in sorted(bins)
    }
    report["words_a_second"] = round(words / seconds)
    return report


def mean(values: list[float]) -> float:
    return sum(values) / len(values)


def open_tidings() -> Find:
    tagger = Tagger(E5().pieces)

    def find(text: str) -> Scored:
        found = tagger.tag(text, [(0, len(text))])
        return {(one.start, one.end, str(one.kind)): one.score for one in found}

    return find


def open_natasha() -> Find:
    from natasha import Doc, NewsEmbedding, NewsNERTagger, Segmenter  # noqa: PLC0415

    segmenter, tagger = Segmenter(), NewsNERTagger(NewsEmbedding())

    def find(text: str) -> Scored:
        doc = Doc(text)
        doc.segment(segmenter)
        doc.tag_ner(tagger)
        return {(span.start, span.stop, NAMES[span.type]): 1.0 for span in doc.spans}

    return find


if __name__ == "__main__":
    main()
