"""Cyrillic names → Latin letters, as names are mostly spelt: Байден → Bayden, Джонсон → Johnson.

The table romanised.txt is made by bench/fit_romaniser.py; other scripts go by anyascii.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from anyascii import anyascii

CACHE = 1 << 16  # words
ORDER = (1, -1, 2, -2, 3, -3)
"""Places beside a letter, in the order in which contexts grow."""
EDGE = "_"

_WORD = re.compile("[\u0400-\u04ff]+")


def romanise(name: str) -> str:
    """In small letters without accents."""
    small = name.lower()
    return anyascii(_WORD.sub(lambda m: _spell(m[0]), small))


@lru_cache(maxsize=CACHE)
def _spell(word: str) -> str:
    table = _read_table()
    padded = EDGE * len(ORDER) + word + EDGE * len(ORDER)
    return "".join(_choose(table, padded, at) for at in range(len(ORDER), len(ORDER) + len(word)))


def _choose(table: dict[str, str], padded: str, at: int) -> str:
    """What the widest context says that is in the table."""
    context = padded[at]
    best = table.get(context, anyascii(context).lower())
    for step in ORDER:
        context += padded[at + step]
        best = table.get(context, best)
    return best


@lru_cache(maxsize=1)
def _read_table() -> dict[str, str]:
    text = (files(__package__) / "romanised.txt").read_text(encoding="utf-8")
    rows = (line.split(" ") for line in text.splitlines())
    return dict(rows)
