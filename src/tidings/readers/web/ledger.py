"""How each address ended: its visit is kept, and it is counted, once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tidings.model import Outcome, PageId, Reason, Rejected, hash_page
from tidings.model.visits import Kind, Visit
from tidings.ports import Visits
from tidings.readers.web.asks import Ask, FetchTally
from tidings.readers.web.exchange import Answer
from tidings.readers.web.freshness import (
    choose_poll,
    choose_retry,
    count_fresh,
    is_not_to_be_stored,
)
from tidings.readers.web.listing import Link, Listing, skip
from tidings.readers.web.options import Clock, FetchOptions
from tidings.readers.web.targets import Target

POLLED = (Kind.FEED, Kind.SITEMAP)
NO_TIME = timedelta(0)
A_DAY = timedelta(days=1)

FindOutcome = Callable[[str, PageId | None], Outcome | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why an address was not had."""

    rejected: Rejected
    for_now: bool  # it may be had later
    status: int | None = None
    until: datetime | None = None  # it asks not to be asked before


class Ledger:
    """Of one run. One thread at a time."""

    def __init__(self, visits: Visits, options: FetchOptions, clock: Clock, archive: str) -> None:
        self._visits = visits
        self._options = options
        self._clock = clock
        self._archive = archive
        self._counts: Counter[str] = Counter()
        self._reasons: Counter[Reason] = Counter()
        self.rejected: dict[str, Rejected] = {}  # by address
        self.covered: set[str] = set()  # addresses whose answers are told of under another's

    @property
    def tally(self) -> FetchTally:
        return FetchTally(**self._counts, reasons=tuple(sorted(self._reasons.items())))

    def count(self, what: str, number: int = 1) -> None:
        """``what``: a field of FetchTally."""
        self._counts[what] += number

    def refuse(self, name: str, rejected: Rejected) -> None:
        """An address that could not even be asked for."""
        self.count("rejected")
        self._reasons[rejected.reason] += 1
        self.rejected[name] = replace(rejected, name=name)

    def fail(self, ask: Ask, failure: Failure) -> None:
        detail = failure.rejected.detail
        if ask.trail:
            detail = f"redirected to {ask.target.url!r}: {detail}"
        self.refuse(ask.first.url, replace(failure.rejected, detail=detail))
        self.covered.add(ask.target.url)
        before = self._find(ask)
        failures = before.failures + 1
        now = self._clock.now()
        due = choose_retry(failures, now, self._options) if failure.for_now else None
        if before.kind in POLLED and failure.status != 410:  # gone, says the server
            due = due or now + timedelta(seconds=self._options.longest_poll)
        self._visits.keep(
            replace(
                before,
                status=failure.status,
                detail=detail,
                failures=failures,
                fetched_at=now,
                due_at=max(due, failure.until) if due and failure.until else due,
                fresh_until=failure.until,
            )
        )

    def keep_unchanged(self, ask: Ask, answer: Answer) -> None:
        """After 304."""
        self.count("unchanged")
        held = self._visits.find(ask.target.key) or self._find(ask)
        listing = Listing(kind=held.kind) if held.kind in POLLED else None
        self._keep(ask, answer, listing, held)

    def keep_fetched(self, ask: Ask, answer: Answer, listing: Listing | None) -> None:
        self.count("fetched")
        before = self._visits.find(ask.target.key) or begin_visit(ask.target, ask.link)
        kind = self._find(ask).kind
        if listing is None and kind in POLLED:  # it will be one again, perhaps
            listing = Listing(kind=kind, wait=A_DAY, fault="no feed or sitemap any more")
        is_sound = listing is None or listing.fault is None
        if is_not_to_be_stored(answer.join):
            is_sound = False
        held = replace(
            _forget_validators(before),
            archive=self._archive,
            page=hash_page(answer.body) if is_sound else None,
            new_etag=answer.find("etag") if is_sound else None,
            new_last_modified=answer.find("last-modified") if is_sound else None,
        )
        self._keep(ask, answer, listing, held)

    def _keep(self, ask: Ask, answer: Answer, listing: Listing | None, held: Visit) -> None:
        """Two visits where it was redirected: validators belong to the one that answered, polls
        to the one that was asked for, unless it has moved for good."""
        base = self._find(ask)
        fresh = count_fresh(answer.join, answer.at)
        due = self._choose_due(ask, answer, listing, base)
        visit = replace(
            held,
            url=ask.target.url,
            kind=listing.kind if listing else Kind.PAGE,
            title=base.title or (listing.title if listing else ""),  # an outline names it first
            home=base.home or (listing.home if listing else ""),
            folder=base.folder,
            status=answer.status,
            detail=(listing.fault if listing else None) or "",
            failures=0,
            fetched_at=answer.at,
            due_at=due,
            fresh_until=due or (answer.at + fresh if fresh else None),
        )
        if ask.first.key != ask.target.key:
            here = replace(_forget_validators(visit), key=ask.first.key, url=ask.first.url)
            if ask.is_moved:
                here = replace(here, kind=Kind.PAGE, due_at=None, detail="moved for good")
            else:
                visit = replace(visit, due_at=None)
            self._visits.keep(here)
        self._visits.keep(visit)

    def _choose_due(
        self, ask: Ask, answer: Answer, listing: Listing | None, base: Visit
    ) -> datetime | None:
        """When it is polled again; None of what is no feed or sitemap of its own."""
        if listing is None or listing.kind not in POLLED:
            return None
        if not (ask.is_named and ask.link.is_polled):
            return None
        fresh, wait = count_fresh(answer.join, answer.at), listing.wait or _last_wait(base)
        return skip(listing, choose_poll(fresh, wait, answer.at, self._options))

    def keep_repeated(self, ask: Ask) -> None:
        """It leads to an address of this run."""
        self.count("repeated")
        visit = self._find(ask)
        self._visits.keep(
            replace(visit, kind=Kind.PAGE, detail=f"leads to {ask.target.url}", due_at=None)
            if visit.kind not in POLLED
            else replace(visit, due_at=self._clock.now() + A_DAY)
        )

    def _find(self, ask: Ask) -> Visit:
        found = self._visits.find(ask.first.key)
        if found is None:
            return begin_visit(ask.first, ask.link)
        if ask.link.folder or ask.link.title:
            return replace(
                found,
                folder=ask.link.folder or found.folder,
                title=ask.link.title or found.title,
            )
        return found


