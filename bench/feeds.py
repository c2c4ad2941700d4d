"""Feeds and sitemaps of other parsers' test sets: every one parsed or refused with a reason, and
the headline, address and times that the sets state.

    python bench/feeds.py [--wrong]

A headline is right where its letters are the expected one's, with or without its markup; a time
where the expected moment lies in the interval of what is printed.
"""

from __future__ import annotations

import argparse
import ast
import gzip
import json
import re
import tarfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from pathlib import PurePosixPath
from typing import Any

from news import find_data
from tidings.reading.addresses import Addresses, is_address_list, parse_addresses
from tidings.reading.feeds import Entry, Feed, is_feed, parse_feed, render_entry
from tidings.reading.refused import Refused
from tidings.reading.sitemaps import Sitemap, is_sitemap, parse_sitemap
from tidings.reading.stamps import parse_stamp
from tidings.urls import canonical

Expected = tuple[int, str, str]  # entry, field, value; times in UTC as ISO 8601

_EXPECT = re.compile(r"Description:.*?Expect:\s*(.*?)\s*-->", re.DOTALL)
_HEADER = re.compile(r"^Header:\s+([^:]+):(.*)$", re.MULTILINE)
_FIELDS = {
    "title": "headline", "link": "url", "published_parsed": "published",
    "created_parsed": "published", "updated_parsed": "modified", "published": "published",
    "created": "published", "updated": "modified", "summary": "body", "description": "body",
}  # fmt: skip


@dataclass
class Case:
    name: str
    data: bytes
    expected: list[Expected] = field(default_factory=list)
    url: str | None = None
    charset: str | None = None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", action="store_true", help="name the wrong ones, too")
    options = parser.parse_args()
    sets = {
        "feedparser": ("feeds-feedparser", _feedparser_cases),
        "gofeed": ("feeds-gofeed", _gofeed_cases),
        "real": ("feeds-real", _real_cases),
    }
    report: dict[str, object] = {}
    for name, (archive, cases) in sets.items():
        members = _members(archive)
        if members is None:
            print(json.dumps({"skipped": f"no feeds/{archive}.tar.xz; set TIDINGS_DATA"}))
            return
        report[name] = _score(cases(members), options.wrong)
    members = _members("sitemaps-crawler-commons")
    if members is not None:
        report["sitemaps"] = _score_sitemaps(members)
    print(json.dumps(report, indent=1, ensure_ascii=False))


def _members(archive: str) -> dict[str, bytes] | None:
    path = find_data(f"feeds/{archive}.tar.xz")
    if path is None:
        return None
    with tarfile.open(path) as tar:
        files = {member.name: tar.extractfile(member) for member in tar if member.isfile()}
        return {name: file.read() for name, file in files.items() if file}


def _score(cases: Iterator[Case], is_wrong_named: bool) -> dict[str, Any]:
    ended: Counter[str] = Counter()
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    wrong: dict[str, list[str]] = defaultdict(list)
    unseen, entries, seconds = [], 0, 0.0
    for case in cases:
        started = time.perf_counter()
        feed = parse_feed(case.data, case.url, case.charset)
        records = [] if isinstance(feed, Refused) else [render_entry(feed, e) for e in feed.entries]
        seconds += time.perf_counter() - started
        entries += len(records)
        ended[f"refused: {feed.reason}" if isinstance(feed, Refused) else "parsed"] += 1
        if isinstance(feed, Refused) == is_feed(case.data[:8192]):
            unseen.append(case.name)
        for number, name, value in case.expected:
            found = () if isinstance(feed, Refused) else feed.entries
            entry = found[number] if number < len(found) else None
            total[name] += 1
            is_right = entry is not None and _is_right(entry, name, value, case.url)
            right[name] += is_right
            if not is_right:
                wrong[name].append(
                    f"{case.name}: {value!r}, found {entry and _shown(entry, name)!r}"
                )
    shares = {name: round(right[name] / total[name], 4) for name in total}
    stated = [name for name in total if name != "body"]
    whole = sum(right[name] for name in stated) / max(1, sum(total[name] for name in stated))
    return {
        "feeds": sum(ended.values()),
        "ended": dict(ended),
        "entries": entries,
        "seconds": round(seconds, 2),
        "stated": dict(total),
        "right": shares,
        "headline_address_times": round(whole, 4),
        "sniffed_otherwise": len(unseen),
        **({"wrong": dict(wrong), "unseen": unseen} if is_wrong_named else {}),
    }


def _shown(entry: Entry, name: str) -> Any:
    return (
        (entry.published, entry.modified)
        if name in ("published", "modified")
        else getattr(entry, name)
    )


def _is_right(entry: Entry, name: str, value: str, base: str | None) -> bool:
    if name in ("published", "modified"):
        times = [entry.modified, entry.published] if name == "modified" else [entry.published]
        return any(_is_at(printed, value) for printed in times if printed)
    if name == "url":
        return canonical(entry.url or "") == canonical(value)
    found = getattr(entry, name)
    ways = (value, re.sub(r"<[^>]*>", " ", value), unescape(re.sub(r"<[^>]*>", " ", value)))
    return any(_letters(found) == _letters(way) for way in ways)


def _is_at(printed: str, value: str) -> bool:
    expected, found = parse_stamp(value, "expected", True), parse_stamp(printed, "printed", True)
    if expected.start is None or found.start is None or found.end is None:
        return False
    return found.start <= expected.start < found.end or found.start == expected.start


def _letters(text: str) -> str:
    return "".join(text.split())


