"""Which pieces of a page each extractor took for the body."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

from tidings.reading.bodies.pieces import Piece
from tidings.reading.markup import parse_key

Votes = Mapping[str, tuple[bool, ...]]
"""By extractor, one vote a piece."""

SHORTEST = 25  # letters by which a piece is known inside a longer line
LEAST = 5  # words of a piece that may be taken in part
TAKEN = 0.5  # share of its runs of three words that make a piece one that was taken
MOST = 1_000_000_000  # signs compared, letter by letter; beyond them only words are compared

_WORD = re.compile(r"\w+")
_Gram = tuple[str, str, str]


class _Output:
    """What one extractor gave."""

    def __init__(self, lines: Sequence[str]) -> None:
        keys = [parse_key(line) for line in lines]
        self.lines = set(keys)
        self.text = "\n".join(keys)
        self._whole = "\n".join(lines)

    @cached_property
    def grams(self) -> set[_Gram]:
        return set(_grams(_WORD.findall(self._whole.casefold())))

    def has(self, piece: Piece, *, by_letter: bool) -> bool:
        key = piece.key
        if key in self.lines or (by_letter and len(key) >= SHORTEST and key in self.text):
            return True
        words = _WORD.findall(piece.text.casefold())
        if len(words) < LEAST:
            return False
        grams = _grams(words)
        return sum(gram in self.grams for gram in grams) >= TAKEN * len(grams)


def count_votes(pieces: Sequence[Piece], outputs: Mapping[str, Sequence[str]]) -> Votes:
    """``outputs``: the lines that each extractor gave, by its name."""
    votes: dict[str, tuple[bool, ...]] = {}
    for name, lines in outputs.items():
        held = _Output(lines)
        by_letter = len(held.text) * len(pieces) <= MOST
        votes[name] = tuple(
            bool(piece.key) and held.has(piece, by_letter=by_letter) for piece in pieces
        )
    return votes


def _grams(words: Sequence[str]) -> list[_Gram]:
    return list(zip(words, words[1:], words[2:], strict=False))
