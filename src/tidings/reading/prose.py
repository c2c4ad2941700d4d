"""A fragment of HTML, as a feed's entry or a mail has it → paragraphs as printed.

No choice of a body is made here: what is not shown to a reader is left out, all else is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import parse_qsl, urlsplit

from lxml import etree

from tidings.reading.markup import parse_tree
from tidings.urls import join

_TAG = re.compile(r"<(?:[/!?]?[a-z]|!--)", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
_UNSEEN = frozenset(
    (
        "script", "style", "head", "title", "template", "noscript", "svg", "math", "audio",
        "video", "canvas", "button", "select", "textarea", "figcaption", "map",
    )
)  # fmt: skip
_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
        "div", "dl", "dt", "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
        "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "summary",
        "table", "tbody", "tfoot", "thead", "tr", "ul",
    )
)  # fmt: skip
_CELLS = frozenset(("td", "th"))
# As search engines and networks name the page that counts a click, and the parameter in it.
_REDIRECTORS = frozenset(("url", "redirect", "redir", "l.php", "goto", "out", "click", "away.php"))
_TARGETS = frozenset(("url", "q", "u", "to", "target", "dest", "destination", "redirect"))
_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """``text`` may have line feeds where the markup breaks lines."""

    text: str
    links: tuple[tuple[str, str], ...]  # (anchor, address), in order
    is_heading: bool = False


def parse_prose(markup: str, base: str | None = None) -> tuple[Paragraph, ...]:
    """``base``: the address that relative links start from; without it they are left out."""
    if not _TAG.search(markup):
        pieces = _BREAK.split(unescape(markup))
        return tuple(Paragraph(text=text, links=()) for text in map(_lined, pieces) if text)
    try:
        tree, _ = parse_tree(markup)
    except etree.ParserError:  # no element in it
        return ()
    flow = _Flow(base=base)
    walker = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walker:
        if event == "end":
            flow.leave(element)
        elif flow.enter(element):
            walker.skip_subtree()
    flow.end()
    return tuple(flow.paragraphs)


def parse_line(markup: str) -> str:
    """All of it in one line, as of a headline."""
    return " ".join(" ".join(each.text.split()) for each in parse_prose(markup))


def join_address(base: str | None, href: str) -> str | None:
    """The absolute http(s) address; None where it is none."""
    joined = join(base, href)
    if joined is None:
        return None
    try:
        parts = urlsplit(joined)  # raises where the host is broken; joining does not look
    except ValueError:
        return None
    return joined if parts.scheme in ("http", "https") else None


def unwrap(address: str) -> str:
    """The address that a redirector's names in its query ('…/url?q=https://…'); else as it is."""
    try:
        parts = urlsplit(address)
        inside = next((v for k, v in parse_qsl(parts.query) if k in _TARGETS and _WEB.match(v)), "")
    except ValueError:
        return address
    is_redirector = parts.path.rstrip("/").rpartition("/")[2].lower() in _REDIRECTORS
    return (join_address(None, inside) if is_redirector and inside else None) or address


def _lined(text: str) -> str:
    """Runs of spaces as one, the line feeds kept."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


@dataclass(slots=True)
class _Flow:
    """What was passed of the paragraph that is open."""

    base: str | None
    paragraphs: list[Paragraph] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)
    _links: list[tuple[int, str]] = field(default_factory=list)  # piece that it starts at, address
    _anchors: list[tuple[str, str]] = field(default_factory=list)
    _kept: int = 0  # depth in <pre>
    _is_heading: bool = False

    def enter(self, element: etree._Element) -> bool:
        """True where what lies in it is not shown."""
        tag = element.tag
        if tag in _UNSEEN or "hidden" in element.attrib:
            return True
        if _HIDDEN.search(element.get("style") or ""):
            return True
        self._start(str(tag), element)
        self._add(element.text)
        return False

    def leave(self, element: etree._Element) -> None:
        tag = str(element.tag)
        if tag in _BLOCKS:
            self.end()
            self._kept -= tag == "pre"
        elif tag == "a":
            self._end_link()
        self._add(element.tail)

    def end(self) -> None:
        """The paragraph ends here; two line breaks end one, too."""
        self._end_link()
        text = "".join(self._pieces)
        anchors, self._anchors = self._anchors, []
        self._pieces = []
        for piece in _BREAK.split(text):
            if lined := _lined(piece):
                links, anchors = _shared(lined, anchors)
                self.paragraphs.append(
                    Paragraph(text=lined, links=links, is_heading=self._is_heading)
                )
        self._is_heading = False

    def _start(self, tag: str, element: etree._Element) -> None:
        if tag in _BLOCKS:
            self.end()
            self._is_heading = re.fullmatch("h[1-6]", tag) is not None
            self._kept += tag == "pre"
        elif tag == "br":
            self._pieces.append("\n")
        elif tag in _CELLS:
            self._pieces.append(" ")
        elif tag == "a" and element.get("href"):
            self._end_link()
            if address := join_address(self.base, element.get("href") or ""):
                self._links.append((len(self._pieces), address))

    def _add(self, text: str | None) -> None:
        if text:
            self._pieces.append(text if self._kept > 0 else _SPACE.sub(" ", text))

    def _end_link(self) -> None:
        while self._links:
            start, address = self._links.pop()
            anchor = " ".join("".join(self._pieces[start:]).split())
            self._anchors.append((anchor, address))


def _shared(
    text: str, anchors: list[tuple[str, str]]
) -> tuple[tuple[tuple[str, str], ...], list[tuple[str, str]]]:
    """The links whose anchors stand in ``text``, and those left for what follows it."""
    flat = " ".join(text.split())
    count = 0
    while count < len(anchors) and anchors[count][0] in flat:
        count += 1
    return tuple(anchors[:count]), anchors[count:]


def iter_addresses(paragraphs: tuple[Paragraph, ...]) -> Iterator[str]:
    """Each once, in order."""
    yield from dict.fromkeys(address for each in paragraphs for _, address in each.links)
