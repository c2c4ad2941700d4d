"""Name → a key that is the same in other scripts, cases and possessives.

Our own: endings of inflected Cyrillic names cut, Latin letters by anyascii, spellings of one
sound folded, vowels after the first letter dropped. It is a key for counting shared names, where
a rare false friend costs little; it does not tell two people apart.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby

from anyascii import anyascii

NAME_CACHE = 1 << 17  # words kept with their keys, about 25 MB
SHORTEST_SKELETON = 3  # consonants; a key with fewer keeps its vowels

_POSSESSIVE = re.compile(r"['’ʼ](?:s|S)?$|['’ʼ](?=\w)")
_CYRILLIC = re.compile(r"[а-яёєіїґўѓќѕћђ]")
_CASE_ENDING = re.compile(
    r"(?<=\w\w\w)(?:ого|ому|его|ему|ові|еві|ами|ями|ыми|ими|ой|ою|ей|ею|єю|ый|ий|ая|яя|ую|юю"
    r"|ом|ем|єм|ым|им|ім|ах|ях|ам|ям|ів|а|я|у|ю|ы|и|і|ї|о|е|є|ь|й)$"
)
_SKI = re.compile(
    r"(?:ского|скому|ським|ського|ському|ским|ский|ський|ская|ська|ской|ською|скую|ську)$"
)
_SOUNDS = (
    ("tsch", "C"), ("shch", "s"), ("tch", "C"), ("sch", "s"), ("dzh", "j"), ("dj", "j"),
    ("sz", "s"), ("cz", "C"), ("sh", "s"), ("zh", "j"), ("ch", "C"), ("kh", "h"), ("gh", "g"),
    ("ph", "f"),
    ("th", "t"), ("ck", "k"), ("qu", "k"), ("ts", "C"), ("tz", "C"), ("ou", "u"), ("oo", "u"),
    ("ee", "i"), ("w", "v"), ("q", "k"), ("y", "i"), ("z", "s"),
)  # fmt: skip
_EDGES = (
    (re.compile(r"ij$|yj$"), "i"),  # Selenskyj
    (re.compile(r"^u(?=[aeio])"), "v"),  # Уолмарт
    (re.compile(r"c(?=[ei])"), "s"),  # Macedonia, but c = k elsewhere
    (re.compile(r"c"), "k"),
    (re.compile(r"ks"), "x"),
)
_VOWELS = re.compile(r"(?<=.)[aeiou]")
_SILENT_H = re.compile(r"(?<=.)h")


@lru_cache(maxsize=NAME_CACHE)
def fold_name(word: str) -> str:
    """The key of one word of a name: ASCII letters and digits, "" where nothing is left."""
    plain = _POSSESSIVE.sub("", word).lower()
    if _CYRILLIC.search(plain):
        plain = _CASE_ENDING.sub("", _SKI.sub("ск", plain))
    latin = re.sub(r"[^a-z0-9]", "", anyascii(plain).lower())
    return _skeleton(latin)


def _skeleton(latin: str) -> str:
    """Spellings of one sound folded; vowels dropped where enough consonants stay."""
    folded = latin
    for spelling, sound in _SOUNDS:
        folded = folded.replace(spelling, sound)
    for pattern, sound in _EDGES:
        folded = pattern.sub(sound, folded)
    folded = folded.lower()
    folded = _undouble(folded)
    bare = _undouble(_SILENT_H.sub("", _VOWELS.sub("", folded)))
    return bare if len(bare) > SHORTEST_SKELETON - 1 else folded.rstrip("aeiou") or folded


def _undouble(word: str) -> str:
    return "".join(letter for letter, _ in groupby(word))
