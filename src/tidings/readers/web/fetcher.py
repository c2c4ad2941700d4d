"""Asks for addresses, many hosts at once, and keeps every answer in an archive."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import replace

from tidings.model import Reason, Rejected
from tidings.model.visits import Kind, Visit
from tidings.ports import Visits
from tidings.readers.web import robots
from tidings.readers.web.agenda import Agenda, Hold
from tidings.readers.web.archive import Archive
from tidings.readers.web.asks import Ask, FetchTally
from tidings.readers.web.discovery import find_feeds, is_page
from tidings.readers.web.exchange import Answer, Cut, Headers, ask
from tidings.readers.web.freshness import parse_retry
from tidings.readers.web.ledger import Failure, Ledger
from tidings.readers.web.listing import Link, Listing, choose_links, find_listing
from tidings.readers.web.network import Network
from tidings.readers.web.options import Clock, FetchOptions
from tidings.readers.web.targets import Target, follow
from tidings.reading.labels import parse_media_type

Watch = Callable[[FetchTally], None]
"""Is told, a few times a second, how far a run is."""

TICK = 0.2  # seconds between two tellings
REDIRECTS = (301, 302, 303, 307, 308)
FOR_GOOD = (301, 308)
EMPTY = (204, 205)
FOR_NOW = (408, 425, 429)  # and all from 500 on
BUSY = (429, 503)  # whose Retry-After speaks for the host
CUTS = {
    Cut.LENGTH: Reason.TOO_LARGE,
    Cut.TIME: Reason.TIMEOUT,
    Cut.DISCONNECT: Reason.TRUNCATED,
}


class Fetcher:
    """One run. What it cannot have is in ``ledger.rejected``."""

    def __init__(
        self,
        visits: Visits,
        archive: Archive,
        options: FetchOptions,
        clock: Clock | None = None,
        network: Network | None = None,
    ) -> None:
        self._visits = visits
        self._archive = archive
        self._options = options
        self._clock = clock or Clock()
        self._network = network or Network(options)
        self.ledger = Ledger(visits, options, self._clock, archive.path.name)
        self._agenda = Agenda(visits, self.ledger, options, self._clock)
        self._turn = threading.Condition()  # held by whoever touches anything but the network
        self._silent: Counter[str] = Counter()  # failures in a row, by host
        self._is_over = False

    def run(self, sources: Iterable[Link | Rejected], watch: Watch) -> FetchTally:
        """Raises StoreFull. However it ends, what was answered is in the archive."""
        self._agenda.take_from(sources)
        with ThreadPoolExecutor(self._options.threads, "fetch") as pool:
            works = [pool.submit(self._work) for _ in range(self._options.threads)]
            try:
                rest = set(works)
                while rest:
                    rest = wait(rest, TICK, FIRST_EXCEPTION).not_done
                    watch(self._tell())
                    for work in works:
                        if work.done():
                            work.result()
            finally:
                self._end()
                self._network.stop()
        return self._tell()

    def _tell(self) -> FetchTally:
        with self._turn:
            return self.ledger.tally

    def _end(self) -> None:
        with self._turn:
            self._is_over = True
            self._turn.notify_all()

    def _work(self) -> None:
        try:
            while (turn := self._take()) is not None:
                ready = self._step(turn[1])
                with self._turn:
                    self._agenda.lanes.free(turn[0], ready)
                    self._agenda.top_up()
                    self._turn.notify_all()
        finally:  # all is done, or something broke: the others need not wait
            self._end()

    def _take(self) -> tuple[str, Ask] | None:
        lanes = self._agenda.lanes
        with self._turn:
            while not self._is_over:
                now = self._clock.monotonic()
                if turn := lanes.take(now):
                    return turn
                if lanes.is_idle and not self._agenda.top_up():
                    return None
                ready = lanes.find_next()
                self._turn.wait(None if ready is None else max(ready - now, 0.0))
        return None

    def _step(self, one: Ask) -> float:
        """When the host may be asked again."""
        with self._turn:
            pause = self._hesitate(one)
            if pause is not None:
                return self._clock.monotonic() + pause
            visit = self._visits.find(one.target.key)
        conditions = _conditions(visit) if one.kind is not Kind.ROBOTS else ()
        answer = ask(one.target, self._network, self._options_for(one), self._clock, conditions)
        listing, feeds = self._read(one, answer)
        with self._turn:
            if not self._is_over:
                self.ledger.count("requests")
                self._conclude(one, answer, bool(conditions), listing)
                for feed in feeds:
                    self._agenda.admit(Link(url=feed.url, kind=Kind.FEED), is_named=True)
            return self._clock.monotonic() + self._agenda.keep_gap(one.target)

    def _hesitate(self, one: Ask) -> float | None:
        """None where the request may go out now, else seconds that its host has to wait."""
        if one.kind is not Kind.ROBOTS:
            rules = self._agenda.find_rules(one)
            if rules is None:
                return 0.0
            if refusal := rules.find_refusal(one.target):
                self.ledger.fail(one, Failure(rejected=refusal, for_now=not rules.is_lasting))
                return 0.0
        left = self._agenda.find_wait(one)
        if isinstance(left, Failure) and one.kind is Kind.ROBOTS:
            self._learn(one, left.rejected)
        elif isinstance(left, Failure):
            self.ledger.fail(one, left)
        elif left is not None:
            self._agenda.lanes.add(one.target.host, one, first=True)
            return left
        return None if left is None else 0.0

    def _options_for(self, one: Ask) -> FetchOptions:
        if one.kind is not Kind.ROBOTS:
            return self._options
        return replace(self._options, largest_page=robots.LARGEST)

    def _read(
        self, one: Ask, answer: Answer | Rejected
    ) -> tuple[Listing | None, tuple[Target, ...]]:
        """The list that was answered, or the feeds that a page names; of named addresses only."""
        if isinstance(answer, Rejected) or not one.is_named or answer.cut:
            return None, ()
        if not 200 <= answer.status < 300:
            return None, ()
        media_type, charset = parse_media_type(answer.find("content-type") or "")
        listing = find_listing(answer.body, answer.target.url, media_type, charset)
        if listing is None and is_page(media_type):
            return None, find_feeds(answer.body, answer.target)
        return listing, ()

    def _conclude(
        self, one: Ask, answer: Answer | Rejected, is_conditional: bool, listing: Listing | None
    ) -> None:
        if isinstance(answer, Rejected):
            self._note_silence(one, answer)
            self._fail(one, answer, for_now=answer.reason is not Reason.PRIVATE)
            return
        self._silent.pop(one.target.host, None)
        is_revisit = answer.status == 304 and is_conditional
        self._archive.keep(answer, is_revisit=is_revisit)
        self.ledger.count("bytes", len(answer.raw))
        if answer.status in REDIRECTS:
            self._redirect(one, answer)
        elif one.kind is Kind.ROBOTS:
            self._learn(one, answer)
        elif is_revisit:
            self.ledger.keep_unchanged(one, answer)
        elif answer.status in EMPTY:
            self._fail(one, _status(answer, "and nothing else"), for_now=False)
        elif 200 <= answer.status < 300 and not answer.cut:
            self._keep(one, answer, listing)
        else:
            self._fail_answered(one, answer)

    def _keep(self, one: Ask, answer: Answer, listing: Listing | None) -> None:
        self.ledger.keep_fetched(one, answer, listing)
        if listing is None:
            return
        for link in choose_links(listing, self._options):
            if self._options.entries or link.kind is not Kind.PAGE:
                self._agenda.admit(link, is_named=link.kind is not Kind.PAGE)

    def _redirect(self, one: Ask, answer: Answer) -> None:
        where = answer.find("location")
        if where is None:
            self._fail(one, _status(answer, "without saying where to"), for_now=False)
            return
        target = follow(one.target, _respell(where))
        if isinstance(target, Rejected):
            self._fail(one, target, for_now=False)
        elif target.url in (*one.trail, one.target.url):
            self._fail(one, _status(answer, "in a circle"), for_now=False)
        elif len(one.trail) >= self._options.redirects:
            self._fail(one, _status(answer, f"more than {len(one.trail)} times"), for_now=False)
        else:
            for_good = answer.status in FOR_GOOD
            self._agenda.redirect(one, target, for_good=for_good)

    def _fail_answered(self, one: Ask, answer: Answer) -> None:
        """An error, or an answer that is not whole."""
        until = None
        if answer.status in BUSY:
            until = parse_retry(answer.find("retry-after") or "", self._clock.now())
        if until:
            detail = f"answered {answer.status} and asked not to be asked"
            hold = Hold(until=until, reason=Reason.STATUS, detail=detail)
            self._agenda.hold(one.target, hold)
        if answer.cut and answer.status < 400:
            reason = CUTS[answer.cut]
            rejected = Rejected(name=one.target.url, reason=reason, detail=answer.detail)
            self._fail(one, rejected, for_now=answer.cut is not Cut.LENGTH)
            return
        for_now = answer.status in FOR_NOW or answer.status >= 500
        failure = Failure(
            rejected=_status(answer, ""), for_now=for_now, status=answer.status, until=until
        )
        self.ledger.fail(one, failure)

    def _fail(self, one: Ask, rejected: Rejected, *, for_now: bool) -> None:
        if one.kind is Kind.ROBOTS:
            self._learn(one, rejected)
        else:
            self.ledger.fail(one, Failure(rejected=rejected, for_now=for_now))

    def _learn(self, one: Ask, answer: Answer | Rejected) -> None:
        """What the robots.txt of the host says that was asked first."""
        found = robots.parse_answer(one.first.authority, answer, self._clock.now())
        self._agenda.learn(found, is_answered=isinstance(answer, Answer))

    def _note_silence(self, one: Ask, rejected: Rejected) -> None:
        """A host that does not answer several times in a row is left alone."""
        host = one.target.host
        self._silent[host] += 1
        if self._silent[host] >= self._options.failures_a_host:
            detail = (
                f"no answer {self._silent[host]} times in a row ({rejected.detail}): left alone"
            )
            self._agenda.hold(one.target, Hold(until=None, reason=rejected.reason, detail=detail))


def _conditions(visit: Visit | None) -> Headers:
    """For a conditional request (RFC 9110 section 13)."""
    if visit is None:
        return ()
    named = (("If-None-Match", visit.etag), ("If-Modified-Since", visit.last_modified))
    return tuple((name, value) for name, value in named if value)


def _respell(location: str) -> str:
    """Headers are read as Latin-1; many servers send addresses in UTF-8."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location


def _status(answer: Answer, words: str) -> Rejected:
    verb = "redirected" if answer.status in REDIRECTS else "answered"
    detail = f"{verb} with {answer.status} {words}".strip()
    return Rejected(name=answer.target.url, reason=Reason.STATUS, detail=detail)
