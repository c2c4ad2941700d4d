"""The places where an HTML page says something of itself, each looked through once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import html

from tidings.reading.linked import Node, choose_article, parse_crumbs, parse_nodes

Ground = tuple[str, str]
"""Where a value stands, and the value."""

MOST_CONTENTS = 20  # of one meta name; real pages repeat a name a few times


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    tree: html.HtmlElement
    node: Node  # of the page's own article in JSON-LD
    by_id: Mapping[str, Node]
    crumbs: tuple[str, ...]  # of the page's BreadcrumbList, from the front page down
    metas: Mapping[str, tuple[str, ...]]  # contents by lower-case name, in page order

    def find(self, *names: str) -> Iterator[Ground]:
        """What meta tags of these names say, in the order of the names."""
        for name in names:
            for content in self.metas.get(name, ()):
                yield f"meta {name}", content


def parse_places(tree: html.HtmlElement) -> Places:
    """Costs about a millisecond. ``tree`` is kept, not copied."""
    nodes = parse_nodes(tree)
    return Places(
        tree=tree,
        node=choose_article(nodes),
        by_id={node["@id"]: node for node in reversed(nodes) if isinstance(node.get("@id"), str)},
        crumbs=tuple(parse_crumbs(nodes)),
        metas=_metas(tree),
    )


def _metas(tree: html.HtmlElement) -> dict[str, tuple[str, ...]]:
    """Microdata in the text is among them."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = " ".join((element.get("content") or "").split())
        for attribute in ("property", "name", "itemprop"):
            for name in (element.get(attribute) or "").lower().split() if content else ():
                plain = name.replace("dc:", "dc.").replace("dcterms:", "dcterms.")
                found.setdefault(plain, []).append(content)
    return {name: tuple(contents[:MOST_CONTENTS]) for name, contents in found.items()}
