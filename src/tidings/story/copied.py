"""Edges of a chain that nobody states: an article that has another one's text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from tidings.model import ArticleId, Copy, CopyKind, Evidence, Manner
from tidings.story.graph import Edge, Report
from tidings.times import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiedOptions:
    """Our own choice, guarded by the made stories of tests/story/test_chain.py."""

    stated: float = 0.99  # the copy names the other's publisher
    dated: float = 0.95  # the clocks tell which is earlier
    signed: float = 0.9  # another copy of the text says whose it is
    apart: timedelta = timedelta(minutes=15)  # within which pages' clocks tell nothing


DEFAULTS = CopiedOptions()

Signer = tuple[str, tuple[Evidence, ...]]
"""The node of the publisher whose text it is, and the words that say so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What the articles themselves say, which goes before what their texts show."""

    signers: Mapping[ArticleId, Signer]  # of articles that say whose text they print
    parents: Mapping[ArticleId, frozenset[str]]  # articles' nodes that they name as sources


Alike = tuple[ArticleId, ArticleId]
"""Two that have one text, whoever had it first."""


def trace_copies(
    copies: Sequence[Copy], reports: Sequence[Report], stated: Stated
) -> tuple[list[Edge], list[Alike]]:
    """Of two that have one text: who states a source has it from that; the other one has it from
    who signs it; where nobody does, the later from the earlier, if the clocks tell."""
    published = {report.article.id: report.article.published for report in reports}
    edges, alike = [], []
    for copy in copies:
        if copy.article in published and copy.of in published and copy.article != copy.of:
            alike.append((copy.article, copy.of))
            edge = _trace(copy, published, stated)
            if edge:
                edges.append(edge)
    return edges, alike


def _trace(copy: Copy, published: Mapping[ArticleId, Interval], stated: Stated) -> Edge | None:
    a, b = copy.article, copy.of
    for child, parent in ((a, b), (b, a)):
        if parent in stated.parents.get(child, frozenset()):
            return _edge(child, parent, DEFAULTS.stated, _tell(copy, "and names it"))
    signed_a, signed_b = stated.signers.get(a), stated.signers.get(b)
    if signed_a and signed_b:
        return None  # both have it from elsewhere
    if signed_a or signed_b:
        return _lean(copy, (a, signed_b) if signed_b else (b, signed_a), stated)
    order = _compare(published[a], published[b])
    child, parent = (a, b) if order > 0 else (b, a)
    if not order or stated.parents.get(child):
        return None
    return _edge(child, parent, DEFAULTS.dated, _tell(copy, "and is the later one"))


def _lean(copy: Copy, unsigned: tuple[ArticleId, Signer | None], stated: Stated) -> Edge | None:
    """The article that doesn't say whose text it is has it from whom the other one says."""
    child, signer = unsigned
    if signer is None or signer[0] == child or stated.parents.get(child):
        return None
    node, evidence = signer
    reason = f"has the same text ({copy.share:.0%}) as an article that says so"
    return Edge(
        child=child,
        parent=node,
        manner=Manner.COPIES,
        evidence=evidence,
        score=DEFAULTS.signed,
        reason=reason,
    )


def _edge(child: ArticleId, parent: ArticleId, score: float, reason: str) -> Edge:
    return Edge(
        child=child, parent=parent, manner=Manner.COPIES, evidence=(), score=score, reason=reason
    )


_TOLD = {
    CopyKind.EXACT: "has the same words",
    CopyKind.NEAR: "has most of its words",
    CopyKind.WITHIN: "is a part of it",
    CopyKind.AROUND: "has it within",
}


def _tell(copy: Copy, more: str) -> str:
    return f"{_TOLD[copy.kind]} ({copy.share:.0%}), {more}"


def _compare(a: Interval, b: Interval) -> int:
    """1 where ``a`` is surely later, -1 where it is surely earlier, 0 where it isn't sure."""
    if a.start and b.end and a.start - b.end >= DEFAULTS.apart:
        return 1
    return -1 if b.start and a.end and b.start - a.end >= DEFAULTS.apart else 0
