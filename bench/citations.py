"""How often an article's words alone tell whom it cites, and which held article is meant.

    python bench/citations.py [--cache DIR] [--misses N] [--sample N SEED]

The day's hyperlinks from an article to one of another publisher (TIDINGS_DATA or ../shared/data)
are hidden, and asked for: ``found`` where a source link names the publisher of the page that was
linked to; ``named`` where the text has its name or domain at all, which nothing can pass; which
held article is meant, of those found. What is linked is not always what is cited: a link may lead
to background, and what is cited is not always linked. The rules were chosen on ``tuned``, links
whose source has an odd id; ``held``, the others, were not looked at.

citations.json has links that one of us read, by article, offsets and kind, with the verdict (1
where the words make that a source of the article or sentence, 0 else), in groups of
languages: ``judged`` gives their precision when they were read, and how many of the right and wrong
ones are still found. Those of ``tuned`` were read before the rules that they led to, those of
``held`` after; those of ``tuned 2`` and ``held 2`` before the last rules, for which only the former
were looked at. ``--sample`` prints links to read. Speed is of one process, of the annotator alone.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from news import find_data
from sketches import DAY, read_articles, read_sketches
from tidings.embedders.e5 import E5
from tidings.model import Article, Note, Sketch, SourceKind, SourceLink
from tidings.reading.outlets import find_outlets, name_keys
from tidings.settings import Settings
from tidings.story.chain import Report
from tidings.story.citing import Shelf, resolve
from tidings.urls import registrable_domain

JUDGED = Path(__file__).with_suffix(".json")
GROUPS = {"ru": "ru uk", "uk": "ru uk"} | {one: one for one in ("en", "de", "fr", "es")}
PUBLISHERS = (SourceKind.PUBLISHER, SourceKind.ORGANISATION)
EVERY = 4  # articles of the day that links to read are drawn from
MANY = 3  # times as many links are found as are read


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A hyperlink that is hidden."""

    source: str
    target: str
    language: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=None)
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--sample", type=int, nargs=2, default=None)
    options = parser.parse_args()
    path = find_data(f"{DAY}/citations.jsonl")
    if path is None:
        print(json.dumps({"bench": "citations", "skipped": f"no {DAY}; set TIDINGS_DATA"}))
        return
    articles = {one.id: replace(one, links=()) for one in read_articles(DAY)}
    if options.sample:
        print_sample(list(articles.values()), *options.sample)
        return
    asked = read_asked(path)
    sketches = {one.article: one for one in read_sketches(DAY, E5(), options.cache)}
    told = measure(asked, articles, sketches, options.misses)
    judged = measure_judged(articles)
    print(json.dumps({"bench": "citations"} | told | {"judged": judged}))


def read_asked(path: Path) -> list[Asked]:
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [Asked(source=row["src"], target=row["dst"], language=row["src_lang"]) for row in rows]


def measure(
    asked: Sequence[Asked],
    articles: Mapping[Any, Article],
    sketches: Mapping[Any, Sketch],
    misses: int,
) -> dict[str, Any]:
    shelf = Shelf(find_sketch=sketches.get)
    for article in articles.values():
        shelf.add(article)
    sources = {one.source: annotate(articles[one.source]) for one in asked}
    halves: dict[str, Counter[str]] = {"tuned": Counter(), "held": Counter()}
    groups: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in asked:
        article, target = articles[one.source], articles[one.target]
        keys = keys_of(target)
        found = [
            link
            for link in sources[one.source]
            if link.kind in PUBLISHERS and name_keys(link.source, None) & keys
        ]
        ends = {"asked"} | ({"named"} if found or is_named(article, target) else set())
        if found:
            report = Report(article=article, sketch=sketches[article.id], sources=())
            match = resolve(report, found[0], shelf)
            right = match is not None and match.article == target.id
            ends |= {"found", "unresolved" if match is None else "right" if right else "wrong"}
        elif misses and "named" in ends:
            misses -= 1
            print(
                one.language, article.id, target.publisher, [x.source for x in sources[article.id]]
            )
        half = halves["tuned" if int(one.source) % 2 else "held"]
        for counter in (half, groups[GROUPS.get(one.language, "others")]):
            counter.update(ends)
    told: dict[str, Any] = {name: sum_up(one) for name, one in halves.items()}
    told["all"] = sum_up(halves["tuned"] + halves["held"])
    told["groups"] = {name: sum_up(one) for name, one in groups.items()}
    return told | clock([articles[one] for one in sources])


