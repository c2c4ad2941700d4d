"""JSON-LD: the node of a page that describes its article (schema.org NewsArticle and kin)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import html

from tidings.reading.compose import NO_XML

MOST_NODES = 20_000  # of one page; real pages hold fewer than 2,000

Node = Mapping[str, Any]

_WRAPPING = re.compile(r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>)?[\s;]*$")
_TRAILING_COMMA = re.compile(r",\s*(?=[}\]])")
_KIN = (
    "NewsArticle",
    "Article",
    "LiveBlogPosting",
    "BlogPosting",
    "Posting",
    "Report",
    "Review",
    "WebPage",
)
_ELSEWHERE = frozenset(
    ["itemListElement", "mentions", "citation", "comment", "isRelatedTo", "relatedLink", "review"]
)


def find_article(tree: html.HtmlElement) -> tuple[Node, Mapping[str, Node]]:
    """The node of the page's own article, ``{}`` without one, and all nodes by ``@id``."""
    nodes: list[Node] = []
    for script in tree.iterfind(".//script"):
        if "ld+json" in (script.get("type") or "").lower():
            nodes += _walk(_loaded(script.text or ""))
    by_id = {node["@id"]: node for node in reversed(nodes) if isinstance(node.get("@id"), str)}
    ranked = [
        (rank, place) for place, node in enumerate(nodes) if (rank := _rank(node)) is not None
    ]
    return (nodes[min(ranked)[1]], by_id) if ranked else ({}, by_id)


def find_crumbs(tree: html.HtmlElement) -> list[str]:
    """Names of the page's BreadcrumbList, from the front page down."""
    for script in tree.iterfind(".//script"):
        text = script.text or ""
        if "ld+json" not in (script.get("type") or "").lower() or "BreadcrumbList" not in text:
            continue
        for node in _walk(_loaded(text)):
            if "BreadcrumbList" in parse_types(node):
                return _crumbs(node.get("itemListElement"))
    return []


def _crumbs(items: Any) -> list[str]:
    found: list[str] = []
    for item in items[:20] if isinstance(items, list) else []:
        if isinstance(item, Mapping):
            inner = item.get("item")
            names = parse_texts(item.get("name"))
            if not names and isinstance(inner, Mapping):
                names = parse_texts(inner.get("name"))
            found += names[:1]
    return found


def parse_texts(value: Any) -> list[str]:
    """The strings of a value that may be a string, a number or a list of them."""
    if isinstance(value, str):
        text = NO_XML.sub(" ", value).strip()  # JSON can escape what no markup can hold
        return [text] if text else []
    if isinstance(value, list):
        return [
            text for item in value[:50] for text in parse_texts(item) if not isinstance(item, list)
        ]
    return []


def parse_names(value: Any, by_id: Mapping[str, Node], unwanted: str = "") -> list[str]:
    """Names of the people or organisations that a value holds, those of type ``unwanted`` not."""
    found: list[str] = []
    for item in value[:50] if isinstance(value, list) else [value]:
        if isinstance(item, Mapping):
            node = item if "name" in item else by_id.get(str(item.get("@id")), item)
            if not unwanted or unwanted not in parse_types(node):
                found += parse_texts(node.get("name"))
        else:
            found += parse_texts(item)
    return found


def parse_types(node: Node) -> list[str]:
    return [text.rpartition("/")[2] for text in parse_texts(node.get("@type"))]


def find_address(node: Node) -> str | None:
    """The page's own address as the node gives it."""
    main = node.get("mainEntityOfPage")
    for value in (main.get("@id") if isinstance(main, Mapping) else main, node.get("url")):
        found = parse_texts(value)
        if found and found[0].startswith(("http://", "https://")):
            return found[0]
    return None


def _rank(node: Node) -> int | None:
    ranks = [
        rank for kind in parse_types(node) for rank, end in enumerate(_KIN) if kind.endswith(end)
    ]
    return min(ranks) if ranks else None


def _loaded(text: str) -> Any:
    """The parsed script; broken JSON is mended where a comma, a wrapping or a tail is too much."""
    bare = _WRAPPING.sub("", text)
    for attempt in (bare, _TRAILING_COMMA.sub("", bare)):
        try:
            return json.JSONDecoder(strict=False).raw_decode(attempt.lstrip())[0]
        except (ValueError, RecursionError):
            continue
    return None


def _walk(value: Any) -> Iterator[Node]:
    """Typed nodes, outer before inner, without those of other articles."""
    stack, left = [value], MOST_NODES
    while stack and left:
        left -= 1
        item = stack.pop()
        if isinstance(item, list):
            stack.extend(reversed(item))
        elif isinstance(item, dict):
            if "@type" in item or "@id" in item:
                yield item
            inner = [part for key, part in item.items() if key not in _ELSEWHERE]
            stack.extend(part for part in reversed(inner) if isinstance(part, dict | list))
