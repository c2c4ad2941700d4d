"""A story's quotes as a ledger: the same words of the same speaker, in whatever wording and
language, are one line with its variants side by side. Our own."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from tidings.model import Article, ArticleId, Quote, QuoteKind, Vector
from tidings.text import fold, words

Embed = Callable[[str, str], Vector]
"""Text and language → vector, as an Embedder gives it."""

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


class VariantKind(StrEnum):
    """How an article gives what was said."""

    VERBATIM = "verbatim"  # between marks, in the language it was said in as far as is told
    TRANSLATED = "translated"  # between marks, in a language that it was not said in
    UNSETTLED = "verbatim or translated"  # between marks in several languages: one was spoken
    PARTIAL = "partial"  # some words between marks
    REPORTED = "reported"


class Original(StrEnum):
    """What is held of the words as they were said."""

    HELD = "held"  # the post or document that is quoted
    NOT_HELD = "not held"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A quote as the ledger takes it."""

    article: Article
    quote: Quote
    who: str | None  # whose it is, the same in all languages; None where that isn't safe
    is_foreign: bool = False  # told to be said in another language than the article's
    post: ArticleId | None = None  # the held article that the quote's link leads to

    @property
    def text(self) -> str:
        """The quoted words; parts that a cue stood between are parted by '…'."""
        return " … ".join(part.text for part in self.quote.parts)

    @property
    def language(self) -> str:
        return self.article.language.partition("-")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One wording in one language, with all articles that print it so."""

    kind: VariantKind
    entries: tuple[Entry, ...]  # in the order given; never empty

    @property
    def entry(self) -> Entry:
        return self.entries[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What somebody said once."""

    who: str | None
    variants: tuple[Variant, ...]  # verbatim first, then by how many articles print them
    original: Original

    @property
    def articles(self) -> int:
        return len({entry.article.id for one in self.variants for entry in one.entries})


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerOptions:
    """Our own choice, read over on seven stories of one day; not varied, no bench yet."""

    stem: int = 6  # first letters by which words are compared
    least: int = 4  # words of four letters or more that a quote must have to be compared by words
    words: float = 0.6  # share of the shorter one's words that both have, of known speakers
    unknown: float = 0.75  # the same where a speaker isn't known
    meaning: float = 0.62  # cosine, means of languages off, of one speaker in two languages
    numbers: float = 0.08  # less is asked where both have the same number
    common: int = 40  # quotes that have a word, from which it leads to no comparison


DEFAULTS = LedgerOptions()


def build_ledger(
    entries: Sequence[Entry], embed: Embed | None = None, options: LedgerOptions = DEFAULTS
) -> tuple[Line, ...]:
    """Lines that most articles print first; ties by place. Without ``embed`` no two languages
    meet. Costs an embedding for each quote of a speaker who is quoted in two languages."""
    joined = _Joined(entries, options)
    for a, b in _pairs(entries, options):
        joined.join(a, b)
    if embed is not None:
        for a, b in _foreign_pairs(entries, embed, options):
            joined.join(a, b)
    lines = [_make_line([entries[i] for i in group]) for group in joined.groups()]
    order = {id(line): at for at, line in enumerate(lines)}
    return tuple(sorted(lines, key=lambda line: (-line.articles, order[id(line)])))


class _Joined:
    """Quotes that are one line; two known speakers are never joined."""

    def __init__(self, entries: Sequence[Entry], options: LedgerOptions) -> None:
        self._roots = list(range(len(entries)))
        self._who = [entry.who for entry in entries]
        self._options = options

    def find(self, one: int) -> int:
        while self._roots[one] != one:
            self._roots[one] = self._roots[self._roots[one]]
            one = self._roots[one]
        return one

    def join(self, a: int, b: int) -> None:
        first, second = sorted((self.find(a), self.find(b)))
        known = {self._who[first], self._who[second]} - {None}
        if first != second and len(known) < 2:
            self._roots[second] = first
            self._who[first] = next(iter(known), None)

    def groups(self) -> Iterator[list[int]]:
        groups: defaultdict[int, list[int]] = defaultdict(list)
        for one in range(len(self._roots)):
            groups[self.find(one)].append(one)
        yield from groups.values()


def _stems(text: str, options: LedgerOptions) -> frozenset[str]:
    found = (text[a:b] for a, b in words(text))
    return frozenset(fold(word)[: options.stem] for word in found if len(word) > 3)


