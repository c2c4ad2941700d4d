"""Headline, byline, site name and language of labelled pages, beside trafilatura and newspaper4k.

    python bench/metadata.py [--limit N] [--only NAME ...] [--wrong FIELD]

``annotated``: the 990 pages of trafilatura's evaluation, 845 with a headline and 536 with a
byline, noted by hand as printed; some bylines are an agency's or a nickname. ``readability``: the
130 pages of its tests; its labels are its own output, checked by its makers, mistakes included
(dates among the bylines, suffixes in the headlines), so that full marks can't be had. ``day``: a
sample of the day's pages, whose markup was made anew by whoever collected them: one h1,
og:site_name and rel=author, so that only the parting of names is tested.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import re
import tarfile
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import trafilatura

from news import find_data
from tidings.model import Served
from tidings.reading.charset import decode
from tidings.reading.language import identify
from tidings.reading.markup import parse_tree
from tidings.reading.metadata import parse_metadata
from tidings.reading.places import parse_places

Values = dict[str, str]
"""headline, byline, site, language; ``""`` where none."""
Run = Callable[[bytes], Values]
FIELDS = ("headline", "byline", "site", "language")
ALIKE = 0.8  # share of words in common from which a byline counts as the same
SAMPLE = 1_500  # of the day's pages


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    data: bytes
    name: str
    labels: Values  # fields not labelled are left out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, default=None, help="pages a set")
    parser.add_argument("--only", nargs="*", default=None, help="sets or runs")
    parser.add_argument("--wrong", choices=FIELDS, help="list what is wrong in ours")
    options = parser.parse_args()
    report: dict[str, object] = {"bench": "metadata"}
    for name, path, read in SETS:
        found = find_data(path)
        if found is None or not _is_wanted(name, [s[0] for s in SETS], options.only):
            continue
        items = list(read(found))[: options.limit]
        report[name] = {
            run_name: _score(run, items, options.wrong if run_name == "tidings" else None)
            for run_name, run in RUNS.items()
            if _is_wanted(run_name, list(RUNS), options.only)
        }
    print(json.dumps(report if len(report) > 1 else {"skipped": "no data; set TIDINGS_DATA"}))


def _is_wanted(name: str, names: list[str], only: list[str] | None) -> bool:
    chosen = [one for one in only or [] if one in names]
    return not chosen or name in chosen


def _tidings(data: bytes) -> Values:
    text = decode(data)
    if not isinstance(text, str):
        return dict.fromkeys(FIELDS, "")
    tree, _ = parse_tree(text)
    found = parse_metadata(parse_places(tree), Served())
    body = " ".join(tree.xpath("//p//text()"))
    return {
        "headline": found.headline,
        "byline": "; ".join(found.byline),
        "site": found.publisher or "",
        "language": identify(found.headline, body)[0],
    }


def _trafilatura(data: bytes) -> Values:
    found = trafilatura.extract_metadata(data)
    return {
        "headline": (found and found.title) or "",
        "byline": (found and found.author) or "",
        "site": (found and found.sitename) or "",
        "language": (found and found.language) or "",
    }


def _newspaper(data: bytes) -> Values:
    from newspaper import Article  # type: ignore[import-untyped,unused-ignore] # noqa: PLC0415

    article = Article("https://page.example/", fetch_images=False)
    text = decode(data)
    article.download(input_html=text if isinstance(text, str) else "")
    try:
        article.parse()
    except Exception:  # noqa: BLE001 - another's mistakes are counted as such
        return dict.fromkeys(FIELDS, "")
    site = article.meta_site_name or ""
    return {
        "headline": article.title or "",
        "byline": "; ".join(article.authors),
        "site": site,
        "language": article.meta_lang or "",
    }


RUNS: dict[str, Run] = {
    "tidings": _tidings,
    "trafilatura": _trafilatura,
    "newspaper4k": _newspaper,
}


def _score(run: Run, items: list[Item], wrong: str | None) -> dict[str, object]:
    counts: dict[str, Counter[str]] = {field: Counter() for field in FIELDS}
    people: Counter[str] = Counter()
    listed = []
    start = time.perf_counter()
    for item in items:
        values = run(item.data)
        for field, label in item.labels.items():
            kind = _kind(field, values[field], label)
            counts[field][kind] += 1
            if field == "byline" and _PERSON.search(label) and not _DESK.search(label):
                people[kind] += 1
            if field == wrong and kind not in ("exact", "alike", "none"):
                listed.append((item.name, kind, values[field], label))
    seconds = time.perf_counter() - start
    report: dict[str, object] = {
        field: _row(found) for field, found in counts.items() if found.total()
    }
    if people.total():
        report["byline_of_people"] = _row(people)
    report["pages_per_second"] = round(len(items) / max(seconds, 1e-9), 1)
    return report | ({"wrong": listed} if wrong else {})


def _row(found: Counter[str]) -> dict[str, float]:
    """``right``: of the labelled pages; ``invented``: of those whose label is empty."""
    labelled = found["exact"] + found["alike"] + found["other"] + found["missing"]
    empty = found["none"] + found["invented"]
    return {
        "labelled": labelled,
        "exact": round(found["exact"] / max(labelled, 1), 4),
        "right": round((found["exact"] + found["alike"]) / max(labelled, 1), 4),
        "missing": round(found["missing"] / max(labelled, 1), 4),
        "other": round(found["other"] / max(labelled, 1), 4),
        "unlabelled": empty,
        "invented": round(found["invented"] / max(empty, 1), 4),
    }


def _kind(field: str, value: str, label: str) -> str:
    """``alike``: the same but for case, marks and spaces; of a byline, nearly the same words; of
    a language, the same but for the region."""
    value, label = " ".join(value.split()), " ".join(label.split())
    if not label:
        return "invented" if value else "none"
    if not value:
        return "missing"
    if value == label:
        return "exact"
    if field == "language":
        same = _language(value) == _language(label)
    elif field == "byline":
        same = _shared(_words(value), _words(_LEAD.sub("", label))) >= ALIKE
    else:
        same = "".join(_words(value)) == "".join(_words(label))
    return "alike" if same else "other"


# Labels that name somebody by first and last name, and none of the words of a desk.
_PERSON = re.compile(r"[A-ZÀ-ÞА-Я][\w.'’-]* (?:[\w.'’-]+ )*[A-ZÀ-ÞА-Я]")
_DESK = re.compile(
    r"\b(?:redak\w+|redac\w+|staff|team|desk|online|news|agenc\w+|dpa|afp|apa|reuters|ap|epd|"
    r"stiftung|foundation|university|bund|france|france-presse|gmbh|e\.?v|presse)\b",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^\W*(?:by|von|par|por|written by)\b", re.IGNORECASE)


def _language(tag: str) -> str:
    return re.split("[-_]", tag.lower())[0]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())


def _shared(one: list[str], other: list[str]) -> float:
    """Twice the words in common by all words."""
    both = sum((Counter(one) & Counter(other)).values())
    return 2 * both / max(len(one) + len(other), 1)


def _readability(path: Path) -> Iterator[Item]:
    pages = dict(_members(path))
    for name in sorted(pages):
        if not name.endswith("/expected-metadata.json"):
            continue
        said = json.loads(pages[name])
        labels = {
            "headline": said.get("title") or "",
            "byline": said.get("byline") or "",
            "site": said.get("siteName") or "",
        }
        labels |= {"language": said["lang"]} if said.get("lang") else {}
        folder = name.rpartition("/")[0]
        yield Item(data=pages[f"{folder}/source.html"], name=folder, labels=labels)


def _trafilatura_pages(path: Path) -> Iterator[Item]:
    pages = {name.partition("/tests/")[2]: data for name, data in _members(path)}
    for address, entry in sorted(json.loads(pages["evaldata.json"]).items()):
        data = pages.get(f"cache/{entry['file']}") or pages[f"eval/{entry['file']}"]
        if entry.get("title"):
            author = entry.get("author") or ""
            byline = author if isinstance(author, str) else "; ".join(author)
            labels = {"headline": entry["title"], "byline": byline}
            yield Item(data=data, name=address, labels=labels)


def _day(path: Path) -> Iterator[Item]:
    articles = find_data("day-2019-11-18/articles.jsonl.xz")
    if articles is None:
        return
    with lzma.open(articles, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    chosen = {row["id"]: row for row in random.Random(1).sample(rows, SAMPLE)}  # noqa: S311
    for name, data in _members(path, chosen):
        row = chosen[Path(name).stem]
        labels = {"headline": row["title"], "byline": row.get("author") or "", "site": row["site"]}
        yield Item(data=data, name=row["url"], labels=labels)


def _members(path: Path, chosen: Iterable[str] | None = None) -> Iterator[tuple[str, bytes]]:
    wanted = None if chosen is None else frozenset(chosen)
    with tarfile.open(path) as archive:
        for member in archive:
            if wanted is None or Path(member.name).stem in wanted:
                held = archive.extractfile(member) if member.isfile() else None
                if held is not None:
                    yield member.name, held.read()


SETS = (
    ("annotated", "extraction/trafilatura.tar.xz", _trafilatura_pages),
    ("readability", "extraction/readability.tar.xz", _readability),
    ("day", "day-2019-11-18/pages.tar.xz", _day),
)


if __name__ == "__main__":
    main()
