"""A story's chain: its articles and what they name as sources, as one graph without circles, and
the roots of it.

A child has what it tells from its parent, so it is the later one. Nodes that are no article stand
for what is not held: a publisher's report, a person, somebody unnamed, a document, a post.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from tidings.model import Article, ArticleId, Evidence, Manner, Sketch, SourceLink


class NodeKind(StrEnum):
    """What stands in a chain."""

    ARTICLE = "article"  # held
    PUBLISHER = "publisher"  # a report of it, not held
    PERSON = "person"
    ORGANISATION = "organisation"
    DOCUMENT = "document"
    POST = "post"
    LAW = "law"
    COURT = "court"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One that has it from somebody, or that others have it from."""

    id: str  # an article's own; of all else its kind, a colon and what it is told by
    kind: NodeKind
    name: str  # publisher, name or role as first printed; "" for an article of an unknown one
    article: ArticleId | None
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """``child`` has it from ``parent``, which is earlier."""

    child: str
    parent: str
    manner: Manner
    evidence: tuple[Evidence, ...]  # the words that say so; of copies and bare links none
    score: float
    reason: str  # a sentence that a person can check


class Ground(StrEnum):
    """What an origin rests on."""

    SAID = "said"  # somebody, or a document, post, law or court, is named as having said it
    WITNESSED = "witnessed"  # an article says that its own people saw or asked
    NAMED = "named"  # others name this publisher as their source; what it has it from isn't told


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A root: the first party that saw, said or published it, as far as is told."""

    node: str
    ground: Ground
    evidence: tuple[Evidence, ...]
    articles: tuple[ArticleId, ...]  # all that rest on it, in the order of the reports


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """An acyclic graph over a story."""

    nodes: tuple[Node, ...]  # articles in the order of the reports, then the others by id
    edges: tuple[Edge, ...]  # by child and parent, in the order of the nodes
    origins: tuple[Origin, ...]  # most articles first
    unstated: tuple[ArticleId, ...]  # articles where a chain ends without an origin
    ends: tuple[tuple[ArticleId, ...], ...]  # the same, with those together that have one text
    dropped: tuple[Edge, ...]  # that would have closed a circle; the reason says which


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What is looked at of an article; the newest of its versions, where there are several."""

    article: Article
    sketch: Sketch
    sources: tuple[SourceLink, ...]


