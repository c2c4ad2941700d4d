"""What a feed, sitemap, outline or list of addresses asks to be fetched. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from tidings.model.visits import Kind
from tidings.readers.web.options import FetchOptions
from tidings.reading.addresses import Addresses, is_address_list, parse_addresses
from tidings.reading.feeds import Feed, is_feed, parse_feed
from tidings.reading.outlines import Outlines, is_outlines, parse_outlines
from tidings.reading.refused import Refused
from tidings.reading.sitemaps import LARGEST, Sitemap, is_sitemap, parse_sitemap
from tidings.reading.stamps import parse_stamp
from tidings.reading.unpacking import MAGIC, Unpacker

HEAD = 4_096  # bytes by which a list is told
PLAIN = ("text/plain", "text/uri-list")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address that a list names."""

    url: str
    kind: Kind = Kind.PAGE  # as far as the list tells
    changed: datetime | None = None  # no earlier than this; aware UTC
    is_polled: bool = True  # by itself, where it is a feed or sitemap; not by way of another
    title: str = ""
    home: str = ""
    folder: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list, read."""

    kind: Kind
    title: str = ""
    home: str = ""
    links: tuple[Link, ...] = ()  # newest first where the list says what is newest
    wait: timedelta = timedelta(0)  # between polls, as it asks
    skip_hours: frozenset[int] = frozenset()  # of the day, UTC, in which it asks not to be polled
    skip_days: frozenset[str] = frozenset()
    refused: tuple[str, ...] = ()  # what stands in the place of an address, and why
    fault: str | None = None  # what is wrong with it, of a list that was read all the same


def find_listing(
    data: bytes, url: str, media_type: str, charset: str | None = None
) -> Listing | None:
    """None where ``data`` is no list at all; with a fault and no links where it is a broken one.
    ``media_type`` and ``charset`` as the server named them."""
    if data.startswith(MAGIC):
        unpacker = Unpacker("gzip", LARGEST)
        unpacker.feed(data)
        data = unpacker.body
    head = data[:HEAD]
    if is_sitemap(head):
        return _from_sitemap(parse_sitemap(data, url, charset))
    if is_outlines(head):
        return _from_outlines(parse_outlines(data, charset))
    if is_feed(head, media_type):
        return _from_feed(parse_feed(data, url, charset))
    if media_type in PLAIN and is_address_list(head):
        return _from_addresses(parse_addresses(data, charset))
    return None


def _from_sitemap(sitemap: Sitemap | Refused) -> Listing:
    if isinstance(sitemap, Refused):
        return _broken(Kind.SITEMAP, sitemap)
    kind = Kind.SITEMAP if sitemap.is_index else Kind.PAGE
    links = (
        Link(
            url=found.url,
            kind=kind,
            changed=parse_changed(found.modified or found.published),
            is_polled=False,
        )
        for found in sitemap.found
    )
    return Listing(kind=Kind.SITEMAP, links=tuple(links), fault=sitemap.fault)


def _from_outlines(outlines: Outlines | Refused) -> Listing:
    if isinstance(outlines, Refused):
        return _broken(Kind.LIST, outlines)
    links = (
        Link(
            url=found.url,
            kind=Kind.FEED,
            title=found.title,
            home=found.home or "",
            folder=found.folders,
        )
        for found in outlines.found
    )
    return Listing(
        kind=Kind.LIST,
        title=outlines.title,
        links=tuple(links),
        fault=outlines.fault,
        refused=outlines.refused,
    )


def _from_addresses(addresses: Addresses | Refused) -> Listing:
    if isinstance(addresses, Refused):
        return _broken(Kind.LIST, addresses)
    links = tuple(Link(url=url, kind=Kind.UNKNOWN) for url in addresses.found)
    return Listing(kind=Kind.LIST, links=links, refused=addresses.refused)


def _broken(kind: Kind, refused: Refused) -> Listing:
    return Listing(kind=kind, fault=f"{refused.reason}: {refused.detail}")


def _from_feed(feed: Feed | Refused) -> Listing:
    if isinstance(feed, Refused):
        return _broken(Kind.FEED, feed)
    links = (
        Link(url=entry.url, changed=parse_changed(entry.modified or entry.published))
        for entry in feed.entries
        if entry.url
    )
    return Listing(
        kind=Kind.FEED,
        title=feed.title,
        home=feed.home or "",
        links=tuple(links),
        wait=timedelta(minutes=feed.minutes or 0),
        skip_hours=frozenset(feed.skip_hours),
        skip_days=frozenset(feed.skip_days),
        fault=feed.fault,
    )


def parse_changed(printed: str | None) -> datetime | None:
    """The earliest that it may mean; None where it says no time."""
    return parse_stamp(printed, "changed").start if printed else None


def choose_links(listing: Listing, options: FetchOptions) -> tuple[Link, ...]:
    """The newest of a feed or sitemap; those without a time in the order of the list, after all
    others. An outline's feeds and a list's addresses are all meant."""
    if listing.kind is Kind.LIST:
        return listing.links
    dated = [link for link in listing.links if link.changed is not None]
    rest = [link for link in listing.links if link.changed is None]
    dated.sort(key=lambda link: link.changed.timestamp() if link.changed else 0.0, reverse=True)
    chosen = [*dated, *rest]
    is_index = bool(chosen) and chosen[0].kind is Kind.SITEMAP
    return tuple(chosen[: options.sitemaps if is_index else options.limit])


def skip(listing: Listing, due: datetime) -> datetime:
    """``due``, moved to the next hour in which the feed may be polled."""
    for hours in range(24 * 7):
        found = due + timedelta(hours=hours)
        found = found.replace(minute=0, second=0, microsecond=0) if hours else due
        day = found.strftime("%A")
        if found.hour not in listing.skip_hours and day not in listing.skip_days:
            return found
    return due
