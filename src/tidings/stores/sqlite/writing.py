"""A batch → rows, inside the transaction that the caller holds."""

# ruff: noqa: S608 - only our own names are put into SQL; values are bound

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from tidings.errors import WrongUse
from tidings.model import Batch, Decision, Digest, Outcome, Page
from tidings.stores.sqlite import article_rows, rows
from tidings.stores.sqlite.namings import write_namings
from tidings.stores.sqlite.note_rows import render_notes
from tidings.stores.sqlite.schema import DERIVED

OUTCOME = """INSERT INTO outcomes (seq, name, page, ending, reason, detail)
    VALUES (?, ?, ?, ?, ?, ?)"""
AGAIN = """ON CONFLICT (name, ifnull(page, '')) DO UPDATE
    SET ending = excluded.ending, reason = excluded.reason, detail = excluded.detail"""
PAGE = "INSERT INTO pages (seq, id, media_type, served, data) VALUES (?, ?, ?, ?, ?)"
ARTICLE = f"""INSERT INTO articles (seq, {article_rows.ARTICLE})
    VALUES ({", ".join("?" * 23)})"""
SKETCH = f"""INSERT INTO sketches (seq, {rows.SKETCH}, lexemes)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
DECISION = f"""INSERT INTO decisions (seq, {rows.DECISION})
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""
COPY = "INSERT INTO copies (article, of, kind, share) VALUES (?, ?, ?, ?)"

MEMBER = """INSERT INTO members (article, story, arrival, by_user) VALUES (?, ?, ?, ?)
    ON CONFLICT (article) DO UPDATE SET story = excluded.story, by_user = excluded.by_user
    WHERE excluded.by_user OR NOT members.by_user"""
"""The folding rule: the last decision about an article counts, but none undoes a user's."""


def write_batch(database: sqlite3.Connection, batch: Batch) -> None:
    seqs = _write_outcomes(database, batch.outcomes)
    _write_pages(database, batch.pages, seqs)
    _write_digests(database, batch.digests)
    database.executemany(COPY, map(rows.render_copy, batch.copies))
    _write_decisions(database, batch.decisions)


def write_batch_again(database: sqlite3.Connection, batch: Batch) -> None:
    """In a rebuild: pages stay, an outcome keeps its place and gets its new end."""
    first = find_last(database, "outcomes") + 1
    database.executemany(f"{OUTCOME} {AGAIN}", _outcome_rows(batch.outcomes, first))
    _write_digests(database, batch.digests)
    database.executemany(COPY, map(rows.render_copy, batch.copies))
    _write_decisions(database, batch.decisions)


def clear_derived(database: sqlite3.Connection) -> None:
    """Drops all that is derived from pages, and folds the log anew."""
    database.execute("INSERT INTO words (words) VALUES ('delete-all')")
    for table in DERIVED:
        database.execute(f"DELETE FROM {table}")
    log = database.execute("SELECT seq, article, story, by = 'user' FROM decisions ORDER BY seq")
    while part := log.fetchmany(10_000):
        _fold(database, part)


def find_last(database: sqlite3.Connection, table: str) -> int:
    """The highest ``seq`` of ``table``; 0 where it is empty."""
    found = database.execute(f"SELECT max(seq) FROM {table}").fetchone()
    return found[0] or 0


def _outcome_rows(outcomes: Sequence[Outcome], first: int) -> Iterator[rows.Row]:
    for seq, outcome in enumerate(outcomes, first):
        name, detail = rows.sound(outcome.name), rows.sound(outcome.detail)
        yield seq, name, outcome.page, outcome.ending, outcome.reason, detail


def _write_outcomes(
    database: sqlite3.Connection, outcomes: Sequence[Outcome]
) -> dict[tuple[str, str | None], int]:
    """The ``seq`` that each got."""
    first = find_last(database, "outcomes") + 1
    database.executemany(OUTCOME, _outcome_rows(outcomes, first))
    return {(outcome.name, outcome.page): seq for seq, outcome in enumerate(outcomes, first)}


def _write_pages(
    database: sqlite3.Connection, pages: Sequence[Page], seqs: dict[tuple[str, str | None], int]
) -> None:
    def render(page: Page) -> rows.Row:
        seq = seqs.get((page.name, page.id))
        if seq is None:
            raise WrongUse(f"page {page.name!r} comes without its outcome; write both in a batch")
        served = rows.render_served(page.served)
        return seq, page.id, page.media_type, served, rows.compress(page.data)

    database.executemany(PAGE, map(render, pages))


def _write_digests(database: sqlite3.Connection, digests: Sequence[Digest]) -> None:
    numbered = list(enumerate(digests, find_last(database, "articles") + 1))
    words = [(seq, rows.join_lexemes(digest.lexemes)) for seq, digest in numbered]
    database.executemany(
        ARTICLE, [(s, *article_rows.render_article(d.article)) for s, d in numbered]
    )
    database.executemany(
        "INSERT INTO notes (seq, notes) VALUES (?, ?)",
        [(s, render_notes(d.notes, d.article.text)) for s, d in numbered if d.notes],
    )
    database.executemany(
        SKETCH,
        [
            (seq, *rows.render_sketch(digest.sketch), rows.compress(joined.encode()))
            for (seq, digest), (_, joined) in zip(numbered, words, strict=True)
        ],
    )
    database.executemany("INSERT INTO words (rowid, lexemes) VALUES (?, ?)", words)
    write_namings(database, [(seq, digest.namings) for seq, digest in numbered])


def _write_decisions(database: sqlite3.Connection, decisions: Sequence[Decision]) -> None:
    numbered = list(enumerate(decisions, find_last(database, "decisions") + 1))
    database.executemany(DECISION, [(s, *rows.render_decision(d)) for s, d in numbered])
    _fold(
        database,
        [(s, rows.sound(d.article), rows.sound(d.story), d.by == "user") for s, d in numbered],
    )


def _fold(database: sqlite3.Connection, log: Sequence[rows.Row]) -> None:
    """``log``: (seq, article, story, whether by a user), in order."""
    database.executemany(
        "INSERT OR IGNORE INTO opened (story, seq) VALUES (?, ?)",
        [(story, seq) for seq, _, story, _ in log],
    )
    database.executemany(MEMBER, [(article, story, s, by) for s, article, story, by in log])
