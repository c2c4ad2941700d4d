"""Quotes and their speakers, beside a plain regular expression.

    python bench/quotes.py [--part dev|train] [--only NAME ...] [--limit N] [--show N] [--patterns]

``relaxed``: precision is the mean share of a found quote's letters that the labelled one nearest to
it has, recall the mean share of a labelled one's that a found one has (Johansson and Moschitti
2013); ``exact``: the same first and last word. ``speaker``: of the labelled quotes that are found
(at least half of the letters of both in common) and have a speaker, the share where what we print
overlaps with it. ``direct``: quotes in marks with a speaker; right are those with both.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from news import find_data
from quoted import Labelled, Span, letters, read_polnear, read_wikinews
from tidings.annotators.credits import CreditsAnnotator
from tidings.annotators.listed import ListedAnnotator
from tidings.annotators.names import NamesAnnotator
from tidings.annotators.quotes import QuotesAnnotator
from tidings.model import Article, ArticleId, Block, Note, PageId, Quote, Role
from tidings.times import unknown

SETS = {
    "de": ("quotes/german-wikinews.tar.xz", read_wikinews),
    "en": ("quotes/polnear.tar.xz", read_polnear),
}
_PLAIN = re.compile(r"[«„“\"]([^«»„“”\"\n]{15,600})[»“”\"]")
_NAME = re.compile(r"[^\W\d_a-zа-яёїієґà-ÿ][\w'’-]+(?: [^\W\d_a-zа-яёїієґà-ÿ][\w'’-]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A quote that was found, or labelled."""

    letters: frozenset[int]
    speaker: frozenset[int]
    kind: str
    pattern: str = ""


Find = Callable[[Labelled], list[Told]]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", default="dev")
    parser.add_argument("--only", nargs="*", default=list(SETS))
    parser.add_argument("--limit", type=int, default=10_000)
    parser.add_argument("--show", type=int, default=0)
    options = parser.parse_args()
    for name in options.only:
        place, read = SETS[name]
        path = find_data(place)
        if path is None:
            print(json.dumps({"bench": "quotes", "set": name, "skipped": "no data"}))
            continue
        texts = list(read(path, options.part))[: options.limit]
        for rule, find in (("plain", find_plain), ("ours", find_ours)):
            started = time.process_time()
            found = [find(text) for text in texts]
            seconds = time.process_time() - started
            figures = score(texts, found)
            speed = round(len(texts) / seconds, 1)
            print(
                json.dumps(
                    {
                        "bench": "quotes",
                        "set": name,
                        "part": options.part,
                        "rule": rule,
                        "texts": len(texts),
                        "texts_a_second": speed,
                        **figures,
                    }
                )
            )
        if options.show:
            show(texts[: options.show], found)
    return 0


def make_article(labelled: Labelled) -> Article:
    text = labelled.text
    return Article(
        id=ArticleId(labelled.name), page=PageId("page"), position=0, url=None, publisher=None,
        published=unknown("not given"), modified=None, language=labelled.language, headline="",
        byline=(), text=text, blocks=(Block(role=Role.BODY, start=0, end=len(text)),), links=(),
        is_cut=False, extractor="bench", grounds=(),
    )  # fmt: skip


BEFORE = (ListedAnnotator(), NamesAnnotator(), CreditsAnnotator())


def annotate(labelled: Labelled) -> list[Quote]:
    article = make_article(labelled)
    notes: tuple[Note, ...] = ()
    for annotator in BEFORE:
        notes += tuple(annotator.annotate(article, notes))
    return list(QuotesAnnotator().annotate(article, notes))


def find_ours(labelled: Labelled) -> list[Told]:
    return [tell(labelled, quote) for quote in annotate(labelled) if _is_within(labelled, quote)]


def _is_within(labelled: Labelled, quote: Quote) -> bool:
    place = quote.evidence.start
    return not labelled.within or any(a <= place < b for a, b in labelled.within)


def tell(labelled: Labelled, quote: Quote) -> Told:
    parts = [(part.start, part.end) for part in quote.parts]
    speaker = quote.speaker
    spans = [speaker.evidence, speaker.name] if speaker else []
    places = [(one.start, one.end) for one in spans if one]
    return Told(
        letters=letters(labelled.text, parts),
        speaker=letters(labelled.text, places),
        kind=quote.kind.value,
        pattern=quote.rule,
    )


