"""The tables, and how a file comes to have them.

Derived tables (all but pages, outcomes, settings and the log) are numbered by arrival: ``seq``
of an article, of its sketch and of its row in the text index are the same number.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path

from tidings.errors import WrongUse

VERSION = 3
APPLICATION = 0x54494447  # 'TIDG', so that another program's file is not taken for ours

DERIVED = (
    *("members", "opened", "copies", "sketches", "notes"),
    *("namings", "name_keys", "names", "articles"),
)
"""In an order in which they can be emptied: those that refer to another come first."""

TABLES = """
CREATE TABLE outcomes (
    seq INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    page TEXT,
    ending TEXT NOT NULL,
    reason TEXT,
    detail TEXT NOT NULL
);
CREATE UNIQUE INDEX outcomes_by_name ON outcomes (name, ifnull(page, ''));
CREATE TABLE pages (
    seq INTEGER PRIMARY KEY REFERENCES outcomes (seq),  -- the outcome that brought the bytes
    id TEXT NOT NULL UNIQUE,
    media_type TEXT NOT NULL,
    served TEXT,  -- JSON: what came with the bytes
    data BLOB NOT NULL  -- zlib
);
CREATE TABLE articles (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    page TEXT NOT NULL REFERENCES pages (id),
    position INTEGER NOT NULL,
    url TEXT,
    publisher TEXT,
    published_start INTEGER,  -- microseconds since 1970, UTC
    published_end INTEGER,
    published_reason TEXT NOT NULL,
    modified_start INTEGER,
    modified_end INTEGER,
    modified_reason TEXT,  -- NULL where nothing is said of a change
    language TEXT NOT NULL,
    headline TEXT NOT NULL,
    lead TEXT NOT NULL,  -- the body's first characters
    is_cut INTEGER NOT NULL,
    extractor TEXT NOT NULL,
    domain TEXT,  -- of its own address
    supersedes TEXT,  -- id of the version before it
    address TEXT,  -- canonical form of url
    outlet TEXT,  -- domain, else publisher
    parts TEXT NOT NULL,  -- JSON: byline, blocks, links, grounds, timestamps and more
    text TEXT NOT NULL  -- last and long: a scan of the columns before it does not read it
);
CREATE INDEX articles_by_language ON articles (language);
CREATE INDEX articles_by_address ON articles (address) WHERE address IS NOT NULL;
CREATE INDEX articles_by_outlet ON articles (outlet) WHERE outlet IS NOT NULL;
CREATE INDEX articles_by_supersedes ON articles (supersedes) WHERE supersedes IS NOT NULL;
CREATE TABLE copies (
    article TEXT PRIMARY KEY,
    of TEXT NOT NULL,  -- the earliest held
    kind TEXT NOT NULL,
    share REAL NOT NULL
) WITHOUT ROWID;
CREATE INDEX copies_by_of ON copies (of);
CREATE TABLE notes (
    seq INTEGER PRIMARY KEY REFERENCES articles (seq),
    notes TEXT NOT NULL  -- JSON
);
CREATE TABLE names (
    number INTEGER PRIMARY KEY,  -- by arrival of the first article that has it
    name TEXT NOT NULL,  -- an id where it is of the gazetteer
    language TEXT NOT NULL,  -- '' where it is of the gazetteer
    is_known INTEGER NOT NULL
);
CREATE UNIQUE INDEX names_by_name ON names (name, language, is_known);
CREATE TABLE name_keys (
    key TEXT NOT NULL,
    name INTEGER NOT NULL REFERENCES names (number),
    PRIMARY KEY (key, name)
) WITHOUT ROWID;
CREATE TABLE namings (
    seq INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles (seq),
    name INTEGER NOT NULL REFERENCES names (number),
    text TEXT NOT NULL,
    kind TEXT NOT NULL,
    is_full INTEGER NOT NULL,
    count INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL
);
CREATE INDEX namings_by_name ON namings (name);
CREATE INDEX namings_by_article ON namings (article);
CREATE TABLE sketches (
    seq INTEGER PRIMARY KEY REFERENCES articles (seq),
    article TEXT NOT NULL,
    published_start INTEGER,
    published_end INTEGER,
    published_reason TEXT NOT NULL,
    language TEXT NOT NULL,
    publisher TEXT,
    terms TEXT NOT NULL,  -- one a line: see rows.render_terms
    signature BLOB NOT NULL,  -- uint32, little-endian
    vector BLOB NOT NULL,  -- int16, little-endian
    lexemes BLOB NOT NULL  -- zlib, parted by spaces; what the text index was made of
);
CREATE VIRTUAL TABLE words USING fts5 (
    lexemes, content='', tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* Co'"
);
CREATE TABLE decisions (
    seq INTEGER PRIMARY KEY,
    verb TEXT NOT NULL,
    article TEXT NOT NULL,
    story TEXT NOT NULL,
    score REAL NOT NULL,
    reason TEXT NOT NULL,
    by TEXT NOT NULL,
    nearest TEXT,
    signals TEXT NOT NULL  -- JSON
);
CREATE INDEX decisions_by_article ON decisions (article);
CREATE TRIGGER decisions_stay BEFORE UPDATE ON decisions
    BEGIN SELECT RAISE (ABORT, 'the log is append-only'); END;
