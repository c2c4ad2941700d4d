"""SQLite's errors → ours, sorted by who must act."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tidings.errors import StoreDamaged, StoreFull, TidingsError, Unavailable, WrongUse

FULL = frozenset(
    {
        "SQLITE_FULL",
        # A used-up quota and a limit on file size come as failed writes, not as SQLITE_FULL.
        "SQLITE_IOERR_WRITE",
        "SQLITE_IOERR_SHMSIZE",
        "SQLITE_IOERR_FSYNC",
    }
)
UNAVAILABLE = {
    "SQLITE_BUSY": "is being written by another process; wait till that ends, then run again",
    "SQLITE_LOCKED": "is being written by another process; wait till that ends, then run again",
    "SQLITE_CANTOPEN": "can't be opened; see that its folder exists and may be written",
    "SQLITE_READONLY": "may not be written; see the permissions of the file and its folder",
    "SQLITE_PERM": "may not be opened; see the permissions of the file and its folder",
    "SQLITE_IOERR": "can't be read or written; see whether the disk is whole",
    "SQLITE_NOMEM": "needs more memory than there is",
}


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Inside it, what SQLite or zlib raise comes out as a TidingsError of one line."""
    try:
        yield
    except sqlite3.Error as error:
        raise translate(error, path) from error
    except zlib.error as error:
        raise StoreDamaged(f"store {str(path)!r} holds bytes that don't unpack: {error}") from error


def translate(error: sqlite3.Error, path: Path) -> TidingsError:
    store = f"store {str(path)!r}"
    name = getattr(error, "sqlite_errorname", "")
    if name in FULL:
        return StoreFull(
            f"no room on the disk for {store}: this batch is not stored, all before it is; "
            "free some room, then run the same command again"
        )
    for prefix, advice in UNAVAILABLE.items():
        if name == prefix or name.startswith(prefix + "_"):
            return Unavailable(f"{store} {advice} ({error})")
    if isinstance(error, sqlite3.IntegrityError):
        return WrongUse(f"the batch breaks a law of {store}, so it is not stored: {error}")
    if isinstance(error, sqlite3.ProgrammingError):
        return WrongUse(f"{store} was closed or is misused: {error}")
    return StoreDamaged(f"{store} is damaged ({error}); restore a copy, or add its pages anew")
