"""Bodies of HTML pages, ours beside the libraries', in one table.

    python bench/extraction.py [--only NAME ...] [--half A|B] [--limit N]

``segments``: trafilatura's 990 pages: precision, recall and F1 by must-have and must-not segments,
as its own evaluation counts them, and ``kept``, the share of must-not segments that are still
there. ``whole``: readability's 130 pages with the whole expected text: F1 of words, the mean over
the pages and all words together. Pages a second of one core, and the slowest page. ``--half``
measures one half of the pages, by hash of their names: the weights of reading/bodies are fitted on
both (``fit_bodies.py --half``), so a figure without it is no measure of other pages.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial

import trafilatura

from bodies import Labelled, find_half, normal, read_segments, read_whole
from tidings.extractors.html import HtmlExtractor, Library, Options
from tidings.model import Page, PageId, Rejected
from tidings.reading.charset import decode

Run = Callable[[bytes], str]
_WORD = re.compile(r"\w+")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, default=None)
    parser.add_argument("--half", choices=["A", "B"], default=None)
    parser.add_argument("--only", nargs="*", default=None)
    told = parser.parse_args()
    sets = {"segments": read_segments(), "whole": read_whole()}
    if not all(sets.values()):
        print(json.dumps({"skipped": "no extraction/*.tar.xz; set TIDINGS_DATA"}))
        return
    for name, pages in sets.items():
        kept = [page for page in pages if told.half in (None, find_half(page.name))]
        sets[name] = kept[: told.limit]
    for name, run in _runs().items():
        if told.only is None or name in told.only:
            line = {"segments": score_segments(run, sets["segments"])}
            line["whole"] = score_whole(run, sets["whole"])
            print(json.dumps({"bench": "extraction", "run": name, **line}), flush=True)


def _runs() -> dict[str, Run]:
    return {
        "tidings": _ours(Options(), has_headline=False),
        "tidings with headline": _ours(Options(), has_headline=True),
        "tidings fast lane": _ours(Options(library=Library.RESILIPARSE), has_headline=False),
        "trafilatura standard": partial(_trafilatura, fast=False),
        "trafilatura precision": partial(_trafilatura, favor_precision=True),
        "trafilatura recall": partial(_trafilatura, favor_recall=True),
        "trafilatura fast": partial(_trafilatura, fast=True),
        "readability-lxml": _readability,
        "newspaper4k": _newspaper,
        "jusText": _justext,
        "resiliparse": partial(_resiliparse, main_content=True),
        "raw text": partial(_resiliparse, main_content=False),
    }


def _ours(options: Options, *, has_headline: bool) -> Run:
    extractor = HtmlExtractor(options=options)

    def run(data: bytes) -> str:
        page = Page(id=PageId("0" * 32), name="page", media_type="text/html", data=data)
        ended = extractor.extract(page)
        if isinstance(ended, Rejected):
            return ""
        return f"{ended[0].headline}\n{ended[0].body}" if has_headline else ended[0].body

    return run


def _trafilatura(data: bytes, **options: bool) -> str:
    text = trafilatura.extract(data, include_comments=False, include_formatting=False, **options)
    return text or ""


def _readability(data: bytes) -> str:
    from readability import Document  # noqa: PLC0415 - measured where it is installed

    text = decode(data)
    if not isinstance(text, str):
        return ""
    return _plain(Document(text).summary(), main_content=False)


def _newspaper(data: bytes) -> str:
    import newspaper  # noqa: PLC0415 - measured where it is installed

    text = decode(data)
    article = newspaper.Article("https://page.example/", fetch_images=False)
    article.download(input_html=text if isinstance(text, str) else "")
    try:
        article.parse()
    except (ImportError, newspaper.ArticleException):  # a tokeniser that is not installed
        return ""
    return str(article.text)


def _justext(data: bytes) -> str:
    import justext  # noqa: PLC0415

    words = frozenset[str]().union(*map(justext.get_stoplist, justext.get_stoplists()))
    text = decode(data)
    found = justext.justext(text.encode(), words, encoding="utf-8") if isinstance(text, str) else []
    return "\n".join(one.text for one in found if not one.is_boilerplate)


def _resiliparse(data: bytes, *, main_content: bool) -> str:
    text = decode(data)
    return _plain(text, main_content=main_content) if isinstance(text, str) else ""


def _plain(text: str, *, main_content: bool) -> str:
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415 - an extra

    return str(extract_plain_text(text, main_content=main_content, comments=False, alt_texts=False))


class Clock:
    """Of one run."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self.seconds = self.slowest = 0.0

    def read(self, data: bytes) -> str:
        start = time.process_time()
        text = self._run(data)
        passed = time.process_time() - start
        self.seconds += passed
        self.slowest = max(self.slowest, passed)
        return normal(text)

    def report(self, pages: int) -> dict[str, float]:
        rate = pages / self.seconds if self.seconds else 0.0
        return {
            "pages": pages,
            "pages_per_second": round(rate, 1),
            "slowest_seconds": round(self.slowest, 2),
        }


def score_segments(run: Run, pages: Iterable[Labelled]) -> dict[str, float]:
    clock, counts = Clock(run), Counter[str]()
    for page in pages:
        text = clock.read(page.data)
        counts["pages"] += 1
        counts["hits"] += sum(segment in text for segment in page.wanted)
        counts["wanted"] += len(page.wanted)
        counts["wrong"] += sum(segment in text for segment in page.unwanted)
        counts["unwanted"] += len(page.unwanted)
    hits, wanted, wrong = counts["hits"], counts["wanted"], counts["wrong"]
    return {
        "precision": round(hits / max(hits + wrong, 1), 4),
        "recall": round(hits / max(wanted, 1), 4),
        "f1": round(2 * hits / max(hits + wrong + wanted, 1), 4),
        "kept": round(wrong / max(counts["unwanted"], 1), 4),
        **clock.report(counts["pages"]),
    }


def score_whole(run: Run, pages: Iterable[Labelled]) -> dict[str, float]:
    clock, sums, values = Clock(run), Counter[str](), []
    for page in pages:
        given = Counter(_WORD.findall(clock.read(page.data)))
        wanted = Counter(_WORD.findall(page.expected))
        both = (given & wanted).total()
        sums.update(both=both, all=given.total() + wanted.total())
        values.append(2 * both / max(given.total() + wanted.total(), 1))
    return {
        "mean_f1": round(sum(values) / max(len(values), 1), 4),
        "f1": round(2 * sums["both"] / max(sums["all"], 1), 4),
        **clock.report(len(values)),
    }


if __name__ == "__main__":
    main()
