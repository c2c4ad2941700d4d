"""Quotes and their speakers, beside a plain regular expression.

    python bench/quotes.py [--part held|tune] [--only NAME ...] [--limit N] [--show N] [--patterns]

``relaxed``: precision is the mean share of a found quote's letters that the labelled one nearest to
it has, recall the mean share of a labelled one's that a found one has (Johansson and Moschitti
2013); ``exact``: the same first and last word. ``speaker``: of the labelled quotes that are found
(at least half of the letters of both in common) and have a speaker, the share where what we print
overlaps with it. ``direct``: clauses in marks with a cue and a speaker
who stands no further than 120 code points off (who is named farther away counts for ``speaker``
alone); right are those with half of their letters and the speaker.
Free indirect speech, acts of speech ("demanded his release") and what
we were in doubt about is ``other``: it may be found or not, but counts in ``all``.

Sets: German Wikinews (de), PolNeAR (en; attributions of all kinds, of what is thought and planned
too), and paragraphs of the day's articles that we labelled (ru, uk, fr, es: quotes.json, by article
and offsets into its body; each chosen at random, at first 62 among those with marks or verbs of
telling and thirty among those with long text between marks, later 22 and 42; every second one is
held back).
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from news import DAY, find_data
from quote_scores import Sums, Told, label, tell_faults
from quoted import Labelled, Span, letters, read_day, read_polnear, read_wikinews
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
DAYS = ("ru", "uk", "fr", "es")
LABELS = Path(__file__).with_name("quotes.json")
BEFORE = (ListedAnnotator(), NamesAnnotator(), CreditsAnnotator())
_PLAIN = re.compile(r"[«„“\"]([^«»„“”\"\n]{15,600})[»“”\"]")
_NAME = re.compile(r"[A-ZА-ЯЁЇІЄҐÀ-Þ][\w'’-]+(?: [A-ZА-ЯЁЇІЄҐÀ-Þ][\w'’-]+)*")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", default="held", choices=("held", "tune"))
    parser.add_argument("--only", nargs="*", default=[*SETS, *DAYS])
    parser.add_argument("--limit", type=int, default=10_000)
    parser.add_argument("--show", type=int, default=0, help="texts whose faults are printed")
    parser.add_argument("--patterns", action="store_true", help="the share right, by pattern")
    options = parser.parse_args()
    report: dict[str, object] = {"bench": "quotes", "part": options.part}
    sums = Sums()
    for name in options.only:
        texts = read(name, options.part)[: options.limit]
        if not texts:
            report["skipped"] = "no data; set TIDINGS_DATA"
            break
        started = time.process_time()
        found = [find_ours(text) for text in texts]
        speed = round(len(texts) / (time.process_time() - started), 1)
        report[name] = {
            "texts": len(texts),
            "texts_a_second": speed,
            "ours": score(texts, found),
            "plain": score(texts, [find_plain(text) for text in texts]),
        }
        for text, told in zip(texts, found, strict=True):
            sums.add(label(text), told)
        for text, told in list(zip(texts, found, strict=True))[: options.show]:
            print("\n".join(tell_faults(text, told)))
    if options.patterns:
        report["patterns"] = sums.tell_patterns()
    print(json.dumps(report))
    return 0


def read(name: str, part: str) -> list[Labelled]:
    """Of the sets of others, train is for tuning and dev is held back."""
    if name in DAYS:
        articles = find_data(f"{DAY}/articles.jsonl.xz")
        return list(read_day(LABELS, articles, name, part)) if articles else []
    place, parse = SETS[name]
    path = find_data(place)
    return list(parse(path, "train" if part == "tune" else "dev")) if path else []


def score(texts: Sequence[Labelled], found: Sequence[Sequence[Told]]) -> dict[str, object]:
    sums = Sums()
    for text, told in zip(texts, found, strict=True):
        sums.add(label(text), told)
    return sums.tell()


def make_article(labelled: Labelled) -> Article:
    text = labelled.text
    return Article(
        id=ArticleId(labelled.name), page=PageId("page"), position=0, url=None, publisher=None,
        published=unknown("not given"), modified=None, language=labelled.language, headline="",
        byline=(), text=text, blocks=(Block(role=Role.BODY, start=0, end=len(text)),), links=(),
        is_cut=False, extractor="bench", grounds=(),
    )  # fmt: skip


def annotate(labelled: Labelled) -> list[Quote]:
    article = make_article(labelled)
    notes: tuple[Note, ...] = ()
    for annotator in BEFORE:
        notes += tuple(annotator.annotate(article, notes))
    return list(QuotesAnnotator().annotate(article, notes))


def find_ours(labelled: Labelled) -> list[Told]:
    told = (tell(labelled, quote) for quote in annotate(labelled) if _is_asked(labelled, quote))
    return [one for one in told if one.letters]


def _is_asked(labelled: Labelled, quote: Quote) -> bool:
    place = quote.evidence.start
    return not labelled.within or any(a <= place < b for a, b in labelled.within)


def tell(labelled: Labelled, quote: Quote) -> Told:
    speaker = quote.speaker
    spans = [speaker.evidence, speaker.name] if speaker else []
    return Told(
        letters=letters(labelled.text, [(part.start, part.end) for part in quote.parts]),
        speaker=letters(labelled.text, [(one.start, one.end) for one in spans if one]),
        kind=quote.kind.value,
        pattern=quote.rule.partition(" ")[2],
        is_told=quote.cue is not None,
    )


def find_plain(labelled: Labelled) -> list[Told]:
    """Marks, and the first name behind them, else the last before them in the line."""
    found = []
    text = labelled.text
    for match in _PLAIN.finditer(text):
        if labelled.within and not any(a <= match.start() < b for a, b in labelled.within):
            continue
        start = text.rfind("\n", 0, match.start()) + 1
        behind = _NAME.search(text[match.end() : match.end() + 60].split("\n")[0])
        before = list(_NAME.finditer(text[start : match.start()]))
        spans: list[Span] = []
        if behind:
            spans = [(match.end() + behind.start(), match.end() + behind.end())]
        elif before:
            spans = [(start + before[-1].start(), start + before[-1].end())]
        inside, speaker = letters(text, [match.span(1)]), letters(text, spans)
        if inside:
            found.append(Told(letters=inside, speaker=speaker, kind="direct"))
    return found


if __name__ == "__main__":
    sys.exit(main())
