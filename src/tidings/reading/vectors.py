"""What every embedder does to its text before, and to its numbers after."""

from __future__ import annotations

import unicodedata

import numpy as np
from numpy.typing import NDArray

from tidings.model import Vector

UNIT = 4000  # the length of a vector, see model.Vector


def clean_text(text: str, characters: int) -> str:
    """NFC, one blank between words, NUL and lone surrogates replaced, cut to ``characters``.

    The cost is bounded by ``characters``, not by the length of ``text``.
    """
    kept = text.lstrip()[: 64 * characters].replace("\0", " ")
    kept = " ".join(kept.split())[: 4 * characters + 64]  # NFD is at most four times as long
    kept = kept.encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFC", kept)[:characters].rstrip()


def round_vector(raw: NDArray[np.float32]) -> Vector:
    """The direction of ``raw``, shape (dimensions,), as a Vector; zeros where it has none."""
    length = float(np.linalg.norm(raw.astype(np.float64)))
    if not np.isfinite(length) or length == 0.0:
        return np.zeros(raw.shape, np.int16)
    return np.rint(raw.astype(np.float64) * (UNIT / length)).astype(np.int16)
