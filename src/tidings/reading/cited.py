"""Words that say who said it: verbs of telling, 'according to', 'citing' … The lists are
cited.toml; a language without a list has no cues."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

Words = tuple[str, ...]

_WORD = re.compile(r"[^\W\d_]+")
_ENDINGS = re.compile(r"\{([^{}]*)\}")
_GAP = re.compile(r"[ \u00a0]?[-‐‑'’ʼ]?")


class CueKind(StrEnum):
    """What a cue does."""

    SAYS = "says"  # verb of telling
    THINKS = "thinks"  # verb of holding, hoping, fearing, showing
    ACCORDING = "according"  # before a source whose words the rest of the sentence gives
    TRAILING = "trailing"  # the same, behind the source: 'dpa zufolge'
    CITING = "citing"  # names a source of the sentence before or after it


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Code points of the text that was asked about."""

    start: int
    end: int
    kind: CueKind
    tail: int  # where the verb ends as a whole, its particle included: 'teilte … mit'


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters: ``l'a-t-il`` is four. ``form`` is in lower case, ё as е."""

    form: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Of one language; words in lower case, split as ``split_words`` does."""

    forms: Mapping[str, tuple[tuple[Words, CueKind], ...]]  # first word → all words, longest first
    splits: Mapping[str, tuple[tuple[Words, CueKind], ...]]  # verb → particle
    passes: Mapping[str, tuple[tuple[Words, CueKind], ...]]
    auxiliary: frozenset[str]
    as_: frozenset[str]
    that: frozenset[str]
    pronouns: frozenset[str]


REACH = 14
"""Words at most between a verb and its particle. Our own choice: bench/quotes.py."""

BESIDE = 4
"""Words at most between an auxiliary and its participle, where the language keeps them near."""


@cache
def read_lexicons() -> dict[str, Lexicon]:
    """By primary language tag."""
    table = tomllib.loads((files("tidings.reading") / "cited.toml").read_text("utf-8"))
    return {language: _build(rows) for language, rows in table.items()}


def find_lexicon(language: str) -> Lexicon | None:
    """Of a language (BCP 47)."""
    return read_lexicons().get(language.partition("-")[0].lower())


def split_words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    stop = len(text) if end is None else end
    return [
        Word(match.group().lower().replace("ё", "е"), match.start(), match.end())
        for match in _WORD.finditer(text, start, stop)
    ]


def find_cues(text: str, words: Sequence[Word], lexicon: Lexicon) -> list[Cue]:
    """Cues among the ``words`` of one sentence of ``text``, in order, not overlapping."""
    found: list[Cue] = []
    at = 0
    while at < len(words):
        cue, used = _cue_at(text, words, at, lexicon)
        if cue:
            found.append(cue)
        at += max(1, used)
    return found


def _cue_at(text: str, words: Sequence[Word], at: int, lexicon: Lexicon) -> tuple[Cue | None, int]:
    form = words[at].form
    for phrase, kind in lexicon.passes.get(form, ()):
        if _is_phrase(text, words, at, phrase) and _has_auxiliary(words, at, len(phrase), lexicon):
            return _cue(words[at], words[at + len(phrase) - 1], kind), len(phrase)
    for particle, kind in lexicon.splits.get(form, ()):
        last = _find_particle(text, words, at, particle)
        if last:
            return Cue(start=words[at].start, end=words[at].end, kind=kind, tail=last.end), 1
    for phrase, kind in lexicon.forms.get(form, ()):
        if _is_phrase(text, words, at, phrase):
            return _cue(words[at], words[at + len(phrase) - 1], kind), len(phrase)
    return None, 0


def _cue(first: Word, last: Word, kind: CueKind) -> Cue:
    return Cue(start=first.start, end=last.end, kind=kind, tail=last.end)


def _is_phrase(text: str, words: Sequence[Word], at: int, phrase: Words) -> bool:
    if len(words) < at + len(phrase):
        return False
    pairs = zip(words[at:], phrase, strict=False)
    return all(word.form == form for word, form in pairs) and all(
        _GAP.fullmatch(text, words[i].end, words[i + 1].start)
        for i in range(at, at + len(phrase) - 1)
    )


def _has_auxiliary(words: Sequence[Word], at: int, length: int, lexicon: Lexicon) -> bool:
    near = REACH if lexicon.splits else BESIDE
    before = words[max(0, at - near) : at]
    after = words[at + length : at + length + 2] if lexicon.splits else ()
    return any(word.form in lexicon.auxiliary for word in (*before, *after))


def _find_particle(text: str, words: Sequence[Word], at: int, particle: Words) -> Word | None:
    """The particle's last word, where it closes a clause within reach."""
    for here in range(at + 1, min(len(words), at + 1 + REACH)):
        if ":" in text[words[here - 1].end : words[here].start]:
            return None
        last = here + len(particle) - 1
        if last < len(words) and _is_phrase(text, words, here, particle):
            after = text[words[last].end : words[last].end + 2]
            if not after[:1].isalnum() and (
                after.strip()[:1] in ',.:;!?"“”«»' or not after.strip()
            ):
                return words[last]
    return None


def _build(rows: Mapping[str, Sequence[str]]) -> Lexicon:
    kinds = (CueKind.SAYS, CueKind.THINKS, CueKind.ACCORDING, CueKind.TRAILING, CueKind.CITING)
    return Lexicon(
        forms=_index((words, kind) for kind in kinds for words in _phrases(rows.get(kind, ()))),
        splits=_index_splits(_phrases(rows.get("splits", ()))),
        passes=_index((words, CueKind.SAYS) for words in _phrases(rows.get("passes", ()))),
        auxiliary=_singles(rows, "auxiliary"),
        as_=_singles(rows, "as"),
        that=_singles(rows, "that"),
        pronouns=_singles(rows, "pronouns"),
    )


def _index(
    phrases: Iterator[tuple[Words, CueKind]] | Sequence[tuple[Words, CueKind]],
) -> dict[str, tuple[tuple[Words, CueKind], ...]]:
    index: dict[str, dict[Words, CueKind]] = {}
    for words, kind in phrases:
        index.setdefault(words[0], {}).setdefault(words, kind)
    return {
        first: tuple(sorted(rows.items(), key=lambda row: -len(row[0])))
        for first, rows in index.items()
    }


def _index_splits(phrases: Iterator[Words]) -> dict[str, tuple[tuple[Words, CueKind], ...]]:
    index: dict[str, list[tuple[Words, CueKind]]] = {}
    for verb, *particle in phrases:
        index.setdefault(verb, []).append((tuple(particle), CueKind.SAYS))
    return {verb: tuple(particles) for verb, particles in index.items()}


def _singles(rows: Mapping[str, Sequence[str]], key: str) -> frozenset[str]:
    return frozenset(words[0] for words in _phrases(rows.get(key, ())))


def _phrases(rows: Sequence[str]) -> Iterator[Words]:
    for row in rows:
        for phrase in _expand(row):
            yield tuple(word.form for word in split_words(phrase))


def _expand(row: str) -> Iterator[str]:
    match = _ENDINGS.search(row)
    if match is None:
        yield row
        return
    for ending in match.group(1).split(","):
        yield from _expand(row[: match.start()] + ending + row[match.end() :])
