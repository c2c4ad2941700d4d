"""JSON-LD: the node of a page that describes its article (schema.org NewsArticle and kin)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxml import html

from tidings.reading.compose import NO_XML

MOST_NODES = 20_000  # of one page; real pages hold fewer than 2,000

Node = Mapping[str, Any]

_WRAPPING = re.compile(r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>)?[\s;]*$")
_TRUTHS = {"true": True, "yes": True, "false": False, "no": False}
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


def parse_nodes(tree: html.HtmlElement) -> list[Node]:
    """All typed nodes of the page, in its order, without those of other articles."""
    return [
        node
        for script in tree.iterfind(".//script")
        if "ld+json" in (script.get("type") or "").lower()
        for node in _walk(_loaded(script.text or ""))
    ]


def choose_article(nodes: Sequence[Node]) -> Node:
    """The node of the page's own article, ``{}`` without one."""
    ranked = [
        (rank, place) for place, node in enumerate(nodes) if (rank := _rank(node)) is not None
    ]
    return nodes[min(ranked)[1]] if ranked else {}


def parse_crumbs(nodes: Sequence[Node]) -> list[str]:
    """Names of the page's BreadcrumbList, from the front page down."""
    lists = (node for node in nodes if "BreadcrumbList" in parse_types(node))
    return _crumbs(next(lists, {}).get("itemListElement"))


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


def find_truth(value: Any) -> bool | None:
    """Of a boolean, 'False', or 'http://schema.org/True'."""
    if isinstance(value, bool):
        return value
    texts = parse_texts(value)
    return _TRUTHS.get(texts[0].rpartition("/")[2].lower()) if texts else None


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
