"""An article's text from its parts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from tidings.model import Block, Role

GAP = "\n\n"


def compose(parts: Iterable[tuple[Role, str]]) -> tuple[str, tuple[Block, ...]]:
    """Text and blocks: each part stripped and in NFC, empty ones dropped, blank lines between.

    The text is NFC as a whole: a line feed composes with nothing.
    """
    pieces: list[str] = []
    blocks: list[Block] = []
    at = 0
    for role, raw in parts:
        piece = unicodedata.normalize("NFC", raw).strip()
        if not piece:
            continue
        blocks.append(Block(role=role, start=at, end=at + len(piece)))
        pieces.append(piece)
        at += len(piece) + len(GAP)
    return GAP.join(pieces), tuple(blocks)
