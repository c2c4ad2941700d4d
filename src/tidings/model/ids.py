"""Names of things, and rows of numbers."""

from __future__ import annotations

from hashlib import blake2b
from typing import NewType

import numpy as np
from numpy.typing import NDArray

PageId = NewType("PageId", str)
ArticleId = NewType("ArticleId", str)
StoryId = NewType("StoryId", str)


def hash_page(data: bytes) -> PageId:
    """blake2b-128, hexadecimal: a page is its bytes (docs/decisions/0008)."""
    return PageId(blake2b(data, digest_size=16).hexdigest())


Vector = NDArray[np.int16]
"""Shape (dimensions,): a unit vector times 4,000, rounded. Dot products of two such vectors are
whole numbers below 2**24, so float32 holds them exactly in whatever order they are summed: a
similarity does not depend on batch, thread or machine. Divide by 16e6 for the cosine."""

Signature = NDArray[np.uint32]
"""Shape (n,): the smallest n of the sorted distinct hashes of a text's word 5-grams, at most 512.
See story/shingles.py."""
