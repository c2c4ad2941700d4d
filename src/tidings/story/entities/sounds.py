"""How a written word may sound, so that spellings in several scripts and languages can be compared.

Our own: a word is a row of units, each a set of sounds that its letters may stand for in some
language; two rows are aligned by a weighted edit distance (Wagner, Fischer 1974). The table is
sounds.toml; bench/entities.py measures it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import islice
from math import inf

from anyascii import anyascii

CACHE = 1 << 16  # words with their units, and pairs with their distance


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundOptions:
    """Chosen on the training part of pairs of Latin and Cyrillic names and on the pairs of
    bench/entities.py; guarded by it."""

    vowel: float = 0.4  # weight of a vowel beside a consonant's 1
    other_vowel: float = 0.25  # cost of one vowel for another
    lost_vowel: float = 0.3  # of a vowel without counterpart
    weak: float = 0.25  # of a glide, an h or a sign without counterpart
    silent: float = 0.1  # of what may be silent
    near: float = 0.6  # of a consonant for its voiced or unvoiced fellow
    wrong: float = 1.3  # of any other consonant
    mixed: float = 1.0  # of a vowel for a consonant
    share: float = 0.14  # of the words' weight that they may differ by and be the same
    free: float = 0.12  # on top of it
    told: float = 0.3  # up to which what two words differ by is told in any case
    slack: float = 1.7  # by which what two words' sounds are worth is no bound: 's?' meets 's'
    start: float = 0.3  # what the first units may differ by at most
    keyed: int = 3  # consonants of a key
    most_keys: int = 16  # of a word


DEFAULTS = SoundOptions()

_DOUBLED = re.compile(r"([^oe])\1+|([oe])\2\2+")
VOWELS = "aeiou"
WEAK = "jhw'"
_SOUNDS = VOWELS + WEAK + "pbtdkgfvszSZCJcxmnrlT"
_BIT = {sound: 1 << at for at, sound in enumerate(_SOUNDS)}
_VOWEL = sum(_BIT[sound] for sound in VOWELS)
_WEAK = sum(_BIT[sound] for sound in WEAK)
_FELLOWS = "pb td kg fv sz SZ CJ Cc SC xk xh bv sS zZ Tt"
_FELLOWSHIP = tuple((_BIT[pair[0]], _BIT[pair[1]]) for pair in _FELLOWS.split())
_CLASSES = {"p": "pb", "f": "fvw", "t": "tdT", "k": "kgxh", "s": "szSZCJc"} | {
    sound: sound for sound in "mnrl"
}
_CLASS_OF = {name: sum(_BIT[sound] for sound in sounds) for name, sounds in _CLASSES.items()}


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """One sound as far as the letters tell it. There is one of a kind, hashed by identity."""

    mask: int
    weight: float
    loss: float  # cost of having no counterpart
    is_vowel: bool


@dataclass(frozen=True, slots=True)
class _Table:
    units: dict[str, tuple[Unit, ...]]  # by letters
    lengths: dict[str, tuple[int, ...]]  # by first letter: those of its entries, longest first


@lru_cache(maxsize=1)
def _read_table() -> _Table:
    text = (files(__package__) / "sounds.toml").read_text(encoding="utf-8")
    table = {
        letters: tuple(_unit(part) for part in sounds.split())
        for part in tomllib.loads(text).values()
        for letters, sounds in part.items()
    }
    lengths: dict[str, set[int]] = {}
    for letters in table:
        lengths.setdefault(letters[0], set()).add(len(letters))
    return _Table(table, {at: tuple(sorted(own, reverse=True)) for at, own in lengths.items()})


@lru_cache(maxsize=1 << 10)
def _unit(sounds: str) -> Unit:
    """``kg`` one of two sounds, the first of which says what it is; ``s?`` may be silent."""
    is_silent = sounds.endswith("?")
    mask = sum(_BIT[sound] for sound in sounds.rstrip("?"))
    if sounds[0] in VOWELS:
        loss = DEFAULTS.silent if is_silent else DEFAULTS.lost_vowel
        return Unit(mask, DEFAULTS.vowel, loss, True)
    if sounds[0] in WEAK:
        loss = DEFAULTS.silent if is_silent else DEFAULTS.weak
        return Unit(mask, DEFAULTS.weak, loss, False)
    return Unit(mask, 0.5 if is_silent else 1.0, DEFAULTS.silent if is_silent else 1.0, False)


@lru_cache(maxsize=CACHE)
def hear(word: str) -> tuple[Unit, ...]:
    """The units of a word in small letters; empty where it is in signs for whole words."""
    table = _read_table()
    units: list[Unit] = []
    known = f"{_romanise(_undouble(word), table.units)}$"
    at = 0
    while at < len(known):
        for length in table.lengths.get(known[at], ()):
            found = table.units.get(known[at : at + length])
            if found is not None:
                units += found
                at += length
                break
        else:
            at += 1
    return tuple(units)


def _undouble(word: str) -> str:
    """Double consonants sound as one; ``oo`` and ``ee`` don't."""
    return _DOUBLED.sub(lambda found: found[1] or 2 * found[2], word)


