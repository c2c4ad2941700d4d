"""Fakes for the tests of fetch: visits in memory, names in place of DNS, a clock that is set."""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fastwarc.warc import ArchiveIterator

from tidings.model import Ending, Outcome, PageId, Rejected
from tidings.model.visits import Host, Kind, Visit
from tidings.readers.web import Clock, FetchOptions, FetchSession, FetchTally
from tidings.readers.web.network import Means, Network, dial

START = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
QUICK = FetchOptions(
    gap=0.0,
    threads=4,
    connect_seconds=2.0,
    read_seconds=0.8,
    total_seconds=2.0,
    largest_page=50_000,
    patience=3.0,
    allow_private=True,
)
PUBLIC = "8.8.8."  # taken for public by every rule; never asked


@dataclass
class MemoryVisits:
    """``reading.visits.Visits``."""

    held: dict[str, Visit] = field(default_factory=dict)
    hosts: dict[str, Host] = field(default_factory=dict)
    added: set[str] = field(default_factory=set)

    def find(self, key: str) -> Visit | None:
        return self.held.get(key)

    def keep(self, visit: Visit) -> None:
        self.held[visit.key] = visit

    def due(self, now: datetime) -> list[Visit]:
        found = [v for v in self.held.values() if v.due_at and v.due_at <= now]
        return sorted(found, key=lambda v: (v.due_at or now, v.key))

    def subscriptions(self) -> list[Visit]:
        found = [v for v in self.held.values() if v.kind in (Kind.FEED, Kind.SITEMAP) and v.due_at]
        return sorted(found, key=lambda v: (v.folder, v.title, v.key))

    def waiting(self, archive: str) -> list[Visit]:
        return [v for v in self.held.values() if v.archive == archive and v.page]

    def forget(self, key: str) -> bool:
        return self.held.pop(key, None) is not None

    def find_host(self, authority: str) -> Host | None:
        return self.hosts.get(authority)

    def keep_host(self, host: Host) -> None:
        self.hosts[host.authority] = host

    def is_added(self, archive: str) -> bool:
        return archive in self.added

    def mark_added(self, archive: str) -> None:
        self.added.add(archive)

    def close(self) -> None:
        pass


@dataclass
class SetClock:
    """The day's hand stands where it is put; the steady one runs."""

    at: datetime = START

    def now(self) -> datetime:
        return self.at

    def forward(self, **spans: float) -> None:
        self.at += timedelta(**spans)

    @property
    def clock(self) -> Clock:
        return Clock(now=self.now, monotonic=time.monotonic)


class RunningClock(SetClock):
    """Both hands run."""

    def now(self) -> datetime:
        return START + timedelta(seconds=time.monotonic())


def to_loopback(host: str, port: int) -> list[str]:
    """Every name under .test is this machine."""
    del port
    if host.endswith(".test"):
        return ["127.0.0.1"]
    if host.replace(".", "").isdigit() or ":" in host:
        return [host]
    raise OSError(-2, "name or service not known")


def dial_loopback(address: str, port: int, seconds: float) -> socket.socket:
    """Those of ``PUBLIC`` lead to this machine."""
    return dial("127.0.0.1" if address.startswith(PUBLIC) else address, port, seconds)


LOOPBACK = Means(resolve=to_loopback, dial=dial_loopback)


@dataclass
class Bench:
    """A session over fakes, and what it leaves."""

    folder: Path
    options: FetchOptions = QUICK
    visits: MemoryVisits = field(default_factory=MemoryVisits)
    hands: SetClock = field(default_factory=SetClock)
    means: Means = LOOPBACK
    told: list[Rejected] = field(default_factory=list)  # by the last run
    is_good: bool = True  # what the store makes of each page

    def session(self, **changes: object) -> FetchSession:
        options = replace(self.options, **changes)  # type: ignore[arg-type]
        network = Network(options, self.means)
        return FetchSession(self.visits, self.folder, options, self.hands.clock, network)

    def fetch(self, *sources: str, **changes: object) -> FetchTally:
        """One run with its end."""
        session = self.session(**changes)
        with session.hold():
            tally = session.run(sources, lambda _: None)
            self.told = list(session.rejected())
            session.settle(session.find_unadded(), self.find_outcome)
        assert tally.asked == tally.fetched + tally.unchanged + tally.repeated + tally.rejected
        assert tally.rejected == len(self.told)
        return tally

    def reasons(self, *sources: str, **changes: object) -> dict[str, str]:
        """Of one run's rejections, by path."""
        self.fetch(*sources, **changes)
        return {"/" + one.name.split("/", 3)[3]: str(one.reason) for one in self.told}

    def find_outcome(self, name: str, page: PageId | None) -> Outcome | None:
        if not self.is_good:
            return None
        return Outcome(name=name, page=page, ending=Ending.ACCEPTED, reason=None, detail="")

    def records(self) -> list[tuple[str, str, bytes]]:
        """(type, address, block) of all archives, in order."""
        found = []
        for path in sorted(self.folder.glob("*.warc.gz")):
            with path.open("rb") as file:
                for record in ArchiveIterator(file, parse_http=False, verify_digests=True):
                    kind = record.headers["WARC-Type"]
                    address = record.headers.get("WARC-Target-URI") or ""
                    found.append((kind, address, record.reader.read()))
        return found
