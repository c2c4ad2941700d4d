"""HTML text → tree, and what is read off the tree beside body and metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urljoin

from lxml import etree, html

from tidings.urls import canonical

SHALLOW = 250  # libxml2 drops what lies deeper than 256 unless it is told to go on
SHORTEST_KEY = 20  # letters and digits that make a paragraph known by its start
LONGEST_KEY = 60
LONGEST_STANDFIRST = 1_200  # code points

_NO_KEY = re.compile(r"[\W_]+")
_PARAGRAPHS = ("p", "li", "blockquote", "td", "th", "dd", "figcaption", "h2", "h3", "h4", "div")
_FURNITURE = ("nav", "footer", "aside", "form", "head", "script", "style", "noscript")


def parse_tree(text: str) -> tuple[html.HtmlElement, int]:
    """The tree and its depth; at a depth over 2,000 the tree is cut off.

    Raises ``etree.ParserError`` where there is no element.
    """
    data = text.encode("utf-8", "replace")
    tree = html.document_fromstring(data, parser=_parser(False))
    if not tree.xpath(f"boolean(//*[count(ancestor::*) > {SHALLOW}])"):
        return tree, SHALLOW
    tree = html.document_fromstring(data, parser=_parser(True))
    return tree, _depth(tree)


def parse_key(text: str) -> str:
    """Letters and digits only, case folded: what two printings of a paragraph share."""
    return _NO_KEY.sub("", text.casefold())


def parse_links(tree: html.HtmlElement, url: str | None, printed: str) -> Iterator[str]:
    """Canonical addresses linked to in paragraphs whose start is in ``printed``, a text's key."""
    base = next((e.get("href") or "" for e in tree.iter("base")), "")
    base = _joined(url or "", base) if base else url or ""
    is_printed: dict[html.HtmlElement, bool] = {}
    for link in tree.iter("a"):
        href = (link.get("href") or "").strip()
        around = next(link.iterancestors(*_PARAGRAPHS), None) if href else None
        if around is None:
            continue
        if around not in is_printed:
            key = _start(around)
            is_printed[around] = len(key) >= SHORTEST_KEY and key in printed
        address = canonical(_joined(base, href)) if is_printed[around] else None
        if address:
            yield address


def find_standfirst(tree: html.HtmlElement, summary: str, held: Sequence[str]) -> str:
    """The paragraph that the page's summary repeats, where ``held`` lacks it; else ``""``."""
    key = parse_key(summary)[:LONGEST_KEY]
    if len(key) < 2 * SHORTEST_KEY or key in parse_key(" ".join(held)):
        return ""
    for element in tree.iter("p", "h2", "h3", "div", "span"):
        if len(element) < 6 and _start(element) == key and not _is_furniture(element):
            text = " ".join(" ".join(element.itertext()).split())
            return text if len(text) <= LONGEST_STANDFIRST else ""
    return ""


def _start(element: html.HtmlElement) -> str:
    """The first LONGEST_KEY letters and digits of the element's text."""
    key = ""
    for text in element.itertext():
        key += parse_key(text[: 4 * LONGEST_KEY])
        if len(key) >= LONGEST_KEY:
            break
    return key[:LONGEST_KEY]


def _is_furniture(element: html.HtmlElement) -> bool:
    return next(element.iterancestors(*_FURNITURE), None) is not None


def _joined(base: str, href: str) -> str:
    try:
        return urljoin(base, href)
    except ValueError:
        return ""


def _parser(is_deep: bool) -> html.HTMLParser:
    return html.HTMLParser(
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        huge_tree=is_deep,
    )


def _depth(tree: html.HtmlElement) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest
