"""Tree → pieces: the runs of text that markup sets apart, with what it says of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree, html

from tidings.reading.bodies.hints import parse_hints
from tidings.reading.markup import parse_key
from tidings.text import tidy

HIDDEN = ".hidden"
"""Among a piece's hints where the markup itself says that it is not shown."""

_INLINE = frozenset(
    (
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn",
        "em", "font", "i", "ins", "kbd", "label", "mark", "nobr", "output", "q", "rp", "rt", "ruby",
        "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
        "wbr",
    )
)  # fmt: skip
_UNREAD = frozenset(
    (
        "area", "audio", "button", "canvas", "datalist", "dialog", "embed", "head", "iframe",
        "input", "map", "math", "meter", "noscript", "object", "option", "progress", "script",
        "select", "style", "svg", "template", "textarea", "video",
    )
)  # fmt: skip
_HIDDEN = frozenset((HIDDEN,))
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_FLAT = str.maketrans("\r\n", "  ")
_AROUND_BREAK = re.compile(r" *\n *")
_SPACES = re.compile(r"[^\S\n]+")
_PARTING = re.compile(r"\n{2,}")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One run of text."""

    text: str  # spaces single, a line feed where a line is broken
    key: str  # its letters and digits, as ``parse_key`` gives them
    tag: str  # of the innermost element that sets text apart
    linked: float  # share of its signs that are in links
    within: frozenset[str]  # tags of the elements around it, and hints of their classes and ids
    near: frozenset[str]  # hints of the innermost three alone
    own: int  # the same number for pieces of one element
    container: int  # for pieces of one parent
    around: int  # for pieces of one grandparent
    kind: str  # the same for pieces that are marked up alike: tags and classes of three elements


@dataclass(frozen=True, slots=True)
class _Level:
    """An element that sets text apart."""

    number: int
    tag: str
    name: str  # with classes
    hints: frozenset[str]
    within: frozenset[str]


@dataclass(slots=True)
class _Run:
    """The text since the last element began or ended that sets text apart."""

    parts: list[str] = field(default_factory=list)
    signs: int = 0  # that are no white space
    linked: int = 0

    def add(self, text: str | None, *, is_linked: bool, is_kept: bool) -> None:
        if text:
            count = len("".join(text.split()))
            self.signs += count
            self.linked += count if is_linked else 0
            self.parts.append(text if is_kept else text.translate(_FLAT))


class _Walk:
    """One pass through a tree."""

    def __init__(self) -> None:
        self.levels: list[_Level] = []
        self.run = _Run()
        self.links = 0
        self.count = 0
        self.kept = 0  # depth inside <pre>

    def enter(self, element: html.HtmlElement) -> Iterator[Piece]:
        tag = str(element.tag)
        self.links += tag == "a"
        self.kept += tag == "pre"
        if tag not in _INLINE:
            yield from self.close()
            self.count += 1
            classes = element.get("class") or ""
            hints = parse_hints(classes, element.get("id") or "")
            hints |= _HIDDEN if _is_hidden(element) else frozenset()
            outer = self.levels[-1].within if self.levels else frozenset()
            name = f"{tag}.{_DIGITS.sub('0', classes)}"
            self.levels.append(_Level(self.count, tag, name, hints, outer | hints | {tag}))
        self.add(element.text)

    def leave(self, element: html.HtmlElement) -> Iterator[Piece]:
        tag = element.tag
        if tag not in _INLINE:
            yield from self.close()
            self.levels.pop()
        self.links -= tag == "a"
        self.kept -= tag == "pre"
        self.add(element.tail)

    def add(self, text: str | None) -> None:
        self.run.add(text, is_linked=self.links > 0, is_kept=self.kept > 0)

    def break_line(self, element: html.HtmlElement) -> None:
        if element.tag == "br":
            self.run.parts.append("\n")

    def close(self) -> Iterator[Piece]:
        run, self.run = self.run, _Run()
        if not run.signs or not self.levels:
            return
        text = _AROUND_BREAK.sub("\n", _SPACES.sub(" ", tidy("".join(run.parts)))).strip()
        last = self.levels[-3:]
        near = frozenset[str]().union(*(level.hints for level in last))
        numbers = [0, 0, *(level.number for level in self.levels)]
        kind = "/".join(level.name for level in last)
        for part in _PARTING.split(text):
            if part:
                yield Piece(
                    text=part,
                    key=parse_key(part),
                    tag=last[-1].tag,
                    linked=min(1.0, run.linked / run.signs),
                    within=last[-1].within,
                    near=near,
                    own=numbers[-1],
                    container=numbers[-2],
                    around=numbers[-3],
                    kind=kind,
                )


def pieces(tree: html.HtmlElement) -> Iterator[Piece]:
    """In page order. What only scripts and controls hold is left out."""
    walk = _Walk()
    events = etree.iterwalk(tree, events=("start", "end"))
    for event, element in events:
        if element.tag == "br" or element.tag in _UNREAD:
            if event == "start":
                events.skip_subtree()
                walk.break_line(element)
            else:
                walk.add(element.tail)
        elif event == "start":
            yield from walk.enter(element)
        else:
            yield from walk.leave(element)


def _is_hidden(element: html.HtmlElement) -> bool:
    """By attribute or style, as they were served: what scripts show later is hidden, too."""
    return element.get("hidden") is not None or bool(_UNSEEN.search(element.get("style") or ""))
