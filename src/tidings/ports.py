"""One Protocol per plural folder: what a plug-in of that kind must do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from tidings.model import (
    Article,
    ArticleId,
    Batch,
    Copy,
    Decision,
    Note,
    Outcome,
    Page,
    PageId,
    Placed,
    Rejected,
    Sketch,
    Story,
    StoryId,
    Summary,
    Vector,
)
from tidings.model.visits import Host, Visit

Item = TypeVar("Item")
Result = TypeVar("Result")


class Reader(Protocol):
    """Where pages come from."""

    @property
    def total_bytes(self) -> int | None:
        """Of the input as it lies there; None where unknown."""
        ...

    @property
    def bytes_read(self) -> int: ...

    def read(self) -> Iterator[Page | Rejected]:
        """Every page that is there, in a fixed order; what can't be read ends as Rejected."""
        ...


class Extractor(Protocol):
    """Page → articles. Pure: same page, same articles."""

    def extract(self, page: Page) -> tuple[Article, ...] | Rejected: ...


class Annotator(Protocol):
    """Article → notes with evidence. Pure."""

    def annotate(self, article: Article, notes: Sequence[Note]) -> Iterable[Note]:
        """``notes`` are those of the annotators that ran before."""
        ...


class Embedder(Protocol):
    """Text → vector. One text a call: a vector never depends on its neighbours."""

    @property
    def name(self) -> str:
        """With everything that changes vectors: weights, version, means ('e5/1')."""
        ...

    @property
    def dimensions(self) -> int: ...

    def embed(self, text: str, language: str) -> Vector:
        """The vector of ``text``, cut to what the embedder reads; zeros for empty text."""
        ...


class Executor(Protocol):
    """Where the work runs."""

    def map(
        self, function: Callable[[Item], Result], items: Iterable[Item]
    ) -> Iterator[Result | Rejected]:
        """Results in the order of the items; an item that hangs or kills its worker ends as
        Rejected. ``items`` is read lazily: memory stays bounded."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldName:
    """A name of the index; of the gazetteer its id, without language."""

    number: int  # by arrival of the first article that has it
    name: str
    language: str
    is_known: bool


class Names(Protocol):
    """The index of names, by which entities of all stories are found."""

    def find(self, keys: Iterable[str]) -> list[HeldName]:
        """Names with any of these keys, by number."""
        ...

    def find_both(self, keys: Iterable[str], others: Iterable[str]) -> list[HeldName]:
        """Names with any of ``keys`` and any of ``others``, by number."""
        ...

    def placed(self, names: Iterable[int]) -> list[Placed]:
        """Where these are, in order of arrival."""
        ...

    def placed_in(self, story: StoryId) -> list[Placed]:
        """All that the story's articles name, in order of arrival."""
        ...


