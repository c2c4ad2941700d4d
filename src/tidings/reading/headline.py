"""The headline as printed: the h1 that the title echoes, else the title without its publisher."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from lxml import html

LONGEST = 400  # code points; a longer h1 wraps more than a headline
LONGEST_TITLE = 2_000  # code points; a longer title is a body in the wrong place
ECHO = 0.8  # share of an h1's words that the title must have; our own, the readability pages
LEAST_TITLE = 8  # code points; a shorter title names the site or the section

_GAP = re.compile(r"\s+[|–—•·»«:/\\-]+\s+|\s*[|»•]\s*")
_OPENING = tuple("([«„“\"'’‘-–—/#@$")
_WORD = re.compile(r"\w+")


def choose_headline(
    tree: html.HtmlElement, titles: Sequence[tuple[str, str]], own_names: Sequence[str]
) -> tuple[str, str]:
    """Where it stands, and the headline, ``""`` where there is none. ``titles``: what JSON-LD and
    meta tags say, best first. ``own_names``: what the publisher is called."""
    title = _spaced(next((e.text_content() for e in tree.iter("title")), ""))
    title = title if len(title) <= LONGEST_TITLE else ""
    titles = [pair for pair in titles if len(pair[1]) <= LONGEST_TITLE]
    echoes = [text for _, text in titles] + [title]
    printed = [text for text in map(_text, tree.iter("h1")) if 0 < len(text) <= LONGEST]
    printed = [text for text in printed if not _is_own(text, own_names)]
    sites = [text for text in printed if any(_is_suffix(text, echo) for echo in echoes)]
    for text in printed:
        if text not in sites and any(_is_echoed(text, echo) for echo in echoes):
            return "h1 that the title echoes", text
    names = [*own_names, *sites]
    for ground, text in sorted(titles, key=lambda pair: pair[0].startswith("JSON-LD")):
        bare = strip_publisher(_spaced(text), names)
        if bare and not _is_own(bare, names):
            return ground, bare
    bare = strip_publisher(title, names)
    if len(bare) >= LEAST_TITLE and not _is_own(bare, names):
        return "title", bare
    if printed:
        return "the first h1", printed[0]
    return ("title", bare) if bare and not _is_own(bare, names) else ("no headline", "")


def strip_publisher(title: str, own_names: Sequence[str]) -> str:
    """``title`` without the parts at its ends that name the publisher."""
    while True:
        gaps = list(_GAP.finditer(title))
        if not gaps:
            return title
        first, last = gaps[0], gaps[-1]
        if _is_own(title[last.end() :], own_names):
            title = title[: last.start()].strip()
        elif _is_own(title[: first.start()], own_names):
            title = title[first.end() :].strip()
        else:
            return title


def _is_own(text: str, own_names: Sequence[str]) -> bool:
    plain = "".join(_words(text))
    return bool(plain) and any(plain == "".join(_words(name)) for name in own_names)


def _is_suffix(text: str, title: str) -> bool:
    """Whether ``text`` is a later part of the title and not its longest: a site's or section's
    name."""
    parts = [part for part in _GAP.split(title) if part]
    longest = max(map(len, parts), default=0)
    plain = "".join(_words(text))
    return any("".join(_words(part)) == plain and len(part) < longest for part in parts[1:])


def _is_echoed(text: str, echo: str) -> bool:
    """By words, or to the letter where words are not parted by spaces."""
    words, held = _words(text), _words(echo)
    if not words:
        return False
    by_words = sum(word in held for word in words) >= ECHO * len(words)
    return by_words or (len(text) >= LEAST_TITLE and "".join(words) in "".join(held))


def _text(element: html.HtmlElement) -> str:
    """A word begins a new piece of markup, except after an opening mark; a stop or ending never."""
    text = ""
    for piece in element.itertext():
        is_word = piece[:1].isalnum() and text[-1:] not in _OPENING
        text += f" {piece}" if is_word else piece
    return _spaced(text)


def _spaced(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
