"""What can be asked of the store. Long answers come in parts, each its own short read, so that a
slow consumer holds up no writer."""

# ruff: noqa: S608 - only our own names are put into SQL; values are bound

from __future__ import annotations

import re
import sqlite3
import zlib
from collections.abc import Iterator, Sequence

from tidings.errors import StoreDamaged
from tidings.model import (
    Article,
    ArticleId,
    Copy,
    Decision,
    Ending,
    Outcome,
    Page,
    PageId,
    Reason,
    Sketch,
    Story,
    StoryId,
    Summary,
)
from tidings.stores.sqlite import rows
from tidings.stores.sqlite.article_rows import ARTICLE, parse_article

OUTCOME = "name, page, ending, reason, detail"
MEMBERS = "JOIN members ON members.article = articles.id"
SUMMARY = f"SELECT {rows.SUMMARY} FROM articles {MEMBERS}"
SKETCH = ", ".join(f"sketches.{column}" for column in rows.SKETCH.split(", "))
NEVER_IN_A_WORD = re.compile('[\0"\ud800-\udfff]')


def scan(database: sqlite3.Connection, query: str, part: int, after: int = 0) -> Iterator[rows.Row]:
    """Rows of ``query``, which yields its key first, above ``:after``, by it, ``:part`` a time."""
    while True:
        found = database.execute(query, {"after": after, "part": part}).fetchall()
        for row in found:
            yield row[1:]
        if len(found) < part:
            return
        after = found[-1][0]


def find_outcome(database: sqlite3.Connection, name: str, page: PageId | None) -> Outcome | None:
    row = database.execute(
        f"SELECT {OUTCOME} FROM outcomes WHERE name = ? AND ifnull(page, '') = ?",
        (rows.sound(name), page or ""),
    ).fetchone()
    return None if row is None else _outcome(row)


def read_pages(database: sqlite3.Connection, part: int) -> Iterator[tuple[Outcome, Page | None]]:
    query = f"""SELECT seq, {OUTCOME}, media_type, served, data
        FROM outcomes LEFT JOIN pages USING (seq)
        WHERE seq > :after ORDER BY seq LIMIT :part"""
    for row in scan(database, query, part):
        outcome = _outcome(row[:5])
        if row[7] is None or outcome.page is None:
            yield outcome, None
        else:
            yield outcome, _page(outcome.page, row[0], row[5:])


def read_pages_of(database: sqlite3.Connection, media_type: str) -> Iterator[Page]:
    query = """SELECT pages.id, name, media_type, served, data
        FROM pages JOIN outcomes USING (seq) WHERE media_type = ? ORDER BY seq"""
    for row in database.execute(query, (media_type,)):
        yield _page(PageId(row[0]), row[1], row[2:])


def _page(page: PageId, name: str, row: rows.Row) -> Page:
    media_type, served, data = row
    return Page(
        id=page,
        name=name,
        media_type=media_type,
        data=zlib.decompress(data),
        served=rows.parse_served(served),
    )


def read_rejections(database: sqlite3.Connection) -> Iterator[Outcome]:
    query = f"SELECT {OUTCOME} FROM outcomes WHERE ending = ? ORDER BY seq DESC"
    return (_outcome(row) for row in database.execute(query, (Ending.REJECTED,)))


def _outcome(row: rows.Row) -> Outcome:
    return Outcome(
        name=row[0],
        page=None if row[1] is None else PageId(row[1]),
        ending=Ending(row[2]),
        reason=None if row[3] is None else Reason(row[3]),
        detail=row[4],
    )


def read_sketches(
    database: sqlite3.Connection, after: int, part: int
) -> Iterator[tuple[Sketch, StoryId]]:
    """Of the articles whose ``seq`` is above ``after``."""
    query = f"""SELECT seq, story, {SKETCH}
        FROM sketches LEFT JOIN members USING (article)
        WHERE seq > :after ORDER BY seq LIMIT :part"""
    for row in scan(database, query, part, after):
        if row[0] is None:
            raise StoreDamaged(f"article {row[1]!r} is in no story; run: tidings rebuild")
        yield rows.parse_sketch(row[1:]), StoryId(row[0])


def read_summaries(database: sqlite3.Connection, story: StoryId) -> Iterator[Summary]:
    query = f"""SELECT {rows.SUMMARY} FROM articles {MEMBERS}
        WHERE members.story = ? ORDER BY seq"""
    return map(rows.parse_summary, database.execute(query, (rows.sound(story),)).fetchall())


def read_vectors(database: sqlite3.Connection, story: StoryId) -> Iterator[rows.Row]:
    query = """SELECT sketches.article, vector FROM members
        JOIN articles ON articles.id = members.article JOIN sketches USING (seq)
        WHERE members.story = ? ORDER BY seq"""
    yield from database.execute(query, (rows.sound(story),)).fetchall()


