"""How well names are told to be one's, and not another's.

    python bench/entities.py [--only linking pairs spelling] [--topics brexit covid-19]

``linking``: SlavicNER, whose entity ids hold across six languages; the gold mentions go in with
their types, so that linking alone is measured. A topic is taken as one story. B-cubed over
mentions: of each language among its own, of all, and across languages (of a mention only those of
other languages count; those that have none there count for precision alone); and pairs of two
languages. ``named`` leaves out what isn't written with a capital: adjectives, viruses, elections.
``pairs``: our own list in entities.toml. ``spelling``: Latin and Cyrillic names of names-en-ru.
Reads entities/ from TIDINGS_DATA or ../shared/data. Prints JSON.
"""

from __future__ import annotations

import argparse
import json
import tarfile
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from anyascii import anyascii

from news import find_data
from scores import Labelled, Score, score_bcubed, score_by_language, score_foreign_pairs
from tidings.model import (
    Article,
    ArticleId,
    Block,
    Evidence,
    Mention,
    MentionKind,
    Role,
    hash_page,
)
from tidings.story.entities import Entities, resolve
from tidings.story.entities.romanise import romanise
from tidings.times import unknown

HELD = ("brexit", "covid-19")  # the topics that nothing is tuned on
KINDS = {
    "PER": MentionKind.PERSON,
    "ORG": MentionKind.ORGANISATION,
    "LOC": MentionKind.PLACE,
}
Named = tuple[Article, tuple[Mention, ...]]
Gold = dict[str, tuple[str, str, bool]]
"""Mention → its entity, its type, and whether it is written with a capital."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", default=["linking", "pairs"])
    parser.add_argument("--topics", nargs="+", default=HELD)
    told = parser.parse_args()
    report: dict[str, object] = {}
    if "pairs" in told.only:
        report["pairs"] = measure_pairs()
    if "spelling" in told.only:
        report |= measure_spelling()
    if "linking" in told.only:
        path = find_data("entities/slavicner.tar.xz")
        if path is None:
            report["skipped"] = "no entities/slavicner.tar.xz; set TIDINGS_DATA"
        else:
            report["linking"] = {topic: measure_topic(path, topic) for topic in told.topics}
    print(json.dumps(report, ensure_ascii=False))


def measure_topic(path: Path, topic: str) -> dict[str, object]:
    named, gold = read_topic(path, topic)
    begun = time.perf_counter()
    entities = resolve(named)
    seconds = time.perf_counter() - begun
    labels, found = label(named, gold, entities)
    kept = [one for one in labels if gold[one.id][2]]
    kinds = {kind: [one for one in kept if gold[one.id][1] == kind] for kind in KINDS}
    return {
        "articles": len(named),
        "mentions": len(labels),
        "linked": round(len(found) / len(labels), 4),
        "seconds": round(seconds, 1),
        "all": rate(labels, found),
        "named": rate(kept, found),
        "by_kind": {kind: rate(some, found, short=True) for kind, some in kinds.items()},
    }


def rate(
    labels: Sequence[Labelled], found: Mapping[str, str], *, short: bool = False
) -> dict[str, object]:
    rated: dict[str, object] = {
        "across": score_across(labels, found).rounded(),
        "pairs_across": score_foreign_pairs(labels, found).rounded(),
    }
    if not short:
        rated["bcubed"] = score_bcubed(labels, found).rounded()
        rated["by_language"] = {
            tag: score.rounded() for tag, score in score_by_language(labels, found).items()
        }
    return rated


def score_across(labels: Sequence[Labelled], found: Mapping[str, str]) -> Score:
    """B-cubed in which a mention is compared with those of other languages only."""
    both: Counter[tuple[str, str]] = Counter()
    by: dict[str, Counter[str]] = {"label": Counter(), "found": Counter()}
    own: Counter[tuple[str, str, str]] = Counter()
    rows = [(one.label, found.get(one.id, f"alone {one.id}"), one.language) for one in labels]
    for true, said, tag in rows:
        both[true, said] += 1
        by["label"][true] += 1
        by["found"][said] += 1
        own[true, said, tag] += 1
    in_label: Counter[tuple[str, str]] = Counter((true, tag) for true, _, tag in rows)
    in_found: Counter[tuple[str, str]] = Counter((said, tag) for _, said, tag in rows)
    precisions, recalls = [], []
    for true, said, tag in rows:
        hits = both[true, said] - own[true, said, tag]
        expected = by["label"][true] - in_label[true, tag]
        given = by["found"][said] - in_found[said, tag]
        if given:
            precisions.append(hits / given)
        if expected:
            recalls.append(hits / expected)
    return Score(precision=_mean(precisions), recall=_mean(recalls))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 1.0


def label(
    named: Sequence[Named], gold: Gold, entities: Entities
) -> tuple[list[Labelled], dict[str, str]]:
    labels, found = [], {}
    for article, mentions in named:
        for mention in mentions:
            place = mention.evidence
            name = f"{article.id}:{place.start}:{place.end}"
            entity = entities.find(article.id, place.start, place.end)
            if entity is not None:
                found[name] = entity.id
            labels.append(Labelled(id=name, label=gold[name][0], language=article.language))
    return labels, found


def read_topic(path: Path, topic: str) -> tuple[list[Named], Gold]:
    raw: dict[str, str] = {}
    marked: dict[str, str] = {}
    with tarfile.open(path) as archive:
        for member in archive:
            parts = member.name.split("/")
            if not member.isfile() or topic not in parts:
                continue
            file = archive.extractfile(member)
            text = file.read().decode() if file else ""
            name = "/".join(parts[-2:]).removesuffix(".tsv").removesuffix(".txt")
            (raw if "raw" in parts else marked)[name] = text
    gold: Gold = {}
    named = [parse(f"{topic}/{name}", raw[name], marked[name], gold) for name in sorted(marked)]
    return named, gold


def parse(name: str, text: str, marked: str, gold: Gold) -> Named:
    article = make_article(name, name.split("/")[1], text)
    mentions = []
    for line in marked.splitlines():
        fields = line.split("\t")
        if len(fields) < 6 or not fields[0].isdigit():
            continue
        start, end = int(fields[0]), int(fields[1])
        key = f"{article.id}:{start}:{end}"
        if end <= start or key in gold:
            continue
        gold[key] = (fields[5], fields[4], any(map(str.isupper, text[start:end])))
        mentions.append(make_mention(article, start, end, KINDS.get(fields[4])))
    return article, tuple(mentions)


def make_mention(article: Article, start: int, end: int, kind: MentionKind | None) -> Mention:
    text = article.text[start:end]
    return Mention(
        evidence=Evidence(article=article.id, start=start, end=end, text=text),
        kind=kind or MentionKind.NAME,
        value=text,
        score=1.0,
        rule="gold",
    )


def make_article(name: str, language: str, text: str) -> Article:
    return Article(
        id=ArticleId(name), page=hash_page(name.encode()), position=0, url=None, publisher=None,
        published=unknown("not told"), modified=None, language=language, headline="", byline=(),
        text=text, blocks=(Block(role=Role.BODY, start=0, end=len(text)),) if text else (),
        links=(), is_cut=False, extractor="bench", grounds=(),
    )  # fmt: skip


def measure_spelling() -> dict[str, object]:
    """Share of Cyrillic names whose first spelling is one of those that the dev part has, by name
    and by bearer."""
    spelt: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for cyrillic, latin, count in read_names("16"):
        spelt[cyrillic][latin] += count
    if not spelt:
        return {"skipped": "no entities/names-en-ru.tar.xz; set TIDINGS_DATA"}
    ways: dict[str, Callable[[str], str]] = {
        "anyascii": lambda name: anyascii(name).lower(),
        "tidings": romanise,
    }
    rated = {way: _rate_spelling(spelt.items(), spell) for way, spell in ways.items()}
    return {"spelling": {"names": len(spelt)} | rated}


def _rate_spelling(
    spelt: Iterable[tuple[str, Counter[str]]], spell: Callable[[str], str]
) -> dict[str, float]:
    """``right`` by name, ``bearers`` by how many bear it; accents don't count."""
    rows = [(spell(name), {anyascii(one): n for one, n in told.items()}) for name, told in spelt]
    bearers = sum(told.get(found, 0) for found, told in rows)
    return {
        "right": round(_mean([found in told for found, told in rows]), 4),
        "bearers": round(bearers / sum(sum(told.values()) for _, told in rows), 4),
    }


