"""What is remembered of the addresses that were asked for, from one run to the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tidings.model.ids import PageId


class Kind(StrEnum):
    """What an address holds. Feeds and sitemaps are polled, pages are asked for once."""

    UNKNOWN = "unknown"  # it was named, and could not be had yet
    PAGE = "page"
    FEED = "feed"
    SITEMAP = "sitemap"
    LIST = "list"  # an outline, or addresses one a line
    ROBOTS = "robots"  # never kept as a visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """An address, and how it stood when it was last asked. Times are aware UTC."""

    key: str  # canonical, without trackers
    url: str  # as asked for
    kind: Kind = Kind.PAGE
    title: str = ""  # a feed's own, or as an outline names it
    home: str = ""  # the page that a feed belongs to
    folder: tuple[str, ...] = ()  # in which an outline has it, outermost first
    status: int | None = None  # None where nothing was answered
    detail: str = ""  # why it failed; "" where it did not
    failures: int = 0  # in a row
    fetched_at: datetime | None = None
    due_at: datetime | None = None  # when it is asked again by itself; None: never
    fresh_until: datetime | None = None  # before that it is not asked, named or not
    etag: str | None = None  # as answered when it was last read without fault
    last_modified: str | None = None
    archive: str | None = None  # name of the file that holds the answer
    page: PageId | None = None  # of its body: what these two wait for
    new_etag: str | None = None  # not yet known to be good
    new_last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """What one scheme, host and port asks of those who come."""

    authority: str  # 'https://example.org'
    robots: str | None = None  # the text; None where it could not be had, and all is refused
    detail: str = ""  # why it could not be had
    fetched_at: datetime | None = None  # of the robots.txt
    wait_until: datetime | None = None  # by Retry-After or a long Crawl-delay
