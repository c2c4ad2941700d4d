"""Lines of clutter kept and lines of the body lost, ours beside four libraries.

    python bench/clutter.py [--pages N] [--html N] [--show N] [--only NAME ...]

Pages of known parts (bench/cluttered.py), as plain text and in simple markup. A line counts as in
the result where the result has it as a line of its own or, from 25 signs on, inside a line. The
libraries run in each of their modes; the one with the least of both shares is shown.
"""

from __future__ import annotations

import argparse
import json
import sys
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

from cluttered import Built, build, earlier, read_sites, to_html
from news import DAY, find_data
from tidings.extractors.html import HtmlExtractor
from tidings.extractors.plain import PlainExtractor
from tidings.model import Article, Page, PageId, Rejected
from tidings.reading.cues import get_cues
from tidings.reading.habits import Habits

LANGUAGES = [
    "ru",
    "en",
    "uk",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "pl",
    "tr",
    "el",
    "nl",
    "ar",
    "id",
    "ro",
]
EARLIER = 20
Run = Callable[[Built], str]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=300, help="plain pages a group")
    parser.add_argument("--html", type=int, default=60, help="marked-up pages a group")
    parser.add_argument("--show", type=int, default=0, help="print so many wrong lines, tuned ones")
    parser.add_argument("--only", nargs="*", default=None)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    path = find_data(f"{DAY}/articles.jsonl.xz")
    if path is None:
        print(json.dumps({"bench": "clutter", "skipped": "no data; set TIDINGS_DATA"}))
        return 0
    sites = read_sites(path, LANGUAGES)
    pages = list(build(sites, options.pages, options.seed))
    result: dict[str, object] = {"bench": "clutter", "languages": len(get_cues().vocabularies)}
    result["plain"] = {"tidings": _score(_plain, pages, options.show)}
    few = _few(pages, options.html)
    if options.html:
        result["plain, the same pages"] = {
            "tidings": _score(_plain, few, 0),
            f"tidings after {EARLIER} pages of the publisher": _score(_learned, few, 0),
        }
        result["html"] = _table(few, options.only)
        result["plain"] |= _raw(few, options.only)  # type: ignore[operator]
    print(json.dumps(result))
    return 0


def _few(pages: Sequence[Built], count: int) -> list[Built]:
    groups: dict[str, list[Built]] = defaultdict(list)
    for page in pages:
        groups[page.group].append(page)
    return [page for group in groups.values() for page in group[:count]]


def _page(text: str, media_type: str) -> Page:
    return Page(id=PageId("0" * 32), name="page", media_type=media_type, data=text.encode())


def _plain(page: Built) -> str:
    return "\n".join(article.body for article in _articles(page))


def _learned(page: Built) -> str:
    """With the lines dropped that earlier pages of the publisher have, too."""
    habits = Habits()
    for other in earlier(page, EARLIER):
        for article in _articles(other):
            habits.learn(article)
    return "\n".join(habits.peel(article).body for article in _articles(page))


def _articles(page: Built) -> tuple[Article, ...]:
    made = PlainExtractor().extract(_page(page.text, "text/plain"))
    return () if isinstance(made, Rejected) else made


def _marked(page: Built) -> str:
    made = HtmlExtractor().extract(_page(to_html(page), "text/html"))
    return "" if isinstance(made, Rejected) else "\n".join(article.body for article in made)


def _table(pages: Sequence[Built], only: Sequence[str] | None) -> dict[str, object]:
    runs = {"tidings": {"": _marked}, **_libraries(to_html)}
    return {
        name: _best({mode: _score(run, pages, 0) for mode, run in modes.items()})
        for name, modes in runs.items()
        if only is None or name in only
    }


def _raw(pages: Sequence[Built], only: Sequence[str] | None) -> dict[str, object]:
    """What the libraries make of text without markup."""
    return {
        name: _best({mode: _score(run, pages, 0) for mode, run in modes.items()})
        for name, modes in _libraries(lambda page: page.text).items()
        if only is None or name in only
    }


def _best(scores: dict[str, dict[str, object]]) -> dict[str, object]:
    def wrong(mode: str) -> float:
        total = scores[mode]["all"]
        return float(total["clutter kept"] + total["body lost"])  # type: ignore[index]

    best = min(scores, key=wrong)
    return ({"mode": best} if best else {}) | scores[best]


def _libraries(source: Callable[[Built], str]) -> dict[str, dict[str, Run]]:
    from libraries import jus, newspaper, resili, trafi  # noqa: PLC0415 - benches' extras

    def reading(run: Callable[[str, str], str]) -> Run:
        return lambda page: run(source(page), page.language)

    named = {"trafilatura": trafi(), "newspaper4k": newspaper(), "jusText": jus()}
    named["resiliparse"] = resili()
    return {name: {m: reading(run) for m, run in modes.items()} for name, modes in named.items()}


def _score(run: Run, pages: Iterable[Built], show: int) -> dict[str, object]:
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    kinds: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    for page in pages:
        found = _Found(run(page))
        lost = [line for line in page.body if not found.has(line)]
        left = [part for part in page.clutter if found.has(part.text)]
        kinds.update(part.kind for part in page.clutter)
        kept.update(part.kind for part in left)
        for group in ("all", page.group):
            totals[group]["body"] += len(page.body)
            totals[group]["lost"] += len(lost)
            totals[group]["clutter"] += len(page.clutter)
            totals[group]["kept"] += len(left)
            totals[group]["pages"] += 1
            totals[group]["whole"] += not lost and not left
        if show and page.group == "tuned":
            for kind, line in [("LOST", x) for x in lost] + [
                (f"kept {p.kind}", p.text) for p in left
            ]:
                print(page.language, kind, line[:120], sep=" | ", file=sys.stderr)
    shares = {kind: round(kept[kind] / count, 3) for kind, count in sorted(kinds.items())}
    return {**{group: _shares(count) for group, count in totals.items()}, "kept by kind": shares}


def _shares(count: Counter[str]) -> dict[str, float]:
    return {
        "pages": count["pages"],
        "clutter kept": round(count["kept"] / max(1, count["clutter"]), 4),
        "body lost": round(count["lost"] / max(1, count["body"]), 4),
        "without fault": round(count["whole"] / max(1, count["pages"]), 3),
    }


class _Found:
    def __init__(self, text: str) -> None:
        self._lines = {" ".join(line.split()) for line in text.split("\n")}
        self._whole = " ".join(text.split())

    def has(self, line: str) -> bool:
        flat = " ".join(line.split())
        return flat in self._lines or (len(flat) >= 25 and flat in self._whole)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    sys.exit(main())
