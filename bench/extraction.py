"""Body extraction on trafilatura's 990 pages: precision, recall and F1 by must-have and
must-not segments, as its own evaluation counts them, and pages a second.

    python bench/extraction.py [--limit N] [--only NAME ...]
"""

from __future__ import annotations

import argparse
import json
import re
import tarfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import trafilatura

from news import find_data
from tidings.extractors.html import Focus, HtmlExtractor, Library, Options
from tidings.model import Page, PageId, Rejected
from tidings.reading.charset import decode

Run = Callable[[bytes], str]
Item = tuple[bytes, list[str], list[str]]  # page, must have, must not have


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, default=None)
    parser.add_argument("--only", nargs="*", default=None)
    options = parser.parse_args()
    archive = find_data("extraction/trafilatura.tar.xz")
    if archive is None:
        print(json.dumps({"skipped": "no extraction/trafilatura.tar.xz; set TIDINGS_DATA"}))
        return
    items = _items(archive)[: options.limit]
    for name, run in _runs().items():
        if options.only is None or name in options.only:
            print(
                json.dumps({"bench": "extraction", "run": name, **_score(run, items)}), flush=True
            )


def _runs() -> dict[str, Run]:
    runs: dict[str, Run] = {
        "tidings": _ours(Options()),
        "tidings fast": _ours(Options(focus=Focus.FAST)),
        "tidings precision": _ours(Options(focus=Focus.PRECISION)),
        "tidings resiliparse": _ours(Options(library=Library.RESILIPARSE)),
    }
    for focus in Focus:
        runs[f"trafilatura {focus}"] = _trafilatura(focus)
    runs["resiliparse"] = _resiliparse
    return runs


def _ours(options: Options) -> Run:
    extractor = HtmlExtractor(options=options)

    def run(data: bytes) -> str:
        page = Page(id=PageId("0" * 32), name="page", media_type="text/html", data=data)
        ended = extractor.extract(page)
        return "" if isinstance(ended, Rejected) else ended[0].text

    return run


def _trafilatura(focus: Focus) -> Run:
    def run(data: bytes) -> str:
        text = trafilatura.extract(
            data,
            fast=focus is Focus.FAST,
            favor_precision=focus is Focus.PRECISION,
            favor_recall=focus is Focus.RECALL,
            include_comments=False,
            include_formatting=False,
        )
        return text or ""

    return run


def _resiliparse(data: bytes) -> str:
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415 - an extra

    text = decode(data)
    if not isinstance(text, str):
        return ""
    return str(extract_plain_text(text, main_content=True, comments=False, alt_texts=False))


def _score(run: Run, items: Iterable[Item]) -> dict[str, float]:
    hits = wrong = missed = pages = 0
    slowest = 0.0
    start = time.perf_counter()
    for data, wanted, unwanted in items:
        before = time.perf_counter()
        text = _normal(run(data))
        slowest = max(slowest, time.perf_counter() - before)
        found = sum(_normal(segment) in text for segment in wanted)
        hits += found
        missed += len(wanted) - found
        wrong += sum(_normal(segment) in text for segment in unwanted)
        pages += 1
    seconds = time.perf_counter() - start
    return {
        "pages": pages,
        "precision": round(hits / max(hits + wrong, 1), 4),
        "recall": round(hits / max(hits + missed, 1), 4),
        "f1": round(2 * hits / max(2 * hits + wrong + missed, 1), 4),
        "pages_per_second": round(pages / seconds, 1),
        "slowest_seconds": round(slowest, 2),
    }


def _items(path: Path) -> list[Item]:
    """By address; where a page is held twice, the one under cache/ counts, as in the original."""
    pages: dict[str, bytes] = {}
    with tarfile.open(path) as archive:
        for member in archive:
            held = archive.extractfile(member) if member.isfile() else None
            if held is not None:
                pages[member.name.partition("/tests/")[2]] = held.read()
    items = []
    for _, entry in sorted(json.loads(pages["evaldata.json"]).items()):
        data = pages.get(f"cache/{entry['file']}") or pages[f"eval/{entry['file']}"]
        items.append((data, entry["with"], entry["without"]))
    return items


def _normal(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


if __name__ == "__main__":
    main()
