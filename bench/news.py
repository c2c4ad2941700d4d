"""Reading the evaluation data for the benches of vectors, and scoring pairs."""

from __future__ import annotations

import json
import lzma
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from tidings.ports import Embedder
from tidings.reading.language import identify

DAY = "day-2019-11-18"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One article of the day."""

    id: str
    headline: str
    body: str

    @property
    def text(self) -> str:
        return f"{self.headline}. {self.body}"


def find_data(name: str) -> Path | None:
    """A file of the evaluation data, or None where it is not there."""
    beside = Path(__file__).parents[2] / "shared" / "data"
    path = Path(os.environ.get("TIDINGS_DATA", beside)) / name
    return path if path.exists() else None


def read_day(path: Path) -> list[Record]:
    with lzma.open(path, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [Record(id=r["id"], headline=r["title"] or "", body=r["text"] or "") for r in rows]


@cache
def read_pairs() -> tuple[list[tuple[str, str, bool]], dict[str, Record]]:
    """Labelled pairs across languages, and the articles in them."""
    pairs, day = (
        find_data(f"{DAY}/cross_language_pairs.dev.jsonl"),
        find_data(f"{DAY}/articles.jsonl.xz"),
    )
    if pairs is None or day is None:
        raise SystemExit(json.dumps({"skipped": f"no {DAY}; set TIDINGS_DATA"}))
    rows = [json.loads(line) for line in pairs.read_text(encoding="utf-8").splitlines()]
    labelled = [(row["a"], row["b"], bool(row["label"])) for row in rows]
    wanted = {name for a, b, _ in labelled for name in (a, b)}
    return labelled, {record.id: record for record in read_day(day) if record.id in wanted}


def score_pairs(embedder: Embedder) -> dict[str, float]:
    """How well the cosine tells same-story pairs from others, with the language identified."""
    labelled, records = read_pairs()
    vectors = {}
    for name, record in records.items():
        language, _ = identify(record.headline, record.body)
        vectors[name] = embedder.embed(record.text, language).astype(np.float64)
    cosines = np.array([vectors[a] @ vectors[b] / 16e6 for a, b, _ in labelled])
    labels = np.array([label for _, _, label in labelled])
    f1, threshold = best_f1(cosines, labels)
    return {
        "pairs": len(labelled),
        "auc": round(auc(cosines, labels), 4),
        "f1": round(f1, 4),
        "threshold": round(threshold, 3),
        "mean_same": round(float(cosines[labels].mean()), 3),
        "mean_other": round(float(cosines[~labels].mean()), 3),
    }


def auc(scores: np.ndarray, labels: np.ndarray) -> float:
    """The share of (same, other) couples that are in the right order; ties count half."""
    others = np.sort(scores[~labels])
    low = np.searchsorted(others, scores[labels], "left")
    high = np.searchsorted(others, scores[labels], "right")
    return float((low + high).mean() / 2 / len(others))


def best_f1(scores: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
    """The best F1 over all thresholds, and the threshold."""
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(labels[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + labels.sum())
    best = int(np.argmax(f1))
    return float(f1[best]), float(scores[order[best]])
