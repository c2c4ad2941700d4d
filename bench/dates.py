"""The day of publication on pages of trafilatura's and readability's sets and of the news day,
beside htmldate, trafilatura and newspaper4k.

Truth, by ``--set``: ``labels`` and ``held``, read by hand off the visible text of some of
trafilatura's pages (bench/dates.json; null where no date is printed): the rules were made on the
first and never on the second; ``agreed``, the days of its 990 pages on which their data (JSON-LD,
meta) and their address agree: worth something with both hidden; ``readability``, its
publishedTime, which is read from JSON-LD and meta tags and hence only shows that those are read;
``day``, the contest's date, in UTC, which stands in meta and <time>: the same.

What made a truth proves nothing as a prediction: ``--hide data`` takes JSON-LD, meta tags and
every machine-written time out of the pages before anyone reads them, ``--hide address`` the
page's own address, ``both`` leaves the visible text alone.

    python bench/dates.py [--set NAME ...] [--hide NAME ...] [--only NAME ...] [--limit N]
                          [--misses]
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
import tarfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import trafilatura
from htmldate import find_date
from lxml import etree, html
from newspaper import Article as Newspaper

from news import DAY, find_data
from tidings.model import Timing
from tidings.reading.charset import decode
from tidings.reading.dating import Dating, Setting, date_page
from tidings.reading.language import identify
from tidings.reading.localtime import find_local
from tidings.reading.markup import parse_tree
from tidings.reading.metadata import parse_metadata
from tidings.reading.places import parse_places
from tidings.reading.stated import Family, find_statements
from tidings.reading.zones import find_offsets

Run = Callable[["Item"], str | None]
LABELS = Path(__file__).with_suffix(".json")
UTC_NAMES = ("Z", "UTC", "GMT", "+00:00", "+0000")
LONGEST_DAY = timedelta(hours=50)  # of an interval that tells a day


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    name: str
    url: str | None
    text: str  # of the page, with what is to be hidden taken out
    day: str | None  # the truth


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", nargs="*", default=["labels", "held", "agreed", "readability"])
    parser.add_argument("--hide", nargs="*", default=["nothing", "data", "both"])
    parser.add_argument("--only", nargs="*", default=None)
    parser.add_argument("--limit", type=int, default=None)
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    for name in options.set:
        items = list(_items(name))[: options.limit]
        if not items:
            print(json.dumps({"skipped": f"no data of {name}; set TIDINGS_DATA"}))
        for hidden in options.hide if items else ():
            pages = [_hide(item, hidden) for item in items]
            for run, find in RUNS.items():
                if options.only is None or run in options.only:
                    row = {"bench": "dates", "set": name, "hidden": hidden, "run": run}
                    print(json.dumps(row | _score(find, pages, options.misses)), flush=True)


def ours(item: Item) -> str | None:
    return _day_of(_dating(item))


def _dating(item: Item) -> Dating:
    places, setting = _looked(item)
    return date_page(places, setting)


def _looked(item: Item):  # type: ignore[no-untyped-def]
    places = parse_places(parse_tree(item.text)[0])
    metadata = parse_metadata(places)
    language, _ = identify(metadata.headline, metadata.standfirst)
    url = item.url or metadata.url
    return places, Setting(url=url, language=language, headline=metadata.headline)


def _day_of(dating: Dating) -> str | None:
    """The day as printed where the publisher is; none of an interval that tells no day."""
    start, end = dating.published.start, dating.published.end
    if start is None or end is None or end - start > LONGEST_DAY:
        return None
    told = [stamp for stamp in dating.timestamps if stamp.timing is Timing.PUBLISHED]
    same = [stamp for stamp in told if stamp.interval.start == start]
    zones = [zone for stamp in same if (zone := stamp.zone) and zone not in UTC_NAMES]
    for local in filter(None, map(find_local, same)):
        return local[0].date().isoformat()
    told.sort(key=lambda stamp: (stamp.interval.end or start) - (stamp.interval.start or start))
    for stamp in told if not zones else ():  # a moment in UTC: the day that the text prints
        local = find_local(stamp)
        if local and stamp.interval.start and stamp.interval.start <= start < stamp.interval.end:
            return local[0].date().isoformat()
    return _local_day(zones[0] if zones else None, start).isoformat()


def _htmldate(is_extensive: bool) -> Run:
    def run(item: Item) -> str | None:
        try:
            tree = parse_tree(item.text)[0]
            return find_date(
                tree, extensive_search=is_extensive, original_date=True, url=item.url,
                min_date="1990-01-01",
            )  # fmt: skip
        except (ValueError, etree.LxmlError):
            return None

    return run


def _trafilatura(item: Item) -> str | None:
    found = trafilatura.extract_metadata(item.text, default_url=item.url)
    return found.date if found else None


def _newspaper(item: Item) -> str | None:
    article = Newspaper(item.url or "https://example.org/", fetch_images=False)
    article.download(input_html=item.text)
    try:
        article.parse()
    except (ValueError, TypeError, AttributeError, KeyError, etree.LxmlError):
        return None
    return article.publish_date.date().isoformat() if article.publish_date else None


RUNS: dict[str, Run] = {
    "tidings": ours,
    "htmldate": _htmldate(False),
    "htmldate extensive": _htmldate(True),
    "trafilatura": _trafilatura,
    "newspaper4k": _newspaper,
}


def _score(run: Run, items: Sequence[Item], is_telling: bool) -> dict[str, float]:
    """Shares of the pages with a date; ``said``, days given where no date is printed: the data of
    a page may hold one. Times are with parsing, ours with headline and language too."""
    counts: Counter[str] = Counter()
    seconds: list[float] = []
    run(items[0])  # loads what it needs
    for item in items:
        before = time.perf_counter()
        told = run(item)
        seconds.append(time.perf_counter() - before)
        kind = "none" if told is None else "right" if told == item.day else "wrong"
        if item.day is None:
            kind = "left" if told is None else "said"
        counts[kind] += 1
        if is_telling and kind in ("none", "wrong", "said"):
            print(json.dumps({"miss": kind, "page": item.name, "truth": item.day, "told": told}))
    dated = max(counts["right"] + counts["wrong"] + counts["none"], 1)
    return {
        "pages": dated,
        "right": round(counts["right"] / dated, 4),
        "wrong": round(counts["wrong"] / dated, 4),
        "none": round(counts["none"] / dated, 4),
        "undated": counts["left"] + counts["said"],
        "said": counts["said"],
        "milliseconds": round(1000 * sum(seconds) / max(len(seconds), 1), 1),
        "slowest_seconds": round(max(seconds, default=0), 2),
    }


def _hide(item: Item, what: str) -> Item:
    if what == "nothing":
        return item
    tree = parse_tree(item.text)[0]
    if what in ("data", "both"):
        _hide_data(tree)
    if what in ("address", "both"):
        _hide_address(tree)
    url = item.url if what == "data" else None
    text = html.tostring(tree, encoding="unicode")
    return Item(name=item.name, url=url, text=text, day=item.day)


def _hide_data(tree: html.HtmlElement) -> None:
    for element in list(tree.iter("meta", "script")):
        if element.get("property") != "og:url":
            element.drop_tree()
    for element in tree.iter(etree.Element):
        for name in ("datetime", "content", "pubdate", "title", "data-datetime", "data-time"):
            if element.tag != "meta":
                element.attrib.pop(name, None)


def _hide_address(tree: html.HtmlElement) -> None:
    for element in list(tree.iter("link", "base", "script")):
        element.drop_tree()
    for element in list(tree.iter("meta")):
        if "url" in (element.get("property") or element.get("name") or ""):
            element.drop_tree()


def _items(name: str) -> Iterator[Item]:
    if name == "readability":
        yield from _readability()
    elif name == "day":
        yield from _day()
    else:
        labels: dict[str, str | None] = json.loads(LABELS.read_text("utf-8")).get(name, {})
        for item in _trafilatura_pages(set(labels) or None):
            day = labels[item.name] if labels else _agreed(item)
            if labels or day:
                yield Item(name=item.name, url=item.url, text=item.text, day=day)


def _agreed(item: Item) -> str | None:
    """The day that the page's data and its address tell alike."""
    days: dict[Family, set[str]] = {}
    for one in find_statements(*_looked(item)):
        start, end = one.stamp.interval.start, one.stamp.interval.end
        if one.stamp.timing is Timing.PUBLISHED and start and end and end - start <= LONGEST_DAY:
            local = find_local(one.stamp)
            on = local[0].date() if local else _local_day(one.stamp.zone, start)
            days.setdefault(one.family, set()).add(on.isoformat())
    data, address = days.get(Family.DATA, set()), days.get(Family.ADDRESS, set())
    return next(iter(address)) if address and address <= data else None


