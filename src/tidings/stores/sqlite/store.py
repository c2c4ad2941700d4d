"""The store's front: each method is one read, or one transaction."""

# ruff: noqa: S608 - only our own names are put into SQL; values are bound

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tidings.errors import Unavailable
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
    Sketch,
    Story,
    StoryId,
    Summary,
    Vector,
)
from tidings.stores.sqlite import article_rows, queries, rows, writing
from tidings.stores.sqlite.checksum import TABLES, compute_checksum
from tidings.stores.sqlite.failures import translated
from tidings.stores.sqlite.lock import hold_lock
from tidings.stores.sqlite.namings import SqliteNames
from tidings.stores.sqlite.note_rows import parse_notes
from tidings.stores.sqlite.schema import open_database

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Neither shapes results."""

    busy_seconds: float = 10.0  # wait for another writer: a batch takes under one second
    part: int = 500  # rows a read; more read no faster (bench/store.py)
    pages_part: int = 32  # pages a read: packed, they are a few MB even where all are large


class SqliteStore:
    """``ports.Store`` in the file at ``path``, which is made where there is none.

    Readers in other processes or threads see whole batches only, while one process writes.
    """

    def __init__(self, path: str | Path, options: Options | None = None) -> None:
        self.path = Path(path)
        self._options = options or Options()
        self._is_rebuilding = False
        with translated(self.path):
            self._database = open_database(self.path, self._options.busy_seconds)
            self._outcomes = writing.find_last(self._database, "outcomes")

    def close(self) -> None:
        self._database.close()

    # writing

    def write(self, batch: Batch) -> None:
        """Raises Unavailable where another run added pages since this one loaded its sketches:
        stories chosen without them would be wrong."""
        if self._is_rebuilding:
            with translated(self.path):
                writing.write_batch_again(self._database, batch)
            return
        with self._transaction() as database:
            if batch.outcomes or batch.digests:
                self._refuse_stale(database)
            writing.write_batch(database, batch)
        self._outcomes += len(batch.outcomes)

    def _refuse_stale(self, database: sqlite3.Connection) -> None:
        if writing.find_last(database, "outcomes") != self._outcomes:
            raise Unavailable(
                f"another run has added to store {str(self.path)!r} meanwhile; "
                "let it end, then run the same command again"
            )

    def running(self) -> AbstractContextManager[None]:
        return hold_lock(self.path)

    @contextmanager
    def rebuilding(self) -> Iterator[None]:
        """One transaction: drops what is derived, and folds the log anew; then ``write`` adds
        digests and new decisions, and an outcome that is held gets its new end."""
        with self._transaction() as database:
            writing.clear_derived(database)
            self._is_rebuilding = True
            try:
                yield
            finally:
                self._is_rebuilding = False

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """Committed where the block ends well, else undone. Not nested: within a rebuild, its."""
        if self._is_rebuilding:
            with translated(self.path):
                yield self._database
            return
        with translated(self.path):
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield self._database
                self._database.execute("COMMIT")
            finally:
                if self._database.in_transaction:
                    self._database.execute("ROLLBACK")

    def set_setting(self, key: str, value: str) -> None:
        with self._transaction() as database:
            database.execute(
                "INSERT INTO settings VALUES (?, ?) "
                "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (rows.sound(key), rows.sound(value)),
            )

    # what came

    def find_setting(self, key: str) -> str | None:
        return self._find("SELECT value FROM settings WHERE key = ?", key, _first)

    def find_outcome(self, name: str, page: PageId | None) -> Outcome | None:
        with translated(self.path):
            return queries.find_outcome(self._database, name, page)

    def find_page_name(self, page: PageId) -> str | None:
        query = "SELECT name FROM pages JOIN outcomes USING (seq) WHERE pages.id = ?"
        return self._find(query, page, _first)

    def pages(self) -> Iterator[tuple[Outcome, Page | None]]:
        return self._each(queries.read_pages(self._database, self._options.pages_part))

    def pages_of(self, media_type: str) -> Iterator[Page]:
        return self._each(queries.read_pages_of(self._database, media_type))

    def rejections(self) -> Iterator[Outcome]:
        return self._each(queries.read_rejections(self._database))

    # articles

    def find_article(self, article: ArticleId) -> Article | None:
        query = f"SELECT {article_rows.ARTICLE} FROM articles WHERE id = ?"
        return self._find(query, article, article_rows.parse_article)

    def find_latest(self, address: str) -> Article | None:
        with translated(self.path):
            return queries.find_latest(self._database, address)

    def recent(self, outlet: str, last: int) -> list[Article]:
        with translated(self.path):
            return queries.read_recent(self._database, outlet, last)

    def versions(self, article: ArticleId) -> tuple[ArticleId, ...]:
        with translated(self.path):
            return queries.read_versions(self._database, article)

    def copies(self, article: ArticleId) -> tuple[Copy, ...]:
        with translated(self.path):
            return queries.read_copies(self._database, article)

    def languages(self) -> list[str]:
        with translated(self.path):
            found = self._database.execute("SELECT DISTINCT language FROM articles ORDER BY 1")
            return [_first(row) for row in found]

    def articles(self) -> Iterator[Article]:
        return self._scan(
            f"SELECT seq, {article_rows.ARTICLE} FROM articles", article_rows.parse_article
        )

    def notes(self, article: ArticleId) -> tuple[Note, ...]:
        query = "SELECT notes, text FROM articles JOIN notes USING (seq) WHERE id = ?"
        found = self._find(query, article, lambda row: parse_notes(row[0], article, row[1]))
        return found or ()

    def find_summary(self, article: ArticleId) -> Summary | None:
        return self._find(f"{queries.SUMMARY} WHERE id = ?", article, rows.parse_summary)

    def summaries(self, story: StoryId | None = None) -> Iterator[Summary]:
        query = f"SELECT seq, {rows.SUMMARY} FROM articles {queries.MEMBERS}"
        if story is None:
            return self._scan(query, rows.parse_summary)
        return self._each(queries.read_summaries(self._database, story))

    @property
    def names(self) -> SqliteNames:
        return SqliteNames(self._database, self.path)

    # sketches

    def sketches(self, last: int) -> Iterator[tuple[Sketch, StoryId]]:
        """From here on ``write`` refuses to go on if another run adds pages."""
        with translated(self.path):
            self._outcomes = writing.find_last(self._database, "outcomes")
            after = max(writing.find_last(self._database, "articles") - last, 0)
        return self._each(queries.read_sketches(self._database, after, self._options.part))

    def find_sketch(self, article: ArticleId) -> Sketch | None:
        query = f"SELECT {queries.SKETCH} FROM articles JOIN sketches USING (seq) WHERE id = ?"
        return self._find(query, article, rows.parse_sketch)

    def vectors(self, story: StoryId | None = None) -> Iterator[tuple[ArticleId, Vector]]:
        def parse(row: rows.Row) -> tuple[ArticleId, Vector]:
            return ArticleId(row[0]), rows.parse_vector(row[1])

        if story is None:
            return self._scan("SELECT seq, article, vector FROM sketches", parse)
        return self._each(map(parse, queries.read_vectors(self._database, story)))

    def match(self, lexemes: Sequence[str], limit: int) -> list[tuple[ArticleId, float]]:
        """The score is BM25 itself, above 0, without an upper bound."""
        with translated(self.path):
            return queries.match(self._database, lexemes, limit)

    # stories

    def decisions(self, article: ArticleId | None = None) -> Iterator[Decision]:
        query = f"SELECT seq, {rows.DECISION} FROM decisions"
        if article is None:
            return self._scan(query, rows.parse_decision)
        return self._each(queries.read_decisions(self._database, article))

    def decisions_of(self, story: StoryId) -> Iterator[Decision]:
        return self._each(queries.read_decisions_of(self._database, story))

    def user_stories(self) -> frozenset[StoryId]:
        with translated(self.path):
            return queries.read_user_stories(self._database)

    def find_story(self, story: StoryId) -> Story | None:
        with translated(self.path):
            return queries.find_story(self._database, story)

    def find_story_of(self, article: ArticleId) -> StoryId | None:
        found = self._find("SELECT story FROM members WHERE article = ?", article, _first)
        return None if found is None else StoryId(found)

    def stories(self) -> Iterator[Story]:
        """Those that hold articles now."""
        return self._each(queries.read_stories(self._database, self._options.part))

    # the whole

    def counts(self) -> dict[str, int]:
        """Rows of each table."""
        with translated(self.path):
            return {
                table: self._database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                for table in TABLES
            }

    def version(self) -> int:
        """Of SQLite's count of others' writes and of our own."""
        with translated(self.path):
            row = self._database.execute("PRAGMA data_version").fetchone()
            return int(row[0]) * 2**40 + self._database.total_changes

    def checksum(self) -> str:
        """Of one moment, also while another process writes. Reads everything: about 10 s for
        50,000 pages (bench/store.py)."""
        with translated(self.path):
            if self._database.in_transaction:
                return compute_checksum(self._database)
            self._database.execute("BEGIN")
            try:
                return compute_checksum(self._database)
            finally:
                self._database.execute("ROLLBACK")

    # reading

    def _find(self, query: str, key: str, parse: Callable[[rows.Row], Result]) -> Result | None:
        with translated(self.path):
            row = self._database.execute(query, (rows.sound(key),)).fetchone()
            return None if row is None else parse(row)

    def _scan(self, query: str, parse: Callable[[rows.Row], Result]) -> Iterator[Result]:
        query += " WHERE seq > :after ORDER BY seq LIMIT :part"
        found = queries.scan(self._database, query, self._options.part)
        return self._each(map(parse, found))

    def _each(self, found: Iterator[Result]) -> Iterator[Result]:
        with translated(self.path):
            yield from found


def _first(row: rows.Row) -> str:
    return str(row[0])
