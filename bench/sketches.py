"""Evaluation sets as sketches, made by the real code, with what is slow kept between runs."""

from __future__ import annotations

import hashlib
import json
import lzma
import pickle
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

import tidings
from news import find_data
from scores import Labelled
from tidings.annotators.listed import ListedAnnotator
from tidings.annotators.names import NamesAnnotator
from tidings.extractors.record import RecordExtractor
from tidings.model import Article, Page, PageId, Rejected, Sketch, Vector
from tidings.pipeline import Parts, digest_article
from tidings.ports import Embedder
from tidings.reading.habits import Habits, find_outlet

DAY = "day-2019-11-18"
OLYMPICS = "olympics-2021"
LANGUAGES = {
    "ara": "ar",
    "deu": "de",
    "eng": "en",
    "fra": "fr",
    "por": "pt",
    "rus": "ru",
    "slv": "sl",
    "spa": "es",
    "zho": "zh",
}
"""Of the Olympics set → BCP 47."""


class Remembering:
    """An embedder that keeps what it computed in ``folder``."""

    def __init__(self, embedder: Embedder, folder: Path | None) -> None:
        self._embedder = embedder
        self._file = folder / f"vectors-{_hash(embedder.name)[:8]}.npz" if folder else None
        self._known: dict[str, Vector] = {}
        if self._file and self._file.exists():
            held = np.load(self._file)
            self._known = dict(zip(held["keys"].tolist(), held["vectors"], strict=True))
        self.computed = 0

    @property
    def name(self) -> str:
        return self._embedder.name

    @property
    def dimensions(self) -> int:
        return self._embedder.dimensions

    def embed(self, text: str, language: str) -> Vector:
        key = _hash(f"{language}\0{text}")[:16]
        if key not in self._known:
            self._known[key] = self._embedder.embed(text, language)
            self.computed += 1
            if self.computed % 2000 == 0:
                self.save()
        return self._known[key]

    def save(self) -> None:
        if self._file and self.computed:
            keys, vectors = list(self._known), np.stack(list(self._known.values()))
            np.savez(self._file, keys=np.array(keys), vectors=vectors)


def read_labels(name: str) -> list[Labelled]:
    """Of the day: stories, and distractors as stories of their own, without the undecided."""
    if name == OLYMPICS:
        rows = _lines(_find(f"{OLYMPICS}/titles.dev.jsonl"))
        return [
            Labelled(id=r["id"], label=r["cluster"], language=LANGUAGES[r["lang"]]) for r in rows
        ]
    undecided = set(_find(f"{DAY}/ignore_ids.txt").read_text().split())
    stories = _lines(_find(f"{DAY}/stories.dev.jsonl"))
    alone = _lines(_find(f"{DAY}/distractors.dev.jsonl"))
    labelled = [Labelled(id=r["id"], label=r["story"], language=r["lang"]) for r in stories]
    labelled += [Labelled(id=r["id"], label=f"- {r['id']}", language=r["lang"]) for r in alone]
    return [one for one in labelled if one.id not in undecided]


def read_sketches(name: str, embedder: Embedder, cache: Path | None) -> list[Sketch]:
    """Every article of the set in its order, as ``tidings add`` would sketch it."""
    remembering = Remembering(embedder, cache)
    kept = cache / f"sketches-{name}-{_code()}-{_hash(embedder.name)[:8]}.pickle" if cache else None
    if kept and kept.exists():
        sketches: list[Sketch] = pickle.loads(kept.read_bytes())  # noqa: S301 - our own
        return sketches
    annotators = (ListedAnnotator(), NamesAnnotator())
    parts = Parts(annotators=annotators, embedder=remembering)
    sketches = [digest_article(article, parts).sketch for article in read_articles(name)]
    remembering.save()
    if kept:
        kept.write_bytes(pickle.dumps(sketches))
    return sketches


def read_articles(name: str) -> Iterator[Article]:
    rows = read_olympics() if name == OLYMPICS else read_day()
    extractor = RecordExtractor()
    habits: dict[str, Habits] = {}
    for row in rows:
        data = json.dumps(row, ensure_ascii=False).encode()
        page = Page(
            id=PageId(_hash(row["id"])), name=row["id"], media_type="application/json", data=data
        )
        articles = extractor.extract(page)
        if isinstance(articles, Rejected):
            raise SystemExit(f"{row['id']}: {articles.detail}")
        for article in articles:
            yield peel(article, habits)


def peel(article: Article, habits: dict[str, Habits]) -> Article:
    """As settled after the publisher's articles before it."""
    outlet = find_outlet(article)
    if outlet is None:
        return article
    learned = habits.setdefault(outlet, Habits())
    peeled = learned.peel(article)
    learned.learn(peeled)
    return peeled


def read_day() -> Iterator[Mapping[str, Any]]:
    with lzma.open(_find(f"{DAY}/articles.jsonl.xz"), "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def read_olympics() -> Iterator[Mapping[str, Any]]:
    for row in _lines(_find(f"{OLYMPICS}/titles.dev.jsonl")):
        date = row["date"].replace(" ", "T") + "Z"
        yield {"id": row["id"], "date": date, "lang": LANGUAGES[row["lang"]], "title": row["title"]}


def sample(sketches: list[Sketch], labels: list[Labelled], every: int) -> list[Sketch]:
    """All labelled ones and each ``every``-th of the others: a quick stand-in for the stream."""
    wanted = {one.id for one in labels}
    return [s for at, s in enumerate(sketches) if s.article in wanted or at % every == 0]


def blind(sketch: Sketch) -> Sketch:
    """Without its terms: to see what vectors alone do."""
    return replace(sketch, terms=())


def _code() -> str:
    """Changes when the code that makes sketches does (embedders apart)."""
    root = Path(tidings.__file__).parent
    files = [root / "pipeline.py", root / "extractors" / "record.py", root / "reading"]
    files += [root / "story" / f"{name}.py" for name in ("terms", "names", "lexemes", "shingles")]
    files += [root / "annotators"]
    sources = [f for file in files for f in (sorted(file.rglob("*.py")) or [file])]
    return _hash("".join(source.read_text(encoding="utf-8") for source in sources))[:8]


def _find(name: str) -> Path:
    path = find_data(name)
    if path is None:
        raise SystemExit(json.dumps({"skipped": f"no {name}; set TIDINGS_DATA"}))
    return path


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
