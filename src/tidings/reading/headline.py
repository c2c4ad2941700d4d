"""The headline as printed: the h1 that the title echoes, else the title without its publisher."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from lxml import html

LONGEST = 400  # code points; a longer h1 wraps more than a headline
ECHO = 0.8  # share of an h1's words that the title must have; our own, the readability pages

_GAP = re.compile(r"\s+[|–—•·»«:/\\-]+\s+|\s*[|»•]\s*")
_WORD = re.compile(r"\w+")


def choose_headline(
    tree: html.HtmlElement, titles: Sequence[tuple[str, str]], own_names: Sequence[str]
) -> tuple[str, str]:
    """Where it stands, and the headline, ``""`` where there is none. ``titles``: what JSON-LD and
    meta tags say, best first. ``own_names``: what the publisher is called."""
    title = _spaced(next((e.text_content() for e in tree.iter("title")), ""))
    echoes = [_words(text) for _, text in titles] + [_words(title)]
    printed = [text for text in map(_text, tree.iter("h1")) if 0 < len(text) <= LONGEST]
    for text in printed:
        if _is_echoed(text, echoes) and not _is_own(text, own_names):
            return "h1 that the title echoes", text
    for ground, text in sorted(titles, key=lambda pair: pair[0].startswith("JSON-LD")):
        bare = strip_publisher(_spaced(text), own_names)
        if bare and not _is_own(bare, own_names):
            return ground, bare
    if len(printed) == 1 and not _is_own(printed[0], own_names):
        return "the only h1", printed[0]
    bare = strip_publisher(title, own_names)
    return ("title", bare) if bare and not _is_own(bare, own_names) else ("no headline", "")


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


def _is_echoed(text: str, echoes: Sequence[list[str]]) -> bool:
    words = _words(text)
    return any(
        words and sum(word in set(echo) for word in words) >= ECHO * len(words) for echo in echoes
    )


def _text(element: html.HtmlElement) -> str:
    return _spaced(" ".join(element.itertext()))


def _spaced(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
