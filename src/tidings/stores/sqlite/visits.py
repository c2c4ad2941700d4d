"""``ports.Visits`` in the store's own file, in tables that no checksum counts: they hold the times
of a clock."""

# ruff: noqa: S608 - only our own names are put into SQL; values are bound

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import datetime
from pathlib import Path

from tidings.model import PageId
from tidings.model.visits import Host, Kind, Visit
from tidings.stores.sqlite.failures import translated
from tidings.stores.sqlite.rows import Row, micros, moment, pack, sound
from tidings.stores.sqlite.schema import open_database

VISIT = [field.name for field in fields(Visit)]
HOST = [field.name for field in fields(Host)]
TABLES = (
    """CREATE TABLE IF NOT EXISTS visits (
    key TEXT PRIMARY KEY,
    url TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    home TEXT NOT NULL,
    folder TEXT NOT NULL,  -- JSON
    status INTEGER,
    detail TEXT NOT NULL,
    failures INTEGER NOT NULL,
    fetched_at INTEGER,  -- microseconds since 1970, UTC
    due_at INTEGER,
    fresh_until INTEGER,
    etag TEXT,
    last_modified TEXT,
    archive TEXT,
    page TEXT,
    new_etag TEXT,
    new_last_modified TEXT
) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS visits_by_due ON visits (due_at) WHERE due_at IS NOT NULL",
    "CREATE INDEX IF NOT EXISTS visits_by_archive ON visits (archive) WHERE page IS NOT NULL",
    """CREATE TABLE IF NOT EXISTS hosts (
    authority TEXT PRIMARY KEY,
    robots TEXT,
    detail TEXT NOT NULL,
    fetched_at INTEGER,
    wait_until INTEGER
) WITHOUT ROWID""",
    "CREATE TABLE IF NOT EXISTS archives (name TEXT PRIMARY KEY) WITHOUT ROWID",
)


class SqliteVisits:
    """A connection of its own to the store at ``path``. Any thread, one at a time."""

    def __init__(self, path: str | Path, busy_seconds: float = 10.0) -> None:
        self._path = Path(path)
        self._lock = threading.Lock()
        with translated(self._path):
            self._database = open_database(self._path, busy_seconds)
            # A lost visit is asked for once more; the answers themselves are in the archives.
            self._database.execute("PRAGMA synchronous = NORMAL")
            for table in TABLES:
                self._database.execute(table)

    def close(self) -> None:
        self._database.close()

    def find(self, key: str) -> Visit | None:
        found = self._read("SELECT * FROM visits WHERE key = ?", key)
        return _parse_visit(found[0]) if found else None

    def keep(self, visit: Visit) -> None:
        self._keep("visits", [getattr(visit, name) for name in VISIT])

    def due(self, now: datetime) -> list[Visit]:
        query = "SELECT * FROM visits WHERE due_at <= ? ORDER BY due_at, key"
        return [_parse_visit(row) for row in self._read(query, _plain(now))]

    def subscriptions(self) -> list[Visit]:
        query = "SELECT * FROM visits WHERE kind IN (?, ?) AND due_at IS NOT NULL"
        found = [_parse_visit(row) for row in self._read(query, Kind.FEED, Kind.SITEMAP)]
        return sorted(found, key=lambda visit: (visit.folder, visit.title, visit.key))

    def waiting(self, archive: str) -> list[Visit]:
        query = "SELECT * FROM visits WHERE archive = ? AND page IS NOT NULL ORDER BY key"
        return [_parse_visit(row) for row in self._read(query, archive)]

    def forget(self, key: str) -> bool:
        with self._held() as database:
            query = "UPDATE visits SET due_at = NULL WHERE key = ? AND due_at IS NOT NULL"
            return database.execute(query, (sound(key),)).rowcount > 0

    def find_host(self, authority: str) -> Host | None:
        found = self._read("SELECT * FROM hosts WHERE authority = ?", authority)
        if not found:
            return None
        authority, robots, detail, fetched_at, wait_until = found[0]
        return Host(
            authority=authority,
            robots=robots,
            detail=detail,
            fetched_at=moment(fetched_at),
            wait_until=moment(wait_until),
        )

    def keep_host(self, host: Host) -> None:
        self._keep("hosts", [getattr(host, name) for name in HOST])

    def is_added(self, archive: str) -> bool:
        return bool(self._read("SELECT 1 FROM archives WHERE name = ?", archive))

    def mark_added(self, archive: str) -> None:
        self._keep("archives", [archive])

    def _keep(self, table: str, values: list[object]) -> None:
        marks = ", ".join("?" * len(values))
        with self._held() as database:
            row = tuple(_plain(value) for value in values)
            database.execute(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", row)

    def _read(self, query: str, *values: object) -> list[Row]:
        with self._held() as database:
            return database.execute(query, tuple(_plain(value) for value in values)).fetchall()

    @contextmanager
    def _held(self) -> Iterator[sqlite3.Connection]:
        with self._lock, translated(self._path):
            yield self._database


def _plain(value: object) -> object:
    """As SQLite takes it."""
    match value:
        case datetime():
            return micros(value)
        case str():
            return sound(str(value))
        case tuple():
            return pack(value)
    return value


def _parse_visit(row: Row) -> Visit:
    values = dict(zip(VISIT, row, strict=True))
    page = values["page"]
    return Visit(
        **{
            **values,
            "kind": Kind(values["kind"]),
            "folder": tuple(json.loads(values["folder"])),
            "fetched_at": moment(values["fetched_at"]),
            "due_at": moment(values["due_at"]),
            "fresh_until": moment(values["fresh_until"]),
            "page": None if page is None else PageId(page),
        }
    )