class Store(Protocol):
    """Where it is kept. Every write is one transaction; StoreFull leaves the last one undone."""

    @property
    def names(self) -> Names: ...

    def find_outcome(self, name: str, page: PageId | None) -> Outcome | None: ...

    def rejections(self) -> Iterator[Outcome]:
        """The rejected pages, newest first."""
        ...

    def counts(self) -> dict[str, int]:
        """Rows by table."""
        ...

    def version(self) -> int:
        """Changes whenever the content does, whoever writes."""
        ...

    def find_page_name(self, page: PageId) -> str | None:
        """The name under which these bytes came first."""
        ...

    def pages_of(self, media_type: str) -> Iterator[Page]:
        """In order of arrival."""
        ...

    def find_latest(self, address: str) -> Article | None:
        """The last to come from this canonical address."""
        ...

    def recent(self, outlet: str, last: int) -> list[Article]:
        """The ``last`` articles of one publisher, told by domain or else by name, in order of
        arrival."""
        ...

    def versions(self, article: ArticleId) -> tuple[ArticleId, ...]:
        """All versions of the article, itself too, oldest first; empty where it is not held."""
        ...

    def copies(self, article: ArticleId) -> tuple[Copy, ...]:
        """What it is a copy of and what are copies of it, by arrival of the copies."""
        ...

    def write(self, batch: Batch) -> None:
        """All of the batch or nothing: pages, outcomes, articles, notes, vectors, index, log."""
        ...

    def sketches(self, last: int) -> Iterator[tuple[Sketch, StoryId]]:
        """The ``last`` articles by arrival, oldest first, each with the story it is in."""
        ...

    def pages(self) -> Iterator[tuple[Outcome, Page | None]]:
        """Every outcome in order of arrival; the page where this outcome brought its bytes."""
        ...

    def decisions(self, article: ArticleId | None = None) -> Iterator[Decision]:
        """The log in order; of one article where it is named."""
        ...

    def decisions_of(self, story: StoryId) -> Iterator[Decision]:
        """All lines about each article that was ever put into the story, in the log's order."""
        ...

    def user_stories(self) -> frozenset[StoryId]:
        """Those that a user's line put an article into, or took one out of."""
        ...

    def summaries(self, story: StoryId | None = None) -> Iterator[Summary]:
        """Of every article, or of one story's, in order of arrival, without loading texts."""
        ...

    def find_summary(self, article: ArticleId) -> Summary | None: ...

    def find_sketch(self, article: ArticleId) -> Sketch | None: ...

    def find_setting(self, key: str) -> str | None:
        """What the store was made with (the embedder's name), kept beside the content."""
        ...

    def set_setting(self, key: str, value: str) -> None: ...

    def find_article(self, article: ArticleId) -> Article | None: ...

    def articles(self) -> Iterator[Article]: ...

    def notes(self, article: ArticleId) -> tuple[Note, ...]: ...

    def find_story(self, story: StoryId) -> Story | None: ...

    def find_story_of(self, article: ArticleId) -> StoryId | None: ...

    def stories(self) -> Iterator[Story]:
        """In the order in which they were opened."""
        ...

    def vectors(self, story: StoryId | None = None) -> Iterator[tuple[ArticleId, Vector]]:
        """Of every article in order of arrival, or of one story's."""
        ...

    def match(self, lexemes: Sequence[str], limit: int) -> list[tuple[ArticleId, float]]:
        """Articles with any of these stems, best BM25 first, ties by arrival."""
        ...

    def running(self) -> AbstractContextManager[None]:
        """One run at a time adds or rebuilds. Raises Unavailable where another is at it."""
        ...

    def languages(self) -> list[str]:
        """Those of the articles, in order of their tags."""
        ...

    def rebuilding(self) -> AbstractContextManager[None]:
        """One transaction: all that is derived is dropped, ``write`` fills it again (pages,
        outcomes and decisions that are held are left as they are). A crash leaves the old state."""
        ...

    def checksum(self) -> str:
        """blake2b over every row of every table in key order: same content, same checksum."""
        ...

    def close(self) -> None: ...


class Visits(Protocol):
    """Where visits are kept. Each call is one transaction; any thread, one at a time."""

    def find(self, key: str) -> Visit | None: ...

    def keep(self, visit: Visit) -> None:
        """In place of what was kept under its key."""
        ...

    def due(self, now: datetime) -> list[Visit]:
        """Longest due first."""
        ...

    def subscriptions(self) -> list[Visit]:
        """Feeds and sitemaps that are polled, in order of folder, title and key."""
        ...

    def waiting(self, archive: str) -> list[Visit]:
        """Those whose answer is in ``archive`` and whose new validators are not confirmed."""
        ...

    def forget(self, key: str) -> bool:
        """It is never due again by itself. Whether it was."""
        ...

    def find_host(self, authority: str) -> Host | None: ...

    def keep_host(self, host: Host) -> None: ...

    def is_added(self, archive: str) -> bool:
        """Whether its pages are in the store."""
        ...

    def mark_added(self, archive: str) -> None: ...

    def close(self) -> None: ...
