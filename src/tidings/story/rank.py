"""Which stories come first, and which article stands for a story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log2

from tidings.model import Summary
from tidings.story.lexemes import split_words

HALVING = 1.0
"""Days in which a story's weight halves: a day older needs twice the voices. Our own choice."""

LANGUAGE = 0.5
"""What a second language adds, in voices' doublings a doubling of languages. Our own choice."""

LEAD_WORDS = 12
"""Two articles whose leads begin with the same words are one voice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """How a story ranks: higher is first. No scale of its own; a point is a doubling."""

    score: float
    voices: int  # distinct texts of distinct publishers
    publishers: int
    languages: int
    newest: datetime | None  # of the articles whose time is known
    reason: str


def weigh(articles: Sequence[Summary]) -> Weight:
    """log2 of voices, half of log2 of languages, and a point for each day that the newest
    article is newer; a story without any known time ranks below all that have one."""
    voices = _count_voices(articles)
    publishers = len({one.publisher for one in articles if one.publisher})
    languages = len({one.language for one in articles})
    times = [middle for one in articles if (middle := one.published.middle)]
    newest = max(times, default=None)
    days = newest.timestamp() / 86400 if newest else 0.0
    score = log2(max(1, voices)) + LANGUAGE * log2(max(1, languages)) + days / HALVING
    known = f"newest {newest:%Y-%m-%d %H:%M} UTC" if newest else "times unknown"
    reason = (
        f"{_count(len(articles), 'article')}, {_count(voices, 'voice')} of "
        f"{_count(publishers, 'publisher')} in {_count(languages, 'language')}, {known}"
    )
    return Weight(
        score=score,
        voices=voices,
        publishers=publishers,
        languages=languages,
        newest=newest,
        reason=reason,
    )


def choose_headline(articles: Sequence[Summary], language: str | None = None) -> Summary:
    """The article that stands for the story: one with a headline, in ``language`` where there
    is one, else in the story's commonest; whose headline shares most words with the others; the
    earliest of equals. ``articles`` are earliest first and not empty."""
    if len(articles) == 1:
        return articles[0]
    told = [one for one in articles if one.headline] or list(articles)
    wanted = primary(language) if language else _commonest(articles)
    pool = [one for one in told if primary(one.language) == wanted]
    pool = pool or [one for one in told if primary(one.language) == _commonest(told)]
    words = [frozenset(split_words(one.headline)) for one in pool]
    sample = words[:SAMPLE]
    best = max(range(len(pool)), key=lambda at: sum(_jaccard(words[at], one) for one in sample))
    return pool[best]


def primary(language: str) -> str:
    """The language without script and region."""
    return language.partition("-")[0].lower()


def _commonest(articles: Sequence[Summary]) -> str:
    counts = Counter(primary(one.language) for one in articles)
    return min(counts, key=lambda language: (-counts[language], language))


def _jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / len(a | b) if a | b else 0.0


SAMPLE = 50
"""Headlines that one is compared with: keeps a story of thousands quick."""


def _count_voices(articles: Sequence[Summary]) -> int:
    """Publishers and texts, joined where either is the same: each group is one voice."""
    if len(articles) == 1:
        return 1
    parents: dict[str, str] = {}

    def root(key: str) -> str:
        while parents.setdefault(key, key) != key:
            key = parents[key]
        return key

    for one in articles:
        words = split_words(one.lead)[:LEAD_WORDS]
        text = " ".join(words) if len(words) == LEAD_WORDS else one.article
        parents[root(f"text {text}")] = root(f"outlet {one.publisher or one.article}")
    return len({root(key) for key in list(parents)})


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
