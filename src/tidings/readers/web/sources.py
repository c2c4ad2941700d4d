"""What the caller names: addresses, and files that hold addresses."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tidings.errors import WrongUse
from tidings.model import Reason, Rejected
from tidings.model.visits import Kind, Visit
from tidings.readers.web.listing import Link, Listing, choose_links, find_listing
from tidings.readers.web.options import FetchOptions
from tidings.reading.addresses import parse_addresses, strip_feed
from tidings.reading.refused import Refused

SCHEMES = ("http://", "https://", "feed:")


def open_sources(sources: Sequence[str], options: FetchOptions) -> list[Link | Rejected]:
    """Each an address, a file (outline, sitemap, addresses one a line), or ``-``: addresses one a
    line from standard input. Raises WrongUse for one that is neither."""
    found: list[Link | Rejected] = []
    for source in sources:
        if source == "-":
            found += _read("-", sys.stdin.buffer.read(), options)
        elif source.lower().startswith(SCHEMES):
            found.append(Link(url=strip_feed(source), kind=Kind.UNKNOWN))
        else:
            found += _read_file(source, options)
    return found


def from_visits(visits: Sequence[Visit]) -> list[Link]:
    """Those that are due, to be asked for again."""
    return [
        Link(url=v.url, kind=v.kind, title=v.title, home=v.home, folder=v.folder) for v in visits
    ]


def _read_file(source: str, options: FetchOptions) -> Iterator[Link | Rejected]:
    try:
        data = Path(source).read_bytes()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise WrongUse(
            f"{source!r} is no address (they begin with https://) and no file that can be read "
            f"({why.lower()})"
        ) from error
    return _read(source, data, options)


def _read(name: str, data: bytes, options: FetchOptions) -> Iterator[Link | Rejected]:
    listing = find_listing(data, "", "text/plain") or _parse_lines(name, data)
    if listing.fault and not listing.links:
        raise WrongUse(f"{name!r} can't be read as a list: {listing.fault}")
    for number, why in enumerate(listing.refused, start=1):
        detail = f"{why}; mend it, or take it out"
        yield Rejected(name=f"{name}#{number}", reason=Reason.UNSUPPORTED, detail=detail)
    yield from choose_links(listing, options)


def _parse_lines(name: str, data: bytes) -> Listing:
    """A list of addresses some of which are none. Raises WrongUse where there is no address."""
    found = parse_addresses(data)
    if isinstance(found, Refused) or not found.found:
        raise WrongUse(
            f"{name!r} holds no addresses; give an outline (OPML), a sitemap, or a text file "
            "with one address a line; saved pages and feeds are read by: tidings add"
        )
    links = tuple(Link(url=url, kind=Kind.UNKNOWN) for url in found.found)
    return Listing(kind=Kind.LIST, links=links, refused=found.refused)
