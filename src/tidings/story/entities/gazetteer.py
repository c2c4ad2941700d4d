"""Names of places and organisations that languages call each in their own way: places.txt, which
bench/fit_gazetteer.py makes, and bodies.toml, which people keep."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from tidings.model import MentionKind
from tidings.story.entities.endings import declines, find_bases
from tidings.story.entities.forms import unmix
from tidings.text import fold

LETTERS = 3  # at the start of each word, by which declined forms are looked up
ACRONYM = 5  # letters at most: such forms are taken in great letters only, as they are
UNKNOWN = "*"
CERTAIN = "!"  # of bodies.toml: holds in every language, before what places.txt says


@dataclass(frozen=True, slots=True)
class Known:
    """A place or organisation of the gazetteer."""

    id: str
    kind: MentionKind


_Stems = dict[tuple[str, ...], list[tuple[Known, tuple[str, ...]]]]
"""Cut words → names that begin so, in words."""


class Gazetteer:
    """Looks names up: as printed, then by their base forms."""

    def __init__(self, rows: Iterable[tuple[Known, str, str]]) -> None:
        self._known: dict[str, Known] = {}
        self._exact: dict[str, dict[Known, set[str]]] = {}
        self._told: defaultdict[str, list[tuple[Known, str]]] = defaultdict(list)
        self._stems: dict[str, _Stems] = {}
        for known, language, name in rows:
            self._known[known.id] = known
            self._exact.setdefault(_fold(name), {}).setdefault(known, set()).add(language)
            self._told[language].append((known, name))

    def get(self, known: str) -> Known | None:
        return self._known.get(known)

    def has(self, known: Known, name: str) -> bool:
        """Whether it is called so as printed, not in another case."""
        return known in self._exact.get(_fold(name), {})

    def find(self, name: str, language: str) -> Known | None:
        """Whose name it is; None where it is nobody's or more than one's."""
        name = unmix(" ".join(name.split()))
        if not name or (len(name) <= ACRONYM and name.islower() and name.upper() != name):
            return None
        primary = language.partition("-")[0]
        found = _choose(self._exact.get(_fold(name), {}), primary)
        if found or is_acronym(name):
            return found
        return self._find_declined(_split(name), primary)

    def _find_declined(self, printed: tuple[str, ...], language: str) -> Known | None:
        if not declines(language) or not printed:
            return None
        near: dict[Known, set[str]] = defaultdict(set)
        key = _cut(printed)
        for tag in dict.fromkeys((CERTAIN, language, UNKNOWN, "en")):
            for known, words in self._get_stems(tag).get(key, ()):
                if all(map(_meets, printed, words, [language] * len(printed))):
                    near[known].add(tag)
        return _choose(near, language)

    def _get_stems(self, tag: str) -> _Stems:
        """Of the names that are told of one language, ``UNKNOWN`` where of none; made when first
        asked for."""
        if tag not in self._stems:
            found = self._stems[tag] = {}
            for known, name in self._told.get(tag, ()):
                if not is_acronym(name):
                    words = _split(name)
                    found.setdefault(_cut(words), []).append((known, words))
        return self._stems[tag]


def _meets(printed: str, name: str, language: str) -> bool:
    ours, theirs = find_bases(printed, language), find_bases(name, language)
    return name in ours or printed in theirs or bool(_long(ours) & _long(theirs))


def _long(bases: Iterable[str]) -> set[str]:
    return {base for base in bases if len(base) > LETTERS}


def _choose(found: dict[Known, set[str]], language: str) -> Known | None:
    """Those named so in the language, else in any."""
    own = [known for known, tags in found.items() if CERTAIN in tags]
    own = own or [known for known, tags in found.items() if language in tags]
    kept = own or list(found)
    if len(kept) > 1 and not own:
        kept = [known for known, tags in found.items() if tags != {UNKNOWN}] or kept
    return kept[0] if len(kept) == 1 else None


def is_acronym(name: str) -> bool:
    if not name.isupper():
        return False
    letters = name.replace(".", "").replace(" ", "")
    return len(letters) <= ACRONYM and letters.lower() != letters


def _fold(name: str) -> str:
    """Short forms keep their case: ``US`` is no ``us``."""
    plain = name.replace("’", "'").replace("ё", "е")
    if is_acronym(plain):
        return plain.replace(".", "").replace(" ", "")
    return plain.lower() if plain.isascii() else fold(plain)


def _split(name: str) -> tuple[str, ...]:
    return tuple(name.lower().replace("’", "'").replace("ё", "е").split())


def _cut(parts: Iterable[str]) -> tuple[str, ...]:
    return tuple(part[:LETTERS] for part in parts)


@lru_cache(maxsize=1)
def get_gazetteer() -> Gazetteer:
    """Takes half a second, once."""
    folder = files(__package__)
    places = (folder / "places.txt").read_text(encoding="utf-8")
    told = tomllib.loads((folder / "bodies.toml").read_text(encoding="utf-8"))
    return Gazetteer((*_parse_places(places), *_parse_bodies(told)))


def _parse_places(text: str) -> Iterator[tuple[Known, str, str]]:
    for line in text.splitlines():
        place, *parts = line.split("\t")
        for part in parts:
            language, _, names = part.partition(" ")
            for name in names.split("|"):
                yield Known(place, MentionKind.PLACE), language, name


def _parse_bodies(told: dict[str, list[dict[str, list[str]]]]) -> Iterator[tuple[Known, str, str]]:
    kinds = {"body": MentionKind.ORGANISATION, "place": MentionKind.PLACE}
    for table, kind in kinds.items():
        for one in told[table]:
            for form in one["forms"]:
                yield Known(str(one["id"]), kind), CERTAIN, form
