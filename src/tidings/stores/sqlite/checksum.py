"""One figure for all that a store holds, whatever the layout of its file."""

# ruff: noqa: S608 - only our own names are put into SQL; values are bound

from __future__ import annotations

import sqlite3
import zlib
from hashlib import blake2b

TABLES = {
    "outcomes": "seq",
    "pages": "seq",
    "articles": "seq",
    "copies": "article",
    "notes": "seq",
    "names": "number",
    "name_keys": "key, name",
    "namings": "seq",
    "sketches": "seq",
    "decisions": "seq",
    "members": "article",
    "opened": "story",
    "settings": "key",
}
"""Each with its key. The text index is made of ``sketches.lexemes``."""

PACKED = {("pages", "data"), ("sketches", "lexemes")}
"""Columns that are hashed unpacked: zlib's output may differ from one version to the next."""


def compute_checksum(database: sqlite3.Connection) -> str:
    """blake2b-256, hexadecimal. Each value goes in with its type and length."""
    whole = blake2b(digest_size=32)
    for table, key in TABLES.items():
        whole.update(f"table {table}\n".encode())
        found = database.execute(f"SELECT * FROM {table} ORDER BY {key}")
        columns = [name for name, *_ in found.description]
        packed = [(table, name) in PACKED for name in columns]
        for row in found:
            for value, is_packed in zip(row, packed, strict=True):
                kind, data = _bytes(value, is_packed)
                whole.update(b"%s %d\n" % (kind, len(data)))
                whole.update(data)
    return whole.hexdigest()


def _bytes(value: object, is_packed: bool) -> tuple[bytes, bytes]:
    if isinstance(value, bytes):
        return b"blob", zlib.decompress(value) if is_packed else value
    if isinstance(value, str):
        return b"text", value.encode()
    return type(value).__name__.encode(), repr(value).encode()
