"""What of two sequences is the same in the same order, at a bounded cost.

Patience (Bram Cohen; Hunt, McIlroy 1976): what both have once is matched along its longest rising
run, then what lies between likewise; small gaps go to difflib, large ones are given up as other.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher

Gap = tuple[int, int, int, int]
"""``a[i:j]`` stands where ``b[k:l]`` does: (i, j, k, l)."""

SMALL = 10_000  # cells of a gap that difflib compares, some milliseconds at the most
DEPTH = 6  # times that a gap is looked at for what is there once


def find_gaps(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[Gap]:
    """Where the two differ, in order; what lies between the gaps is equal."""
    gaps: list[Gap] = []
    for i, j, k, end in _align(a, b, (0, len(a), 0, len(b)), DEPTH):
        if gaps and gaps[-1][1] == i and gaps[-1][3] == k:
            gaps[-1] = (gaps[-1][0], j, gaps[-1][2], end)
        else:
            gaps.append((i, j, k, end))
    return gaps


def _align(a: Sequence[Hashable], b: Sequence[Hashable], gap: Gap, depth: int) -> Iterator[Gap]:
    i, j, k, end = _trim(a, b, gap)
    if i == j and k == end:
        return
    anchors = _find_anchors(a, b, (i, j, k, end)) if depth and i < j and k < end else []
    if anchors:
        for at, to in [*anchors, (j, end)]:
            yield from _align(a, b, (i, at, k, to), depth - 1)
            i, k = at + 1, to + 1
    elif 0 < (j - i) * (end - k) <= SMALL:
        matcher = SequenceMatcher(None, a[i:j], b[k:end], autojunk=False)
        for tag, i1, i2, k1, k2 in matcher.get_opcodes():
            if tag != "equal":
                yield i + i1, i + i2, k + k1, k + k2
    else:
        yield i, j, k, end


def _trim(a: Sequence[Hashable], b: Sequence[Hashable], gap: Gap) -> Gap:
    """Without what is equal at both ends."""
    i, j, k, end = gap
    while i < j and k < end and a[i] == b[k]:
        i, k = i + 1, k + 1
    while i < j and k < end and a[j - 1] == b[end - 1]:
        j, end = j - 1, end - 1
    return i, j, k, end


def _find_anchors(a: Sequence[Hashable], b: Sequence[Hashable], gap: Gap) -> list[tuple[int, int]]:
    """Places of what both have exactly once, rising on both sides."""
    i, j, k, end = gap
    counts_a, counts_b = Counter(a[i:j]), Counter(b[k:end])
    places = {one: at for at, one in enumerate(b[k:end], start=k) if counts_b[one] == 1}
    pairs = [
        (at, places[one])
        for at, one in enumerate(a[i:j], start=i)
        if counts_a[one] == 1 and one in places
    ]
    return _find_rising(pairs)


def _find_rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run whose second numbers rise (Fredman 1975)."""
    tops: list[int] = []  # least last number of a run of each length
    ends: list[int] = []  # and which pair that is
    before: list[int] = []
    for number, (_, to) in enumerate(pairs):
        length = bisect_left(tops, to)
        before.append(ends[length - 1] if length else -1)
        tops[length : length + 1] = [to]
        ends[length : length + 1] = [number]
    run: list[tuple[int, int]] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        run.append(pairs[at])
        at = before[at]
    return run[::-1]