def _pairs(entries: Sequence[Entry], options: LedgerOptions) -> Iterator[tuple[int, int]]:
    """Of one language, by words in common."""
    stems = [_stems(entry.text, options) for entry in entries]
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
            if _is_one(entries[other], entry, stems[other], stems[at]):
                yield other, at


def _is_one(a: Entry, b: Entry, one: frozenset[str], two: frozenset[str]) -> bool:
    if a.who and b.who and a.who != b.who:
        return False
    shorter = min(len(one), len(two))
    if shorter < DEFAULTS.least:
        return a.who == b.who and one == two
    share = len(one & two) / shorter
    return share >= (DEFAULTS.words if a.who == b.who and a.who else DEFAULTS.unknown)


def _foreign_pairs(
    entries: Sequence[Entry], embed: Embed, options: LedgerOptions
) -> Iterator[tuple[int, int]]:
    """Of one speaker in two languages: each with the nearest of the other language, if that has
    it as nearest, too."""
    by_speaker: defaultdict[str, list[int]] = defaultdict(list)
    for at, entry in enumerate(entries):
        if entry.who and len(_stems(entry.text, options)) >= options.least:
            by_speaker[entry.who].append(at)
    for held in by_speaker.values():
        if len({entries[at].language for at in held}) < 2:
            continue
        vectors = np.stack([embed(entries[at].text, entries[at].language) for at in held])
        cosines = vectors.astype(np.float32) @ vectors.astype(np.float32).T / 16e6
        yield from _mutual(entries, held, cosines, options)


def _mutual(
    entries: Sequence[Entry],
    held: Sequence[int],
    cosines: np.ndarray[tuple[int, int], np.dtype[np.float32]],
    options: LedgerOptions,
) -> Iterator[tuple[int, int]]:
    tongues = np.array([entries[at].language for at in held])
    for i, at in enumerate(held):
        for tongue in sorted(set(tongues.tolist()) - {tongues[i]}):
            others = np.flatnonzero(tongues == tongue)
            j = int(others[np.argmax(cosines[i, others])])
            back = np.flatnonzero(tongues == tongues[i])
            is_mutual = int(back[np.argmax(cosines[j, back])]) == i
            if (
                is_mutual
                and i < j
                and cosines[i, j] >= _asked(entries[at], entries[held[j]], options)
            ):
                yield at, held[j]


def _asked(a: Entry, b: Entry, options: LedgerOptions) -> float:
    numbers = [set(_NUMBER.findall(one.text)) for one in (a, b)]
    is_shared = bool(numbers[0] & numbers[1])
    return options.meaning - (options.numbers if is_shared else 0.0)


def _make_line(entries: Sequence[Entry]) -> Line:
    groups: defaultdict[tuple[VariantKind, str, str], list[Entry]] = defaultdict(list)
    kinds = [_find_kind(entry) for entry in entries]
    told = zip(entries, kinds, strict=True)
    spoken = {entry.language for entry, kind in told if kind is VariantKind.VERBATIM}
    for entry, found in zip(entries, kinds, strict=True):
        is_open = found is VariantKind.VERBATIM and len(spoken) > 1
        kind = VariantKind.UNSETTLED if is_open else found
        key = " ".join(fold(entry.text).split()).strip(" .,!?…")
        groups[kind, entry.language, key].append(entry)
    variants = [Variant(kind=kind, entries=tuple(g)) for (kind, _, _), g in groups.items()]
    order = list(VariantKind)
    variants.sort(key=lambda one: (order.index(one.kind), -len(one.entries)))
    who = next((entry.who for entry in entries if entry.who), None)
    return Line(who=who, variants=tuple(variants), original=_find_original(entries, variants))


def _find_kind(entry: Entry) -> VariantKind:
    if entry.quote.kind is QuoteKind.REPORTED:
        return VariantKind.REPORTED
    if entry.quote.kind is QuoteKind.PARTIAL:
        return VariantKind.PARTIAL
    return VariantKind.TRANSLATED if entry.is_foreign else VariantKind.VERBATIM


def _find_original(entries: Iterable[Entry], variants: Iterable[Variant]) -> Original:
    held = list(entries)
    if any(entry.post for entry in held):
        return Original.HELD
    is_told = any(entry.quote.link for entry in held)
    kinds = {variant.kind for variant in variants}
    is_foreign = VariantKind.TRANSLATED in kinds and VariantKind.VERBATIM not in kinds
    if is_told or (is_foreign and VariantKind.UNSETTLED not in kinds):
        return Original.NOT_HELD
    return Original.UNKNOWN
