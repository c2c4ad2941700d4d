"""Which country a people or an adjective is of: peoples.toml."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from tidings.story.entities.forms import unmix
from tidings.story.entities.gazetteer import Known, get_gazetteer

CACHE = 1 << 14  # words
SHORTEST = 3  # letters of what a word begins with

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class _Peoples:
    endings: int  # letters at most
    places: dict[str, str]  # what a word begins with → the place


@lru_cache(maxsize=1)
def _read_peoples() -> dict[str, _Peoples]:
    text = (files(__package__) / "peoples.toml").read_text(encoding="utf-8")
    return {
        language: _Peoples(told["endings"], dict(_parse(told["places"])))
        for language, told in tomllib.loads(text).items()
    }


def _parse(lines: str) -> list[tuple[str, str]]:
    rows = [line.split(": ") for line in lines.strip().splitlines()]
    return [(stem, place) for place, stems in rows for stem in stems.split()]


@lru_cache(maxsize=CACHE)
def find_people(text: str, language: str) -> Known | None:
    """The place whose people or adjective the one word is, in any of its forms."""
    word = unmix(text).lower()
    told = _read_peoples().get(language.partition("-")[0])
    if told is None or not _WORD.fullmatch(word):
        return None
    for length in range(len(word), max(SHORTEST, len(word) - told.endings) - 1, -1):
        place = told.places.get(word[:length])
        if place is not None:
            return get_gazetteer().get(place)
    return None
