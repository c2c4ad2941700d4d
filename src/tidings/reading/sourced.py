"""Words by which an article names its sources, beside the verbs of cited.py: the lists are
sourced.toml. A language without a list has none of its own, but its verbs hold."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from tidings.reading.cited import CueKind, Words, find_lexicon, split_words

_CHOICE = re.compile(r"\{([^{}]*)\}")
_NEVER = re.compile(r"(?!)")


class Lead(StrEnum):
    """What stands before a name and makes it a source."""

    SAYS = "says"  # a verb: 'reports'
    PRINTS = "prints"  # a verb of which outlets are the subject
    ACCORDING = "according"
    CITING = "citing"
    PIECE = "piece"  # 'a report by'
    TALK = "talk"  # 'in an interview with'


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """Of one language. Patterns are for text in lower case."""

    before: Mapping[str, tuple[tuple[Words, Lead], ...]]  # last word → phrases, the longest first
    after: Mapping[str, tuple[tuple[Words, Lead], ...]]  # first word → verbs
    trailing: frozenset[str]  # 'zufolge'
    nouns: re.Pattern[str]  # for an outlet
    noun_words: frozenset[str]
    small: frozenset[str]
    own: re.Pattern[str]
    staff: frozenset[str]
    heads: frozenset[str]  # a person of the outlet that is named behind them
    hidden: re.Pattern[str]
    posts: re.Pattern[str]
    roles: tuple[tuple[str, re.Pattern[str]], ...]  # of people without a name, by calling
    crowds: tuple[tuple[str, re.Pattern[str]], ...]
    tells: re.Pattern[str]  # beginnings of verbs by which an outlet tells news
    bodies: re.Pattern[str]
    courts: re.Pattern[str]
    rulings: frozenset[str]
    pronouns: frozenset[str]


@cache
def find_sourced(language: str) -> Sourced:
    """Of a primary language tag."""
    rows = _read().get(language, {})
    lists = {key: tuple(expand_all(row)) for key, row in rows.items() if isinstance(row, list)}
    verbs = dict(_verbs(language))
    before = [
        *((words, Lead.SAYS) for words, kind in verbs.items() if kind is CueKind.SAYS),
        *((words, Lead.PIECE) for words in _split(lists.get("pieces", ()))),
        *((words, Lead.TALK) for words in _split(lists.get("talks", ()))),
        *((words, Lead.PRINTS) for words in _split(lists.get("prints", ()))),
        *((words, _SURE[kind]) for words, kind in verbs.items() if kind in _SURE),
    ]
    after = [
        *((words, Lead.SAYS) for words, kind in verbs.items() if kind is CueKind.SAYS),
        *((words, Lead.PRINTS) for words in _split(lists.get("prints", ()))),
        *((words, Lead.CITING) for words, kind in verbs.items() if kind is CueKind.CITING),
    ]
    lexicon = find_lexicon(language)
    nouns = lists.get("nouns", ())
    return Sourced(
        before=_index(before, last=True),
        after=_index(after, last=False),
        trailing=frozenset(words[0] for words in _split(lists.get("trailing", ()))),
        nouns=compile_phrases(nouns),
        noun_words=frozenset(word for words in _split(nouns) for word in words),
        small=frozenset(word for words in _split(lists.get("small", ())) for word in words),
        own=compile_phrases(lists.get("own", ())),
        staff=frozenset(word for words in _split(lists.get("staff", ())) for word in words),
        heads=frozenset(word for words in _split(lists.get("heads", ())) for word in words),
        hidden=compile_phrases(lists.get("hidden", ())),
        posts=compile_phrases(lists.get("posts", ())),
        roles=_callings(rows.get("roles", {})),
        crowds=_callings(rows.get("crowds", {})),
        tells=re.compile("|".join(map(re.escape, lists.get("tells", ())))),
        bodies=compile_phrases(lists.get("bodies", ())),
        courts=compile_phrases(lists.get("courts", ())),
        rulings=frozenset(word for words in _split(lists.get("rulings", ())) for word in words),
        pronouns=lexicon.pronouns if lexicon else frozenset(),
    )


_SURE = {CueKind.ACCORDING: Lead.ACCORDING, CueKind.CITING: Lead.CITING}


@cache
def _read() -> Mapping[str, Mapping[str, object]]:
    text = (files("tidings.reading") / "sourced.toml").read_text("utf-8")
    return tomllib.loads(text)


def _verbs(language: str) -> Iterator[tuple[Words, CueKind]]:
    lexicon = find_lexicon(language)
    for index in (lexicon.passes, lexicon.splits, lexicon.forms) if lexicon else ():
        for first, rows in index.items():
            for words, kind in rows:
                yield ((first,) if index is lexicon.splits else words), kind  # type: ignore[union-attr]


def _index(
    phrases: Iterable[tuple[Words, Lead]], *, last: bool
) -> dict[str, tuple[tuple[Words, Lead], ...]]:
    """Of a phrase that is listed twice the later kind holds."""
    rows: dict[str, dict[Words, Lead]] = {}
    for words, kind in phrases:
        if words:
            rows.setdefault(words[-1 if last else 0], {})[words] = kind
    return {
        word: tuple(sorted(found.items(), key=lambda row: (-len(row[0]), row[0])))
        for word, found in rows.items()
    }


def _callings(rows: object) -> tuple[tuple[str, re.Pattern[str]], ...]:
    table: Mapping[str, Sequence[str]] = rows if isinstance(rows, dict) else {}
    return tuple((name, compile_phrases(expand_all(words))) for name, words in table.items())


def _split(phrases: Iterable[str]) -> Iterator[Words]:
    for phrase in phrases:
        yield tuple(word.form for word in split_words(phrase))


def compile_phrases(phrases: Iterable[str]) -> re.Pattern[str]:
    """Any of them, in lower case, at the bounds of words, over any space."""
    low = sorted({phrase.lower() for phrase in phrases}, key=lambda one: (-len(one), one))
    if not low:
        return _NEVER
    listed = "|".join(re.escape(one).replace(r"\ ", r"\s+") for one in low)
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)")


def expand_all(rows: object) -> Iterator[str]:
    for row in rows if isinstance(rows, (list, tuple)) else ():
        yield from (" ".join(one.split()) for one in _expand(row))


def _expand(row: str) -> Iterator[str]:
    match = _CHOICE.search(row)
    if match is None:
        yield row
        return
    for choice in match.group(1).split(","):
        yield from _expand(row[: match.start()] + choice + row[match.end() :])
