"""How fetch behaves, and the clock that it goes by."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version

from tidings.errors import WrongUse

AGENT = "Tidings"  # the name that robots.txt may speak to


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchOptions:
    """Manners and bounds. None shapes what is read of a page; they say how much is asked for, and
    how fast. Chosen by hand."""

    contact: str = ""  # address of who asks, for those who are asked: mail or web page
    gap: float = 1.0  # seconds from the end of an answer to the next request to the same host
    threads: int = 16  # hosts that are asked at the same time
    connect_seconds: float = 10.0
    read_seconds: float = 20.0  # without a byte
    total_seconds: float = 60.0  # for one answer, from the first packet to the last
    largest_page: int = 20_000_000  # bytes, as sent and as unpacked
    redirects: int = 5  # RFC 9309 section 2.3.1.2 asks for five of robots.txt
    poll_seconds: float = 3_600.0  # least time between two polls of a feed or sitemap
    longest_poll: float = 86_400.0  # seconds; a feed that asks for more is asked once a day
    patience: float = 60.0  # seconds that a run waits for one host; what is left is asked later
    failures_a_host: int = 3  # without an answer, in a row: then the host is left alone
    tries: int = 5  # of an address that fails for now, over the runs
    limit: int = 100  # addresses taken of one list, newest first: at one a second a few minutes
    sitemaps: int = 5  # taken of one index, newest first
    entries: bool = True  # ask for the pages that a feed or sitemap names
    allow_private: bool = False  # ask addresses of private networks, too

    def __post_init__(self) -> None:
        """Raises WrongUse for a contact that no header can carry."""
        if not (self.contact.isascii() and self.contact.isprintable()):
            raise WrongUse(f"contact {self.contact!r} is no mail or web address; give one in ASCII")

    @property
    def user_agent(self) -> str:
        ours = f"{AGENT}/{version('tidings')}"
        return f"{ours} (+{self.contact})" if self.contact else ours


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """Both hands, so that a test may hold them."""

    now: Callable[[], datetime] = lambda: datetime.now(UTC)  # aware UTC
    monotonic: Callable[[], float] = time.monotonic  # seconds
