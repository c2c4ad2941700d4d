"""OPML 1.0 and 2.0 in and out: lists of feeds in folders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml import etree

from tidings.model import Reason
from tidings.reading.addresses import strip_feed
from tidings.reading.charset import Undecoded, decode
from tidings.reading.compose import NO_XML
from tidings.reading.elements import has_root, local_name, parse_xml
from tidings.reading.refused import Refused
from tidings.urls import canonical

LARGEST = 20_000_000  # bytes

_ADDRESS = ("xmlurl", "feedurl", "rssurl")
_LINKING = ("link", "include", "rss", "atom", "feed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One feed of the list; ``url`` as given."""

    title: str
    url: str
    home: str | None = None
    folders: tuple[str, ...] = ()  # from the outermost in


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlines:
    """``found``: in order, each address once a folder."""

    title: str
    found: tuple[Outline, ...]
    refused: tuple[str, ...] = ()  # feeds whose address is none, each with the reason
    fault: str | None = None  # what is wrong with the markup, of a list that was mended


def is_outlines(head: bytes) -> bool:
    """``head``: the first bytes, unpacked."""
    return has_root(head, ("opml",))


def parse_outlines(data: bytes, charset: str | None = None) -> Outlines | Refused:
    """No entity is expanded and nothing fetched. Broken markup is mended where it can be."""
    if len(data) > LARGEST:
        detail = f"{len(data):,} bytes; lists up to {LARGEST:,} are read"
        return Refused(reason=Reason.TOO_LARGE, detail=detail)
    text = decode(data, charset)
    if isinstance(text, Undecoded):
        return Refused(reason=text.reason, detail=text.detail)
    tree, fault = parse_xml(text)
    root = None if tree is None else next((e for e in tree.iter() if local_name(e) == "opml"), None)
    if tree is None or root is None:
        if fault:
            return Refused(reason=Reason.UNREADABLE, detail=f"{fault}; export the list anew")
        return Refused(reason=Reason.UNSUPPORTED, detail="XML without <opml>: no list of feeds")
    return _parsed(root, fault)


def render_outlines(outlines: Iterable[Outline], title: str = "") -> bytes:
    """OPML 2.0, folders in the order of their first feeds; ``parse_outlines`` reads it back."""
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = _fit(title)
    body = etree.SubElement(root, "body")
    opened: dict[tuple[str, ...], etree._Element] = {(): body}
    for each in outlines:
        inner = body
        for depth in range(1, len(each.folders) + 1):
            path = each.folders[:depth]
            if path not in opened:
                name = _fit(path[-1])
                opened[path] = etree.SubElement(inner, "outline", text=name, title=name)
            inner = opened[path]
        fields = {"text": each.title, "title": each.title, "type": "rss", "xmlUrl": each.url}
        fields |= {"htmlUrl": each.home} if each.home else {}
        etree.SubElement(inner, "outline", {key: _fit(value) for key, value in fields.items()})
    etree.indent(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _parsed(root: etree._Element, fault: str | None) -> Outlines:
    title = next((e.text or "" for e in root.iter() if local_name(e) == "title"), "")
    found: dict[Outline, None] = {}
    refused: list[str] = []
    folders: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if local_name(element) != "outline":
            continue
        if event == "end":
            folders.pop()
            continue
        fields = {_bare(key): " ".join(value.split()) for key, value in element.attrib.items()}
        name = fields.get("title") or fields.get("text") or ""
        if outline := _outline(fields, name, tuple(filter(None, folders))):
            if canonical(outline.url):
                found[outline] = None
            else:
                refused.append(f"{name!r}: {outline.url!r} is no web address")
        folders.append("" if outline else name)
    return Outlines(
        title=" ".join(title.split()), found=tuple(found), refused=tuple(refused), fault=fault
    )


def _outline(fields: Mapping[str, str], name: str, folders: tuple[str, ...]) -> Outline | None:
    """None of a folder."""
    address = next((fields[key] for key in _ADDRESS if fields.get(key)), "")
    if not address and fields.get("type", "").lower() in _LINKING:
        address = fields.get("url", "")
    if not address:
        return None
    home = fields.get("htmlurl") or None
    return Outline(title=name, url=strip_feed(address), home=home, folders=folders)


def _bare(name: str | bytes) -> str:
    return str(name).rpartition("}")[2].lower()


def _fit(text: str) -> str:
    return NO_XML.sub(" ", text)
