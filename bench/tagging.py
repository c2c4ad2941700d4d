"""Labelled texts as tags of tokens, and a matrix product in bfloat16: what the teacher of the
tagger of names and the tagger itself are both fitted with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from named import Labelled, Span, read_slavic, read_uner
from tidings.annotators.names.tokens import Tokens, cut_tokens

HELD = ("slavicner brexit", "slavicner covid-19", "uner test")  # nothing is learnt from these
KINDS = ("person", "organisation", "place", "other")
UNKNOWN = -1  # the tag of a token from which nothing is learnt
OUTLET = "PRO"  # SlavicNER calls newspapers products; we don't know what to call them

Tags = NDArray[np.int8]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tagging:
    language: str
    tokens: Tokens
    tags: Tags


def read_gold() -> list[Labelled]:
    """With the texts that are held back."""
    return [text for read in (read_slavic, read_uner) for text in read()]


def tag(text: Labelled) -> Tagging:
    """Events, peoples and members of a party are ``other``; nothing is learnt of products, nor of
    names in small letters, where the labels of languages differ."""
    tokens = cut_tokens(text.text)
    groups = {(start, end) for start, end, _ in text.groups}
    low = [span for span in text.spans if text.text[span[0] : span[1]].islower()]
    products = [span for span in text.others if span[2] == OUTLET]
    others = [span for span in text.others if span[2] != OUTLET]
    others = [*(span for span in text.spans if span[:2] in groups), *others]
    others = [span for span in others if not text.text[span[0] : span[1]].islower()]
    told = [span for span in text.spans if span not in low and span[:2] not in groups]
    tags = np.zeros(len(tokens.spans), np.int8)
    put(tags, tokens, (*low, *products), unknown=True)
    put(tags, tokens, [*((start, end, "other") for start, end, _ in others), *told])
    return Tagging(language=text.language, tokens=tokens, tags=tags)


def put(tags: Tags, tokens: Tokens, spans: Iterable[Span], *, unknown: bool = False) -> None:
    edges = np.array(tokens.spans).reshape(-1, 2)
    for start, end, kind in spans:
        inside = np.flatnonzero((edges[:, 0] >= start) & (edges[:, 1] <= end))
        if unknown:
            tags[inside] = UNKNOWN
        elif len(inside):
            tags[inside] = 2 + 2 * KINDS.index(kind)
            tags[inside[0]] -= 1


def runs(tags: Tags) -> list[tuple[int, int, int]]:
    """First token, the one after the last, and the number of the kind."""
    found: list[tuple[int, int, int]] = []
    for at, one in enumerate(tags.tolist()):
        if one <= 0:
            continue
        kind = (one - 1) // 2
        if one % 2 == 0 and found and found[-1][1:] == (at, kind):
            found[-1] = (found[-1][0], at + 1, kind)
        else:
            found.append((at, at + 1, kind))
    return found


def _dot(a: jax.Array, b: jax.Array) -> jax.Array:
    half = jnp.bfloat16
    return jnp.dot(a.astype(half), b.astype(half), preferred_element_type=jnp.float32)


@jax.custom_vjp
def dot(a: jax.Array, b: jax.Array) -> jax.Array:
    """In bfloat16, summed in fp32: several times as fast on processors with AMX."""
    return _dot(a, b)


dot.defvjp(
    lambda a, b: (_dot(a, b), (a, b)), lambda kept, g: (_dot(g, kept[1].T), _dot(kept[0].T, g))
)
