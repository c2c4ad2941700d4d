"""Pages, and how they end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tidings.model.ids import PageId


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What came with a page's bytes from where they were had; all unknown of a bare file."""

    url: str | None = None  # as served: after redirects, trackers and all
    charset: str | None = None  # of the Content-Type header, as printed
    modified: str | None = None  # the Last-Modified header, as printed
    at: datetime | None = None  # when it was served (WARC-Date, the clock of fetch), aware UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What was served, as it came."""

    id: PageId  # of data: see ``hash_page``
    name: str  # where it came from: path, archive!member, file#line, address
    media_type: str  # text/html, text/plain, or application/json for one JSON record
    data: bytes
    served: Served | None = None


class Reason(StrEnum):
    """Why a page did not become an article."""

    EMPTY = "empty"
    BINARY = "binary"
    ENCODING = "encoding"
    TRUNCATED = "truncated"
    TOO_LARGE = "too-large"
    TOO_DEEP = "too-deep"
    NO_TEXT = "no-text"
    BAD_JSON = "bad-json"
    BAD_RECORD = "bad-record"
    UNSUPPORTED = "unsupported"
    UNREADABLE = "unreadable"
    TIMEOUT = "timeout"
    CRASHED = "crashed"
    ID_TAKEN = "id-taken"
    DAMAGED = "damaged"  # a record of an archive that does not hold what it says
    STATUS = "status"  # the server answered with an error
    ROBOTS = "robots"  # robots.txt asks not to
    UNREACHABLE = "unreachable"  # no answer: DNS, connection, TLS, time
    PRIVATE = "private"  # an address in a private network, which is not asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A page's end, with the reason and one line that says what to do about it."""

    name: str
    reason: Reason
    detail: str


class Ending(StrEnum):
    """How a page ended."""

    ACCEPTED = "accepted"  # it gave one article or several
    COPY = "copy"  # its bytes are held under another name
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The end of one page under one name; kept for ever, so that no page is lost or read twice."""

    name: str
    page: PageId | None  # None where no bytes could be had
    ending: Ending
    reason: Reason | None  # of a rejection
    detail: str  # what the reason rests on; of a copy, the name that it is held under


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How the pages of one run ended. ``read`` is the sum of the four below it."""

    read: int = 0
    accepted: int = 0  # pages that gave one article or several
    copies: int = 0  # pages whose bytes are held under another name
    held: int = 0  # pages held already under this name
    rejected: int = 0
    articles: int = 0  # articles from the accepted pages
    reasons: tuple[tuple[Reason, int], ...] = ()  # of the rejected, by name
