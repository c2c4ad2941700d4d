"""Who wrote it: the names of people that a page gives as its authors."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from lxml import html

from tidings.reading.markup import parse_key
from tidings.reading.people import LONGEST, has_lead, is_full, parse_people

MOST = 12  # people of one article; more are a list of contributors
MOST_MARKS = 40  # elements looked at
MOST_LINES = 400  # elements that may be a line 'By …'

_MARK = re.compile(
    r"(?:^|[\s_-])(?:p-)?(?:author|autor(?:en|in)?|auteurs?|authors|byline|bylines|wrote|"
    r"posted-?by|poster|writer|reporter|journalist|skribent|verfasser|redakteur|contributor|"
    r"creator|documentauthor|itemposter|avtor|autore|yazar|penulis)(?:$|[\s_-])|"
    r"author[-_]*name|name[-_]*author|post-?author|byline|authorname|documentbyline",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"/(?:authors?|autor(?:en|es|in)?|auteurs?|autore|avtor\w*|reporters?|journalists?|writers?|"
    r"columnists?|byline|by|profiles?|profil|staff|redakt\w+|newsteam|"
    r"contributors?|mitarbeiter|team|user|users)/[^/?#]*[a-z]",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"(?:^|\s)(?!no-|has-|with-|hide-)[\w-]*(?:comment|related|sidebar|recommend|teaser|"
    r"recent|menu|navigat|newsletter|similar|more-from|site-footer|trending|popular|copyright|"
    r"caption|photo|image)|(?:^|\s)widgets?(?:[\s_]|$)",
    re.IGNORECASE,
)
_META = re.compile(r"meta|author|byline|info", re.IGNORECASE)
_TITLE = re.compile(r"(?:post|entry|article|story)[-_]?(?:title|head)|headline", re.IGNORECASE)
_INNER = (
    './/a[@rel="author"] | .//*[@itemprop="name"] | .//*[contains(@class, "fn") and '
    'not(contains(@class, "fn-"))] | .//a'
)
_WITHIN = ("aside", "nav", "form", "blockquote", "figure")
_LINES = ("p", "div", "span", "address", "em", "strong", "li", "h4", "h5", "h6", "small", "b", "td")


def choose_byline(
    tree: html.HtmlElement,
    places: Iterable[tuple[str, Sequence[str]]],
    own_names: Sequence[str],
) -> tuple[str, tuple[str, ...]]:
    """The first place that names people by first and last name, else the first that names any;
    the publisher's own name is none."""
    refused = {parse_key(name) for name in own_names}
    spare: tuple[str, tuple[str, ...]] = ("", ())
    for ground, values in _places(tree, places):
        people = [name for value in values for name in parse_people(value)]
        known = (name for name in people if parse_key(name) not in refused)
        kept = tuple(dict.fromkeys(known))[:MOST]
        if any(map(is_full, kept)):
            return ground, kept
        if kept and not spare[1] and ground not in _STRICT:
            spare = ground, kept
    return spare


_STRICT = ("author page", "line after the headline")


def is_byline(line: str, names: Iterable[str]) -> bool:
    """Whether a line of the text has nothing but some of these names."""
    known = {parse_key(name) for name in names}
    people = [parse_key(name) for name in parse_people(line)] if len(line) <= 2 * LONGEST else []
    return bool(people) and all(name in known for name in people)


def _places(
    tree: html.HtmlElement, places: Iterable[tuple[str, Sequence[str]]]
) -> Iterator[tuple[str, Sequence[str]]]:
    """Lazily: marks in the text are looked for only where the head says nothing."""
    yield from places
    around = _around(tree)
    yield "author mark", tuple(_marked(tree, around))
    yield "author page", tuple(_linked(tree, around))
    yield "line after the headline", tuple(_lines(tree, around))


def _marked(tree: html.HtmlElement, near: Container[html.HtmlElement]) -> Iterator[str]:
    """The first mark that may be a byline and those beside it; later ones are other articles'."""
    place, seen = None, 0
    for element in tree.iterfind(".//*"):
        if not _is_mark(element) or seen > MOST_MARKS:
            continue
        seen += 1
        text = _named(element)
        if len(text) > 2 * LONGEST or _is_apart(element, near) or not any(parse_people(text)):
            continue
        around = next(iter(list(element.iterancestors())[1:2]), None)
        place = around if place is None else place
        if around is place:
            yield text