def read_names(part: str) -> list[tuple[str, str, int]]:
    """Cyrillic, Latin, and how many bear it; empty where the data is missing."""
    path = find_data("entities/names-en-ru.tar.xz")
    if path is None:
        return []
    with tarfile.open(path) as archive:
        name = f"names-wikidata-translit/data/wd_russian_{part}"
        file = archive.extractfile(name)
        lines = file.read().decode().splitlines() if file else []
    rows = [line.split("\t") for line in lines]
    names = [(row[1].replace(" ", ""), row[0], int(row[2])) for row in rows]
    return [row for row in names if row[0].isalpha() and row[1].isalpha()]


def measure_pairs() -> dict[str, object]:
    """Each pair as two articles of one story that print only that name."""
    told = tomllib.loads((Path(__file__).parent / "entities.toml").read_text(encoding="utf-8"))
    wrong: defaultdict[str, list[str]] = defaultdict(list)
    counts: Counter[str] = Counter()
    for group in ("same", "different"):
        for row in told[group]:
            is_one = are_one(*row)
            counts[group] += 1
            if is_one != (group == "same"):
                wrong[group].append(f"{row[0]} | {row[2]}")
    return {
        "same": counts["same"],
        "different": counts["different"],
        "recall": round(1 - len(wrong["same"]) / counts["same"], 4),
        "kept_apart": round(1 - len(wrong["different"]) / counts["different"], 4),
        "wrong": dict(wrong),
    }


def are_one(first: str, tag: str, second: str, other: str, kind: str) -> bool:
    articles = [make_article("a", tag, first), make_article("b", other, second)]
    named = [(one, tuple(_whole(one, kind))) for one in articles]
    entities = resolve(named)
    ids = [entities.find(one.id, 0, len(one.text)) for one in articles]
    return ids[0] is not None and ids[1] is not None and ids[0].id == ids[1].id


def _whole(article: Article, kind: str) -> Iterator[Mention]:
    yield make_mention(article, 0, len(article.text), KINDS.get(kind))


if __name__ == "__main__":
    main()
