"""Reading texts with labelled names, for fit_names.py and names.py.

A corpus that is not there is left out. SlavicNER names products and events too: they are kept
apart, as spans where nothing is learnt.
"""

from __future__ import annotations

import io
import re
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from news import find_data

Span = tuple[int, int, str]

KINDS = {"PER": "person", "ORG": "organisation", "LOC": "place"}
GROUP = "group"
_UNER = re.compile(r"uner/([\w-]+)/(\w+?)_.*-(train|dev|test)\.iob2$")
_SLAVIC = re.compile(r"slavicner/(raw|ner)/([^/]+)/(\w\w)/(.+)\.(?:txt|tsv)$")
_WIKI = re.compile(r"wikineural/data/wikineural/(\w\w)/test\.conllu$")
_TIGHT_BEFORE = frozenset(".,;:!?)]}»”’%'…")
_TIGHT_AFTER = frozenset("([{«„“‘")


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A text with its names; ``others`` are spans of kinds that are not told."""

    corpus: str  # 'slavicner brexit', 'uner test', 'wikineural'
    language: str
    text: str
    spans: tuple[Span, ...]
    others: tuple[Span, ...] = ()
    groups: tuple[Span, ...] = ()  # of ``spans`` those that mean a people or a party's members


def read_slavic() -> Iterator[Labelled]:
    """One document each."""
    raw: dict[tuple[str, ...], str] = {}
    rows: dict[tuple[str, ...], str] = {}
    for name, text in _members("entities/slavicner.tar.xz"):
        match = _SLAVIC.search(name)
        if match:
            (raw if match[1] == "raw" else rows)[match.groups()[1:]] = text
    for key in sorted(rows):
        if key not in raw:
            continue
        spans, others, groups = [], [], []
        for row in rows[key].splitlines():
            start, end, _, _, kind, whose = row.split("\t")[:6]
            found = (int(start), int(end), KINDS.get(kind, kind))
            if kind == "PER" and whose.startswith(("GPE-", "LOC-", "ORG-")):
                groups.append((int(start), int(end), GROUP))
            (spans if kind in KINDS else others).append(found)
        yield Labelled(
            corpus=f"slavicner {key[0]}",
            language=key[1],
            text=raw[key],
            spans=tuple(sorted(spans)),
            others=tuple(sorted(others)),
            groups=tuple(sorted(groups)),
        )


def read_uner() -> Iterator[Labelled]:
    """One sentence each; sentences of one document that stand together are joined."""
    for name, text in _members("entities/uner.tar.xz"):
        match = _UNER.search(name)
        if not match:
            continue
        parts: list[tuple[str, list[Span]]] = []
        for block in re.split(r"\n\s*\n", text):
            lines = block.splitlines()
            if any(line.startswith("# newdoc") for line in lines):
                yield from _join(f"uner {match[3]}", match[2], parts)
                parts = []
            rows = [line.split("\t") for line in lines if line and line[0].isdigit()]
            printed = [line[9:] for line in lines if line.startswith("# text = ")]
            if rows and printed:
                parts.append((printed[0], _align(printed[0], [(r[1], r[2]) for r in rows])))
        yield from _join(f"uner {match[3]}", match[2], parts)


def read_wikineural() -> Iterator[Labelled]:
    """One sentence each, its tokens joined as they are usually printed. For measuring only: its
    licence forbids commerce."""
    for name, text in _members("entities/wikineural-test.tar.xz"):
        match = _WIKI.search(name)
        if not match:
            continue
        for block in text.split("\n\n"):
            rows = [line.split("\t") for line in block.splitlines() if line]
            tokens = [(row[1], row[2]) for row in rows if len(row) > 2]
            printed = _print(word for word, _ in tokens)
            spans = _align(printed, tokens)
            yield Labelled(
                corpus="wikineural",
                language=match[1],
                text=printed,
                spans=tuple(span for span in spans if span[2] in KINDS.values()),
                others=tuple(span for span in spans if span[2] not in KINDS.values()),
            )


def _members(name: str) -> Iterator[tuple[str, str]]:
    path = find_data(name)
    if path is None:
        return
    with tarfile.open(path) as archive:
        for member in archive:
            file = archive.extractfile(member) if member.isfile() else None
            if file is not None:
                yield (
                    member.name,
                    io.TextIOWrapper(file, encoding="utf-8", newline="").read(),
                )


def _join(
    corpus: str, language: str, parts: Iterable[tuple[str, list[Span]]]
) -> Iterator[Labelled]:
    text, spans = "", []
    for printed, found in parts:
        spans += [(start + len(text), end + len(text), kind) for start, end, kind in found]
        text += printed + "\n"
    if text:
        kept = tuple(span for span in spans if span[2] in KINDS.values())
        yield Labelled(corpus=corpus, language=language, text=text, spans=kept)


def _align(text: str, tokens: Iterable[tuple[str, str]]) -> list[Span]:
    spans: list[Span] = []
    at = 0
    for word, tag in tokens:
        start = text.find(word, at)
        if start < 0:
            continue
        at = start + len(word)
        kind = KINDS.get(tag[2:], tag[2:])
        if tag.startswith("B-") or (tag.startswith("I-") and not spans):
            spans.append((start, at, kind))
        elif tag.startswith("I-"):
            spans[-1] = (spans[-1][0], at, kind)
    return spans


def _print(words: Iterable[str]) -> str:
    text = ""
    for word in words:
        glued = not text or word in _TIGHT_BEFORE or text[-1] in _TIGHT_AFTER
        text += word if glued else f" {word}"
    return text
