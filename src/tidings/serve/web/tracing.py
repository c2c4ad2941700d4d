"""What the page of a story's sources shows: the chain as trees, from the origins to those who have
it from them, and who was first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tidings.model import ArticleId, Evidence, Summary
from tidings.serve.sourcing import KINDS, TOLD, choose_origins
from tidings.sourcing import Sources
from tidings.story.chain import Chain, Edge, Node, Origin

WIDEST = 12
"""Shown below one node, and of unstated ends; the rest is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A node, how it has it from the one above, and those who have it from it."""

    node: Node
    kind: str
    summary: Summary | None  # of an article of the story
    edge: Edge | None
    words: Evidence | None  # that prove the edge
    is_again: bool  # it stands further up with all that is below it
    branches: tuple[Branch, ...]
    more: int  # below it and not shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """An origin, and the tree on it."""

    ground: str
    articles: int
    words: tuple[Evidence, ...]
    tree: Branch


@dataclass(frozen=True, slots=True, kw_only=True)
class Grove:
    """All trees of a story."""

    roots: tuple[Root, ...]
    others: tuple[Root, ...]  # on which less rests, without their trees
    ends: tuple[Branch, ...]  # where a chain can't be followed
    dropped: tuple[tuple[Node, Node, Edge], ...]  # child, parent


def grow(told: Sources) -> Grove:
    chain = told.chain
    grower = _Grower(chain, {one.article: one for one in told.story.articles})
    nodes = grower.nodes
    shown, others = choose_origins(chain)
    return Grove(
        roots=tuple(map(grower.grow_origin, shown)),
        others=tuple(map(grower.name_origin, others)),
        ends=grower.grow_ends(chain.unstated[:WIDEST]),
        dropped=tuple((nodes[one.child], nodes[one.parent], one) for one in chain.dropped),
    )


class _Grower:
    def __init__(self, chain: Chain, summaries: Mapping[ArticleId, Summary]) -> None:
        self.nodes = {node.id: node for node in chain.nodes}
        self._summaries = summaries
        self._below: dict[str, list[Edge]] = {}
        self._seen: set[str] = set()  # what stands below them is shown once
        for edge in chain.edges:
            self._below.setdefault(edge.parent, []).append(edge)

    def grow_origin(self, origin: Origin) -> Root:
        return self._root(origin, self._grow(origin.node, None))

    def name_origin(self, origin: Origin) -> Root:
        return self._root(origin, self._branch(self.nodes[origin.node], None))

    def _root(self, origin: Origin, tree: Branch) -> Root:
        return Root(
            ground=TOLD[origin.ground],
            articles=len(origin.articles),
            words=origin.evidence,
            tree=tree,
        )

    def grow_ends(self, ends: Sequence[ArticleId]) -> tuple[Branch, ...]:
        return tuple(self._grow(end, None) for end in ends)

    def _grow(self, name: str, edge: Edge | None) -> Branch:
        node, is_again = self.nodes[name], name in self._seen
        self._seen.add(name)
        below = [] if is_again else self._below.get(name, [])
        return replace(
            self._branch(node, edge),
            is_again=is_again and name in self._below,
            branches=tuple(self._grow(one.child, one) for one in below[:WIDEST]),
            more=max(0, len(below) - WIDEST),
        )

    def _branch(self, node: Node, edge: Edge | None) -> Branch:
        return Branch(
            node=node,
            kind=KINDS[node.kind],
            summary=self._summaries.get(node.article) if node.article else None,
            edge=edge,
            words=edge.evidence[0] if edge and edge.evidence else None,
            is_again=False,
            branches=(),
            more=0,
        )
