"""Bytes → feed, whatever its form."""

from __future__ import annotations

import codecs
import re

from tidings.model import Reason
from tidings.reading.charset import Undecoded, decode
from tidings.reading.feeds.entries import Feed
from tidings.reading.feeds.listed import parse_listed
from tidings.reading.feeds.syndicated import parse_syndicated
from tidings.reading.refused import Refused

LARGEST = 20_000_000  # bytes; a feed of ten thousand whole texts stays below it

_BEFORE = re.compile(r"(?:\s+|<!--.*?-->|<\?.*?\?>|<!doctype[^>\[]*(?:\[.*?\]\s*)?>)*", re.I | re.S)
_ROOT = re.compile(r"<(?:[\w.-]+:)?(rss|rdf|feed|channel)(?=[\s>/])([^>]*)", re.IGNORECASE)
_PAGE = re.compile(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_JSON = re.compile(r'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org', re.IGNORECASE)
_TYPES = frozenset(
    [
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+json",
        "application/x-rss+xml",
        "application/cdf",
        "application/x-cdf",
    ]
)


def is_feed(head: bytes, media_type: str | None = None) -> bool:
    """``head``: the first few kilobytes, unpacked. The root element rules; a feed's own media
    type speaks for bytes that show none."""
    text = _sniffed(head)
    if text.startswith("{"):
        return _JSON.search(text) is not None
    rest = text[_before(text) :]
    root = _ROOT.match(rest)
    if root:
        return _is_root(root.group(1).lower(), root.group(2), rest)
    claimed = (media_type or "").partition(";")[0].strip().lower() in _TYPES
    return claimed and not _PAGE.match(rest)


def parse_feed(data: bytes, url: str | None = None, charset: str | None = None) -> Feed | Refused:
    """``url``: the feed's own address; ``charset``: of its Content-Type header.

    Entries that could be read are kept of broken markup; ``Feed.fault`` then says what is wrong.
    """
    if len(data) > LARGEST:
        detail = f"{len(data):,} bytes; feeds up to {LARGEST:,} are read"
        return Refused(reason=Reason.TOO_LARGE, detail=detail)
    text = decode(data, charset)
    if isinstance(text, Undecoded):
        return Refused(reason=text.reason, detail=text.detail)
    text = text.strip("\ufeff\u200b \t\r\n\f\v")
    if text.startswith(("{", "[")):
        return parse_listed(text, url)
    if _PAGE.match(text[_before(text) :]):
        return Refused(reason=Reason.UNSUPPORTED, detail="a page and no feed; add it as .html")
    return parse_syndicated(text, url)


def _before(text: str) -> int:
    """Where the first element starts: after declarations and comments."""
    match = _BEFORE.match(text)
    return match.end() if match else 0


def _is_root(name: str, attributes: str, rest: str) -> bool:
    """Atom's and RSS's names stand for themselves; those of RDF and CDF other XML has, too."""
    if name == "rdf":
        return "purl.org/rss" in rest or "my.netscape.com/rdf" in rest
    if name == "channel":
        return re.search(r"<(?:item|title|abstract)\b|\bhref=", rest, re.I) is not None
    return True


def _sniffed(head: bytes) -> str:
    marks = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
    for mark, codec in (*marks, (b"<\0?\0", "utf-16-le"), (b"\0<\0?", "utf-16-be")):
        if head.startswith(mark):
            return head.decode(codec, "replace").lstrip("\ufeff \t\r\n")
    return head.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace").lstrip()
