"""What of an article's terms counts when stories are compared: names, numbers and addresses, in
whole numbers whose product says how much two articles share.

They depend on the article and on the table of backgrounds alone, so sums over a story are exact
and the same whatever order its articles came in. Stems are left out: beside vectors they say
nothing of what is one story.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import log, sqrt

from tidings.story.frequencies import find_share

SCALE = 1000
"""Weight of a term that is all that an article has: products are in ``SCALE ** 2``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TraitOptions:
    """Chosen on headlines and on whole articles at once; guarded by bench/stories.py."""

    names: float = 0.5  # what equal names add to a cosine of vectors
    figures: float = 0.3  # what equal numbers and addresses add
    unseen: float = 0.001  # share of articles that a term which is not in the table has
    common: float = 3.0  # information, in nats, from which a term counts
    damping: float = 5.0  # length, in nats, that an article's own is measured against


DEFAULTS = TraitOptions()


def weigh_traits(terms: Iterable[str], options: TraitOptions = DEFAULTS) -> dict[str, int]:
    """Each kind on its own: few or common terms weigh little in all. In order of ``terms``."""
    kinds: dict[bool, dict[str, float]] = {True: {}, False: {}}
    for term in terms:
        if term[0] == "w":
            continue
        told = -log(find_share(term) + options.unseen) - options.common
        if told > 0:
            kinds[term[0] == "n"][term] = told
    traits: dict[str, int] = {}
    for is_name, weights in kinds.items():
        share = options.names if is_name else options.figures
        squared = sum(weight * weight for weight in weights.values())
        factor = SCALE * sqrt(share / (squared + options.damping**2))
        traits.update((term, round(weight * factor)) for term, weight in weights.items())
    return traits
