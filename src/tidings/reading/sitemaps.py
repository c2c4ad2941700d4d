"""Sitemaps, sitemap indexes and news sitemaps (sitemaps.org 0.9 and its news extension)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from tidings.model import Reason
from tidings.reading.addresses import shorten
from tidings.reading.charset import Undecoded, decode
from tidings.reading.elements import has_root, local_name, parse_xml
from tidings.reading.feeds import NO_FEED, Entry, render_entry
from tidings.reading.refused import Refused
from tidings.urls import canonical, join

LARGEST = 52_428_800  # bytes: sitemaps.org allows 50 MiB

_ROOTS = ("urlset", "sitemapindex")
_GROUPS = ("url", "sitemap")
_NEWS = "news"


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """One ``<url>`` or ``<sitemap>``; times and languages as printed."""

    url: str  # absolute, as given
    modified: str | None = None  # <lastmod>
    headline: str = ""  # of the news extension, as the next three are
    published: str | None = None
    publisher: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """``found``: in order, each address once. Of an index they are sitemaps, else pages."""

    is_index: bool
    found: tuple[Location, ...]
    refused: tuple[str, ...] = ()  # what stands in the place of an address, with the reason
    fault: str | None = None  # what is wrong with the markup, of a sitemap that was mended


def is_sitemap(head: bytes) -> bool:
    """``head``: the first bytes, unpacked. Text sitemaps are lists of addresses."""
    return has_root(head, _ROOTS)


def parse_sitemap(
    data: bytes, url: str | None = None, charset: str | None = None
) -> Sitemap | Refused:
    """``url``: the sitemap's own address. Namespaces are taken as they come."""
    if len(data) > LARGEST:
        detail = f"{len(data):,} bytes; sitemaps up to {LARGEST:,} are read"
        return Refused(reason=Reason.TOO_LARGE, detail=detail)
    text = decode(data, charset)
    if isinstance(text, Undecoded):
        return Refused(reason=text.reason, detail=text.detail)
    tree, fault = parse_xml(text)
    root = None if tree is None else next((e for e in tree.iter() if local_name(e) in _ROOTS), None)
    if root is None:
        if fault:
            return Refused(reason=Reason.UNREADABLE, detail=f"{fault}; get the sitemap anew")
        return Refused(reason=Reason.UNSUPPORTED, detail="XML without <urlset>: no sitemap")
    found: dict[str, Location] = {}
    refused: list[str] = []
    for group in (e for e in root if local_name(e) in _GROUPS):
        location = _location(group, url)
        if canonical(location.url):
            found.setdefault(location.url, location)
        else:
            refused.append(f"{shorten(location.url)!r} is no web address")
    is_index = local_name(root) == "sitemapindex"
    return Sitemap(
        is_index=is_index, found=tuple(found.values()), refused=tuple(refused), fault=fault
    )


def render_location(location: Location) -> bytes | None:
    """A news sitemap's entry as a record with a headline alone; None where it has none: then
    only its address is known."""
    if not location.headline:
        return None
    entry = Entry(
        headline=location.headline,
        url=location.url,
        published=location.published or location.modified,
        modified=location.modified if location.published else None,
        language=location.language,
        publisher=location.publisher,
    )
    return render_entry(NO_FEED, entry)


def _location(group: etree._Element, base: str | None) -> Location:
    fields = dict(_fields(group))
    for news in (e for e in group if local_name(e) == _NEWS):
        fields |= {f"news {key}": value for key, value in _fields(news)}
    address = fields.get("loc") or (group.text or "").strip()
    return Location(
        url=join(base, address) or address,
        modified=fields.get("lastmod"),
        headline=fields.get("news title", ""),
        published=fields.get("news publication_date"),
        publisher=fields.get("news name"),
        language=fields.get("news language"),
    )


def _fields(group: etree._Element) -> Iterator[tuple[str, str]]:
    """Last first, so that the first of a name is the one that stays in a mapping."""
    for element in reversed(list(group)):
        if len(element):
            yield from _fields(element) if local_name(element) == "publication" else ()
        elif text := " ".join("".join(map(str, element.itertext())).split()):
            yield local_name(element), text
