"""Metrics of a grouping against labels: B-cubed (Bagga, Baldwin 1998) and pairwise."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import comb


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """One article of a labelled set."""

    id: str
    label: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def rounded(self) -> dict[str, float]:
        return {
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
        }


def score_bcubed(articles: Sequence[Labelled], found: Mapping[str, str]) -> Score:
    """``found``: id → story; an article that is not in it counts as a story of its own."""
    both: Counter[tuple[str, str]] = Counter()
    stories: Counter[str] = Counter()
    labels: Counter[str] = Counter()
    for one in articles:
        story = found.get(one.id, f"alone {one.id}")
        both[one.label, story] += 1
        stories[story] += 1
        labels[one.label] += 1
    count = len(articles) or 1
    precision = sum(n * n / stories[story] for (_, story), n in both.items()) / count
    recall = sum(n * n / labels[label] for (label, _), n in both.items()) / count
    return Score(precision=precision, recall=recall)


def score_pairs(articles: Sequence[Labelled], found: Mapping[str, str]) -> Score:
    """Pairs in one story, of all languages."""
    placed = [(one.label, found.get(one.id, f"alone {one.id}"), "") for one in articles]
    return _pairs(_same(placed, (0, 1)), _same(placed, (1,)), _same(placed, (0,)))


def score_foreign_pairs(articles: Sequence[Labelled], found: Mapping[str, str]) -> Score:
    """Pairs in one story whose two articles are in different languages."""
    placed = [(one.label, found.get(one.id, f"alone {one.id}"), one.language) for one in articles]
    counts = [_same(placed, keys) - _same(placed, (*keys, 2)) for keys in ((0, 1), (1,), (0,))]
    return _pairs(*counts)


def score_by_language(articles: Sequence[Labelled], found: Mapping[str, str]) -> dict[str, Score]:
    """B-cubed among the articles of each language."""
    groups: defaultdict[str, list[Labelled]] = defaultdict(list)
    for one in articles:
        groups[one.language].append(one)
    return {language: score_bcubed(group, found) for language, group in sorted(groups.items())}


def _same(rows: Iterable[tuple[str, str, str]], keys: tuple[int, ...]) -> int:
    counts = Counter(tuple(row[key] for key in keys) for row in rows)
    return sum(comb(count, 2) for count in counts.values())


def _pairs(hit: int, said: int, true: int) -> Score:
    return Score(precision=hit / said if said else 1.0, recall=hit / true if true else 1.0)
