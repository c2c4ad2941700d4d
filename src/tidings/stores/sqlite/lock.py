"""One run at a time fills a store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from tidings.errors import Unavailable


@contextmanager
def hold_lock(path: Path) -> Iterator[None]:
    """A lock on a file beside the store, which the system lets go when its holder dies."""
    lock = FileLock(f"{path}.lock", timeout=0)
    try:
        with lock:
            yield
    except Timeout as error:
        raise Unavailable(
            f"another run is adding to store {str(path)!r}; let it end, then run the same "
            "command again"
        ) from error
