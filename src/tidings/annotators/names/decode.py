"""Likelihoods of tags → spans."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tidings.annotators.names.tokens import Floats
from tidings.model import MentionKind

TYPES = (MentionKind.PERSON, MentionKind.ORGANISATION, MentionKind.PLACE)
_OUTSIDE = float(np.log(0.999))  # surer than that, a token parts what is decided together
TAGS = 9  # outside; begin and inside of each type; the same of what is named but is none


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Tokens ``first`` up to, not including, ``last``."""

    first: int
    last: int
    kind: MentionKind
    score: float


def decode(likely: Floats) -> list[Found]:
    """The likeliest tags of which none is inside what has not begun (Viterbi)."""
    tags = _best(likely)
    found = []
    at = 0
    while at < len(tags):
        if tags[at] == 0:
            at += 1
            continue
        end = at + 1
        inside = tags[at] + 1
        while end < len(tags) and tags[end] == inside:
            end += 1
        which = (tags[at] - 1) // 2
        if which < len(TYPES):
            score = float(np.exp(likely[np.arange(at, end), tags[at:end]].min()))
            found.append(Found(first=at, last=end, kind=TYPES[which], score=score))
        at = end
    return found


def _best(likely: Floats) -> NDArray[np.int64]:
    """Only where something begins or is inside: what is surely outside parts the rest."""
    tags = np.asarray(likely.argmax(axis=1), np.int64)
    before = np.concatenate([[0], tags[:-1]])
    is_inside = (tags > 0) & (tags % 2 == 0)
    wrong = is_inside & (before != tags) & (before != tags - 1)
    if not wrong.any():
        return tags
    named = likely[:, 0] < _OUTSIDE
    edges = np.flatnonzero(np.diff(np.concatenate([[False], named, [False]]).astype(np.int8)))
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if wrong[start:end].any():
            tags[start:end] = find_path(likely[start:end])
    return tags


def find_path(likely: Floats) -> NDArray[np.int64]:
    allowed = np.full((TAGS, TAGS), -np.inf)
    allowed[:, 0] = 0
    for begin in range(1, TAGS, 2):
        allowed[:, begin] = 0
        allowed[begin, begin + 1] = allowed[begin + 1, begin + 1] = 0
    best = likely[0] + allowed[0]
    back = []
    for row in likely[1:]:
        ways = best[:, None] + allowed
        back.append(ways.argmax(axis=0))
        best = ways.max(axis=0) + row
    path = [int(best.argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return np.array(path[::-1], np.int64)
