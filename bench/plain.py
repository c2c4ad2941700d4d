"""How the peeler and the digest splitter treat a real day: ``python bench/plain.py``.

Articles of the day, written as plain text (headline, blank line, text), must stay one article and
keep their lines (the day's texts hold clutter of their own, lists of other articles above all: so
prose is counted apart); digests put together from the first sentences of articles of labelled
stories must be split, and so must those that bench/digested lays out with headlines, numbers,
times, addresses, publishers and in mails.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import os
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from digested import Item, lay
from tidings.annotators.listed import ListedAnnotator
from tidings.annotators.names import NamesAnnotator
from tidings.extractors.plain import PlainExtractor
from tidings.model import Article, Page, PageId, Rejected, Role
from tidings.reading.lines import describe
from tidings.text import sentences, tidy
from tidings.urls import canonical

KEPT = (Role.STANDFIRST, Role.BODY, Role.QUOTE_BOX)


def find_data() -> Path | None:
    named = os.environ.get("TIDINGS_DATA")
    folder = Path(named) if named else Path(__file__).parents[2] / "shared" / "data"
    day = folder / "day-2019-11-18"
    return day if day.is_dir() else None


def records(day: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(day / "articles.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def page(text: str) -> Page:
    data = text.encode()
    name = hashlib.blake2b(data, digest_size=16).hexdigest()
    return Page(id=PageId(name), name=name, media_type="text/plain", data=data)


def sample(day: Path, count: int) -> list[dict[str, Any]]:
    """Every n-th record, so that all languages come in their shares."""
    held = [record for record in records(day) if record["title"] and record["text"].strip()]
    step = max(1, len(held) // count)
    return held[::step][:count]


def measure_articles(chosen: list[dict[str, Any]], shows: int) -> dict[str, Any]:
    extractor = PlainExtractor()
    split, headed, tally, lost = [], 0, Counter[str](), Counter[str]()
    started = time.perf_counter()
    for record in chosen:
        made = extractor.extract(page(f"{record['title']}\n\n{record['text']}"))
        if isinstance(made, Rejected):
            tally["rejected"] += 1
            continue
        if len(made) > 1:
            split.append(record["id"])
            if shows:
                print(made[0].grounds[0][1][:150], record["lang"], file=sys.stderr)
            continue
        headed += made[0].headline == " ".join(tidy(record["title"]).split())
        lines = [line for line in map(str.strip, tidy(record["text"]).split("\n")) if line]
        gone = list(_lost(made[0], lines))
        tally["lines"] += len(lines)
        tally["signs"] += sum(map(len, lines))
        tally["lost_signs"] += sum(len(line) for _, line in gone)
        tally["prose"] += sum(describe(line).is_prose for line in lines)
        tally["lost_prose"] += sum(describe(line).is_prose for _, line in gone)
        for role, line in gone:
            lost[role] += 1
            if shows and tally["shown"] < shows:
                tally["shown"] += 1
                print(record["lang"], role, line[:110], sep=" | ", file=sys.stderr)
    seconds = time.perf_counter() - started
    return {
        "articles": len(chosen),
        "split": len(split),
        "split_share": round(len(split) / len(chosen), 4),
        "headline_found": round(headed / len(chosen), 4),
        "lines": tally["lines"],
        "lost_prose_share": round(tally["lost_prose"] / tally["prose"], 4),
        "lost_lines_share": round(sum(lost.values()) / tally["lines"], 4),
        "lost_signs_share": round(tally["lost_signs"] / tally["signs"], 4),
        "lost_by_role": dict(lost.most_common()),
        "rejected": tally["rejected"],
        "pages_a_second": round(len(chosen) / seconds),
    }


def _lost(article: Article, lines: list[str]) -> Iterator[tuple[str, str]]:
    """The lines of the text that do not feed the story, with the role they were given."""
    body = article.body
    for line in lines:
        if line not in body:
            role = next(
                (b.role for b in article.blocks if line in article.text[b.start : b.end]), "gone"
            )
            yield str(role), line


def measure_digests(day: Path, held: dict[str, dict[str, Any]], count: int) -> dict[str, Any]:
    """Three to twelve leads of one to four stories, one a line, a quarter of them cut."""
    stories = defaultdict(list)
    with (day / "stories.dev.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            if entry["id"] in held:
                stories[entry["story"], entry["lang"]].append(held[entry["id"]])
    groups = sorted(key for key, members in stories.items() if len(members) >= 4)
    draw = random.Random(7)  # noqa: S311 - a fixed draw, no secret
    found: Counter[str] = Counter()
    for _ in range(count):
        tongue = draw.choice(groups)[1]
        same = [key for key in groups if key[1] == tongue]
        chosen = draw.sample(same, min(len(same), draw.randint(1, 4)))
        members = [record for key in chosen for record in stories[key]]
        members = draw.sample(members, min(len(members), draw.randint(4, 12)))
        snippets = [lead for lead in (_lead(record["text"], draw) for record in members) if lead]
        gap = draw.choice(["\n", "\n\n"])
        made = PlainExtractor().extract(page(gap.join(snippets)))
        if not isinstance(made, Rejected):
            found["digests"] += 1
            found["split"] += len(made) > 1
            found["exact"] += len(made) == len(snippets)
    return {
        "digests": found["digests"],
        "split_share": round(found["split"] / found["digests"], 3),
        "exact_share": round(found["exact"] / found["digests"], 3),
    }


def measure_layouts(held: dict[str, dict[str, Any]], count: int) -> dict[str, Any]:
    """Digests of bench/digested: with and without headlines, marks, addresses, in mails."""
    pools: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in held.values():
        if record["title"] and record["text"]:
            pools[record["lang"]].append(record)
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for laid in lay(pools, count, 5):
        made = PlainExtractor().extract(page(laid.text))
        articles = () if isinstance(made, Rejected) else made
        pairs = list(zip(articles, laid.items, strict=False))
        is_exact = len(articles) == len(laid.items) and all(_begins(*pair) for pair in pairs)
        named = sum(each.headline.casefold() == item.headline.casefold() for each, item in pairs)
        linked = sum(each.url == canonical(item.url) for each, item in pairs)
        kind = "bare" if laid.is_bare else "mail" if laid.is_mail else "page"
        for key in ("all", kind):
            found[key]["digests"] += 1
            found[key]["split"] += len(articles) > 1
            found[key]["exact"] += is_exact
            if laid.head and is_exact:
                found[key]["printed headlines"] += len(pairs)
                found[key]["headlines"] += named
            if "link" in laid.tail and is_exact:
                found[key]["printed links"] += len(pairs)
                found[key]["links"] += linked
    return {key: _layout_shares(tally) for key, tally in sorted(found.items())}


def _begins(article: Article, item: Item) -> bool:
    body = " ".join(article.body.split())
    return body[:60] in item.body or item.body[:60] in body


def _layout_shares(tally: Counter[str]) -> dict[str, float]:
    return {
        "digests": tally["digests"],
        "split_share": round(tally["split"] / tally["digests"], 3),
        "exact_share": round(tally["exact"] / tally["digests"], 3),
        "headline_share": round(tally["headlines"] / max(1, tally["printed headlines"]), 3),
        "url_share": round(tally["links"] / max(1, tally["printed links"]), 3),
    }


def _lead(text: str, draw: random.Random) -> str:
    """One or two first sentences; one in four broken off."""
    flat = " ".join(text.split())
    spans = sentences(flat[:1_500])
    if not spans:
        return ""
    lead = flat[: spans[min(draw.randint(0, 1), len(spans) - 1)][1]]
    if draw.random() < 0.25:
        lead = lead[: draw.randint(110, 230)]
    return lead if len(lead) >= 60 and re.search(r"\w", lead) else ""


def measure_annotators(chosen: list[dict[str, Any]]) -> dict[str, Any]:
    extractor = PlainExtractor()
    articles: list[Article] = []
    for record in chosen:
        made = extractor.extract(page(f"{record['title']}\n\n{record['text']}"))
        articles += () if isinstance(made, Rejected) else made
    started = time.perf_counter()
    mentions = 0
    for article in articles:
        for annotator in (NamesAnnotator(), ListedAnnotator()):
            mentions += len(list(annotator.annotate(article, ())))
    seconds = time.perf_counter() - started
    return {
        "articles_a_second": round(len(articles) / seconds),
        "mentions_an_article": round(mentions / len(articles), 1),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--digests", type=int, default=200)
    parser.add_argument("--show", type=int, default=0, help="print so many lost lines")
    options = parser.parse_args()
    day = find_data()
    if day is None:
        print(json.dumps({"bench": "plain", "skipped": "no data; set TIDINGS_DATA"}))
        return 0
    chosen = sample(day, options.articles)
    held = {record["id"]: record for record in records(day)}
    result = {
        "bench": "plain",
        "articles": measure_articles(chosen, options.show),
        "digests": measure_digests(day, held, options.digests),
        "layouts": measure_layouts(held, 2 * options.digests),
        "annotators": measure_annotators(chosen),
    }
    print(json.dumps(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
