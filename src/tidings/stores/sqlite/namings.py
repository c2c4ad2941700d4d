"""The index of names: which names sound so, are printed so, or have this id, and where they are."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tidings.model import ArticleId, MentionKind, Naming, Placed, StoryId
from tidings.ports import HeldName
from tidings.stores.sqlite.failures import translated
from tidings.stores.sqlite.rows import Row, sound

KEYED = "SELECT name FROM name_keys WHERE key IN ({})"
PART = 500  # values asked for at once; SQLite binds 999 in its oldest versions

PLACED = """SELECT namings.name, articles.id, members.story, names.name, articles.language,
    names.is_known, namings.text, namings.kind, is_full, count, start, "end"
    FROM namings JOIN names ON names.number = namings.name
    JOIN articles ON articles.seq = namings.article
    JOIN members ON members.article = articles.id"""


class SqliteNames:
    """``ports.Names`` over an open database."""

    def __init__(self, database: sqlite3.Connection, path: Path) -> None:
        self._database = database
        self._path = path

    def find(self, keys: Iterable[str]) -> list[HeldName]:
        found = {number for (number,) in self._ask(KEYED, [sound(key) for key in keys])}
        return self._get(found)

    def find_both(self, keys: Iterable[str], others: Iterable[str]) -> list[HeldName]:
        found = {number for (number,) in self._ask(KEYED, [sound(key) for key in keys])}
        also = {number for (number,) in self._ask(KEYED, [sound(key) for key in others])}
        return self._get(found & also)

    def _get(self, numbers: Iterable[int]) -> list[HeldName]:
        query = "SELECT number, name, language, is_known FROM names WHERE number IN ({})"
        return [
            HeldName(number=row[0], name=row[1], language=row[2], is_known=bool(row[3]))
            for row in sorted(self._ask(query, sorted(numbers)))
        ]

    def placed(self, names: Iterable[int]) -> list[Placed]:
        query = f"{PLACED} WHERE namings.name IN ({{}}) ORDER BY namings.seq"
        rows = self._ask(query, list(names))
        return [_parse(row) for row in rows]

    def placed_in(self, story: StoryId) -> list[Placed]:
        with translated(self._path):
            rows = self._database.execute(
                f"{PLACED} WHERE members.story = ? ORDER BY namings.seq", (story,)
            ).fetchall()
        return [_parse(row) for row in rows]

    def _ask(self, query: str, values: Sequence[str | int]) -> Iterator[Row]:
        with translated(self._path):
            for start in range(0, len(values), PART):
                part = values[start : start + PART]
                yield from self._database.execute(
                    query.format(", ".join("?" * len(part))), part
                ).fetchall()


def _parse(row: Row) -> Placed:
    number, article, story, name, language, is_known, text, kind, is_full, count, start, end = row
    return Placed(
        number=number,
        article=ArticleId(article),
        story=StoryId(story),
        naming=Naming(
            name=name,
            language=language.partition("-")[0].lower(),
            is_known=bool(is_known),
            text=text,
            kind=MentionKind(kind),
            is_full=bool(is_full),
            count=count,
            start=start,
            end=end,
            keys=(),
        ),
    )


def write_namings(
    database: sqlite3.Connection, articles: Sequence[tuple[int, Sequence[Naming]]]
) -> None:
    """``articles``: each by its ``seq``; inside the transaction that the caller holds."""
    rows = []
    for seq, namings in articles:
        for one in namings:
            number = _number(database, one)
            database.executemany(
                "INSERT OR IGNORE INTO name_keys (key, name) VALUES (?, ?)",
                [(sound(key), number) for key in one.keys],
            )
            place = (one.kind, one.is_full, one.count, one.start, one.end)
            rows.append((seq, number, sound(one.text), *place))
    database.executemany(
        'INSERT INTO namings (article, name, text, kind, is_full, count, start, "end") '
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )


def _number(database: sqlite3.Connection, one: Naming) -> int:
    name = (sound(one.name), "" if one.is_known else sound(one.language), one.is_known)
    found = database.execute(
        "SELECT number FROM names WHERE name = ? AND language = ? AND is_known = ?", name
    ).fetchone()
    if found is not None:
        return int(found[0])
    made = database.execute(
        "INSERT INTO names (name, language, is_known) VALUES (?, ?, ?)", name
    ).lastrowid
    return int(made or 0)
