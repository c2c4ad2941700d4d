"""Bytes → feed, whatever its form."""

from __future__ import annotations

import codecs
import re

from tidings.model import Reason
from tidings.reading.charset import Undecoded, decode
from tidings.reading.elements import find_root, find_start
from tidings.reading.feeds.entries import Feed
from tidings.reading.feeds.listed import parse_listed
from tidings.reading.feeds.syndicated import parse_syndicated
from tidings.reading.refused import Refused

LARGEST = 20_000_000  # bytes; a feed of ten thousand whole texts stays below it

_PAGE = re.compile(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_JSON = re.compile(
    r'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org|"(?:home_page|feed)_url"\s*:', re.I
)
_WIDE = (  # the longer first: a mark of UTF-32 starts with one of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"), (codecs.BOM_UTF32_LE, "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"), (b"<\0\0\0", "utf-32-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF16_LE, "utf-16-le"),
    (b"\0<\0", "utf-16-be"), (b"<\0", "utf-16-le"),
)  # fmt: skip
_TYPES = frozenset(
    (
        "application/rss+xml", "application/atom+xml", "application/rdf+xml",
        "application/feed+json", "application/x-rss+xml", "application/cdf", "application/x-cdf",
    )
)  # fmt: skip


def is_feed(head: bytes, media_type: str | None = None) -> bool:
    """``head``: the first few kilobytes, unpacked. The root element rules; a feed's own media
    type speaks for bytes that show none."""
    text = _sniffed(head)
    claimed = (media_type or "").partition(";")[0].strip().lower() in _TYPES
    if text.startswith("{"):
        return claimed or _JSON.search(text) is not None
    return _is_told(text) or (claimed and not _PAGE.match(text[find_start(text) :]))


def parse_feed(data: bytes, url: str | None = None, charset: str | None = None) -> Feed | Refused:
    """``url``: the feed's own address; ``charset``: of its Content-Type header.

    Entries that could be read are kept of broken markup; ``Feed.fault`` then says what is wrong.
    """
    if len(data) > LARGEST:
        detail = f"{len(data):,} bytes; feeds up to {LARGEST:,} are read"
        return Refused(reason=Reason.TOO_LARGE, detail=detail)
    text = _decoded(data, charset)
    if isinstance(text, Refused):
        return text
    text = text.strip("\ufeff\u200b \t\r\n\f\v")
    if text.startswith(("{", "[")):
        return parse_listed(text, url)
    if _PAGE.match(text[find_start(text) :]):
        return Refused(reason=Reason.UNSUPPORTED, detail="a page and no feed; add it as .html")
    return parse_syndicated(text, url, _is_told(text))


def _decoded(data: bytes, charset: str | None) -> str | Refused:
    """Also in UTF-32 without a mark, and where the mark says more than the bytes hold."""
    if data.startswith((b"\0\0\0<", b"<\0\0\0")):
        return _sniffed(data)
    text = decode(data, charset)
    if isinstance(text, Undecoded) and text.reason is Reason.ENCODING:
        text = decode(data.removeprefix(codecs.BOM_UTF8), charset)
    if isinstance(text, Undecoded):
        return Refused(reason=text.reason, detail=text.detail)
    return text


def _is_told(text: str) -> bool:
    """Atom's and RSS's names stand for themselves; those of RDF and CDF other XML has, too."""
    root = find_root(text)
    rest = text[find_start(text) :]
    if root == "rdf":
        return "purl.org/rss" in rest or "my.netscape.com/rdf" in rest
    if root == "channel":
        return re.search(r"<(?:item|title|abstract)\b|\bhref=", rest, re.I) is not None
    return root in ("rss", "feed")


def _sniffed(head: bytes) -> str:
    codec = next((codec for start, codec in _WIDE if head.startswith(start)), "utf-8")
    return head.decode(codec, "replace").lstrip("\ufeff \t\r\n")