def _romanise(word: str, table: Container[str]) -> str:
    if all(sign in table for sign in word):
        return word
    return "".join(sign if sign in table else anyascii(sign).lower() for sign in word)


@lru_cache(maxsize=CACHE)
def measure(a: str, b: str) -> float:
    """What it costs to make one word's sounds the other's; infinite where they begin otherwise,
    one has none, or it is more than names that are one differ by."""
    if a == b:
        return 0.0
    first, second = hear(a), hear(b)
    if not first or not second or not _begin_alike(first, second):
        return inf
    most = max(DEFAULTS.told, _find_limit(a, b))
    row = [0.0]
    for unit in second:
        row.append(row[-1] + unit.loss)
    for one in first:
        row = _go_on(row, one, second)
        if min(row) > most:
            return inf
    return row[-1]


def _go_on(before: list[float], one: Unit, second: tuple[Unit, ...]) -> list[float]:
    """The next row of the alignment."""
    swaps, loss, left = _price(one), one.loss, before[0] + one.loss
    row = [left]
    for at, other in enumerate(second):
        left = min(before[at] + swaps[other], before[at + 1] + loss, left + other.loss)
        row.append(left)
    return row


def _begin_alike(first: tuple[Unit, ...], second: tuple[Unit, ...]) -> bool:
    a, b = first[0], second[0]
    if _swap(a, b) <= DEFAULTS.start:
        return True
    lost = DEFAULTS.start
    return (a.loss <= lost and len(first) > 1 and _swap(first[1], b) <= lost) or (
        b.loss <= lost and len(second) > 1 and _swap(a, second[1]) <= lost
    )


class _Prices(dict[Unit, float]):
    """What one unit costs for each other."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def __missing__(self, other: Unit) -> float:
        self[other] = _swap(self._unit, other)
        return self[other]


@lru_cache(maxsize=1 << 10)
def _price(unit: Unit) -> _Prices:
    return _Prices(unit)


def _swap(a: Unit, b: Unit) -> float:
    if a.mask & b.mask:
        return 0.0
    if a.is_vowel and b.is_vowel:
        return DEFAULTS.other_vowel
    if a.is_vowel or b.is_vowel:
        return DEFAULTS.mixed
    for one, other in _FELLOWSHIP:
        if (a.mask & one and b.mask & other) or (a.mask & other and b.mask & one):
            return DEFAULTS.near
    return DEFAULTS.wrong


def sounds_like(a: str, b: str) -> bool:
    """Whether two words may be one name in two spellings."""
    limit = _find_limit(a, b)
    if abs(lose(a) - lose(b)) > limit + DEFAULTS.slack:
        return False
    return (measure(a, b) if a < b else measure(b, a)) <= limit


def _find_limit(a: str, b: str) -> float:
    return DEFAULTS.free + DEFAULTS.share * min(weigh(a), weigh(b))


@lru_cache(maxsize=CACHE)
def weigh(word: str) -> float:
    return sum(unit.weight for unit in hear(word))


@lru_cache(maxsize=CACHE)
def lose(word: str) -> float:
    """What it would cost to leave every sound without counterpart."""
    return sum(unit.loss for unit in hear(word))


@lru_cache(maxsize=CACHE)
def key(word: str) -> frozenset[str]:
    """Words that sound alike have a key in common: classes of the first consonants, with and
    without those that may be silent."""
    choices = []
    for unit in hear(word):
        names = [name for name, mask in _CLASS_OF.items() if unit.mask & mask]
        if unit.mask & (_VOWEL | _WEAK) or unit.loss < DEFAULTS.near:
            names.append("")
        if names and names != [""]:
            choices.append(names)
    paths = _walk(choices[: DEFAULTS.keyed + 2], "")
    return frozenset(islice(dict.fromkeys(paths), DEFAULTS.most_keys))


def _walk(choices: Sequence[Sequence[str]], begun: str) -> Iterator[str]:
    """All keys that begin so."""
    if not choices or len(begun) >= DEFAULTS.keyed:
        yield begun
        return
    for name in choices[0]:
        yield from _walk(choices[1:], begun + name)