Witness = tuple[str, tuple[Evidence, ...]]
"""A node's id, and the words that say so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What the parts of the chain find, before circles are broken."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    witnesses: tuple[Witness, ...] = ()  # articles that say that their own people saw or asked
    signed: tuple[Witness, ...] = ()  # articles that their own publisher signs as its text
    alike: tuple[tuple[ArticleId, ArticleId], ...] = ()  # have one text, whoever had it first


def join_chain(reports: Sequence[Report], draft: Draft) -> Chain:
    """The surest edges first; one that would close a circle is left out, and said."""
    parents: dict[str, set[str]] = {}
    kept: list[Edge] = []
    dropped: list[Edge] = []
    for edge in sorted(_merge(draft.edges), key=lambda one: (-one.score, one.child, one.parent)):
        if edge.child == edge.parent:
            continue
        if _reaches(parents, edge.parent, edge.child):
            dropped.append(_explain(edge))
            continue
        parents.setdefault(edge.child, set()).add(edge.parent)
        kept.append(edge)
    nodes = _order_nodes(reports, draft.nodes, kept)
    places = {node.id: at for at, node in enumerate(nodes)}
    circles = [_find_circle(parents, edge) for edge in dropped]
    named = {
        node: words
        for node, words in _named(kept, draft).items()
        if not any(node in circle for circle in circles)
    }
    origins, unstated = find_roots(nodes, parents, draft.witnesses, named)
    unstated, closed = _open(nodes, unstated, circles)
    return Chain(
        nodes=nodes,
        edges=tuple(sorted(kept, key=lambda one: (places[one.child], places[one.parent]))),
        origins=origins,
        unstated=unstated,
        ends=_gather(unstated, (*draft.alike, *closed)),
        dropped=tuple(dropped),
    )


def _gather(
    unstated: Sequence[ArticleId], alike: Iterable[tuple[ArticleId, ArticleId]]
) -> tuple[tuple[ArticleId, ...], ...]:
    """In the order of their first ones."""
    groups = {one: [one] for one in unstated}
    for a, b in alike:
        if a in groups and b in groups and groups[a] is not groups[b]:
            groups[a].extend(groups[b])
            for one in groups[b]:
                groups[one] = groups[a]
    places = {one: at for at, one in enumerate(unstated)}
    ordered = (tuple(sorted(group, key=places.__getitem__)) for group in groups.values())
    return tuple(dict.fromkeys(ordered))


def _find_circle(parents: dict[str, set[str]], edge: Edge) -> frozenset[str]:
    """The nodes of the circle that the edge would have closed."""
    nodes = {edge.child, edge.parent, *parents, *(one for held in parents.values() for one in held)}
    return frozenset(
        one
        for one in nodes
        if _reaches(parents, edge.parent, one) and _reaches(parents, one, edge.child)
    )


def _open(
    nodes: Sequence[Node], unstated: tuple[ArticleId, ...], circles: Sequence[frozenset[str]]
) -> tuple[tuple[ArticleId, ...], tuple[tuple[ArticleId, ArticleId], ...]]:
    """Of articles that have it from one another, and end there, none is where it came from: all are
    unstated, as one end."""
    ended = {one for circle in circles if set(unstated) & circle for one in circle}
    found = tuple(
        node.article for node in nodes if node.article and node.id in ended | set(unstated)
    )
    pairs = [
        (a, b)
        for circle in circles
        for a, b in pairwise(one for one in found if one in circle)
        if ended >= circle
    ]
    return found, tuple(pairs)


def _explain(edge: Edge) -> Edge:
    told = f"left out, for {edge.parent} has it from {edge.child} by what is surer; {edge.reason}"
    return replace(edge, reason=told)


def _merge(edges: Iterable[Edge]) -> list[Edge]:
    """One for each pair: the surest, with the evidence of all."""
    pairs: dict[tuple[str, str], list[Edge]] = {}
    for edge in edges:
        pairs.setdefault((edge.child, edge.parent), []).append(edge)
    merged = []
    for alike in pairs.values():
        best = max(alike, key=lambda one: one.score)
        evidence = dict.fromkeys(one for edge in (best, *alike) for one in edge.evidence)
        merged.append(replace(best, evidence=tuple(evidence)))
    return merged


def _reaches(parents: dict[str, set[str]], start: str, goal: str) -> bool:
    """Whether ``start`` has it from ``goal``, over any number of hands."""
    seen, waiting = {start}, [start]
    while waiting:
        at = waiting.pop()
        if at == goal:
            return True
        new = parents.get(at, set()) - seen
        seen |= new
        waiting.extend(new)
    return False


def _order_nodes(
    reports: Sequence[Report], nodes: Iterable[Node], kept: Sequence[Edge]
) -> tuple[Node, ...]:
    """Without those that nothing leads to any more."""
    used = {one for edge in kept for one in (edge.child, edge.parent)}
    asked = [report.article.id for report in reports]
    by_id = {node.id: node for node in nodes}
    first = [by_id[one] for one in asked]
    rest = sorted(used - set(asked))
    return (*first, *(by_id[one] for one in rest))


def _named(kept: Iterable[Edge], draft: Draft) -> dict[str, tuple[Evidence, ...]]:
    """Nodes that are named as a source, with the words."""
    named = dict(draft.signed)
    for edge in kept:
        if edge.manner in (Manner.CREDITS, Manner.CITES):
            named[edge.parent] = (*named.get(edge.parent, ()), *edge.evidence)
    return named


def find_roots(
    nodes: Sequence[Node],
    parents: Mapping[str, set[str]],
    witnesses: Sequence[Witness],
    named: Mapping[str, tuple[Evidence, ...]],
) -> tuple[tuple[Origin, ...], tuple[ArticleId, ...]]:
    """Origins, most articles first, and the articles where a chain ends without one."""
    seen = dict(witnesses)
    resting: dict[str, list[ArticleId]] = {}
    for node in nodes:
        if node.article:
            for end in _find_ends(node.id, parents, seen):
                resting.setdefault(end, []).append(node.article)
    origins: list[Origin] = []
    unstated: list[ArticleId] = []
    for node in nodes:
        if node.id not in resting:
            continue
        ground, evidence = _choose_ground(node, seen, named)
        articles = tuple(resting[node.id])
        if ground:
            origins.append(
                Origin(node=node.id, ground=ground, evidence=evidence, articles=articles)
            )
        elif node.article:
            unstated.append(node.article)
    return tuple(sorted(origins, key=lambda one: -len(one.articles))), tuple(unstated)


def _find_ends(
    start: str, parents: Mapping[str, set[str]], seen: Mapping[str, object]
) -> list[str]:
    """The roots over it, in order of ids; what saw it by itself is one, whatever else it has."""
    ends, passed, waiting = set(), {start}, [start]
    while waiting:
        at = waiting.pop()
        above = parents.get(at, set())
        if not above or at in seen:
            ends.add(at)
        waiting.extend(above - passed)
        passed |= above
    return sorted(ends)


def _choose_ground(
    node: Node,
    seen: Mapping[str, tuple[Evidence, ...]],
    named: Mapping[str, tuple[Evidence, ...]],
) -> tuple[Ground | None, tuple[Evidence, ...]]:
    if node.id in seen:
        return Ground.WITNESSED, seen[node.id]
    if node.kind not in (NodeKind.ARTICLE, NodeKind.PUBLISHER):
        return Ground.SAID, named.get(node.id, ())
    if node.id in named:
        return Ground.NAMED, named[node.id]
    return (Ground.NAMED, ()) if node.kind is NodeKind.PUBLISHER else (None, ())
