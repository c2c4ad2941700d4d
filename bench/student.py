"""The tagger of names in jax, for fitting; annotators/names/network.py runs the same in numpy.

Texts are packed into rows of the same length. Words come in as a table of the distinct ones, so
that each is multiplied once.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
import optax
from numpy.typing import NDArray

from tagging import UNKNOWN, Tagging, dot
from tidings.annotators.names import Lookup
from tidings.annotators.names.decode import TAGS
from tidings.annotators.names.network import SHARED_BEFORE, STEPS
from tidings.annotators.names.tokens import BREAK, SHAPES, number_keys

WIDTH, SHARED = 160, 48  # columns of a word's state, and of what its places tell one another
DEEP = 256  # columns between a word's rows and its state
ROW, GAP, LEFT = 2048, 8, 64  # tokens of a row; between two texts; too few to be filled
BLOCK = 512  # distinct words are padded to a multiple, so that few shapes are compiled
BREAK_SHAPE = 8  # the column of Tokens.shapes that a gap has
ENDS = (BREAK, ".", "!", "?")  # of a sentence
LOOKED_UP = 2000  # words at once
SPARE = 10  # steps that the end is short of, and 2 %: it is only known about

Weights = dict[str, jax.Array]
Ints = NDArray[np.int32]
Row = tuple[NDArray[np.float32], Ints, NDArray[np.float32], Ints, Ints]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitting:
    """docs/models.md tells what the shipped weights were fitted with, and measures them."""

    epochs: int = 4
    rate: float = 2e-3  # the highest, after a warm-up, falling with a cosine
    warm_up: int = 100  # steps
    decay: float = 0.02
    alone: float = 0.5  # of the texts, of which a sentence is told nothing by the others
    drop: float = 0.15  # of the states
    blank: float = 0.06  # of the words, of which then only the form is known
    seed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Example:
    """A text; ``words`` are rows of the table."""

    words: Ints
    shapes: NDArray[np.float16]
    keys: Ints  # -1 for none
    sentences: Ints  # the number of that which a word is in
    tags: NDArray[np.int8]
    weight: float  # how often it is seen in an epoch


Part = tuple[Example, slice, bool]  # the words of a text, and whether its sentences stand alone


class Corpus:
    def __init__(self) -> None:
        self.examples: list[Example] = []
        self._numbers = {BREAK: 0}

    def add(self, tagging: Tagging, weight: float) -> None:
        tokens, numbers = tagging.tokens, self._numbers
        words = [numbers.setdefault(word, len(numbers)) for word in tokens.words]
        example = Example(
            words=np.array(words, np.int32),
            shapes=tokens.shapes.astype(np.float16),
            keys=number_keys(tokens.keys).astype(np.int32),
            sentences=np.cumsum([word in ENDS for word in tokens.words]).astype(np.int32),
            tags=tagging.tags,
            weight=weight,
        )
        self.examples.append(example)

    def look_up(self, lookup: Lookup) -> NDArray[np.float16]:
        """Shape (words, columns); zeros for a break."""
        words = list(self._numbers)
        parts = [words[at : at + LOOKED_UP] for at in range(1, len(words), LOOKED_UP)]
        rows = [lookup.look_up(part).astype(np.float16) for part in parts]
        return np.concatenate([np.zeros((1, rows[0].shape[1]), np.float16), *rows])


def fit(
    corpus: Corpus, table: NDArray[np.float16], options: Fitting, begun: Weights | None = None
) -> Weights:
    """``begun``: weights to go on from; what they have not is begun anew."""
    rng = np.random.default_rng(options.seed)
    weights = begin(jax.random.PRNGKey(options.seed), table.shape[1]) | (begun or {})
    tokens = sum(len(one.words) * one.weight for one in corpus.examples)
    total = tokens / (ROW - 60) * options.epochs
    warm_up = min(options.warm_up, int(total) // 2)
    rate = optax.warmup_cosine_decay_schedule(0, options.rate, warm_up, int(total * 1.02) + SPARE)
    optimiser = optax.chain(
        optax.clip_by_global_norm(1.0), optax.adamw(rate, weight_decay=options.decay)
    )
    state = optimiser.init(weights)

    @partial(jax.jit, donate_argnums=(0, 1))
    def step(
        weights: Weights, state: optax.OptState, row: Row, key: jax.Array
    ) -> tuple[Weights, optax.OptState, jax.Array]:
        loss, gradient = jax.value_and_grad(_loss)(weights, row, key, options)
        updates, state = optimiser.update(gradient, state, weights)
        return optax.apply_updates(weights, updates), state, loss

    key, began = jax.random.PRNGKey(options.seed + 1), time.monotonic()
    for epoch in range(options.epochs):
        losses = []
        for row in rows(corpus.examples, table, rng, options.alone):
            key, sub = jax.random.split(key)
            weights, state, loss = step(weights, state, row, sub)
            losses.append(float(loss))
        told = {"epoch": epoch, "rows": len(losses), "seconds": round(time.monotonic() - began)}
        told |= {"loss": round(float(np.mean(losses)), 5)} if losses else {}
        print(json.dumps(told), file=sys.stderr, flush=True)
    return weights


def begin(key: jax.Array, columns: int) -> Weights:
    keys = iter(jax.random.split(key, 40))

    def matrix(inputs: int, outputs: int) -> jax.Array:
        return jax.random.normal(next(keys), (inputs, outputs)) * (1.0 / inputs) ** 0.5

    weights = {
        "word": matrix(columns, WIDTH) * 10,  # the table's numbers are small
        "deep": matrix(columns, DEEP) * 10,
        "deepb": jnp.zeros(DEEP),
        "deepo": jnp.zeros((DEEP, WIDTH)),
        "shape": matrix(SHAPES, WIDTH),
        "bias": jnp.zeros(WIDTH),
    }
    for layer in range(len(STEPS)):
        weights[f"conv{layer}"] = matrix(3 * WIDTH, 2 * WIDTH)
        weights[f"convb{layer}"] = jnp.zeros(2 * WIDTH)
        weights[f"scale{layer}"] = jnp.ones(WIDTH)
    weights |= {"ask": matrix(WIDTH, SHARED), "askb": jnp.zeros(SHARED)}
    weights["tell"] = matrix(2 * SHARED, WIDTH) * 0.3
    return weights | {"out": matrix(WIDTH, TAGS), "outb": jnp.zeros(TAGS)}


def rows(
    examples: Sequence[Example], table: NDArray[np.float16], rng: np.random.Generator, alone: float
) -> Iterator[Row]:
    """An epoch: the texts in chance order, cut where a row is full."""
    order = []
    for number, one in enumerate(examples):
        order += [number] * (int(one.weight) + int(rng.random() < one.weight % 1))
    parts: list[Part] = []
    size = 0
    for number in rng.permutation(order):
        one, at = examples[number], 0
        is_alone = bool(rng.random() < alone)
        while at < len(one.words):
            take = min(len(one.words) - at, ROW - size)
            parts.append((one, slice(at, at + take), is_alone))
            size += take + GAP
            at += take
            if size >= ROW - LEFT:
                yield pack(parts, table)
                parts, size = [], 0


def pack(parts: Sequence[Part], table: NDArray[np.float16]) -> Row:
    words = np.zeros(ROW, np.int32)
    shapes = np.zeros((ROW, SHAPES), np.float32)
    shapes[:, BREAK_SHAPE] = 1
    keys, tags = np.full(ROW, ROW, np.int32), np.full(ROW, UNKNOWN, np.int32)
    at = first = 0
    for one, part, is_alone in parts:
        own = one.keys[part]
        if is_alone:
            own = np.where(own >= 0, own + one.sentences[part] * len(one.keys), -1)
        place = slice(at, at + len(own))
        words[place], shapes[place], tags[place] = one.words[part], one.shapes[part], one.tags[part]
        _, small = np.unique(own, return_inverse=True)
        keys[place] = np.where(own >= 0, small + first, ROW)
        first += int(small.max(initial=-1)) + 1
        at += len(own) + GAP
    distinct, which = np.unique(words, return_inverse=True)
    seen = np.zeros((-(-len(distinct) // BLOCK) * BLOCK, table.shape[1]), np.float32)
    seen[: len(distinct)] = table[distinct]
    return seen, which.astype(np.int32), shapes, keys, tags


def _loss(weights: Weights, row: Row, key: jax.Array, options: Fitting) -> jax.Array:
    *seen, tags = row
    likely = jax.nn.log_softmax(_forward(weights, tuple(seen), key, options))
    picked = jnp.take_along_axis(likely, jnp.maximum(tags, 0)[:, None], 1)[:, 0]
    known = tags >= 0
    return -(picked * known).sum() / jnp.maximum(known.sum(), 1)


def _forward(
    weights: Weights, seen: tuple[jax.Array, ...], key: jax.Array, options: Fitting
) -> jax.Array:
    """As ``Network.run``, before the logarithms, with chance."""
    words, which, shapes, keys = seen
    blanked, dropped, asked, *layers = _keys(key)
    deep = jax.nn.relu(dot(words, weights["deep"]) + weights["deepb"])
    states = (dot(words, weights["word"]) + dot(deep, weights["deepo"]))[which]
    states = states * jax.random.bernoulli(blanked, 1 - options.blank, (len(which), 1))
    states = _drop(states, dropped, options.drop)
    states = jax.nn.relu(states + shapes @ weights["shape"] + weights["bias"])
    for layer, step in enumerate(STEPS):
        if layer == SHARED_BEFORE:
            states = states + _share(weights, states, keys, (asked, options.drop))
        made = _convolve(weights, states, layer, step)
        states = states + _drop(made, layers[layer], options.drop)
    return states @ weights["out"] + weights["outb"]


def _keys(key: jax.Array) -> list[jax.Array]:
    """Three, and one for each layer."""
    found = list(jax.random.split(key, 3))
    for _ in STEPS:
        key, sub = jax.random.split(key)
        found.append(sub)
    return found


def _drop(states: jax.Array, key: jax.Array, share: float) -> jax.Array:
    return states * jax.random.bernoulli(key, 1 - share, states.shape) / (1 - share)


def _share(
    weights: Weights, states: jax.Array, keys: jax.Array, chance: tuple[jax.Array, float]
) -> jax.Array:
    """A row has at most as many keys as tokens; the one after them is that of no name."""
    asked = _drop(jax.nn.relu(dot(states, weights["ask"]) + weights["askb"]), *chance)
    counts = jax.ops.segment_sum(jnp.ones(ROW), keys, ROW + 1)
    means = jax.ops.segment_sum(asked, keys, ROW + 1) / jnp.maximum(counts, 1)[:, None]
    most = jnp.maximum(jax.ops.segment_max(asked, keys, ROW + 1), 0)
    told = jnp.concatenate([means, most], axis=1)
    told = jnp.where((jnp.arange(ROW + 1) < ROW)[:, None], told, 0)
    return dot(told[keys], weights["tell"])


def _convolve(weights: Weights, states: jax.Array, layer: int, step: int) -> jax.Array:
    size = jnp.sqrt(jnp.mean(states * states, axis=1, keepdims=True) + 1e-6)
    even = states * weights[f"scale{layer}"] / size
    left = jnp.pad(even, ((step, 0), (0, 0)))[: len(even)]
    right = jnp.pad(even, ((0, step), (0, 0)))[step:]
    wide = jnp.concatenate([left, even, right], axis=1)
    both = dot(wide, weights[f"conv{layer}"]) + weights[f"convb{layer}"]
    made, gate = jnp.split(both, 2, axis=1)
    return made * jax.nn.sigmoid(gate)
