"""Weights → the two files that are kept in the cache. Imported only when they are missing."""

from __future__ import annotations

from functools import reduce

import numpy as np

from tidings.embedders.e5.network import Peaks, Precision, render_network
from tidings.embedders.e5.runtime import Network
from tidings.embedders.e5.vocabulary import BEGIN, END, render_vocabulary
from tidings.embedders.e5.weights import NETWORK, PIECES, Weights

_TEXTS, _TOKENS = 40, 100  # made-up texts that peaks are found with: twice as many change nothing
_GOLDEN = 0.6180339887498949


def build_files(weights: Weights) -> dict[str, bytes]:
    """A few seconds of one core, 400 MB at most."""
    model = render_network(weights, Precision(), find_peaks(weights))
    return {NETWORK: model, PIECES: render_vocabulary(weights)}


def find_peaks(weights: Weights) -> Peaks:
    """What is great in this network is so for any text, so made-up ones will do."""
    network = Network(render_network(weights, Precision(), None), weights)
    seen = [network.peaks(tokens) for tokens in _made_up(len(weights.pieces))]
    return reduce(lambda a, b: {name: np.maximum(a[name], b[name]) for name in a}, seen)


def _made_up(pieces: int) -> list[list[int]]:
    """Frequent pieces (low numbers) more often than rare ones, without chance."""
    spread = np.modf(np.arange(1, _TEXTS * _TOKENS + 1) * _GOLDEN)[0]
    low, high = np.log(END + 3), np.log(pieces - 100)
    numbers = np.exp(low + spread * (high - low)).astype(int).reshape(_TEXTS, _TOKENS)
    return [[BEGIN, *row, END] for row in numbers.tolist()]
