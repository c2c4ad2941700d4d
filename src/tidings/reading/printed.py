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
_SILENT = frozenset(["head", "script", "style", "noscript", "template", "select", "textarea"])
_BESIDE = frozenset(["aside", "nav", "footer", "form", "figure"])
_APART = re.compile(
    r"comment|kommentar|related|recommend|popular|latest|most-?(?:read|view)|trending|copyright|"
    r"calendar|tweet|embed|newsletter|breadcrumb|advert|archive(?!d)|"
    r"(?:^|[-_ ])(?:next|prev|ticker|ad)(?:$|[-_ ])",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"sidebar|widget|footer|teaser|promo|banner|(?:^|[-_ ])(?:nav|menu|more)(?:$|[-_ ])",
    re.IGNORECASE,
)
_NAMED = ("class", "id", "itemprop")
_LONGEST = 120  # code points of classes; longer ones name the categories of an article
_KEPT = 3  # elements around a text whose marks tell what it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    text: str
    pieces: tuple[str, ...]  # of its markup
    marks: tuple[str, ...]  # classes and ids of the innermost elements, innermost last
    is_apart: bool  # in comments, quotes, lists of other articles
    is_aside: bool  # in what frames the page
    is_link: bool  # all of it
    is_title: bool  # in an h1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Context:
    marks: tuple[str, ...] = ()
    is_apart: bool = False
    is_aside: bool = False
    is_link: bool = False
    is_title: bool = False
    is_silent: bool = False


_Piece = tuple[str, _Context]


def printed_lines(tree: html.HtmlElement, most: int) -> Iterator[Line]:
    """Up to ``most``. What holds an h1 is never apart as a whole."""
    whole = {around for title in tree.iter("h1") for around in title.iterancestors()}
    return islice(_lines(tree, whole), most)


def is_apart(element: html.HtmlElement) -> bool:
    """Whether it stands in comments, quotes, lists of other articles, or what frames the page."""
    for around in (element, *element.iterancestors()):
        marks = _marks(around)
        if around.tag in _BESIDE or around.tag == "blockquote":
            return True
        if marks and around.tag != "article" and (_APART.search(marks) or _ASIDE.search(marks)):
            return next(around.iter("h1"), None) is None
    return False


def _lines(tree: html.HtmlElement, whole: set[html.HtmlElement]) -> Iterator[Line]:
    stack = [_Context()]
    pieces: list[_Piece] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        is_start = event == "start"
        if element.tag not in _INLINE and pieces:
            yield _line(pieces)
            pieces = []
        if is_start:
            stack.append(_within(stack[-1], element, element in whole))
        else:
            stack.pop()
        text = element.text if is_start else element.tail
        if text and not stack[-1].is_silent and not text.isspace():
            pieces.append((" ".join(text.split()), stack[-1]))
    if pieces:
        yield _line(pieces)


def _within(around: _Context, element: html.HtmlElement, is_whole: bool) -> _Context:
    tag = element.tag if isinstance(element.tag, str) else "script"
    marks = _marks(element)
    told = "" if tag in ("html", "body", "article") else marks
    return _Context(
        marks=(*around.marks, marks)[-_KEPT:] if marks else around.marks,
        is_apart=around.is_apart
        or (not is_whole and (tag == "blockquote" or bool(_APART.search(told)))),
        is_aside=around.is_aside
        or (not is_whole and (tag in _BESIDE or bool(_ASIDE.search(told)))),
        is_link=around.is_link or tag == "a",
        is_title=around.is_title or tag == "h1",
        is_silent=around.is_silent or tag in _SILENT,
    )


def _marks(element: html.HtmlElement) -> str:
    marks = " ".join(element.get(name) or "" for name in _NAMED).strip()
    return marks if len(marks) <= _LONGEST else ""


def _line(pieces: list[_Piece]) -> Line:
    """Without what is apart in it: the count of comments beside a date."""
    kept = [piece for piece in pieces if not piece[1].is_apart] or pieces
    contexts = [context for _, context in kept]
    return Line(
        text=" ".join(text for text, _ in kept),
        pieces=tuple(text for text, _ in kept),
        marks=tuple(dict.fromkeys(mark for context in contexts for mark in context.marks)),
        is_apart=contexts[0].is_apart,
        is_aside=all(context.is_aside for context in contexts),
        is_link=all(context.is_link for context in contexts),
        is_title=any(context.is_title for context in contexts),
    )
