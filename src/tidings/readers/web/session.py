"""What engine and command see of fetch: a run, the archives that are to be added, and the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from filelock import FileLock, Timeout

from tidings.errors import Unavailable
from tidings.model import Page, Reason, Rejected, Served
from tidings.model.visits import Kind, Visit
from tidings.ports import Visits
from tidings.readers.web.archive import Archive, archives
from tidings.readers.web.asks import FetchTally
from tidings.readers.web.fetcher import Fetcher, Watch
from tidings.readers.web.ledger import FindOutcome, begin_visit, settle
from tidings.readers.web.listing import Link, choose_links, find_listing
from tidings.readers.web.network import Network
from tidings.readers.web.options import Clock, FetchOptions
from tidings.readers.web.sources import from_visits, open_sources
from tidings.readers.web.targets import Target, parse_target


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """An address that a run would ask for."""

    url: str
    kind: Kind
    at: datetime  # the run's own time, or when it may be asked


class FetchSession:
    """``visits`` and the archives in ``folder`` belong together. One at a time: see ``hold``."""

    def __init__(
        self,
        visits: Visits,
        folder: Path,
        options: FetchOptions,
        clock: Clock | None = None,
        network: Network | None = None,
    ) -> None:
        self._visits = visits
        self._folder = folder
        self._options = options
        self._clock = clock or Clock()
        self._network = network
        self._fetcher: Fetcher | None = None
        self._archive: Path | None = None

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Around all from ``run`` to ``settle``. Raises Unavailable where
        another fetch for the same store is under way."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self._folder / "fetch.lock", timeout=0):
                yield
        except Timeout as error:
            raise Unavailable(
                f"another fetch writes to {str(self._folder)!r}; let it end, then fetch again"
            ) from error
        except OSError as error:
            raise Unavailable(
                f"can't keep what is fetched in {str(self._folder)!r} ({error.strerror}); see its "
                "permissions, or name another store: --store PATH"
            ) from error

    def find_sources(self, sources: Sequence[str]) -> list[Link | Rejected]:
        """What ``sources`` name; without any, all that is due. Raises WrongUse."""
        if sources:
            return open_sources(sources, self._options)
        return list(from_visits(self._visits.due(self._clock.now())))

    def plan(self, sources: Sequence[str]) -> list[Planned | Rejected]:
        """What would be asked first, and when; nothing is asked."""
        return [self._plan(source) for source in self.find_sources(sources)]

    def run(self, sources: Sequence[str], watch: Watch) -> FetchTally:
        """Asks, and archives. Raises WrongUse before the first request, StoreFull, Unavailable."""
        found = self.find_sources(sources)
        archive = Archive(self._folder, self._clock.now(), self._options.user_agent)
        self._archive = archive.path
        self._fetcher = Fetcher(self._visits, archive, self._options, self._clock, self._network)
        try:
            return self._fetcher.run(found, watch)
        finally:
            archive.close()

    def find_unadded(self) -> list[Path]:
        """Archives whose pages are not in the store, of broken-off runs, too; oldest first."""
        return [path for path in archives(self._folder) if not self._visits.is_added(path.name)]

    def sift(self, archive: Path, pages: Iterable[Page | Rejected]) -> Iterator[Page | Rejected]:
        """``pages`` as read from ``archive``, without what is no page (robots.txt) and, of the
        run's own archive, what ``rejected`` tells of: each address ends once."""
        ledger = self._fetcher.ledger if self._fetcher and archive == self._archive else None
        covered = ledger.covered | ledger.rejected.keys() if ledger else set()
        for page in pages:
            name = find_address(page)
            if name not in covered and not is_robots(name):
                yield page

    def rejected(self) -> Iterator[Rejected]:
        """What the run could not have, or not whole, under the addresses that were asked for."""
        if self._fetcher is not None:
            yield from self._fetcher.ledger.rejected.values()

    def settle(self, archives: Iterable[Path], find_outcome: FindOutcome) -> None:
        """Once the pages of ``archives`` are in the store."""
        for path in archives:
            settle(self._visits, path.name, find_outcome)

    def take_up(self, lists: Iterable[Page]) -> None:
        """Remembers what lists in the store name, to be asked for at once; addresses that are
        known already stay as they are."""
        now = self._clock.now()
        for page in lists:
            served = page.served or Served()
            listing = find_listing(page.data, served.url or "", page.media_type, served.charset)
            for link in choose_links(listing, self._options) if listing else ():
                target = parse_target(link.url)
                if isinstance(target, Target) and self._visits.find(target.key) is None:
                    self._visits.keep(replace(begin_visit(target, link), due_at=now))

    def subscriptions(self) -> list[Visit]:
        """Feeds and sitemaps that are polled."""
        return self._visits.subscriptions()

    def forget(self, url: str) -> bool:
        """Whether it was known. It is not asked again by itself."""
        target = parse_target(url)
        return isinstance(target, Target) and self._visits.forget(target.key)

    def close(self) -> None:
        self._visits.close()

    def _plan(self, source: Link | Rejected) -> Planned | Rejected:
        if isinstance(source, Rejected):
            return source
        target = parse_target(source.url)
        if isinstance(target, Rejected):
            return target
        visit: Visit | None = self._visits.find(target.key)
        now = self._clock.now()
        at = max(visit.fresh_until, now) if visit and visit.fresh_until else now
        return Planned(url=target.url, kind=visit.kind if visit else source.kind, at=at)


def is_robots(name: str) -> bool:
    return name.startswith(("http://", "https://")) and urlsplit(name).path == "/robots.txt"


def find_address(page: Page | Rejected) -> str:
    """Of what was answered; "" of an entry, which has its own name, not that of its feed. A
    damaged record is named by its place in the archive; its detail begins with the address."""
    if isinstance(page, Page):
        return (page.served.url if page.served else None) or ""
    return page.detail.partition(": ")[0] if page.reason is Reason.DAMAGED else page.name
