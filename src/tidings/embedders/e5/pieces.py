"""Single words as the network's first layer knows them: the rows of its table, not its states."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from tidings.embedders.e5.weights import Floats, Weights, unpack

if TYPE_CHECKING:
    from sentencepiece import SentencePieceProcessor


class Pieces:
    """Word → a vector of its pieces: the first, the last, and the mean."""

    def __init__(self, pieces: SentencePieceProcessor, weights: Weights) -> None:
        self._pieces = pieces
        self._normal = weights.normal
        self._rows = weights.blocks("emb.word", weights.shape.hidden)

    def look_up(self, words: Sequence[str]) -> Floats:
        """Shape (words, 3 * hidden)."""
        clean = [word.encode("utf-8", "replace").decode().translate(self._normal) for word in words]
        cut: list[list[int]] = self._pieces.encode(clean)
        ends = np.cumsum([max(1, len(one)) for one in cut])
        starts = ends - [max(1, len(one)) for one in cut]
        flat = np.array([number for one in cut for number in (one or [0])])
        rows = unpack(self._rows[flat])
        means = np.add.reduceat(rows, starts, axis=0) / (ends - starts)[:, None]
        return np.concatenate([rows[starts], rows[ends - 1], means], axis=1)
