"""Which quotes of a story give the same utterance. Our own."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from tidings.model import Article, ArticleId, Quote, QuoteKind, Vector
from tidings.text import fold, words

Embed = Callable[[str, str], Vector]
"""Text and language → vector, as an Embedder gives it."""

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SCALE = 16e6  # of the vectors' whole numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A quote as the ledger takes it."""

    article: Article
    quote: Quote
    who: str | None  # whose it is, the same in all languages; None where that isn't safe
    is_foreign: bool = False  # told to be said in another language than the article's
    sound: str | None = None  # of his last name, where the page names him: story/names.py
    post: ArticleId | None = None  # the held article that the quote's link leads to

    @property
    def text(self) -> str:
        """The quoted words; parts that a cue stood between are parted by '…'."""
        return " … ".join(part.text for part in self.quote.parts)

    @property
    def language(self) -> str:
        return self.article.language.partition("-")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerOptions:
    """Read over on seven stories of one day; the cosines chosen on four of them, guarded by
    bench/ledger.py."""

    stem: int = 6  # first letters by which words are compared
    least: int = 4  # words of four letters or more that a quote must have to be compared by words
    words: float = 0.6  # share of the shorter one's words that both have, of known speakers
    unknown: float = 0.85  # the same where a speaker isn't known
    short: int = 2  # words of four letters or more that a part of known speakers must have
    meaning: float = 0.6  # cosine, means of languages off, of one speaker
    stranger: float = 0.68  # the same where a speaker isn't known
    shared: float = 0.5  # share of words, of strangers in one language, besides their meaning
    mean: float = 0.5  # cosine of all wordings of two groups, on average, that are joined so
    numbers: float = 0.08  # less is asked of one speaker where both have the same number
    common: int = 40  # quotes that have a word, from which it leads to no comparison
    wordings: int = 3  # of a line in one language, joined by words, that are embedded
    most: int = 400  # wordings of a story that are embedded, those of known speakers first


DEFAULTS = LedgerOptions()


def group_same(
    entries: Sequence[Entry], embed: Embed | None, options: LedgerOptions
) -> list[list[int]]:
    """Places of the entries of each utterance; without ``embed`` of one language each."""
    stems = [_stems(entry.text, options) for entry in entries]
    joined = _Joined(entries)
    for a, b in (*_nested(entries), *_alike(entries, stems, options)):
        joined.join(a, b)
    if embed is not None and len({entry.language for entry in entries}) > 1:
        meanings = _Meanings(entries, stems, _choose(entries, stems, joined, options), embed)
        for a, b in meanings.find_pairs(options):
            if meanings.mean(joined.members(a), joined.members(b)) >= options.mean:
                joined.join(a, b)
    return joined.groups()


