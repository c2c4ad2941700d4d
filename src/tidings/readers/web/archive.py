"""WARC 1.1 (ISO 28500:2017): every exchange as it went over the wire, one gzip member a record.

Records are on their way to the disk before the next is written: a kill loses the last at most.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path
from uuid import uuid4

from tidings.errors import StoreFull, Unavailable
from tidings.readers.web.exchange import Answer

PROFILE = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
SUFFIX = ".warc.gz"
LEVEL = 6  # of gzip

Fields = tuple[tuple[str, str], ...]


def render_record(kind: str, at: datetime, fields: Fields, block: bytes) -> bytes:
    """One record, packed; ``WARC-Record-ID`` is new where ``fields`` has none."""
    head = {
        "WARC-Type": kind,
        "WARC-Record-ID": make_id(),
        "WARC-Date": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        **dict(fields),
        "WARC-Block-Digest": digest(block),
        "Content-Length": str(len(block)),
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    whole = b"WARC/1.1\r\n" + lines.encode() + b"\r\n" + block + b"\r\n\r\n"
    return gzip.compress(whole, LEVEL, mtime=0)


def make_id() -> str:
    return f"<urn:uuid:{uuid4()}>"


def digest(data: bytes) -> str:
    """As other archives write it, so that theirs and ours can be compared; no safeguard."""
    found = hashlib.sha1(data, usedforsecurity=False).digest()
    return "sha1:" + base64.b32encode(found).decode()


def render_exchange(answer: Answer, *, is_revisit: bool) -> bytes:
    """Request and response; of a page that did not change a revisit instead."""
    name = make_id()
    shared: Fields = (
        ("WARC-Target-URI", answer.target.url),
        ("WARC-IP-Address", answer.address),
    )
    cut: Fields = (("WARC-Truncated", answer.cut),) if answer.cut else ()
    profile: Fields = (("WARC-Profile", PROFILE),) if is_revisit else ()
    response = render_record(
        "revisit" if is_revisit else "response",
        answer.at,
        (
            *shared,
            ("WARC-Record-ID", name),
            *profile,
            *cut,
            ("Content-Type", "application/http; msgtype=response"),
        ),
        answer.raw,
    )
    request = render_record(
        "request",
        answer.at,
        (
            *shared,
            ("WARC-Concurrent-To", name),
            ("Content-Type", "application/http; msgtype=request"),
        ),
        answer.request,
    )
    return response + request


class Archive:
    """A new file in ``folder``, made with its first record. One thread at a time."""

    def __init__(self, folder: Path, at: datetime, agent: str) -> None:
        self._folder = folder
        self._at = at
        self._agent = agent
        self._file: FileIO | None = None
        self.path = next(path for path in _name(folder, at) if not path.exists())

    def keep(self, answer: Answer, *, is_revisit: bool) -> None:
        """Raises StoreFull, Unavailable."""
        file = self._file or self._open()
        self._write(file, render_exchange(answer, is_revisit=is_revisit))

    def close(self) -> None:
        if self._file is not None:
            os.fsync(self._file.fileno())
            self._file.close()

    def _open(self) -> FileIO:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._file = file = self.path.open("xb", buffering=0)
        except OSError as error:
            raise Unavailable(
                f"can't keep what is fetched in {str(self._folder)!r} ({error.strerror}); "
                "see its permissions, or name another store: --store PATH"
            ) from error
        info = f"software: {self._agent}\r\nformat: WARC File Format 1.1\r\n".encode()
        fields = (
            ("WARC-Filename", self.path.name),
            ("Content-Type", "application/warc-fields"),
        )
        self._write(file, render_record("warcinfo", self._at, fields, info))
        return file

    def _write(self, file: FileIO, record: bytes) -> None:
        """In one piece: a record that finds no room is taken back."""
        start = file.tell()
        try:
            view = memoryview(record)
            while view:
                view = view[file.write(view) :]
        except OSError as error:
            file.truncate(start)
            file.seek(start)
            raise StoreFull(
                f"no room for what is fetched in {str(self._folder)!r}: {error.strerror}; "
                "free some room, then run the same command again"
            ) from error


def _name(folder: Path, at: datetime) -> Iterator[Path]:
    stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    number = 0
    while True:
        yield folder / f"fetch-{stamp}-{number}{SUFFIX}"
        number += 1


def archives(folder: Path) -> list[Path]:
    """Those that were fetched into ``folder``, oldest first."""
    return sorted(folder.glob(f"fetch-*{SUFFIX}"), key=_order)


def _order(path: Path) -> tuple[str, int]:
    stamp, _, number = path.name.removesuffix(SUFFIX).rpartition("-")
    return stamp, int(number) if number.isdigit() else 0
