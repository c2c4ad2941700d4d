"""Weights → the two files that are kept in the cache. Imported only when they are missing."""

from __future__ import annotations

from functools import reduce

import numpy as np

from tidings.embedders.e5.network import Precision, render_network
from tidings.embedders.e5.runtime import Network
from tidings.embedders.e5.vocabulary import BEGIN, END, render_vocabulary
from tidings.embedders.e5.weights import NETWORK, PIECES, Floats, Weights

_TEXTS, _TOKENS = 40, 100  # made-up texts that peaks are found with: twice as many change nothing
_CHECKED = 5  # of them, to see what rounding to 8 bits does on this processor
_LEAST = 0.999  # cosine to the exact network; .9997 is usual, .9994 with 63 levels
_GOLDEN = 0.6180339887498949


def build_files(weights: Weights) -> dict[str, bytes]:
    """A few seconds of one core, 400 MB at most."""
    texts = _made_up(len(weights.pieces))
    exact = Network(render_network(weights, Precision(), None), weights)
    seen = [exact.peaks(tokens) for tokens in texts]
    peaks = reduce(lambda a, b: {name: np.maximum(a[name], b[name]) for name in a}, seen)
    truths = [exact.run(tokens) for tokens in texts[:_CHECKED]]
    model = render_network(weights, Precision(), peaks)
    ours = Network(model, weights)
    if min(map(_cosine, truths, map(ours.run, texts))) < _LEAST:
        # Without VNNI instructions (x86 before 2019, AMD before Zen 4) ONNX Runtime adds two
        # products in 16 bits, which overflows where weights use all of theirs.
        model = render_network(weights, Precision(levels=63), peaks)
    return {NETWORK: model, PIECES: render_vocabulary(weights)}


def _cosine(a: Floats, b: Floats) -> float:
    return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))


def _made_up(pieces: int) -> list[list[int]]:
    """Frequent pieces (low numbers) more often than rare ones, without chance."""
    spread = np.modf(np.arange(1, _TEXTS * _TOKENS + 1) * _GOLDEN)[0]
    low, high = np.log(END + 3), np.log(pieces - 100)
    numbers = np.exp(low + spread * (high - low)).astype(int).reshape(_TEXTS, _TOKENS)
    return [[BEGIN, *row, END] for row in numbers.tolist()]
