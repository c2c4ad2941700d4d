"""The command that tells who has it from whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import click
from rich.text import Text

from tidings.model import ArticleId, Evidence, Summary
from tidings.serve import when
from tidings.serve.options import language_option, open_engine, shared
from tidings.serve.relating import describe_place
from tidings.serve.show import count, label
from tidings.serve.terminal import line, say, styled, visible
from tidings.sourcing import Sources
from tidings.story.chain import Chain, Edge, Ground, Node, NodeKind, Origin

LONGEST = 110  # characters of words that prove a line, and of a headline
WIDEST = 6  # articles shown below one node; the rest is counted
MOST = 8  # origins, and ends, shown with what rests on them; the others are named

TOLD = {
    Ground.SAID: "said it",
    Ground.WITNESSED: "saw or asked for itself",
    Ground.NAMED: "is named as the source; whom it has it from is not told",
}
KINDS = {
    NodeKind.ARTICLE: "held",
    NodeKind.PUBLISHER: "not held",
    NodeKind.PERSON: "a person",
    NodeKind.ORGANISATION: "an organisation",
    NodeKind.DOCUMENT: "a document",
    NodeKind.POST: "a post",
    NodeKind.LAW: "a law",
    NodeKind.COURT: "a court",
    NodeKind.ANONYMOUS: "not named",
}


@click.command()
@click.argument("story")
@language_option
@shared
def sources(story: str, **options: Any) -> int:
    """Who has STORY from whom, down to the origins.

    Each line with the words that say so."""
    with open_engine(options["store"]) as engine:
        told = engine.sources(story, options["language"])
        if options["as_json"]:
            line(describe(told))
        else:
            _Tree(told).show()
    return 0


@dataclass(frozen=True)
class _Tree:
    """From the origins to those who have it from them."""

    told: Sources

    def show(self) -> None:
        view, chain = self.told.story, self.told.chain
        say(label(view.headline), "bold")
        say(f"story {view.id}: {tell_counts(self.told)}", "dim")
        shown, others = choose_origins(chain)
        seen: set[str] = set()  # what stands below them is shown once
        for origin in shown:
            say()
            self._show_origin(origin, seen)
        if others:
            say()
            say(f"{count(len(others), 'more origin')}, on each of which less rests: --json", "bold")
        for origin in others[: 2 * MOST]:
            rest = count(len(origin.articles), "article")
            say(f"  {self._name(origin.node)}: {rest}")
        if len(others) > 2 * MOST:
            say(f"  and {len(others) - 2 * MOST} more")
        self._show_ends(chain, seen)
        for edge in chain.dropped:
            say(f"{self._name(edge.child)} ← {self._name(edge.parent)}: {edge.reason}", "dim")

    def _show_ends(self, chain: Chain, seen: set[str]) -> None:
        if chain.unstated:
            told = "unstated: nothing says whom these have it from"
            say()
            say(f"{count(len(chain.ends), 'end')} {told}", "bold")
        for end in chain.unstated[:MOST]:
            self._show_node(end, None, 1, seen)
        if len(chain.unstated) > MOST:
            say(f"  and {count(len(chain.unstated) - MOST, 'more article')}: --json")

    def _show_origin(self, origin: Origin, seen: set[str]) -> None:
        say(f"origin: {self._name(origin.node)}", "bold cyan")
        rest = count(len(origin.articles), "article")
        say(f"  {TOLD[origin.ground]}; under it: {rest}")
        if origin.ground is Ground.WITNESSED:
            for words in origin.evidence[:1]:
                say(f"  {quote(words)}", "dim")
        seen.add(origin.node)
        self._show_children(origin.node, 1, seen)

    def _show_children(self, node: str, depth: int, seen: set[str]) -> None:
        below = self._below(node)
        for edge in below[:WIDEST]:
            self._show_node(edge.child, edge, depth, seen)
        if len(below) > WIDEST:
            say(f"{'  ' * depth}… and {len(below) - WIDEST} more have it from there")

    def _below(self, node: str) -> list[Edge]:
        return [edge for edge in self.told.chain.edges if edge.parent == node]

    def _show_node(self, node: str, edge: Edge | None, depth: int, seen: set[str]) -> None:
        indent = "  " * depth
        again = " (see above)" if node in seen and self._below(node) else ""
        styled(Text.assemble(f"{indent}← ", visible(f"{self._name(node)}{again}")))
        if edge:
            say(f"{indent}  {tell_edge(edge)}", "dim")
        if node not in seen:
            seen.add(node)
            self._show_children(node, depth + 1, seen)

    def _name(self, node_id: str) -> str:
        node = next(one for one in self.told.chain.nodes if one.id == node_id)
        return name_node(node, self._summaries())

    def _summaries(self) -> Mapping[ArticleId, Summary]:
        return {one.article: one for one in self.told.story.articles}


def choose_origins(chain: Chain) -> tuple[tuple[Origin, ...], tuple[Origin, ...]]:
    """Those on which most rests, and the others."""
    few = MOST if len(chain.origins) > MOST + 1 else len(chain.origins)
    return chain.origins[:few], chain.origins[few:]


def tell_counts(told: Sources) -> str:
    chain = told.chain
    publishers = count(len(told.story.publishers), "publisher")
    return (
        f"{count(len(told.story.articles), 'article')}, {publishers}, "
        f"{count(len(chain.origins), 'origin')}, {count(len(chain.ends), 'unstated end')}"
    )


def name_node(node: Node, summaries: Mapping[ArticleId, Summary]) -> str:
    if node.article is None:
        url = f" {node.url}" if node.url else ""
        return f"{node.name} ({KINDS[node.kind]}){url}"
    summary = summaries.get(node.article)
    name = node.name or "publisher unknown"
    if summary is None:
        return f"{name} · article {node.article}, of another story"
    head = cut(summary.headline or summary.lead)
    time = when.say(summary.published).words
    return f"{name} · {time} · {summary.language} · {node.article} · {head}"


def tell_edge(edge: Edge) -> str:
    words = f" {quote(edge.evidence[0])}" if edge.evidence else ""
    return f"{edge.manner} {edge.score:.2f}{words}: {edge.reason}"


def quote(words: Evidence) -> str:
    return f"[{cut(' '.join(words.text.split()))}]"


def cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def describe(told: Sources) -> dict[str, Any]:
    chain = told.chain
    return {
        "story": told.story.id,
        "articles": len(told.story.articles),
        "publishers": list(told.story.publishers),
        "origins": [describe_origin(chain, one) for one in chain.origins],
        "unstated": list(chain.unstated),
        "unstated_ends": [list(end) for end in chain.ends],
        "nodes": [describe_node(node) for node in chain.nodes],
        "edges": list(map(describe_edge, chain.edges)),
        "dropped": list(map(describe_edge, chain.dropped)),
    }


def describe_node(node: Node) -> dict[str, Any]:
    return {
        "id": node.id,
        "kind": node.kind,
        "name": node.name,
        "article": node.article,
        "url": node.url,
    }


def describe_origin(chain: Chain, origin: Origin) -> dict[str, Any]:
    node = next(node for node in chain.nodes if node.id == origin.node)
    return {
        "node": origin.node,
        "kind": node.kind,
        "name": node.name,
        "ground": origin.ground,
        "evidence": list(map(describe_place, origin.evidence)),
        "articles": list(origin.articles),
    }


def describe_edge(edge: Edge) -> dict[str, Any]:
    return {
        "child": edge.child,
        "parent": edge.parent,
        "manner": edge.manner,
        "score": round(edge.score, 4),
        "reason": edge.reason,
        "evidence": list(map(describe_place, edge.evidence)),
    }