class _Joined:
    """Quotes that are one line; two speakers with nothing in common are never joined."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._groups = [[at] for at in range(len(entries))]
        self._at = list(range(len(entries)))  # of each entry, its group
        self._who = [_keys(entry) for entry in entries]

    def members(self, one: int) -> Sequence[int]:
        return self._groups[self._at[one]]

    def join(self, a: int, b: int) -> None:
        first, second = sorted((self._at[a], self._at[b]))
        one, two = self._who[first], self._who[second]
        if first == second or (one and two and not one & two):
            return
        for at in self._groups[second]:
            self._at[at] = first
        self._groups[first] += self._groups[second]
        self._groups[second] = []
        self._who[first] = one | two

    def groups(self) -> list[list[int]]:
        return [sorted(group) for group in self._groups if group]


def _keys(entry: Entry) -> frozenset[str]:
    """By any of which a speaker is known again."""
    sound = f"~{entry.sound}" if entry.sound else None
    return frozenset(key for key in (entry.who, sound) if key)


def _stems(text: str, options: LedgerOptions) -> frozenset[str]:
    found = (text[a:b] for a, b in words(text))
    return frozenset(fold(word)[: options.stem] for word in found if len(word) > 3)


def _nested(entries: Sequence[Entry]) -> Iterator[tuple[int, int]]:
    """Words in marks within what the same sentence reports."""
    held: defaultdict[ArticleId, list[int]] = defaultdict(list)
    for at, entry in enumerate(entries):
        held[entry.article.id].append(at)
    for ids in held.values():
        for a, b in combinations(ids, 2):
            if _is_around(entries[a], entries[b]) or _is_around(entries[b], entries[a]):
                yield a, b


def _is_around(whole: Entry, part: Entry) -> bool:
    if whole.quote.kind is not QuoteKind.REPORTED or part.quote.kind is QuoteKind.REPORTED:
        return False
    span = part.quote.evidence
    return any(one.start <= span.start and span.end <= one.end for one in whole.quote.parts)


def _alike(
    entries: Sequence[Entry], stems: Sequence[frozenset[str]], options: LedgerOptions
) -> Iterator[tuple[int, int]]:
    """Of one language, by words in common."""
    holders: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for at, entry in enumerate(entries):
        for stem in stems[at]:
            holders[entry.language, stem].append(at)
    for at, entry in enumerate(entries):
        shared: Counter[int] = Counter()
        for stem in stems[at]:
            held = holders[entry.language, stem]
            if len(held) <= options.common:
                shared.update(other for other in held if other < at)
        for other in sorted(shared):
            if _is_one((entries[other], entry), (stems[other], stems[at]), options):
                yield other, at


def _is_one(
    pair: tuple[Entry, Entry], stems: tuple[frozenset[str], frozenset[str]], options: LedgerOptions
) -> bool:
    a, b = (_keys(entry) for entry in pair)
    is_known = bool(a & b)
    if a and b and not is_known:
        return False
    one, two = stems
    shorter = min(len(one), len(two))
    if shorter < options.least:
        is_part = is_known and shorter >= options.short and (one <= two or two <= one)
        return is_part or (one == two and (is_known or not (a and b)))
    return len(one & two) / shorter >= (options.words if is_known else options.unknown)


class _Meanings:
    """Of the chosen entries, ``ids``, in order of place."""

    def __init__(
        self,
        entries: Sequence[Entry],
        stems: Sequence[frozenset[str]],
        ids: Sequence[int],
        embed: Embed,
    ) -> None:
        self._entries = entries
        self._stems = stems
        self._rows = {at: row for row, at in enumerate(ids)}
        self._ids = ids
        found = [embed(entries[at].text, entries[at].language) for at in ids]
        vectors = np.stack(found).astype(np.float32) if found else np.zeros((0, 1), np.float32)
        self._cosines = vectors @ vectors.T / _SCALE

    def find_pairs(self, options: LedgerOptions) -> Iterator[tuple[int, int]]:
        """Those near enough, nearest first: one speaker's, or of somebody who isn't known."""
        least = options.meaning - options.numbers
        rows, columns = np.nonzero(np.triu(self._cosines >= least, 1))
        order = np.argsort(-self._cosines[rows, columns], kind="stable")
        for i, j in zip(rows[order].tolist(), columns[order].tolist(), strict=True):
            a, b = self._ids[i], self._ids[j]
            if self._cosines[i, j] >= self._asked(a, b, options):
                yield a, b

    def _asked(self, a: int, b: int, options: LedgerOptions) -> float:
        """The cosine; never reached by two known speakers, nor in one language by nobody known
        with few words in common."""
        first, second = self._entries[a], self._entries[b]
        one, two = _keys(first), _keys(second)
        if one and two and not one & two:
            return float("inf")
        if not one or not two:
            is_near = first.language != second.language or self._share(a, b) >= options.shared
            return options.stranger if is_near else float("inf")
        numbers = [set(_NUMBER.findall(one.text)) for one in (first, second)]
        return options.meaning - (options.numbers if numbers[0] & numbers[1] else 0.0)

    def _share(self, a: int, b: int) -> float:
        """Of the words of the one with fewer."""
        one, two = self._stems[a], self._stems[b]
        return len(one & two) / max(1, min(len(one), len(two)))

    def mean(self, one: Sequence[int], two: Sequence[int]) -> float:
        """Cosine, over all pairs of two groups."""
        rows = [self._rows[at] for at in one if at in self._rows]
        columns = [self._rows[at] for at in two if at in self._rows]
        return float(self._cosines[np.ix_(rows, columns)].mean())


def _choose(
    entries: Sequence[Entry],
    stems: Sequence[frozenset[str]],
    joined: _Joined,
    options: LedgerOptions,
) -> list[int]:
    """One of each wording, those of known speakers first, and few of those that are one line by
    their words; in order of place."""
    seen: set[tuple[str | None, str, str]] = set()
    taken: Counter[tuple[int, str]] = Counter()
    chosen: list[int] = []
    for at in sorted(range(len(entries)), key=lambda at: (not _keys(entries[at]), at)):
        entry = entries[at]
        key = (entry.who, entry.language, entry.text)
        line = (joined.members(at)[0], entry.language)
        least = options.short if _keys(entry) else options.least
        is_new = key not in seen and taken[line] < options.wordings
        if is_new and len(stems[at]) >= least and len(chosen) < options.most:
            seen.add(key)
            taken[line] += 1
            chosen.append(at)
    return sorted(chosen)
