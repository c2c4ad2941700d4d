"""Text → names with their kinds, by the fitted weights beside this file."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from tidings.annotators.names.decode import TAGS, Found, decode
from tidings.annotators.names.edges import has_capital, trim
from tidings.annotators.names.network import Lookup, Network
from tidings.annotators.names.tokens import BREAK, Floats, Tokens, cut_tokens, join_tokens
from tidings.model import MentionKind

FILE = "weights.npz"
_ROW = 4_096  # tokens that are looked at together
_OUTSIDE = np.array([0.0, *[-np.inf] * (TAGS - 1)], np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Fitted by bench/fit_names.py on SlavicNER's two held topics in bg, cs, pl, sl, and on dev
    texts that were learnt from: docs/models.md says what that favours; bench/names.py tells the
    calibration."""

    slope: float = 0.846  # of the log-odds of the least sure token
    offset: float = -0.729  # to them: names are less often right than their tokens
    least: float = 0.4  # scores below it are not told: F1 .852 with the first weights, .855 at .5


DEFAULTS = Options()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """``text[start:end]`` names something."""

    start: int
    end: int
    kind: MentionKind
    score: float


class Tagger:
    """Pure but for the words that it remembers, which change nothing but the time."""

    def __init__(self, lookup: Lookup) -> None:
        self._network = Network(read_weights(), lookup)

    def tag(self, text: str, parts: Sequence[tuple[int, int]]) -> list[Tagged]:
        """What is named in the ``parts``, in their order; never across a line break, and nothing
        without a capital: it would be a people ('россияне') or a guess."""
        tokens = join_tokens([cut_tokens(text, *part) for part in parts])
        found: list[Tagged] = []
        for first in range(0, len(tokens.spans), _ROW):
            found += self._tag(tokens.slice(first, first + _ROW))
        return found

    def _tag(self, tokens: Tokens) -> list[Tagged]:
        likely = self._network.run(tokens)
        likely[[word == BREAK for word in tokens.words]] = _OUTSIDE
        found = [
            Tagged(
                start=tokens.spans[one.first][0],
                end=tokens.spans[one.last - 1][1],
                kind=one.kind,
                score=calibrate(one.score),
            )
            for one in _cut(tokens, decode(likely))
            if has_capital(tokens, one)
        ]
        return [one for one in found if one.score >= DEFAULTS.least]


def _cut(tokens: Tokens, found: list[Found]) -> list[Found]:
    return [kept for kept in (trim(tokens, one) for one in found) if kept]


def calibrate(score: float) -> float:
    """The share that is right among names whose least sure tag has the likelihood ``score``."""
    kept = min(max(score, 1e-4), 1 - 1e-4)
    odds = math.log(kept / (1 - kept))
    return 1 / (1 + math.exp(-(DEFAULTS.slope * odds + DEFAULTS.offset)))


@cache
def read_weights() -> dict[str, Floats]:
    data = files("tidings.annotators.names").joinpath(FILE).read_bytes()
    with np.load(io.BytesIO(data)) as arrays:
        return {name: arrays[name].astype(np.float32) for name in arrays.files}
