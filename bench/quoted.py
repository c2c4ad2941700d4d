"""Labelled quotes in one shape, from each of the sets that bench/quotes.py measures on."""

from __future__ import annotations

import json
import lzma
import re
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

Span = tuple[int, int]

_MARKS = "«»„“”\"‘’'‚‹›"
_EDGE = re.compile(r"^[\s\W]+|[\s\W]+$")
_THAT = re.compile(r"^(?:that|dass|daß|что|що|que|qu['’])\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """One labelled quote."""

    parts: tuple[Span, ...]
    speaker: tuple[Span, ...]  # empty where nobody is named
    kind: str  # direct, partial, reported, other
    cue: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A text, or the paragraphs of it that were labelled."""

    name: str
    language: str
    text: str
    quotes: tuple[Gold, ...]
    within: tuple[Span, ...] = ()  # labelled paragraphs; empty: all


def read_wikinews(path: Path, part: str) -> Iterator[Labelled]:
    """Free indirect speech and reports of acts are ``other``."""
    texts: dict[str, Labelled] = {}
    with tarfile.open(path) as archive:
        for member in archive.getmembers():
            if f"/data/{part}/" not in member.name or not member.isfile():
                continue
            handle = archive.extractfile(member)
            record = json.loads(handle.read()) if handle else {}
            text = record["originalText"]
            quotes = tuple(_from_wikinews(one, text) for one in record["annotations"])
            name = member.name.rpartition("/")[2]
            texts[member.name] = Labelled(name=name, language="de", text=text, quotes=_kept(quotes))
    for _, labelled in sorted(texts.items()):
        yield labelled


def _from_wikinews(one: dict, text: str) -> Gold:  # type: ignore[type-arg]
    kinds = {"Direct": "direct", "Indirect": "reported"}
    parts = _spans(one["quote"])
    kind = kinds.get(one["type"], "other")
    return Gold(
        parts=parts,
        speaker=_spans(one.get("speaker") or {}),
        kind="partial" if kind == "direct" and opens_small(text, parts) else kind,
        cue=(one.get("cue") or {}).get("text") or "",
    )


def _spans(one: dict) -> tuple[Span, ...]:  # type: ignore[type-arg]
    return tuple((each["charBegin"], each["charEnd"]) for each in one.get("spans", ()))


def read_polnear(path: Path, part: str) -> Iterator[Labelled]:
    """Attributions of all kinds, of what is thought and planned too; ``direct`` where all of the
    content stands between marks, ``partial`` where some of it does."""
    texts: dict[str, str] = {}
    notes: dict[str, str] = {}
    with tarfile.open(path) as archive:
        for member in archive.getmembers():
            if f"/data/{part}/" not in member.name or not member.isfile():
                continue
            handle = archive.extractfile(member)
            content = handle.read().decode() if handle else ""
            stem = member.name.rpartition("/")[2]
            if member.name.endswith(".txt"):
                texts[stem.removesuffix(".txt")] = content
            else:
                notes[stem.removesuffix(".ann").rpartition("_")[0]] = content
    for name in sorted(texts):
        if name in notes:
            quotes = tuple(_from_brat(notes[name], texts[name]))
            yield Labelled(name=name, language="en", text=texts[name], quotes=_kept(quotes))


def _from_brat(notes: str, text: str) -> Iterator[Gold]:
    spans: dict[str, tuple[Span, ...]] = {}
    for line in notes.splitlines():
        fields = line.split("\t")
        if line.startswith("T") and len(fields) > 1:
            places = fields[1].split(" ", 1)[1]
            spans[fields[0]] = tuple(
                (int(a), int(b)) for a, b in (one.split() for one in places.split(";"))
            )
    for line in notes.splitlines():
        if not line.startswith("E"):
            continue
        roles = [one.split(":") for one in line.split("\t")[1].split()]
        told = {role.rstrip("0123456789"): spans.get(key, ()) for role, key in roles}
        parts = told.get("Content", ())
        if parts:
            cue = " ".join(text[a:b] for a, b in told.get("Cue", ()))
            yield Gold(
                parts=parts,
                speaker=told.get("Source", ()),
                kind=_by_marks(text, parts),
                cue=cue,
            )


def _by_marks(text: str, parts: Sequence[Span]) -> str:
    inside = [text[a:b].strip() for a, b in parts]
    if all(
        one[:1] in _MARKS and one.rstrip(".,")[-1:] in _MARKS and len(one) > 2 for one in inside
    ):
        return "partial" if opens_small(text, parts) else "direct"
    return "partial" if any(mark in one for one in inside for mark in '“"') else "reported"


def opens_small(text: str, parts: Sequence[Span]) -> bool:
    """Whether words in marks begin in the middle of a sentence, or are a single one."""
    inside = text[parts[0][0] : parts[-1][1]].strip(f" …{_MARKS}([") if parts else ""
    return inside[:1].islower() or len(inside.split()) < 2


def _kept(quotes: Sequence[Gold]) -> tuple[Gold, ...]:
    return tuple(one for one in quotes if one.parts)


def bare(text: str, span: Span) -> Span:
    """Without marks, stops, space and 'that' at the edges, so that conventions don't count."""
    start, end = span
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    that = _THAT.match(text[start:end])
    return (start + that.end(), end) if that else (start, end)


def letters(text: str, parts: Sequence[Span]) -> frozenset[int]:
    """Places of the letters and digits that the spans hold."""
    return frozenset(at for part in parts for at in range(*bare(text, part)) if text[at].isalnum())


def read_day(labels: Path, articles: Path, language: str, part: str) -> Iterator[Labelled]:
    """Paragraphs that we labelled, by article and offsets into its body; ``other`` may be found or
    not. ``part``: tune, held or all."""
    rows = json.loads(labels.read_text())[language]
    wanted = {row["article"] for row in rows}
    with lzma.open(articles, "rt", encoding="utf-8") as file:
        texts = {r["id"]: r["text"] for r in map(json.loads, file) if r["id"] in wanted}
    for row in rows:
        if part in ("all", row["part"]):
            yield Labelled(
                name=row["article"],
                language=language,
                text=texts[row["article"]],
                quotes=tuple(_from_row(one) for one in row["quotes"]),
                within=((row["start"], row["end"]),),
            )


def _from_row(one: dict) -> Gold:  # type: ignore[type-arg]
    return Gold(
        parts=tuple((a, b) for a, b in one["parts"]),
        speaker=tuple((a, b) for a, b in one["speaker"]),
        kind=one["kind"],
    )
