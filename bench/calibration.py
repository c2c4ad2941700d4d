"""How likely a found name is right, by the likelihood of its least sure tag, for fit_names.py."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import numpy as np
from sklearn.linear_model import LogisticRegression

from named import Labelled, Span
from tagging import OUTLET
from tidings.annotators.names.decode import decode
from tidings.annotators.names.edges import has_capital, trim
from tidings.annotators.names.network import Network
from tidings.annotators.names.tokens import BREAK, Floats, cut_tokens
from tidings.embedders.e5 import E5

MOST = 40  # texts of a corpus in a language
LANGUAGES = ("bg", "cs", "pl", "sl")  # of SlavicNER's held topics: no figure is told of these
SURELY_NONE = -1e9


def calibrate(weights: Mapping[str, Floats], texts: list[Labelled]) -> dict[str, float]:
    """Slope and offset of a logistic curve over log-odds (Platt 1999)."""
    network = Network(weights, E5().pieces)
    rows = [row for text in choose_open(texts) for row in score_names(network, text)]
    odds = [[math.log(score / (1 - score))] for score, _ in rows]
    fitted = LogisticRegression(C=1e6).fit(odds, [is_right for _, is_right in rows])
    return {
        "names": len(rows),
        "slope": round(float(fitted.coef_[0, 0]), 3),
        "offset": round(float(fitted.intercept_[0]), 3),
    }


def choose_open(texts: Iterable[Labelled]) -> Iterator[Labelled]:
    seen: Counter[tuple[str, str]] = Counter()
    for text in filter(is_open, texts):
        seen[text.corpus, text.language] += 1
        if seen[text.corpus, text.language] <= MOST:
            yield text


def is_open(text: Labelled) -> bool:
    is_held = text.corpus in ("slavicner brexit", "slavicner covid-19")
    return text.corpus == "uner dev" or (is_held and text.language in LANGUAGES)


def score_names(network: Network, text: Labelled) -> Iterator[tuple[float, bool]]:
    """Likelihood, and whether it is right; what touches a product is left out."""
    groups = {(start, end) for start, end, _ in text.groups}
    gold: set[Span] = {span for span in text.spans if span[:2] not in groups}
    products = [span for span in text.others if span[2] == OUTLET]
    tokens = cut_tokens(text.text)
    likely = network.run(tokens)
    breaks = np.array([word == BREAK for word in tokens.words])
    likely[breaks, 0], likely[breaks, 1:] = 0, SURELY_NONE
    for one in filter(None, (trim(tokens, found) for found in decode(likely))):
        start, end = tokens.spans[one.first][0], tokens.spans[one.last - 1][1]
        is_touching = any(other[0] < end and start < other[1] for other in products)
        if has_capital(tokens, one) and not is_touching:
            kept = min(max(one.score, 1e-4), 1 - 1e-4)
            yield kept, (start, end, str(one.kind)) in gold