def _is_mark(element: html.HtmlElement) -> bool:
    if element.tag in ("byline", "address") or "author" in (element.get("rel") or "").split():
        return True
    if element.get("itemprop") == "author":
        return True
    classes, name = element.get("class"), element.get("id")
    if (not classes and not name) or element.tag in ("meta", "link", "body", "html"):
        return False
    return _is_called(f"{classes or ''} {name or ''}")


@lru_cache(maxsize=8_192)
def _is_called(names: str) -> bool:
    return bool(_MARK.search(names))


def _named(element: html.HtmlElement) -> str:
    """The text of the links or names in it where these are people's, else all its text."""
    if element.get("content"):
        return str(element.get("content"))
    inner = [_text(one) for one in element.xpath(_INNER)[:8]]
    full = [text for text in inner if any(is_full(name) for name in parse_people(text))]
    return "; ".join(dict.fromkeys(full)) if full else _text(element)


def _linked(tree: html.HtmlElement, near: Container[html.HtmlElement]) -> Iterator[str]:
    """Links to authors' pages with a full name, the first and those beside it."""
    place, seen = None, 0
    for link in tree.iter("a"):
        if not _PAGE.search(link.get("href") or "") or seen > MOST_MARKS:
            continue
        seen += 1
        text = _text(link)
        names = list(parse_people(text)) if len(text) <= LONGEST else []
        if not any(map(is_full, names)) or _is_apart(link, near) or _is_prose(link):
            continue
        around = next(iter(list(link.iterancestors())[:1]), None)
        place = around if place is None else place
        if around is place:
            yield text


def _is_prose(link: html.HtmlElement) -> bool:
    """Whether it stands in a running text, that tells of somebody."""
    around = link.getparent()
    return around is not None and len(_text(around)) > 2 * LONGEST


def _lines(tree: html.HtmlElement, near: Container[html.HtmlElement]) -> Iterator[str]:
    """The first short line after the headline that begins like 'By' and goes on with names."""
    seen, is_after = 0, next(tree.iter("h1"), None) is None
    for element in tree.iter("h1", *_LINES):
        is_after = is_after or element.tag == "h1"
        if not is_after or element.tag == "h1":
            continue
        seen += 1
        if seen > MOST_LINES:
            return
        if not _opens(element):
            continue
        text = _text(element)
        if len(text) > 2 * LONGEST or not has_lead(text) or _is_apart(element, near):
            continue
        names = list(parse_people(text))
        if names and all(map(is_full, names)):
            yield "; ".join(names)
            return


def _opens(element: html.HtmlElement) -> bool:
    """Whether its first words may lead to a name: quicker than to gather all its text."""
    pieces = islice((piece for piece in element.itertext() if not piece.isspace()), 2)
    return has_lead(" ".join(pieces).lstrip()[:LONGEST])


def _is_apart(element: html.HtmlElement, around: Container[html.HtmlElement]) -> bool:
    """Whether it belongs to a comment, another article or the page's frame; what is around the
    headline is none of these."""
    for one in (element, *element.iterancestors()):
        if one in around or one.tag in ("body", "article", "main"):
            return False
        names = f"{one.get('class') or ''} {one.get('id') or ''}"
        is_frame = one.tag in _WITHIN and not (one.tag == "aside" and _META.search(names))
        if is_frame or _ELSEWHERE.search(names):
            return True
    return False


def _around(tree: html.HtmlElement) -> frozenset[html.HtmlElement]:
    """All elements around the headlines: the h1, and what is marked as a title."""
    heads = list(tree.iter("h1"))
    marked = (one for one in tree.iter("h2", "h3") if _TITLE.search(one.get("class") or ""))
    heads += list(islice(marked, 1))
    return frozenset(one for head in heads[:5] for one in head.iterancestors())


def _text(element: html.HtmlElement) -> str:
    """Its text, broken off where it is too long for a byline anyhow."""
    pieces, length = [], 0
    for piece in element.itertext():
        pieces.append(piece)
        length += len(piece.strip())
        if length > 4 * LONGEST:
            break
    return " ".join(" ".join(pieces).split())