def read_recent(database: sqlite3.Connection, outlet: str, last: int) -> list[Article]:
    query = f"""SELECT {ARTICLE} FROM articles WHERE outlet = ? ORDER BY seq DESC LIMIT ?"""
    found = database.execute(query, (rows.sound(outlet), last)).fetchall()
    return [parse_article(row) for row in reversed(found)]


def find_latest(database: sqlite3.Connection, address: str) -> Article | None:
    query = f"SELECT {ARTICLE} FROM articles WHERE address = ? ORDER BY seq DESC LIMIT 1"
    row = database.execute(query, (rows.sound(address),)).fetchone()
    return None if row is None else parse_article(row)


def read_versions(database: sqlite3.Connection, article: ArticleId) -> tuple[ArticleId, ...]:
    query = """WITH RECURSIVE
        before (id, seq, supersedes) AS (
            SELECT id, seq, supersedes FROM articles WHERE id = ?1
            UNION SELECT a.id, a.seq, a.supersedes FROM articles a JOIN before b
                ON a.id = b.supersedes),
        after (id, seq) AS (
            SELECT id, seq FROM articles WHERE id = ?1
            UNION SELECT a.id, a.seq FROM articles a JOIN after b ON a.supersedes = b.id)
        SELECT id, seq FROM before UNION SELECT id, seq FROM after ORDER BY seq"""
    found = database.execute(query, (rows.sound(article),)).fetchall()
    return tuple(ArticleId(row[0]) for row in found)


def read_copies(database: sqlite3.Connection, article: ArticleId) -> tuple[Copy, ...]:
    query = """SELECT copies.article, of, kind, share FROM copies
        JOIN articles ON articles.id = copies.article
        WHERE copies.article = ?1 OR of = ?1 ORDER BY seq"""
    found = database.execute(query, (rows.sound(article),)).fetchall()
    return tuple(map(rows.parse_copy, found))


def read_decisions(database: sqlite3.Connection, article: ArticleId) -> Iterator[Decision]:
    query = f"SELECT {rows.DECISION} FROM decisions WHERE article = ? ORDER BY seq"
    return map(rows.parse_decision, database.execute(query, (rows.sound(article),)).fetchall())


def read_decisions_of(database: sqlite3.Connection, story: StoryId) -> Iterator[Decision]:
    query = f"""SELECT {rows.DECISION} FROM decisions
        WHERE article IN (SELECT article FROM decisions WHERE story = ?) ORDER BY seq"""
    return map(rows.parse_decision, database.execute(query, (rows.sound(story),)).fetchall())


def read_user_stories(database: sqlite3.Connection) -> frozenset[StoryId]:
    found = database.execute(
        """SELECT article, story, by = 'user' FROM decisions
        WHERE article IN (SELECT article FROM decisions WHERE by = 'user') ORDER BY seq"""
    )
    touched: set[StoryId] = set()
    places: dict[str, StoryId] = {}
    fixed: set[str] = set()
    for article, story, is_users in found:
        if is_users:
            touched |= {story, places.get(article, story)}
            fixed.add(article)
        elif article in fixed:
            continue
        places[article] = story
    return frozenset(touched)


def read_stories(database: sqlite3.Connection, part: int) -> Iterator[Story]:
    query = """SELECT seq, story FROM opened WHERE seq > :after
        AND story IN (SELECT story FROM members) ORDER BY seq LIMIT :part"""
    for (story,) in scan(database, query, part):
        found = find_story(database, StoryId(story))
        if found is not None:
            yield found


def find_story(database: sqlite3.Connection, story: StoryId) -> Story | None:
    members = database.execute(
        "SELECT article FROM members WHERE story = ? ORDER BY arrival", (rows.sound(story),)
    ).fetchall()
    return Story(id=story, articles=tuple(ArticleId(a) for (a,) in members)) if members else None


def match(
    database: sqlite3.Connection, lexemes: Sequence[str], limit: int
) -> list[tuple[ArticleId, float]]:
    expression = quote_any(lexemes)
    if not expression:
        return []
    found = database.execute(
        """SELECT articles.id, -found.rank FROM
            (SELECT rowid, rank FROM words WHERE words MATCH ? ORDER BY rank, rowid LIMIT ?)
            AS found JOIN articles ON articles.seq = found.rowid
            ORDER BY found.rank, found.rowid""",
        (expression, limit),
    )
    return [(ArticleId(article), score) for article, score in found]


def quote_any(lexemes: Sequence[str]) -> str:
    """An FTS5 expression for any of ``lexemes``, each taken as it is; empty for no word at all."""
    words = (NEVER_IN_A_WORD.sub(" ", lexeme).strip() for lexeme in lexemes)
    return " OR ".join(f'"{word}"' for word in dict.fromkeys(words) if word)
