"""Offices that one person at a time has, by what six languages call them: roles.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from tidings.reading.cited import Word, split_words

LANGUAGES = ("en", "de", "fr", "es", "ru", "uk")
START = 4  # letters by which a first word is looked for
LONGEST = 60  # characters of an office's name that are looked at

_ENDINGS = re.compile(r"\{([^{}]*)\}")
_LETTERS = re.compile(r"[^\W\d_]+")
_GAP = re.compile(r"[ \u00a0]?[-‐‑'’ʼ]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """One form of an office's name."""

    id: str  # the same in every language: 'prime-minister'
    of: frozenset[str]  # 'state', 'local', 'body'
    only: str  # id of the one that has it; "" where several have
    is_own: bool  # it names that one by itself
    is_base: bool  # as it stands by itself, in no other case
    is_head: bool  # of whatever stands behind it, an office too: 'head of the foreign ministry'


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """Where a text prints an office."""

    role: Role
    start: int
    end: int


_Rows = Mapping[str, tuple[tuple[tuple[str, ...], Role], ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lexicon:
    starts: re.Pattern[str]  # what first words begin with, in small letters
    rows: _Rows  # by first word, the longest first


def has_roles(language: str) -> bool:
    return language.partition("-")[0] in _read()


def find_roles(text: str, language: str) -> Iterator[Printed]:
    """In order, the longest at each place; words written as one with a hyphen count as their
    parts."""
    lexicon = _read().get(language.partition("-")[0])
    low = text.lower()
    done = 0
    for match in lexicon.starts.finditer(low if len(low) == len(text) else text) if lexicon else ():
        start = match.start()
        if lexicon is None or start < done or text[max(0, start - 1) : start].isalpha():
            continue
        first = _LETTERS.match(text, start)
        if first is None or first[0].lower().replace("ё", "е") not in lexicon.rows:
            continue
        words = split_words(text, start, min(len(text), start + LONGEST))
        found = _match(lexicon.rows, text, words) if words else None
        if found is not None:
            count, role = found
            done = words[count - 1].end
            yield Printed(role=role, start=start, end=done)


def _match(rows: _Rows, text: str, words: Sequence[Word]) -> tuple[int, Role] | None:
    """Of the form that the words begin with, how many they are, and the office."""
    for form, role in rows.get(words[0].form, ()):
        here = words[: len(form)]
        gaps = pairwise(here)
        if tuple(word.form for word in here) == form and all(
            _GAP.fullmatch(text, one.end, other.start) for one, other in gaps
        ):
            return len(form), role
    return None


@cache
def _read() -> Mapping[str, _Lexicon]:
    """By language."""
    table = tomllib.loads((files("tidings.reading") / "roles.toml").read_text("utf-8"))
    found: dict[str, dict[str, dict[tuple[str, ...], Role]]] = {}
    for own, told in table.items():
        for language, form, role in _list_forms(own, told):
            words = tuple(word.form for word in split_words(form))
            found.setdefault(language, {}).setdefault(words[0], {}).setdefault(words, role)
    return {language: _build(rows) for language, rows in found.items()}


def _build(rows: Mapping[str, Mapping[tuple[str, ...], Role]]) -> _Lexicon:
    starts = sorted({re.escape(first[:START]) for first in rows})
    return _Lexicon(
        starts=re.compile("|".join(starts)),
        rows={
            first: tuple(sorted(forms.items(), key=lambda row: -len(row[0])))
            for first, forms in rows.items()
        },
    )


def _list_forms(own: str, told: Mapping[str, Any]) -> Iterator[tuple[str, str, Role]]:
    for is_own, rows in ((True, told.get("own", {})), (False, told)):
        for language, forms in rows.items():
            if language not in LANGUAGES:
                continue
            for is_base, form in (pair for row in forms for pair in _expand(row)):
                role = Role(
                    id=own,
                    of=frozenset(told["of"]),
                    only=told.get("only", ""),
                    is_own=is_own,
                    is_base=is_base,
                    is_head=bool(told.get("is-head", False)),
                )
                yield language, form, role


def _expand(row: str) -> Iterator[tuple[bool, str]]:
    """All forms; whether each may stand by itself: by its first endings, or those before ";"."""
    match = _ENDINGS.search(row)
    if match is None:
        yield True, row
        return
    bases, _, others = match.group(1).rpartition(";")
    firsts = bases.split(",") if bases else others.split(",")[:1]
    for ending in dict.fromkeys((*firsts, *others.split(","))):
        for is_base, form in _expand(row[: match.start()] + ending + row[match.end() :]):
            yield is_base and ending in firsts, form
