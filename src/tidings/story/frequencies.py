"""How common a term is in news at large: the background that a small window lacks.

The table holds numbers only (blake2b-32 of the term, and in how many of 65,535 articles it is);
bench/frequencies.py makes it. Terms that are not in it are rarer than one article in 300.
"""

from __future__ import annotations

from functools import cache, lru_cache
from hashlib import blake2b
from importlib.resources import files

import numpy as np

CACHE = 1 << 18  # terms kept with their shares


@lru_cache(maxsize=CACHE)
def find_share(term: str) -> float:
    """Share of articles that have the term, of its language for stems; 0 where it is rare."""
    return _table().get(hash_term(term), 0) / 65535


def hash_term(term: str) -> int:
    return int.from_bytes(blake2b(term.encode(), digest_size=4).digest(), "little")


@cache
def _table() -> dict[int, int]:
    data = files("tidings.story").joinpath("frequencies.bin").read_bytes()
    rows = np.frombuffer(data, dtype=[("term", "<u4"), ("share", "<u2")])
    return dict(zip(rows["term"].tolist(), rows["share"].tolist(), strict=True))