def begin_visit(target: Target, link: Link) -> Visit:
    """Of an address that was never asked."""
    return Visit(
        key=target.key,
        url=target.url,
        kind=link.kind,
        title=link.title,
        home=link.home,
        folder=link.folder,
    )


def _forget_validators(visit: Visit) -> Visit:
    return replace(
        visit,
        etag=None,
        last_modified=None,
        archive=None,
        page=None,
        new_etag=None,
        new_last_modified=None,
    )


def _last_wait(visit: Visit) -> timedelta:
    """A feed that did not change says nothing of how often to ask: as often as before."""
    if visit.kind not in POLLED or not (visit.due_at and visit.fetched_at):
        return NO_TIME
    return max(visit.due_at - visit.fetched_at, NO_TIME)


def settle(visits: Visits, archive: str, find_outcome: FindOutcome) -> None:
    """After the pages of ``archive`` are in the store: validators hold from now on of what was
    read without fault; all other addresses are asked without condition the next time."""
    for visit in visits.waiting(archive):
        if visit.kind is not Kind.PAGE:
            is_good = True  # it was read when it came
        else:
            outcome = find_outcome(visit.url, visit.page)
            is_good = outcome is not None and outcome.reason is None
        visits.keep(
            replace(
                visit,
                etag=visit.new_etag if is_good else None,
                last_modified=visit.new_last_modified if is_good else None,
                new_etag=None,
                new_last_modified=None,
                page=None,
            )
        )
    visits.mark_added(archive)
