"""A name as printed → its words, with what can be told of each."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

from tidings.story.entities.endings import Gender, find_bases, tell_gender

CACHE = 1 << 16  # names
ACRONYM = 4  # letters at most

_PARTS = re.compile(r"[^\W\d_]\.|[^\W_]+(?:['’ʼ][^\W_]+)*-?")
_WORD = re.compile(r"\w+")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[A-Za-z]")
_TWINS = str.maketrans("ABCEHIKMOPTXaceiopxy", "АВСЕНІКМОРТХасеіорху")
FAMILY_FIRST = frozenset(("zh", "ja", "ko", "hu"))


class Part(StrEnum):
    """What a word does in a name."""

    WHOLE = "whole"
    INITIAL = "initial"
    JUNIOR = "junior"  # tells the younger or older bearer
    LETTERS = "letters"  # of an acronym: not spoken as a word, so only the same are the same


@dataclass(frozen=True, slots=True)
class Word:
    """One that counts: particles and titles are left out."""

    text: str  # in small letters, NFC
    part: Part
    bases: tuple[str, ...]  # forms that it may have undeclined, itself first


@dataclass(frozen=True, slots=True)
class Form:
    """A name as it is printed in one language. Hashed by text and language."""

    text: str
    language: str  # primary subtag
    words: tuple[Word, ...] = field(compare=False)
    # what is told of these is asked often, and is made once
    whole: tuple[Word, ...] = field(init=False, compare=False, repr=False)
    counted: tuple[Word, ...] = field(init=False, compare=False, repr=False)  # no junior
    family: Word | None = field(init=False, compare=False, repr=False)
    gender: Gender | None = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        whole = tuple(word for word in self.words if word.part is Part.WHOLE)
        family = self._find_family(whole)
        gender = tell_gender(family.text, self.language) if family else None
        counted = tuple(word for word in self.words if word.part is not Part.JUNIOR)
        object.__setattr__(self, "whole", whole)
        object.__setattr__(self, "counted", counted)
        object.__setattr__(self, "family", family)
        object.__setattr__(self, "gender", gender)

    @property
    def is_full(self) -> bool:
        """At least one name and a second one or its initial."""
        return len(self.counted) > 1 and len(self.whole) > 0

    @property
    def is_telling(self) -> bool:
        """Several words, which are not one with its initials."""
        return len(self.words) > 1 and (len(self.whole) > 1 or not self.is_full)

    def _find_family(self, whole: tuple[Word, ...]) -> Word | None:
        """Of a person's name: the last word, or the first where the language puts it there."""
        if not whole:
            return None
        is_first = self.language in FAMILY_FIRST and self.words[0].part is Part.WHOLE
        return whole[0] if is_first else whole[-1]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What particles.toml says."""

    particles: frozenset[str]
    titles: frozenset[str]
    juniors: frozenset[str]
    given: dict[str, frozenset[int]]  # given name → the groups of one name that it is in


@lru_cache(maxsize=1)
def get_lexicon() -> Lexicon:
    text = (files(__package__) / "particles.toml").read_text(encoding="utf-8")
    told = tomllib.loads(text)
    groups: dict[str, set[int]] = {}
    for number, line in enumerate(told["given"]):
        for name in line.split():
            groups.setdefault(name, set()).add(number)
    return Lexicon(
        particles=frozenset(told["particles"].split()),
        titles=frozenset(told["titles"].split()),
        juniors=frozenset(told["juniors"].split()),
        given={name: frozenset(numbers) for name, numbers in groups.items()},
    )


def unmix(text: str) -> str:
    """Latin letters that look like Cyrillic ones, in words that have both, are Cyrillic."""
    if not _CYRILLIC.search(text) or not _LATIN.search(text):
        return text
    return _WORD.sub(lambda m: m[0].translate(_TWINS) if _CYRILLIC.search(m[0]) else m[0], text)


@lru_cache(maxsize=CACHE)
def parse_form(text: str, language: str) -> Form:
    """``language`` is BCP 47."""
    primary = language.partition("-")[0].lower()
    spelt = unmix(unicodedata.normalize("NFC", text))
    found = list(_read_words(_PARTS.findall(spelt), primary))
    return Form(text, primary, tuple(found))


def _read_words(parts: list[str], language: str) -> Iterable[Word]:
    lexicon = get_lexicon()
    is_leading = True
    for at, printed in enumerate(parts):
        is_tied, part = printed.endswith("-"), printed.rstrip("-")
        small = part.lower()
        bare = small.rstrip(".")
        is_last = at == len(parts) - 1
        if is_leading and not is_tied and not is_last and bare in lexicon.titles:
            continue
        if bare in lexicon.particles and not is_last and not part[0].isupper():
            continue
        if bare in lexicon.particles and len(parts) > 2 and not is_last and at:
            continue
        is_leading = False
        if bare in lexicon.juniors and at:
            yield Word(bare, Part.JUNIOR, (bare,))
        elif part.isupper() and 1 < len(bare) <= ACRONYM and not _is_shouted(parts):
            yield Word(bare, Part.LETTERS, (bare,))
        elif part.endswith(".") or (len(bare) == 1 and _is_cased(bare)):
            yield Word(bare, Part.INITIAL, (bare,))
        else:
            yield Word(small, Part.WHOLE, find_bases(small, language))


def _is_shouted(parts: list[str]) -> bool:
    """All of several words are in great letters, one of them too long for an acronym."""
    return any(part.isupper() and len(part) > ACRONYM for part in parts)


def _is_cased(sign: str) -> bool:
    return sign.lower() != sign.upper()
