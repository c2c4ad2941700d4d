"""The tagger: gated convolutions over words (Dauphin et al. 2017), dilated (Strubell et al. 2017),
with what a word's other places in the same article tell. Plain numpy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from tidings.annotators.names.tokens import BREAK, Floats, Tokens, number_keys

STEPS = (1, 2, 4, 1)  # how far apart the words are that each layer looks at; fitted with
SHARED_BEFORE = 2  # the layer before which a word's places are put together
KEPT = 1 << 16
"""Words whose vectors are kept, 64 MB, many times what one text has. Changes time alone: a new one
takes 30 µs (bench/speed.py, which tells the memory too)."""


class Lookup(Protocol):
    """Words → what is known of each alone."""

    def look_up(self, words: Sequence[str]) -> Floats:
        """Shape (words, columns)."""
        ...


class Network:
    """Tokens → the likelihood of each tag. Holds the vectors of the words that it has seen."""

    def __init__(self, weights: Mapping[str, Floats], lookup: Lookup, kept: int = KEPT) -> None:
        self._weights = weights
        self._lookup = lookup
        self._rows = {BREAK: 0}
        width = weights["bias"].shape[0]
        self._known = np.zeros((kept, width), np.float32)  # takes memory as it is filled

    def run(self, tokens: Tokens) -> Floats:
        """Shape (tokens, tags), logarithms; rows sum up to 1."""
        weights = self._weights
        states = self._project(tokens.words) + tokens.shapes @ weights["shape"] + weights["bias"]
        np.maximum(states, 0, out=states)
        keys = number_keys(tokens.keys)
        for layer, step in enumerate(STEPS):
            if layer == SHARED_BEFORE:
                self._share(states, keys)
            self._convolve(states, layer, step)
        found = states @ weights["out"] + weights["outb"]
        found -= found.max(axis=1, keepdims=True)
        found -= np.log(np.exp(found).sum(axis=1, keepdims=True))
        return np.asarray(found, np.float32)

    def _project(self, words: Sequence[str]) -> Floats:
        rows = self._rows
        new = list(dict.fromkeys(word for word in words if word not in rows))
        if len(rows) + len(new) > len(self._known):
            rows.clear()
            rows[BREAK] = 0
            new = [word for word in dict.fromkeys(words) if word != BREAK]
        if new:
            self._learn(new)
        return self._known[[rows[word] for word in words]]

    def _learn(self, words: list[str]) -> None:
        first, last = len(self._rows), len(self._rows) + len(words)
        self._known[first:last] = self._read(self._lookup.look_up(words))
        self._rows.update(zip(words, range(first, last), strict=True))

    def _read(self, looked_up: Floats) -> Floats:
        weights = self._weights
        deep = np.maximum(looked_up @ weights["deep"] + weights["deepb"], 0)
        return np.asarray(looked_up @ weights["word"] + deep @ weights["deepo"], np.float32)

    def _share(self, states: Floats, keys: NDArray[np.int64]) -> None:
        """Adds to each place of a word the mean and the most of what all its places tell."""
        places = np.flatnonzero(keys >= 0)
        if not len(places):
            return
        weights = self._weights
        places = places[np.argsort(keys[places], kind="stable")]
        asked = np.maximum(states[places] @ weights["ask"] + weights["askb"], 0)
        _, starts, which, counts = np.unique(
            keys[places], return_index=True, return_inverse=True, return_counts=True
        )
        means = np.add.reduceat(asked, starts, axis=0) / counts[:, None]
        most = np.maximum.reduceat(asked, starts, axis=0)
        states[places] += (np.concatenate([means, most], axis=1) @ weights["tell"])[which]

    def _convolve(self, states: Floats, layer: int, step: int) -> None:
        weights = self._weights
        scale = weights[f"scale{layer}"]
        size = np.sqrt(np.mean(states * states, axis=1, keepdims=True) + 1e-6)
        count, width = states.shape
        wide = np.zeros((count, 3 * width), np.float32)
        wide[:, width : 2 * width] = states * scale / size
        wide[step:, :width] = wide[:-step, width : 2 * width]
        wide[:-step, 2 * width :] = wide[step:, width : 2 * width]
        both = wide @ weights[f"conv{layer}"] + weights[f"convb{layer}"]
        states += both[:, :width] / (1 + np.exp(-both[:, width:]))
