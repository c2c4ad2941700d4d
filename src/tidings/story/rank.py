"""Which stories come first, and which article stands for a story."""

from __future__ import annotations

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
    is one, whose headline shares most words with the others of its language; the earliest of
    equals. ``articles`` are earliest first and not empty."""
    pools = (
        [one for one in articles if one.headline and _speaks(one, language)],
        [one for one in articles if one.headline],
        list(articles),
    )
    pool = next(pool for pool in pools if pool)
    return max(pool, key=lambda one: _agreement(one, pool))


def _speaks(article: Summary, language: str | None) -> bool:
    if language is None:
        return True
    return article.language.partition("-")[0] == language.partition("-")[0]


def _agreement(article: Summary, pool: Sequence[Summary]) -> float:
    """Mean share of words that the headline has in common with each of the pool (Jaccard)."""
    own = set(split_words(article.headline))
    total = 0.0
    for other in pool[:SAMPLE]:
        words = set(split_words(other.headline))
        total += len(own & words) / len(own | words) if own | words else 0.0
    return total


SAMPLE = 50
"""Headlines that one is compared with: keeps a story of thousands quick."""


def _count_voices(articles: Sequence[Summary]) -> int:
    """Publishers and texts, joined where either is the same: each group is one voice."""
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
