"""A text as the tagger reads it: letters, digits, marks and line breaks, with what their form
tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tidings.text import fold

BREAK = "\n"
SHAPES = 12  # columns of ``Tokens.shapes``

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|_|\n+")
_STEM = 5  # letters by which a word is known again in another case; fitted with
_SPELT = 4  # letters up to which a word in capitals is read as an abbreviation
_LOWER, _TITLE, _UPPER, _LETTER, _MIXED, _UNCASED, _DIGITS, _MARK, _BREAK = range(9)
GLUED, _SHOUTED, _LONG = 9, 10, 11
_CAPITALS = (_TITLE, _UPPER, _MIXED)

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tokens:
    """Row by row."""

    spans: list[tuple[int, int]]
    words: list[str]  # as they are looked up; "\n" for a break
    shapes: Floats  # (tokens, SHAPES)
    keys: list[str]  # the same for a name's forms; "" where it can't be a name

    def slice(self, first: int, last: int) -> Tokens:
        return Tokens(
            spans=self.spans[first:last],
            words=self.words[first:last],
            shapes=self.shapes[first:last],
            keys=self.keys[first:last],
        )


def join_tokens(parts: Sequence[Tokens]) -> Tokens:
    """One after another, with a break between them."""
    last = Tokens(spans=[(0, 0)], words=[BREAK], shapes=_break(), keys=[""])
    rows = [row for part in parts for row in (part, last)]
    return Tokens(
        spans=[span for row in rows for span in row.spans],
        words=[word for row in rows for word in row.words],
        shapes=np.concatenate([row.shapes for row in rows]) if rows else _break()[:0],
        keys=[key for row in rows for key in row.keys],
    )


def _break() -> Floats:
    shapes = np.zeros((1, SHAPES), np.float32)
    shapes[0, _BREAK] = 1
    return shapes


def cut_tokens(text: str, start: int = 0, end: int | None = None) -> Tokens:
    """Of ``text[start:end]``; the spans are those of ``text``."""
    matches = list(_TOKEN.finditer(text, start, len(text) if end is None else end))
    spans = [match.span() for match in matches]
    forms = [_form(match.group()) for match in matches]
    shapes = np.zeros((len(spans), SHAPES), np.float32)
    if spans:
        kinds = np.array([form[1] for form in forms])
        shapes[np.arange(len(spans)), kinds] = 1
        edges = np.array(spans)
        shapes[1:, GLUED] = edges[1:, 0] == edges[:-1, 1]
        shapes[:, _LONG] = np.minimum(edges[:, 1] - edges[:, 0], 12) / 12
        _mark_shouted(shapes, kinds)
    return Tokens(
        spans=spans,
        words=[form[0] for form in forms],
        shapes=shapes,
        keys=[form[2] for form in forms],
    )


def _mark_shouted(shapes: Floats, kinds: NDArray[np.int64]) -> None:
    """The share of a line's words that have a capital: of a headline, it may be all."""
    lines = np.cumsum(kinds == _BREAK)
    great = np.isin(kinds, _CAPITALS)
    letters = great | (kinds == _LOWER)
    counts = np.bincount(lines, weights=letters)
    greats = np.bincount(lines, weights=great)
    shapes[:, _SHOUTED] = (greats / np.maximum(counts, 1))[lines]


@lru_cache(maxsize=65_536)
def _form(word: str) -> tuple[str, int, str]:
    """What is looked up, the kind, and the key."""
    kind = _kind(word)
    if kind == _BREAK:
        return BREAK, kind, ""
    if kind not in _CAPITALS:
        return word[:40], kind, ""
    told = word.title() if kind == _UPPER and len(word) > _SPELT else word
    return told[:40], kind, fold(word)[:_STEM] if len(word) > 1 else ""


def _kind(word: str) -> int:
    if word[0] == BREAK:
        return _BREAK
    if not word[0].isalpha():
        return _DIGITS if word[0].isdigit() else _MARK
    if word.lower() == word.upper():
        return _UNCASED
    if word.islower():
        return _LOWER
    if word.isupper():
        return _UPPER if len(word) > 1 else _LETTER
    return _TITLE if word[0].isupper() and word[1:].islower() else _MIXED


def number_keys(keys: Sequence[str]) -> NDArray[np.int64]:
    """The same number for the same key; -1 for none."""
    numbers: dict[str, int] = {}
    found = [numbers.setdefault(key, len(numbers)) if key else -1 for key in keys]
    return np.array(found, np.int64)