def _real_cases(members: dict[str, bytes]) -> Iterator[Case]:
    """They state nothing: that they end is what counts."""
    for name, data in members.items():
        if PurePosixPath(name).suffix in (".xml", ".json"):
            yield Case(name, data)


def _feedparser_cases(members: dict[str, bytes]) -> Iterator[Case]:
    for name, data in members.items():
        if PurePosixPath(name).suffix not in (".xml", ".json"):
            continue
        text = _readable(data)
        headers = {key.lower(): value.strip() for key, value in _HEADER.findall(text)}
        match = _EXPECT.search(text)
        charset = re.search(r"charset=[\"']?([\w-]+)", headers.get("content-type", ""))
        yield Case(
            name,
            data,
            expected=list(_stated(match.group(1))) if match else [],
            url=headers.get("content-location") or f"http://127.0.0.1:8097/{name}",
            charset=charset.group(1) if charset else None,
        )


def _readable(data: bytes) -> str:
    wide = {b"\xfe\xff": "utf-16-be", b"\xff\xfe": "utf-16-le", b"\0<": "utf-16-be"}
    if data[:4] in (b"\0\0\xfe\xff", b"\xff\xfe\0\0", b"\0\0\0<", b"<\0\0\0"):
        return data.decode("utf-32-be" if data[:1] == b"\0" else "utf-32-le", "replace")
    return data.decode(
        wide.get(data[:2], "utf-16-le" if data[:2] == b"<\0" else "utf-8"), "replace"
    )


def _stated(expression: str) -> Iterator[Expected]:
    """Of ``entries[0]['title'] == 'x' and …``; nothing of what is wrapped otherwise."""
    try:
        tree = ast.parse(expression.strip(), mode="eval").body
    except (SyntaxError, ValueError):
        return
    parts = tree.values if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And) else [tree]
    for part in parts:
        if not isinstance(part, ast.Compare) or not all(isinstance(o, ast.Eq) for o in part.ops):
            continue
        sides = [part.left, *part.comparators]
        try:
            value = ast.literal_eval(sides[-1])
        except ValueError:
            continue
        for side in sides[:-1]:
            match = re.fullmatch(
                r"entries\[(\d)\](?:\['(\w+)'\]|\.(\w+))(\[0\]\['value'\])?", ast.unparse(side)
            )
            key = (match.group(2) or match.group(3)) if match else ""
            name = "body" if key == "content" else _FIELDS.get(key)
            if match and name and (key == "content") == bool(match.group(4)):
                yield int(match.group(1)), name, _time(value) if isinstance(value, tuple) else value


def _time(parsed: tuple[int, ...]) -> str:
    return datetime(*parsed[:6], tzinfo=UTC).isoformat()  # type: ignore[misc,arg-type]


def _gofeed_cases(members: dict[str, bytes]) -> Iterator[Case]:
    for name, data in sorted(members.items()):
        path = PurePosixPath(name)
        if path.suffix == ".xml":
            beside = str(path.with_suffix(".json"))
        elif path.suffix == ".json" and f"{name.removesuffix('.json')}_expected.json" in members:
            beside = f"{name.removesuffix('.json')}_expected.json"
        elif (path.suffix == ".json" and "universal" in name) or "invalid" in name:
            beside = ""
        else:
            continue
        found = json.loads(members[beside]) if beside in members else {}
        items = found.get("items") or found.get("entries") or []
        expected = [e for number, item in enumerate(items) for e in _of_item(number, item)]
        yield Case(name, data, expected=expected)


def _of_item(number: int, item: dict[str, Any]) -> Iterator[Expected]:
    if item.get("title"):
        yield number, "headline", item["title"]
    link = item.get("link") or item.get("url")
    if not link:
        kept = [each for each in item.get("links") or [] if isinstance(each, dict)]
        kept = [each for each in kept if each.get("rel") == "alternate" and each.get("href")]
        link = kept[0]["href"] if kept else None
    if link:
        yield number, "url", link
    published = (
        item.get("publishedParsed") or item.get("pubDateParsed") or item.get("date_published")
    )
    if published:
        yield number, "published", published
    if modified := item.get("updatedParsed") or item.get("date_modified"):
        yield number, "modified", modified


def _score_sitemaps(members: dict[str, bytes]) -> dict[str, Any]:
    """All files beside robots and addresses; each with what it was taken for and gave."""
    found: dict[str, Any] = {}
    for name, data in sorted(members.items()):
        if "/sitemaps/" not in name and "/rss/" not in name:
            continue
        raw = gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
        found[PurePosixPath(name).name] = _shown_sitemap(raw)
    return {"files": len(found), "found": found}


def _shown_sitemap(data: bytes) -> str:
    ended: Sitemap | Feed | Addresses | Refused
    if is_sitemap(data[:4096]):
        ended = parse_sitemap(data)
    elif is_feed(data[:4096]):
        ended = parse_feed(data)
    elif is_address_list(data[:4096]):
        ended = parse_addresses(data)
    else:
        return "taken for none"
    match ended:
        case Refused():
            return f"refused: {ended.reason}, {ended.detail}"
        case Feed():
            linked = sum(bool(entry.url) for entry in ended.entries)
            return f"feed of {len(ended.entries)}, {linked} with address"
        case Addresses():
            return f"list of {len(ended.found)}, {len(ended.refused)} refused"
        case Sitemap():
            kind = "index" if ended.is_index else "sitemap"
            news = sum(bool(each.headline) for each in ended.found)
            return (
                f"{kind} of {len(ended.found)}, {news} with headline, {len(ended.refused)} refused"
            )


if __name__ == "__main__":
    main()
