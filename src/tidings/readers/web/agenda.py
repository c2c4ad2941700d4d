"""What is to be asked, and in which order: each address once a run, robots.txt before all else.

One thread at a time: the fetcher holds its lock while it calls.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tidings.model import Reason, Rejected
from tidings.model.visits import Host, Kind, Visit
from tidings.ports import Visits
from tidings.readers.web import robots
from tidings.readers.web.asks import Ask
from tidings.readers.web.lanes import Lanes
from tidings.readers.web.ledger import POLLED, Failure, Ledger
from tidings.readers.web.listing import Link
from tidings.readers.web.options import Clock, FetchOptions
from tidings.readers.web.targets import Target, parse_target

QUEUE = 1_000  # addresses taken from the sources ahead of the requests


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A host is left alone."""

    until: datetime | None  # None: to the end of the run
    reason: Reason
    detail: str


class Agenda:
    """The lanes, and who may come into them."""

    def __init__(self, visits: Visits, ledger: Ledger, options: FetchOptions, clock: Clock) -> None:
        self._visits = visits
        self._ledger = ledger
        self._options = options
        self._clock = clock
        self._sources: Iterator[Link | Rejected] = iter(())
        self._seen: set[str] = set()
        self._rules: dict[str, robots.Rules] = {}
        self._parked: dict[str, list[Ask]] = {}  # by authority, until its robots.txt is had
        self._holds: dict[str, Hold] = {}  # by host
        self.lanes: Lanes[Ask] = Lanes()

    def take_from(self, sources: Iterable[Link | Rejected]) -> None:
        self._sources = iter(sources)

    def top_up(self) -> bool:
        """Whether anything waits."""
        while len(self.lanes) < QUEUE:
            source = next(self._sources, None)
            if source is None:
                break
            is_page = isinstance(source, Link) and source.kind is Kind.PAGE
            self.admit(source, is_named=not is_page)
        return len(self.lanes) > 0

    def admit(self, source: Link | Rejected, *, is_named: bool) -> None:
        """Each address once a run. What a list names is asked for where it is new or changed, what
        is named by itself (``is_named``) always; only of the latter is read what it lists."""
        target = parse_target(source.url) if isinstance(source, Link) else source
        if isinstance(target, Rejected):
            if is_named or target.name not in self._seen:
                self._seen.add(target.name)
                self._ledger.count("asked")
                self._ledger.refuse(target.name, target)
            return
        if not isinstance(source, Link) or target.key in self._seen:
            return
        visit = self._visits.find(target.key)
        if not is_named and visit and not _is_news(source, visit, self._clock.now()):
            return
        self._seen.add(target.key)
        if visit and visit.fresh_until and visit.fresh_until > self._clock.now():
            self._ledger.count("waiting")
            self._note(visit, source)
            return
        self._ledger.count("asked")
        ask = Ask(target=target, first=target, link=source, is_named=is_named)
        self.lanes.add(target.host, ask)

    def _note(self, visit: Visit, link: Link) -> None:
        """What an outline says of a feed is kept, also while the feed is not due."""
        if link.folder and link.folder != visit.folder:
            self._visits.keep(replace(visit, folder=link.folder, title=link.title or visit.title))

    def redirect(self, ask: Ask, target: Target, *, for_good: bool) -> bool:
        """False where another ask of this run has that address."""
        onward = ask.follow(target, for_good=for_good)
        if ask.kind is not Kind.ROBOTS and target.key not in (ask.target.key, ask.first.key):
            if target.key in self._seen:
                self._ledger.keep_repeated(onward)
                return False
            self._seen.add(target.key)
        self.lanes.add(target.host, onward, first=True)
        return True

    def find_rules(self, ask: Ask) -> robots.Rules | None:
        """None where robots.txt must be asked for first: then the ask waits for it."""
        authority = ask.target.authority
        if authority in self._rules:
            return self._rules[authority]
        host = self._visits.find_host(authority)
        if host and robots.is_fresh(host, self._clock.now()):
            self._learn(host)
            return self._rules[authority]
        if authority not in self._parked:
            target = parse_target(f"{authority}/robots.txt")
            if isinstance(target, Rejected):
                raise ValueError(f"{authority!r} is no authority")
            link = Link(url=target.url, kind=Kind.ROBOTS)
            first = Ask(target=target, first=target, link=link, is_named=False)
            self.lanes.add(target.host, first, first=True)
        self._parked.setdefault(authority, []).append(ask)
        return None

    def learn(self, host: Host, *, is_answered: bool) -> None:
        """What a robots.txt says; the asks that wait for it go on. That there was no answer holds
        for this run alone."""
        before = self._visits.find_host(host.authority)
        host = replace(host, wait_until=before.wait_until if before else None)
        if is_answered:
            self._visits.keep_host(host)
        self._learn(host)
        for ask in reversed(self._parked.pop(host.authority, [])):
            self.lanes.add(ask.target.host, ask, first=True)

    def _learn(self, host: Host) -> None:
        self._rules[host.authority] = robots.Rules(host)
        if host.wait_until and host.wait_until > self._clock.now():
            name = parse_target(host.authority)
            if isinstance(name, Target):
                detail = "asked, in an earlier run, not to be asked"
                self._holds[name.host] = Hold(
                    until=host.wait_until, reason=Reason.STATUS, detail=detail
                )

    def hold(self, target: Target, hold: Hold) -> None:
        """Leaves the host alone; where it says until when, over the end of the run, too."""
        self._holds[target.host] = hold
        if hold.until is None:
            return
        host = self._visits.find_host(target.authority) or Host(authority=target.authority)
        self._visits.keep_host(replace(host, wait_until=hold.until))

    def find_wait(self, ask: Ask) -> float | Failure | None:
        """Seconds that its host is still left alone; a Failure where that is too long for a run;
        None where it may be asked."""
        hold = self._holds.get(ask.target.host)
        if hold is None:
            return None
        if hold.until is None:
            return _postpone(ask, hold, hold.detail)
        left = (hold.until - self._clock.now()).total_seconds()
        if left <= 0:
            del self._holds[ask.target.host]
            return None
        if left <= self._options.patience:
            return left
        when = hold.until.strftime("%Y-%m-%d %H:%M:%S UTC")
        return _postpone(ask, hold, f"{hold.detail} before {when}; fetch again then")

    def find_gap(self, target: Target) -> float:
        """Seconds from the end of an answer to the next request."""
        rules = self._rules.get(target.authority)
        return max(self._options.gap, rules.gap if rules else 0.0)

    def keep_gap(self, target: Target) -> float:
        """The gap; one that no run can wait for is kept as a hold."""
        gap = self.find_gap(target)
        if gap > self._options.patience:
            until = self._clock.now() + timedelta(seconds=min(gap, self._options.longest_poll))
            detail = f"robots.txt asks for {gap:,.0f} s between requests: not"
            self.hold(target, Hold(until=until, reason=Reason.ROBOTS, detail=detail))
            return self._options.gap
        return gap


def _postpone(ask: Ask, hold: Hold, detail: str) -> Failure:
    rejected = Rejected(name=ask.target.url, reason=hold.reason, detail=detail)
    return Failure(rejected=rejected, for_now=True, until=hold.until)


def _is_news(link: Link, visit: Visit, now: datetime) -> bool:
    """Whether a listed address that was asked for before is asked for again."""
    if visit.due_at is not None and visit.due_at <= now:
        return True
    if link.changed is not None and visit.fetched_at is not None:
        return link.changed > visit.fetched_at
    return link.kind in POLLED and visit.fetched_at is not None and visit.due_at is None