def _local_day(zone: str | None, start) -> date:  # type: ignore[no-untyped-def]
    offsets = find_offsets(zone) if zone else ()
    return (start + (offsets[0] if offsets else timedelta(0))).date()


def _trafilatura_pages(names: set[str] | None) -> Iterator[Item]:
    path = find_data("extraction/trafilatura.tar.xz")
    if path is None:
        return
    pages: dict[str, bytes] = {}
    urls: dict[str, str] = {}
    with tarfile.open(path) as archive:
        for member in archive:
            file = archive.extractfile(member) if member.isfile() else None
            if file and member.name.endswith("evaldata.json"):
                urls = {row["file"]: url for url, row in json.load(file).items()}
            elif file and member.name.endswith(".html"):
                name = Path(member.name).name
                if "/cache/" in member.name or name not in pages:
                    pages[name] = file.read()
    for name in sorted(set(urls) & set(pages) if names is None else names & set(pages)):
        text = decode(pages[name])
        if isinstance(text, str):
            url = urls.get(name, "")
            yield Item(name=name, url=url if url.startswith("http") else None, text=text, day=None)


def _readability() -> Iterator[Item]:
    path = find_data("extraction/readability.tar.xz")
    if path is None:
        return
    held: dict[str, dict[str, bytes]] = {}
    with tarfile.open(path) as archive:
        for member in archive:
            place = Path(member.name)
            if place.name in ("source.html", "expected-metadata.json"):
                file = archive.extractfile(member)
                held.setdefault(place.parent.name, {})[place.name] = file.read() if file else b""
    for name, files in sorted(held.items()):
        said = json.loads(files["expected-metadata.json"]).get("publishedTime")
        text = decode(files["source.html"])
        if said and isinstance(text, str):
            yield Item(name=name, url=None, text=text, day=said[:10])


def _day(every: int = 100) -> Iterator[Item]:
    path = find_data(f"{DAY}/articles.jsonl.xz")
    pages = find_data(f"{DAY}/pages.tar.xz")
    if path is None or pages is None:
        return
    with lzma.open(path, "rt", encoding="utf-8") as file:
        rows = {row["id"]: row for line in file if (row := json.loads(line))["date"]}
    with tarfile.open(pages) as archive:
        for place, member in enumerate(archive):
            name = re.sub(r"\.html$", "", Path(member.name).name)
            file_ = archive.extractfile(member) if place % every == 0 and name in rows else None
            text = decode(file_.read()) if file_ else None
            if isinstance(text, str):
                row = rows[name]
                yield Item(name=name, url=row["url"], text=text, day=row["date"][:10])


if __name__ == "__main__":
    main()
