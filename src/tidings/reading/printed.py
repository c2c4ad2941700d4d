"""The visible lines of an HTML page, in order, with the marks of their markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree, html

_INLINE = frozenset(
    ["a", "abbr", "b", "bdi", "cite", "data", "em", "font", "i", "label", "mark", "s", "small",
     "span", "strong", "sub", "sup", "time", "u", "wbr"]
)  # fmt: skip
_SILENT = frozenset(
    ["script", "style", "title", "noscript", "template", "select", "option", "textarea"]
)
_BESIDE = frozenset(["aside", "nav", "footer", "form", "figure"])
_APART = re.compile(
    r"comment|kommentar|related|recommend|popular|latest|most-?(?:read|view)|trending|copyright|"
    r"calendar|current-?date|today|clock|tweet|embed|newsletter|breadcrumb|advert|archive(?!d)|"
    r"(?:^|[-_ ])(?:next|prev|ticker|ad)(?:$|[-_ ])",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"sidebar|widget|footer|teaser|promo(?!t)|banner|(?:^|[-_ ])(?:nav|menu|more)(?:$|[-_ ])",
    re.IGNORECASE,
)
_NAMED = ("class", "id", "itemprop")
_LONGEST = 120  # code points of classes; longer ones name the categories of an article
_Piece = tuple[str, html.HtmlElement]
_KEPT = 3  # elements around a text whose marks tell what it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What stands around a text."""

    marks: tuple[str, ...] = ()  # classes and ids of the innermost elements, innermost last
    is_apart: bool = False  # in comments, quotes, lists of other articles
    is_aside: bool = False  # in what frames the page
    link: str | None = None  # the address of the link that it is
    is_silent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    text: str
    pieces: tuple[tuple[str, html.HtmlElement], ...]  # of its markup, with what each stands in
    is_title: bool  # in an h1


class Surroundings:
    """Contexts by element, each found once. What holds an h1, or the headline's own element where
    it is known, is never apart as a whole."""

    def __init__(self, tree: html.HtmlElement, headline: html.HtmlElement | None = None) -> None:
        titles = [*tree.iter("h1"), *([] if headline is None else [headline])]
        self._whole = {around for title in titles for around in title.iterancestors()}
        self._known: dict[html.HtmlElement, Context] = {}

    def get_context(self, element: html.HtmlElement) -> Context:
        chain = []
        around = element
        while around is not None and around not in self._known:
            chain.append(around)
            around = around.getparent()
        context = Context() if around is None else self._known[around]
        for one in reversed(chain):
            context = _within(context, one, one in self._whole)
            self._known[one] = context
        return context


def printed_lines(tree: html.HtmlElement, most: int) -> list[Line]:
    """Up to ``most``."""
    titles = {inner for title in tree.iter("h1") for inner in title.iter()}
    return [_line(pieces, titles) for pieces in islice(_runs(tree), most)]


def _runs(tree: html.HtmlElement) -> Iterator[list[_Piece]]:
    """Pieces of text that no block parts."""
    pieces: list[_Piece] = []
    last: html.HtmlElement | None = None
    blocks: dict[html.HtmlElement, html.HtmlElement] = {}
    for text in _texts(tree):
        beside = text.getparent()
        element = beside if beside is None or text.is_text else beside.getparent()
        if beside is None or element is None or element.tag in _SILENT:
            continue
        block = blocks.get(element)
        if block is None:
            block = blocks[element] = _block(element)
        is_parted = block is not last or (text.is_tail and beside.tag not in _INLINE)
        if is_parted and pieces:
            yield pieces
            pieces = []
        last = block
        if not text.isspace():
            pieces.append((" ".join(text.split()), element))
    if pieces:
        yield pieces


def _texts(tree: html.HtmlElement) -> Iterator[etree._ElementUnicodeResult]:
    found = tree.xpath("//text()")
    return (text for text in found if isinstance(text, etree._ElementUnicodeResult))


def _block(element: html.HtmlElement) -> html.HtmlElement:
    around = element
    while around.tag in _INLINE and (parent := around.getparent()) is not None:
        around = parent
    return around


def _within(around: Context, element: html.HtmlElement, is_whole: bool) -> Context:
    tag = element.tag if isinstance(element.tag, str) else "script"
    marks = _marks(element)
    told = "" if tag in ("html", "body", "article") else marks
    return Context(
        marks=(*around.marks, marks)[-_KEPT:] if marks else around.marks,
        is_apart=around.is_apart
        or (not is_whole and (tag == "blockquote" or bool(_APART.search(told)))),
        is_aside=around.is_aside
        or (not is_whole and (tag in _BESIDE or bool(_ASIDE.search(told)))),
        link=(element.get("href") or "") if tag == "a" else around.link,
        is_silent=around.is_silent or tag in _SILENT,
    )


def _marks(element: html.HtmlElement) -> str:
    marks = " ".join(element.get(name) or "" for name in _NAMED).strip()
    return marks if len(marks) <= _LONGEST else ""


def _line(pieces: list[_Piece], titles: set[html.HtmlElement]) -> Line:
    return Line(
        text=" ".join(text for text, _ in pieces),
        pieces=tuple(pieces),
        is_title=any(element in titles for _, element in pieces),
    )
