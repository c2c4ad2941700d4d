"""One run of pages into a store: what is new is digested, placed in stories, and written."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from tidings.model import (
    Article,
    Batch,
    Digest,
    Ending,
    Outcome,
    Page,
    PageId,
    Reason,
    Rejected,
    Tally,
)
from tidings.pipeline import Digestion, Draft, Extraction, Plan
from tidings.placing import Placer
from tidings.ports import Executor, Store
from tidings.settling import Known, Settler, TakenError

BATCH_PAGES = 128
"""Pages a transaction: at about 40 pages a second a crash costs three seconds of work; larger
batches write no faster (bench/store.py)."""

Progress = Callable[[Tally], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stages:
    """Who works: ``reading`` makes articles of pages, ``digesting`` digests of articles."""

    plan: Plan
    reading: Executor
    digesting: Executor


@dataclass(frozen=True, slots=True)
class _Ended:
    """A page with its end, on its way into a batch."""

    outcome: Outcome
    page: Page | None  # where its bytes are new
    digests: tuple[Digest, ...]


class Intake:
    """One run of pages into a store: sifts, reads, settles, digests, places, writes, counts.

    Memory is bounded by the executors' pages in flight and one batch.
    """

    def __init__(self, store: Store, stages: Stages) -> None:
        self._store = store
        self._stages = stages
        self._settler = Settler(store)
        self._placer = Placer(store, stages.plan.assign)
        self._waiting: deque[Outcome | Page] = deque()  # that are read or in front of one
        self._settled: deque[Outcome | _Ended | Page] = deque()  # the same of those digested
        self._in_flight: dict[PageId, str] = {}  # name of each page that is not written yet
        self._rejected: dict[PageId, Outcome] = {}  # of this run
        self._keys: set[tuple[str, PageId | None]] = set()  # what was sifted since the last batch
        self._counts: Counter[str] = Counter()
        self._reasons: Counter[Reason] = Counter()

    @property
    def tally(self) -> Tally:
        return Tally(**self._counts, reasons=tuple(sorted(self._reasons.items())))

    def add(self, pages: Iterable[Page | Rejected], progress: Progress) -> Tally:
        """Adds what is not held yet. Stories go on where the store's last run left them."""
        self._placer.go_on()
        with self._store.running():
            return self._run(self._sift(pages), progress)

    def rebuild(self, embedder: str, progress: Progress) -> Tally:
        """Makes all that is derived again, in the order in which the pages came. What the log
        has decided stays decided; what it has not (a page that failed then) is decided now.
        ``embedder`` names the one whose vectors the store holds from then on."""
        self._placer.follow_log()
        with self._store.running(), self._store.rebuilding():
            self._store.set_setting("embedder", embedder)
            return self._run(self._sift_held(), progress)

    def _run(self, pages: Iterator[Page], progress: Progress) -> Tally:
        batch: list[_Ended] = []
        for ended in self._end(pages):
            batch.append(ended)
            if len(batch) >= BATCH_PAGES:
                self._write(batch)
                batch = []
            progress(self.tally)
        self._write(batch)
        progress(self.tally)
        return self.tally

    def _end(self, pages: Iterator[Page]) -> Iterator[_Ended]:
        """Every page that is not held, in order of arrival, with its end."""
        digestion = Digestion(self._stages.plan)
        for result in self._stages.digesting.map(digestion, self._drafts(pages)):
            yield from self._passed()
            page = self._settled.popleft()
            if not isinstance(page, Page):
                raise TypeError(f"an end waits where a page should: {page!r}")
            yield self._end_page(page, result)
        yield from self._passed()

    def _drafts(self, pages: Iterator[Page]) -> Iterator[Draft]:
        """What there is to digest; all other ends wait in their place."""
        for result in self._stages.reading.map(Extraction(self._stages.plan), pages):
            page = self._pass_outcomes()
            draft = self._draft(page, result)
            self._settled.append(page if isinstance(draft, Draft) else draft)
            if isinstance(draft, Draft):
                yield draft
        while self._waiting:
            self._settled.append(self._pass_outcome())

    def _draft(self, page: Page, result: tuple[Article, ...] | Rejected) -> Draft | _Ended:
        if isinstance(result, Rejected):
            return self._end_page(page, result)
        try:
            settled = self._settler.settle(page, result)
        except TakenError as error:
            taken = Rejected(name=page.name, reason=Reason.ID_TAKEN, detail=error.detail)
            return self._end_page(page, taken)
        if isinstance(settled, Known):
            return _Ended(_copy(page, settled.detail), page, ())
        return Draft(page.name, settled)

    def _pass_outcomes(self) -> Page:
        """The page whose turn it is; the outcomes in front of it go on."""
        while not isinstance(self._waiting[0], Page):
            self._settled.append(self._pass_outcome())
        page = self._waiting.popleft()
        if not isinstance(page, Page):
            raise TypeError(f"an outcome waits where a page should: {page!r}")
        return page

    def _pass_outcome(self) -> Outcome:
        outcome = self._waiting.popleft()
        if isinstance(outcome, Page):
            raise TypeError(f"a page waits where an outcome should: {outcome.name!r}")
        return outcome

    def _passed(self) -> Iterator[_Ended]:
        """The ends in front of the next page that is being digested."""
        while self._settled and not isinstance(self._settled[0], Page):
            ended = self._settled.popleft()
            if isinstance(ended, Outcome):
                yield _Ended(self._settle(ended), None, ())
            elif isinstance(ended, _Ended):
                yield ended

    def _settle(self, outcome: Outcome) -> Outcome:
        """A copy of a rejected page is rejected for the same reason."""
        if outcome.ending is not Ending.COPY or outcome.page is None:
            return outcome
        first = self._rejected.get(outcome.page)
        first = first or self._store.find_outcome(outcome.detail, outcome.page)
        if first is None or first.ending is not Ending.REJECTED:
            return outcome
        detail = f"the same bytes as {first.name}: {first.detail}"
        return replace(outcome, ending=Ending.REJECTED, reason=first.reason, detail=detail)

    def _sift(self, pages: Iterable[Page | Rejected]) -> Iterator[Page]:
        """The pages that must be digested; the ends of all others wait in their place."""
        for page in pages:
            key = (page.name, page.id if isinstance(page, Page) else None)
            held = key in self._keys or self._store.find_outcome(*key) is not None
            if not held:
                self._keys.add(key)
            if isinstance(page, Rejected):
                self._refuse_unread(page, held)
            elif held:
                self._counts.update(read=1, held=1)
            elif first := self._in_flight.get(page.id) or self._store.find_page_name(page.id):
                self._waiting.append(_copy(page, first))
            else:
                self._in_flight[page.id] = page.name
                self._waiting.append(page)
                yield page

    def _sift_held(self) -> Iterator[Page]:
        for outcome, page in self._store.pages():
            self._waiting.append(page or outcome)
            if page:
                yield page

    def _refuse_unread(self, rejected: Rejected, held: bool) -> None:
        """What can't be read is tried at every run, counted each time and kept once."""
        if held:
            self._counts.update(read=1, rejected=1)
            self._reasons[rejected.reason] += 1
        else:
            self._waiting.append(_reject(rejected, None))

    def _end_page(self, page: Page, result: tuple[Digest, ...] | Rejected) -> _Ended:
        if isinstance(result, Rejected):
            outcome = _reject(result, page.id)
            self._rejected[page.id] = outcome
            return _Ended(outcome, page, ())
        outcome = Outcome(
            name=page.name, page=page.id, ending=Ending.ACCEPTED, reason=None, detail=""
        )
        return _Ended(outcome, page, result)

    def _write(self, batch: list[_Ended]) -> None:
        if not batch:
            return
        digests = tuple(digest for ended in batch for digest in ended.digests)
        decisions, copies = self._placer.place(digests)
        self._store.write(
            Batch(
                pages=tuple(ended.page for ended in batch if ended.page),
                outcomes=tuple(ended.outcome for ended in batch),
                digests=digests,
                decisions=decisions,
                copies=copies,
            )
        )
        self._settler.forget(digest.article.id for digest in digests)
        for ended in batch:
            self._count(ended)

    def _count(self, ended: _Ended) -> None:
        outcome = ended.outcome
        self._counts["read"] += 1
        self._counts["articles"] += len(ended.digests)
        self._counts[_COUNTED[outcome.ending]] += 1
        if outcome.reason:
            self._reasons[outcome.reason] += 1
        self._keys.discard((outcome.name, outcome.page))
        if outcome.page:
            self._in_flight.pop(outcome.page, None)


_COUNTED = {Ending.ACCEPTED: "accepted", Ending.COPY: "copies", Ending.REJECTED: "rejected"}


def _reject(rejected: Rejected, page: PageId | None) -> Outcome:
    return Outcome(
        name=rejected.name,
        page=page,
        ending=Ending.REJECTED,
        reason=rejected.reason,
        detail=rejected.detail,
    )


def _copy(page: Page, first: str) -> Outcome:
    return Outcome(name=page.name, page=page.id, ending=Ending.COPY, reason=None, detail=first)
