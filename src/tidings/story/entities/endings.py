"""The base forms that a declined name may have. The rules are endings.toml."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

CACHE = 1 << 16  # words
SHORTEST = 2  # letters that an ending leaves

_OWNED = re.compile(r"['’ʼ](?:s|S)?$")
_PARTED = re.compile(r"(?<=\w\w)['’ʼ](?:\w{1,4})$")  # Turkish: Erdoğan'ın


class Gender(StrEnum):
    """What a surname's ending says of who bears it."""

    WOMAN = "woman"
    MAN = "man"


@dataclass(frozen=True, slots=True)
class _Rules:
    swaps: tuple[tuple[str, str], ...]  # ending → what stands there in the base form
    woman: tuple[str, ...]
    man: tuple[str, ...]


@lru_cache(maxsize=1)
def _read_rules() -> dict[str, _Rules]:
    text = (files(__package__) / "endings.toml").read_text(encoding="utf-8")
    told = tomllib.loads(text)
    return {language: _gather(told, language) for language in told}


def _gather(told: dict[str, dict[str, str]], language: str) -> _Rules:
    own = told[language]
    swaps = [_split(rule) for rule in own.get("rules", "").split()]
    woman, man = own.get("woman", "").split(), own.get("man", "").split()
    if "like" in own:
        other = _gather(told, own["like"])
        swaps, woman, man = [*swaps, *other.swaps], [*woman, *other.woman], [*man, *other.man]
    return _Rules(tuple(dict.fromkeys(swaps)), tuple(woman), tuple(man))


def _split(rule: str) -> tuple[str, str]:
    ending, _, base = rule.partition(">")
    return ending, base


@lru_cache(maxsize=CACHE)
def find_bases(word: str, language: str) -> tuple[str, ...]:
    """``word``, in small letters, and the other base forms that it may have, each once; without
    possessives. ``language`` is a primary subtag."""
    bare = _OWNED.sub("", word)
    found = {bare: None}
    if bare != word and _PARTED.search(word):
        bare = _PARTED.sub("", word)
    rules = _read_rules().get(language)
    if rules is not None:
        if language == "tr":
            found[_PARTED.sub("", bare)] = None
        for ending, base in rules.swaps:
            if bare.endswith(ending) and len(bare) - len(ending) >= SHORTEST:
                stem = bare[: len(bare) - len(ending)]
                if base or len(stem) > SHORTEST:
                    found[stem + base] = None
    return tuple(found)


def declines(language: str) -> bool:
    """Whether names change their endings in it."""
    return language in _read_rules()


@lru_cache(maxsize=CACHE)
def tell_gender(word: str, language: str) -> Gender | None:
    """Of a surname in small letters; None where the ending says nothing."""
    rules = _read_rules().get(language)
    if rules is None:
        return None
    if any(word.endswith(ending) and len(word) > len(ending) + 1 for ending in rules.woman):
        return Gender.WOMAN
    if any(word.endswith(ending) and len(word) > len(ending) + 1 for ending in rules.man):
        return Gender.MAN
    return None
