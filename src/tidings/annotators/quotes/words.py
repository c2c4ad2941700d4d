"""Small words by language, from words.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files

Words = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallWords:
    """Of one language; words.toml says what each is for."""

    light: Words = frozenset()
    joins: Words = frozenset()
    kin: Words = frozenset()
    ties: Words = frozenset()
    many: Words = frozenset()
    verbs: Words = frozenset()
    relatives: Words = frozenset()
    prepositions: Words = frozenset()
    inner: Words = frozenset()
    articles: Words = frozenset()
    impersonal: Words = frozenset()
    at: Words = frozenset()
    owned: Words = frozenset()
    deictic: Words = frozenset()
    silent: Words = frozenset()
    object: Words = frozenset()
    outlets: Words = frozenset()
    sources: Words = frozenset()
    selves: Words = frozenset()
    bound: Words = frozenset()
    inverts: Words = frozenset()
    nouns: Words = frozenset()
    heavy: Words = frozenset()
    titles: Words = frozenset()
    infinitive: Words = frozenset()
    promises: Words = frozenset()
    adverbial: Words = frozenset()
    naming: Words = frozenset()
    gerunds: Words = frozenset()
    unsure: Words = frozenset()
    back: Words = frozenset()


@cache
def read_small_words() -> dict[str, SmallWords]:
    """By primary language tag."""
    table = tomllib.loads((files("tidings.annotators.quotes") / "words.toml").read_text("utf-8"))
    keys = [field.name for field in fields(SmallWords)]
    return {
        language: SmallWords(
            **{key: frozenset(rows.get(key, "").lower().replace("ё", "е").split()) for key in keys}
        )
        for language, rows in table.items()
    }


def find_small_words(language: str) -> SmallWords:
    return read_small_words().get(language.partition("-")[0].lower()) or SmallWords()
