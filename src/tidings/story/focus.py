"""How far a story's articles tell of one thing: beats (transfers, phones, stocks, the weather of
all the world) are large and many-voiced, but alike in subject alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tidings.model import ArticleId, Vector
from tidings.story.traits import SCALE, weigh_traits


@dataclass(frozen=True, slots=True, kw_only=True)
class FocusOptions:
    """Chosen by eye on the 60 heaviest stories of a day of 40,093 articles, no bench guards them
    yet: beats lie between .31 and .37, the weather of all the world at .40, most stories from
    .43 on, some of a whole country's unrest from .40 on."""

    least: int = 10  # articles from which a story may be told to be loose
    sample: int = 40  # articles at most whose names are looked at, spread evenly
    names: float = 2.0  # names in common count so many times what they count for stories
    whole: float = 0.43  # mean over pairs from which nothing is taken off
    loose: float = 0.33  # and below which all is


DEFAULTS = FocusOptions()


def measure_likeness(vectors: Sequence[Vector], usual: NDArray[np.float64]) -> float:
    """Mean over pairs of the product of two vectors, each less what is ``usual`` in its language
    (a row each), relative to their mean square. Two or more."""
    rest = np.stack(vectors) - usual
    total = rest.sum(axis=0)
    square = float(np.einsum("ij,ij->", rest, rest)) / len(rest)
    if not square:
        return 1.0
    return (float(total @ total) / square - len(rest)) / (len(rest) * (len(rest) - 1))


def measure_names(terms: Iterable[Sequence[str]]) -> float:
    """Mean over pairs of articles of what names and numbers in common add. Two or more."""
    summed: Counter[str] = Counter()
    own = count = 0
    for traits in map(weigh_traits, terms):
        summed.update(traits)
        own += sum(weight * weight for weight in traits.values())
        count += 1
    pairs = sum(weight * weight for weight in summed.values()) - own
    return pairs / SCALE**2 / (count * (count - 1))


def find_looseness(likeness: float, names: float, options: FocusOptions = DEFAULTS) -> float:
    """0 for a story about one thing to 1 for a beat, evenly between."""
    focus = likeness + options.names * names
    share = (options.whole - focus) / (options.whole - options.loose)
    return min(1.0, max(0.0, share))


def spread(articles: Sequence[ArticleId], options: FocusOptions = DEFAULTS) -> Sequence[ArticleId]:
    """At most ``sample`` of them."""
    return articles[:: -(-len(articles) // options.sample)]