def sum_up(counts: Counter[str]) -> dict[str, Any]:
    resolved = counts["right"] + counts["wrong"]
    return {
        "asked": counts["asked"],
        "named": _share(counts["named"], counts["asked"]),
        "found": _share(counts["found"], counts["asked"]),
        "found_of_named": _share(counts["found"], counts["named"]),
        "resolved": _share(resolved, counts["found"]),
        "right_of_resolved": _share(counts["right"], resolved),
    }


def clock(articles: Sequence[Article]) -> dict[str, Any]:
    """Of articles with their earlier notes at hand; processor time, so that others don't count."""
    *earlier, last = build_annotators()
    prepared = []
    for article in articles[:200]:
        notes: tuple[Note, ...] = ()
        for annotator in earlier:
            notes += tuple(annotator.annotate(article, notes))
        prepared.append((article, notes))
    begun = time.process_time()
    for article, notes in prepared:
        list(last.annotate(article, notes))
    return {"articles_a_second": round(len(prepared) / (time.process_time() - begun))}


@cache
def build_annotators() -> tuple[Any, ...]:
    """Those that this bench needs the notes of, and ours at the end."""
    return Settings().build_parts().annotators


def annotate(article: Article) -> list[SourceLink]:
    notes: tuple[Note, ...] = ()
    for annotator in build_annotators():
        notes += tuple(annotator.annotate(article, notes))
    return [note for note in notes if isinstance(note, SourceLink)]


def keys_of(article: Article) -> frozenset[str]:
    domain = registrable_domain(article.url) if article.url else None
    return name_keys(article.publisher, domain)


def is_named(article: Article, target: Article) -> bool:
    """Whether the text has the publisher's name or domain, in whatever form we know."""
    text, keys = article.text, keys_of(target)
    printed = find_outlets(text, 0, len(text), article.language.partition("-")[0])
    if any(name_keys(one.outlet.name, None) & keys for one in printed):
        return True
    flat, name = _flatten(text), _flatten(target.publisher or "")
    domain = (registrable_domain(target.url) if target.url else None) or ""
    label = domain.partition(".")[0]
    is_there = domain in text.lower() or (len(label) > 4 and label in flat)
    return bool(name and name in flat) or bool(domain and is_there)


def measure_judged(articles: Mapping[Any, Article]) -> dict[str, Any]:
    """Of the links that were read: precision then, and what is still found now."""
    if not JUDGED.exists():
        return {}
    table = json.loads(JUDGED.read_text())
    return {
        half: {group: judge(rows, articles) for group, rows in groups.items()}
        for half, groups in table.items()
    }


def judge(rows: Sequence[Sequence[Any]], articles: Mapping[Any, Article]) -> dict[str, Any]:
    """Rows are article, start, end, kind, verdict."""
    links = {one: annotate(articles[one]) for one in {row[0] for row in rows} if one in articles}
    right = [row for row in rows if row[4]]
    wrong = [row for row in rows if not row[4]]
    still = [sum(is_found(row, links.get(row[0], [])) for row in part) for part in (right, wrong)]
    return {
        "read": len(rows),
        "precision": _share(len(right), len(rows)),
        "still_right": _share(still[0], len(right)),
        "still_wrong": _share(still[1], len(wrong)),
        "precision_of_these_now": _share(still[0], sum(still)),
    }


def is_found(row: Sequence[Any], links: Sequence[SourceLink]) -> bool:
    """Whether a link of the kind has evidence in common with it."""
    return any(
        one.kind == row[3] and one.evidence.start < row[2] and row[1] < one.evidence.end
        for one in links
    )


def print_sample(articles: Sequence[Article], count: int, seed: int) -> None:
    """To be read by a person: texts are printed and not kept."""
    links: defaultdict[str, list[tuple[Article, SourceLink]]] = defaultdict(list)
    drawn = random.Random(seed).sample(list(articles), len(articles) // EVERY)  # noqa: S311
    for article in drawn:
        group = GROUPS.get(article.language.partition("-")[0])
        if group and len(links[group]) < MANY * count:
            links[group] += [(article, one) for one in annotate(article)]
    for group, rows in links.items():
        for article, one in random.Random(seed).sample(rows, min(count, len(rows))):  # noqa: S311
            print(json.dumps(describe(group, article, one), ensure_ascii=False))


def describe(group: str, article: Article, link: SourceLink) -> dict[str, Any]:
    start, end = link.evidence.start, link.evidence.end
    return {
        "group": group,
        "row": [article.id, start, end, link.kind.value],
        "said": f"{link.manner.value} {link.source} through {link.through}",
        "publisher": article.publisher,
        "text": f"{article.text[max(0, start - 90) : start]}⟦{article.text[start:end]}⟧"
        f"{article.text[end : end + 70]}",
    }


def _flatten(text: str) -> str:
    return re.sub(r"[\W_]", "", text.lower())


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


if __name__ == "__main__":
    main()
