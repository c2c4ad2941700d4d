"""The files below a folder, by name."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

from tidings.model import Reason, Rejected
from tidings.readers.files.naming import printable


def walk(root: Path) -> Iterator[Path | Rejected]:
    """Every file at or below ``root``, each folder's entries in order of name; hidden ones are
    left out. Links are followed, no folder twice."""
    seen: set[tuple[int, int]] = set()
    waiting = [root]
    while waiting:
        path = waiting.pop()
        try:
            status = path.stat()
            if not stat.S_ISDIR(status.st_mode):
                yield path if stat.S_ISREG(status.st_mode) else _refuse_device(path)
                continue
            key = (status.st_dev, status.st_ino)
            if key not in seen:
                seen.add(key)
                entries = [entry for entry in path.iterdir() if not entry.name.startswith(".")]
                waiting += sorted(entries, key=lambda entry: entry.name, reverse=True)
        except OSError as error:
            yield refuse(path, error)


def refuse(path: Path, error: OSError) -> Rejected:
    detail = f"{error.strerror or error}"
    return Rejected(name=printable(path.as_posix()), reason=Reason.UNREADABLE, detail=detail)


def _refuse_device(path: Path) -> Rejected:
    return Rejected(
        name=printable(path.as_posix()),
        reason=Reason.UNSUPPORTED,
        detail="a pipe, socket or device, not a file; to read it, pipe it into: tidings add -",
    )
