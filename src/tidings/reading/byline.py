"""Who wrote it: the names of people that a page gives as its authors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from lxml import html

MOST = 12  # people of one article; more are a list of contributors
LONGEST = 60  # code points of a name

_LEAD = re.compile(
    r"^(?:by|von|par|por|di|da|door|av|af|od|автор[иы]?|текст|written by|story by)\s*[:：]?\s+",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*(?:[;|•·、，\n]|\s(?:/|and|und|et|y|e|и|та|і|og|och|en|&)\s|&amp;)\s*")
_NOT_PRINTED = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|\([^()]*\)")
_NO_NAME = re.compile(r"[\d_{}<>=@/]|\.(?:com|net|org|de|ru|ua|fr)\b", re.IGNORECASE)
_CLASS = 'contains(concat(" ", normalize-space(@class), " "), " {} ")'
_MARKED = (
    './/*[@rel="author" or @itemprop="author" or contains(@class, "byline__name") or '
    f'contains(@class, "author-name") or contains(@class, "author__name") or '
    f"{_CLASS.format('byline')} or {_CLASS.format('author')}]"
)
_WITHIN = ("aside", "nav", "footer", "form")


def choose_byline(
    tree: html.HtmlElement,
    places: Iterable[tuple[str, Sequence[str]]],
    own_names: Sequence[str],
) -> tuple[str, tuple[str, ...]]:
    """The first place's names that are people's, each once; the publisher's own name is none."""
    refused = {_plain(name) for name in own_names}
    for ground, values in (*places, ("author mark", tuple(_marked(tree)))):
        people = [name for value in values for name in parse_people(value)]
        kept = tuple(dict.fromkeys(name for name in people if _plain(name) not in refused))
        if kept:
            return ground, kept[:MOST]
    return "", ()


def parse_people(value: str) -> Iterator[str]:
    """The names in one string: 'By Ann Lee, Bo Li and C. Day' has three."""
    text = _LEAD.sub("", " ".join(_NOT_PRINTED.sub(" ", value).split()).strip(" ,;"))
    for piece in _SPLIT.split(text):
        parts = piece.split(",")
        if len(parts) > 1 and all(len(part.split()) >= 2 for part in parts):
            names = parts
        else:  # 'Lee, Ann' is one name, 'Ann Lee, Reuters' a name and an agency
            names = parts[:1] if len(parts[0].split()) > 1 else [piece]
        for name in names:
            bare = name.strip(" \t,.;:–—-|\"'«»")
            if 1 < len(bare) <= LONGEST and not _NO_NAME.search(bare):
                yield bare


def is_byline(line: str, names: Iterable[str]) -> bool:
    """Whether a line of the text has nothing but some of these names."""
    known = {_plain(name) for name in names}
    people = [_plain(name) for name in parse_people(line)] if len(line) <= 2 * LONGEST else []
    return bool(people) and all(name in known for name in people)


def _marked(tree: html.HtmlElement) -> Iterator[str]:
    """The first mark that may be a byline and those beside it; later ones are other articles'."""
    place = None
    for element in tree.xpath(_MARKED)[:20]:
        text = element.get("content") or " ".join(element.text_content().split())
        is_apart = next(element.iterancestors(*_WITHIN), None) is not None
        if is_apart or len(text) > 2 * LONGEST or not any(parse_people(text)):
            continue
        around = list(element.iterancestors())[:2][-1:]
        place = around if place is None else place
        if around == place:
            yield text


def _plain(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum())
