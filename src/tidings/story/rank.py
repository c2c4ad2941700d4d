"""Which stories come first: those that many voices tell, in many languages, lately."""

from __future__ import annotations

import re
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

SERVICE = 3.0
"""Taken off where the headlines announce what a publisher prints every day (horoscopes, weather,
rates, draws, listings, deals): as if an eighth of the voices told it. Our own choice."""

BEAT = 3.0
"""Taken off, as a whole, where a story's articles are alike in subject alone, see focus.py; a part
of it where they are more alike than that. Our own choice."""

_SERVICE = re.compile(
    r"horoscop|oroscop|гороскоп|horoskop|horóscop|burç|αστρολογικ|ζώδι|"
    r"weather forecast|прогноз погод|погода (?:на|в|сегодня|завтра)|погода:|wettervorhersage|"
    r"wetterbericht|previsioni meteo|météo du|prévisions météo|pronóstico del tiempo|"
    r"previsão do tempo|"
    r"курс(?:ы|и)? (?:валют|доллара|долара|евро|нбу|цб)|precio del dólar hoy|"
    r"lottery results|winning numbers|lottozahlen|estrazion[ei] (?:del )?lotto|"
    r"what(?:'|’)?s on tv|tv tonight|programme tv|fernsehprogramm|programmi tv|телепрограмм|"
    r"crossword|wordle|sudoku|кроссворд|"
    r"black friday|cyber monday|чёрн(?:ая|ой) пятниц|черн(?:ая|ой) пятниц|чорн(?:а|ої) п.ятниц"
)

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


def weigh(articles: Sequence[Summary], looseness: float = 0.0) -> Weight:
    """log2 of the sum of the voices, where each counts half as much for each day that it is
    older; half of log2 of the languages; less SERVICE where half of the headlines announce a
    service and no news; less BEAT times ``looseness``, 0 to 1. A story without any known time
    ranks below all that have one."""
    voices = _find_voices(articles)
    publishers = len({one.publisher for one in articles if one.publisher})
    languages = len({one.language for one in articles})
    newest = max((time for one in articles if (time := one.published.middle)), default=None)
    is_service = _is_service(articles)
    score = _add_voices([_find_newest(voice) for voice in voices])
    score += LANGUAGE * log2(max(1, languages)) - SERVICE * is_service - BEAT * looseness
    known = f"newest {newest:%Y-%m-%d %H:%M} UTC" if newest else "times unknown"
    reason = (
        f"{_count(len(articles), 'article')}, {_count(len(voices), 'voice')} of "
        f"{_count(publishers, 'publisher')} in {_count(languages, 'language')}, {known}"
    )
    return Weight(
        score=score,
        voices=len(voices),
        publishers=publishers,
        languages=languages,
        newest=newest,
        reason=reason + _tell_losses(is_service, looseness),
    )


def _tell_losses(is_service: bool, looseness: float) -> str:
    service = "; ranks lower as a service, not news" if is_service else ""
    beat = f"; ranks {BEAT * looseness:.1f} lower, being loosely tied" if looseness else ""
    return service + beat


def _find_newest(voice: Sequence[Summary]) -> datetime | None:
    return max((time for one in voice if (time := one.published.middle)), default=None)


def _find_voices(articles: Sequence[Summary]) -> list[list[Summary]]:
    """Publishers and texts, joined where either is the same: each group is one voice."""
    if len(articles) == 1:
        return [list(articles)]
    parents: dict[str, str] = {}

    def root(key: str) -> str:
        while parents.setdefault(key, key) != key:
            key = parents[key]
        return key

    for one in articles:
        words = split_words(one.lead)[:LEAD_WORDS]
        text = " ".join(words) if len(words) == LEAD_WORDS else one.article
        parents[root(f"text {text}")] = root(_outlet(one))
    voices: dict[str, list[Summary]] = {}
    for one in articles:
        voices.setdefault(root(_outlet(one)), []).append(one)
    return list(voices.values())


def _outlet(article: Summary) -> str:
    return f"outlet {article.publisher or article.article}"


def _add_voices(times: Sequence[datetime | None]) -> float:
    """log2 of the voices, each halved by its age: in days since 1970, over HALVING. A voice
    without a time counts as the oldest of the others; without any, as of 1970."""
    known = [time.timestamp() / 86400 / HALVING for time in times if time]
    days = sorted([*known, *[min(known, default=0.0)] * (len(times) - len(known))])
    newest = days[-1]
    return newest + log2(sum(2 ** (day - newest) for day in days))


def _is_service(articles: Sequence[Summary]) -> bool:
    served = sum(bool(_SERVICE.search(one.headline.lower())) for one in articles)
    return 2 * served >= len(articles)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
