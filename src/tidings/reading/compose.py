"""An article's text from its parts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from tidings.model import Block, Role

GAP = "\n\n"

NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no place for (section 2.2): libraries end at it, or lose the whole text."""


def compose(parts: Iterable[tuple[Role, str]]) -> tuple[str, tuple[Block, ...]]:
    """Text and blocks: each part stripped, in NFC and fit for XML, empty ones dropped, blank lines
    between.

    The text is NFC as a whole: a line feed composes with nothing.
    """
    pieces: list[str] = []
    blocks: list[Block] = []
    at = 0
    for role, raw in parts:
        piece = unicodedata.normalize("NFC", NO_XML.sub(" ", raw)).strip()
        if not piece:
            continue
        blocks.append(Block(role=role, start=at, end=at + len(piece)))
        pieces.append(piece)
        at += len(piece) + len(GAP)
    return GAP.join(pieces), tuple(blocks)
