"""HTML text → tree, and what is read off the tree beside body and metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree, html

from tidings.reading.compose import NO_XML
from tidings.text import words
from tidings.urls import canonical, join

SHALLOW = 250  # libxml2 drops what lies deeper than 256 unless it is told to go on
SHORTEST_KEY = 20  # letters and digits that make a paragraph known by its start
LONGEST_KEY = 60
LONGEST_STANDFIRST = 1_200  # code points
LEAST_PRINTED = 200  # letters in paragraphs above which a page can't be without a body
MOST_FORM = 12  # words of a form that is no text: labels and buttons, not a paragraph in it

_NO_KEY = re.compile(r"[\W_]+")
_PARAGRAPHS = ("p", "li", "blockquote", "td", "th", "dd", "figcaption", "h2", "h3", "h4", "div")
_WITHIN = ("p", "pre", "h2", "h3", "h4", "li", "blockquote", "article")
_FURNITURE = ("nav", "footer", "aside", "form", "head", "script", "style", "noscript")
# Some pages are in one form as a whole; a parser may leave a section in the head.
_UNREAD = tuple(name for name in _FURNITURE if name not in ("form", "head"))
_CONTROLS = ("form", "button", "label", "select")


def parse_tree(text: str) -> tuple[html.HtmlElement, int]:
    """The tree and its depth; at a depth over 2,000 the tree is cut off.

    What is not XML 1.0 is a space in it. Raises ``etree.ParserError`` where there is no element.
    """
    data = NO_XML.sub(" ", text).encode("utf-8", "replace")
    tree = html.document_fromstring(data, parser=_parser(False))
    depth = SHALLOW
    if tree.xpath(f"boolean(//*[count(ancestor::*) > {SHALLOW}])"):
        tree = html.document_fromstring(data, parser=_parser(True))
        depth = _depth(tree)
    if b"&#" in data:
        _clean(tree)
    return tree, depth


def parse_key(text: str) -> str:
    """Letters and digits only, case folded: what two printings of a paragraph share."""
    return _NO_KEY.sub("", text.casefold())


def parse_links(tree: html.HtmlElement, url: str | None, printed: str) -> Iterator[str]:
    """Canonical addresses linked to in paragraphs whose start is in ``printed``, a text's key."""
    base = next((e.get("href") or "" for e in tree.iter("base")), "")
    base = (join(url, base) or "") if base else url or ""
    is_printed: dict[html.HtmlElement, bool] = {}
    for link in tree.iter("a"):
        href = (link.get("href") or "").strip()
        around = next(link.iterancestors(*_PARAGRAPHS), None) if href else None
        if around is None:
            continue
        if around not in is_printed:
            key = _start(around)
            is_printed[around] = len(key) >= SHORTEST_KEY and key in printed
        address = canonical(join(base, href) or "") if is_printed[around] else None
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


def find_paragraphs(tree: html.HtmlElement) -> list[str]:
    """All paragraphs outside the page's furniture, else all text of its articles; none where they
    have fewer than LEAST_PRINTED letters."""
    for names in (_WITHIN[:-1], _WITHIN):
        found = [
            " ".join(element.text_content().split())
            for element in tree.iter(*names)
            if next(element.iterancestors(*names, *_UNREAD), None) is None
        ]
        if sum(sign.isalpha() for text in found for sign in text) > LEAST_PRINTED:
            return [text for text in found if text]
    return []


def is_form(tree: html.HtmlElement, lines: Sequence[str]) -> bool:
    """Whether the lines are a few words, all of them of forms and buttons."""
    if len(words(" ".join(lines))) > MOST_FORM:
        return False
    keys = [parse_key(form.text_content()) for form in tree.iter(*_CONTROLS)]
    return all(any(parse_key(line) in key for key in keys) for line in lines)


def has_password(tree: html.HtmlElement) -> bool:
    return any((box.get("type") or "").lower() == "password" for box in tree.iter("input"))


def _clean(tree: html.HtmlElement) -> None:
    """Characters that came as references: the text that was parsed had none of them."""
    for element in tree.iter(etree.Element):
        if element.text and NO_XML.search(element.text):
            element.text = NO_XML.sub(" ", element.text)
        if element.tail and NO_XML.search(element.tail):
            element.tail = NO_XML.sub(" ", element.tail)
        for name, value in element.attrib.items():
            if NO_XML.search(value):
                element.attrib[name] = NO_XML.sub(" ", value)


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
