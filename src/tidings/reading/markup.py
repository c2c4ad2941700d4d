"""HTML text → tree, and what is read off the tree beside body and metadata."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urljoin

from lxml import etree, html

from tidings.urls import canonical

SHALLOW = 250  # libxml2 drops what lies deeper than 256 unless it is told to go on
SHORTEST_KEY = 20  # letters and digits that make a paragraph known by its start
LONGEST_KEY = 60
LONGEST_STANDFIRST = 1_200  # code points

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
    return "".join(character for character in text.casefold() if character.isalnum())


def parse_links(tree: html.HtmlElement, url: str | None) -> Iterator[tuple[str, str]]:
    """Canonical addresses linked to in running text, each with the start of its paragraph's key."""
    base = next((e.get("href") or "" for e in tree.iter("base")), "")
    base = urljoin(url or "", base) if base else url or ""
    for link in tree.iter("a"):
        href = (link.get("href") or "").strip()
        address = canonical(_joined(base, href)) if href else None
        around = next(link.iterancestors(*_PARAGRAPHS), None)
        if address is None or around is None:
            continue
        key = parse_key(" ".join(around.itertext()))[:LONGEST_KEY]
        if len(key) >= SHORTEST_KEY:
            yield address, key


def find_standfirst(tree: html.HtmlElement, summary: str, held: Sequence[str]) -> str:
    """The paragraph that the page's summary repeats, where ``held`` lacks it; else ``""``."""
    key = parse_key(summary)[:LONGEST_KEY]
    if len(key) < 2 * SHORTEST_KEY or key in parse_key(" ".join(held)):
        return ""
    for element in tree.iter("p", "h2", "h3", "div", "span"):
        text = " ".join(" ".join(element.itertext()).split()) if len(element) < 6 else ""
        if not len(key) <= len(text) <= LONGEST_STANDFIRST:
            continue
        if parse_key(text).startswith(key) and not _is_furniture(element):
            return text
    return ""


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