def find_plain(labelled: Labelled) -> list[Told]:
    """Marks, and the name nearest behind or before them in the line."""
    found = []
    text = labelled.text
    for match in _PLAIN.finditer(text):
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        behind = _NAME.search(text[match.end() : match.end() + 60])
        before = list(_NAME.finditer(line))
        span: Span | None = None
        if behind:
            span = (match.end() + behind.start(), match.end() + behind.end())
        elif before:
            start = match.start() - len(line)
            span = (start + before[-1].start(), start + before[-1].end())
        found.append(
            Told(
                letters=letters(text, [match.span(1)]),
                speaker=letters(text, [span]) if span else frozenset(),
                kind="direct",
            )
        )
    return found


def score(texts: Sequence[Labelled], found: Sequence[Sequence[Told]]) -> dict[str, object]:
    sums = Sums()
    for text, told in zip(texts, found, strict=True):
        gold = [
            (
                one,
                Told(
                    letters=letters(text.text, one.parts),
                    speaker=letters(text.text, one.speaker),
                    kind=one.kind,
                ),
            )
            for one in text.quotes
        ]
        sums.add([one for _, one in gold if one.letters], [one for one in told if one.letters])
    return sums.tell()


@dataclass(slots=True)
class Sums:
    """Of all texts."""

    shares: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def add(self, gold: Sequence[Told], told: Sequence[Told]) -> None:
        for one in told:
            best = _best(one, gold)
            share = len(one.letters & best.letters) / len(one.letters) if best else 0.0
            is_exact = bool(best) and _is_exact(one, best)
            is_named = bool(best and share >= 0.5 and (one.speaker & best.speaker))
            self._put("precision", one.kind, share)
            self._put("exact_precision", one.kind, float(is_exact))
            if one.kind == "direct" and one.speaker:
                self._put("direct_precision", "", float(is_named))
        for one in gold:
            best = _best(one, told)
            share = len(one.letters & best.letters) / len(one.letters) if best else 0.0
            is_found = bool(best) and _is_near(one, best)
            self._put("recall", one.kind, share)
            self._put("exact_recall", one.kind, float(bool(best) and _is_exact(one, best)))
            if is_found and one.speaker and best:
                self._put("speaker", one.kind, float(bool(one.speaker & best.speaker)))
            if one.kind == "direct" and one.speaker:
                right = bool(best and share >= 0.5 and one.speaker & best.speaker)
                self._put("direct_recall", "", float(right))

    def _put(self, key: str, kind: str, value: float) -> None:
        self.shares[key].append(value)
        if kind:
            self.shares[f"{key}:{kind}"].append(value)

    def tell(self) -> dict[str, object]:
        told: dict[str, object] = {}
        for key in sorted(self.shares):
            values = self.shares[key]
            told[key] = [round(sum(values) / len(values), 3), len(values)]
        for kind in ("", "exact_"):
            p, r = (self._mean(f"{kind}{one}") for one in ("precision", "recall"))
            told[f"{kind}f1"] = round(2 * p * r / (p + r), 3) if p + r else 0.0
        return told

    def _mean(self, key: str) -> float:
        values = self.shares[key]
        return sum(values) / len(values) if values else 0.0


def _best(one: Told, others: Iterable[Told]) -> Told | None:
    near = [other for other in others if one.letters & other.letters]

    def rank(other: Told) -> tuple[float, bool]:
        union = len(one.letters | other.letters)
        return len(one.letters & other.letters) / union, bool(one.speaker & other.speaker)

    return max(near, key=rank) if near else None


def _is_near(one: Told, other: Told) -> bool:
    shared = len(one.letters & other.letters)
    return shared * 2 >= max(len(one.letters), len(other.letters))


def _is_exact(one: Told, other: Told) -> bool:
    return min(one.letters) == min(other.letters) and max(one.letters) == max(other.letters)


def show(texts: Sequence[Labelled], found: Sequence[Sequence[Told]]) -> None:
    for labelled, told in zip(texts, found, strict=False):
        gold = [
            Told(
                letters=letters(labelled.text, one.parts),
                speaker=letters(labelled.text, one.speaker),
                kind=one.kind,
            )
            for one in labelled.quotes
        ]
        print("=====", labelled.name)
        for mark, mine, others in (("+", told, gold), ("-", gold, told)):
            for one in mine:
                best = _best(one, others) if one.letters else None
                near = bool(best) and _is_near(one, best)
                named = bool(best) and (
                    bool(one.speaker & best.speaker) or not (one.speaker or best.speaker)
                )
                if near and named and mark == "-":
                    continue
                print(
                    mark,
                    "ok" if near else "NO",
                    "sp" if named else "SP",
                    one.kind,
                    one.pattern,
                    repr(cut(labelled.text, one.letters)),
                    "|",
                    repr(cut(labelled.text, one.speaker)),
                )


def cut(text: str, places: frozenset[int]) -> str:
    return text[min(places) : max(places) + 1][:200] if places else ""


if __name__ == "__main__":
    sys.exit(main())
