"""Pages that hold addresses and no article: OPML, sitemaps, lists of addresses."""

from __future__ import annotations

from collections.abc import Sequence

from tidings.model import Article, Page, Reason, Rejected
from tidings.reading.addresses import parse_addresses
from tidings.reading.outlines import parse_outlines
from tidings.reading.refused import Refused
from tidings.reading.sitemaps import parse_sitemap

OPML, SITEMAP, LIST = "text/x-opml", "application/sitemap+xml", "text/uri-list"
MEDIA_TYPES = (OPML, SITEMAP, LIST)


class AddressesExtractor:
    """Such a page gives no article; it is kept, and ``tidings fetch`` asks for its addresses."""

    def extract(self, page: Page) -> tuple[Article, ...] | Rejected:
        found = parse_page(page)
        if isinstance(found, Refused):
            return Rejected(name=page.name, reason=found.reason, detail=found.detail)
        if not found:
            detail = "no address in it; give one a line, or in OPML or a sitemap"
            return Rejected(name=page.name, reason=Reason.NO_TEXT, detail=detail)
        return ()


def parse_page(page: Page) -> Sequence[str] | Refused:
    """The addresses, in order."""
    charset = page.served.charset if page.served else None
    match page.media_type:
        case "text/x-opml":
            outlines = parse_outlines(page.data, charset)
            return outlines if isinstance(outlines, Refused) else [o.url for o in outlines.found]
        case "application/sitemap+xml":
            url = page.served.url if page.served else None
            sitemap = parse_sitemap(page.data, url, charset)
            return sitemap if isinstance(sitemap, Refused) else [each.url for each in sitemap.found]
    addresses = parse_addresses(page.data, charset)
    return addresses if isinstance(addresses, Refused) else addresses.found
