"""Byte streams: counted, unpacked, read ahead."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
from dataclasses import dataclass
from typing import BinaryIO

from tidings.readers.files.kinds import HEAD

GZIP, XZ, BZIP2 = b"\x1f\x8b", b"\xfd7zXZ\x00", b"BZh"
LONGEST_MARK = len(XZ)
_BY_ENDING = {
    ("gz", "tgz"): ("a gzip", GZIP),
    ("xz", "txz"): ("an xz", XZ),
    ("bz2", "tbz2"): ("a bzip2", BZIP2),
}


@dataclass(slots=True)
class Meter:
    """Bytes taken from the disk so far."""

    count: int = 0


class Metered(io.RawIOBase):
    """``source``, each byte counted."""

    def __init__(self, source: BinaryIO, meter: Meter) -> None:
        self._source = source
        self._meter = meter

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._source.read(len(buffer))
        buffer[: len(data)] = data
        self._meter.count += len(data)
        return len(data)


class Prefixed(io.RawIOBase):
    """``source`` with the bytes that were read ahead put back."""

    def __init__(self, prefix: bytes, source: io.BufferedIOBase) -> None:
        self._prefix = prefix
        self._source = source

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._prefix[: len(buffer)] or self._source.read1(len(buffer))
        self._prefix = self._prefix[len(data) :]
        buffer[: len(data)] = data
        return len(data)


def look_ahead(source: io.BufferedIOBase) -> tuple[bytes, io.BufferedReader]:
    """The first bytes, and a stream that still has them."""
    head = source.read(HEAD)
    return head, io.BufferedReader(Prefixed(head, source), 1 << 16)


def unpack(source: io.BufferedIOBase) -> tuple[bytes, io.BufferedReader]:
    """As ``look_ahead``, of what is inside gzip, xz or bzip2, told by their first bytes."""
    head, stream = look_ahead(source)
    if head.startswith(GZIP):
        return look_ahead(gzip.GzipFile(fileobj=stream))
    if head.startswith(XZ):
        return look_ahead(lzma.LZMAFile(stream))
    if head.startswith(BZIP2):
        return look_ahead(bz2.BZ2File(stream))
    return head, stream


def find_missing(name: str, first: bytes) -> str | None:
    """The packing that the name ends in where the first bytes, if any, are not its mark."""
    ending = name.lower().rpartition(".")[2]
    for endings, (packing, mark) in _BY_ENDING.items():
        if ending in endings and first and first[: len(mark)] != mark[: len(first)]:
            return packing
    return None