CREATE TRIGGER decisions_remain BEFORE DELETE ON decisions
    BEGIN SELECT RAISE (ABORT, 'the log is append-only'); END;
CREATE TABLE members (
    article TEXT PRIMARY KEY,
    story TEXT NOT NULL,
    arrival INTEGER NOT NULL,  -- of the article: seq of its first decision
    by_user INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX members_by_story ON members (story, arrival);
CREATE TABLE opened (
    story TEXT PRIMARY KEY,
    seq INTEGER NOT NULL  -- of the first decision that names the story
) WITHOUT ROWID;
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""

LATER = {
    "decisions_by_story": "ON decisions (story)",
    "decisions_by_user": "ON decisions (article) WHERE by = 'user'",
}
"""Indexes that files of this version may lack: they change no answer."""


def open_database(path: Path, busy_seconds: float) -> sqlite3.Connection:
    """A connection in autocommit, whose file has our tables.

    ``synchronous=FULL``: each commit is on the disk before ``write`` returns, so a power cut
    loses no more than ``kill -9`` does. At one commit a batch that costs milliseconds.
    """
    database = sqlite3.connect(
        path, timeout=busy_seconds, isolation_level=None, check_same_thread=False
    )
    try:
        _prepare(database, path)
    except BaseException:
        database.close()
        raise
    return database


def _prepare(database: sqlite3.Connection, path: Path) -> None:
    database.execute("PRAGMA foreign_keys = ON")
    database.execute("PRAGMA cache_size = -65536")  # 64 MiB
    if not _is_ready(database, path):
        database.execute("PRAGMA journal_mode = WAL")
        _create(database, path)
    _add_indexes(database)
    database.execute("PRAGMA synchronous = FULL")
    database.execute("PRAGMA journal_size_limit = 67108864")  # 64 MiB: a rebuild leaves no more


def _is_ready(database: sqlite3.Connection, path: Path) -> bool:
    """False for an empty file. Raises WrongUse for a file that is not ours or is too new."""
    (application,) = database.execute("PRAGMA application_id").fetchone()
    (version,) = database.execute("PRAGMA user_version").fetchone()
    (tables,) = database.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application != APPLICATION:
        if tables:
            raise WrongUse(f"{str(path)!r} is another program's database; name another store")
        return False
    if version != VERSION:
        raise WrongUse(
            f"store {str(path)!r} has schema {version}, this Tidings reads {VERSION}; "
            + ("install a newer Tidings" if version > VERSION else "add its pages to a new store")
        )
    return True


def _create(database: sqlite3.Connection, path: Path) -> None:
    """All tables or none, also where another process creates them at the same moment."""
    database.execute("BEGIN IMMEDIATE")
    try:
        if not _is_ready(database, path):
            for statement in _statements(TABLES):
                database.execute(statement)
            database.execute(f"PRAGMA application_id = {APPLICATION}")
            database.execute(f"PRAGMA user_version = {VERSION}")
        database.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            database.execute("ROLLBACK")
        raise


def _add_indexes(database: sqlite3.Connection) -> None:
    """Not where the file is being written, or may not be: some answers take longer then."""
    held = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
    if held.issuperset(LATER):
        return
    (wait,) = database.execute("PRAGMA busy_timeout").fetchone()
    database.execute("PRAGMA busy_timeout = 0")
    with suppress(sqlite3.OperationalError):
        for name, columns in LATER.items():
            database.execute(f"CREATE INDEX IF NOT EXISTS {name} {columns}")
    database.execute(f"PRAGMA busy_timeout = {wait}")


def _statements(script: str) -> list[str]:
    """``executescript`` would commit first, hence one by one."""
    statements, lines = [], ""
    for line in script.splitlines():
        lines += line + "\n"
        if sqlite3.complete_statement(lines):
            statements.append(lines)
            lines = ""
    return statements
