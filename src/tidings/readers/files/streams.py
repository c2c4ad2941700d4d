"""Byte streams: counted, unpacked, read ahead."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
from dataclasses import dataclass
from typing import BinaryIO, cast

from tidings.readers.files.heads import choose_dialect
from tidings.readers.files.kinds import HEAD, is_archive
from tidings.readers.files.members import GZIP, Damaged, Packing
from tidings.readers.files.zstandard import DICTIONARY, ZSTD, File, read_packing

XZ, BZIP2 = b"\xfd7zXZ\x00", b"BZh"
LONGEST_MARK = len(XZ)
_BY_ENDING = {
    ("gz", "tgz"): ("a gzip", (GZIP.mark[:2],)),
    ("xz", "txz"): ("an xz", (XZ,)),
    ("bz2", "tbz2"): ("a bzip2", (BZIP2,)),
    ("zst", "tzst"): ("a zstandard", (ZSTD.mark, DICTIONARY)),
}
BLOCK = 1 << 18  # bytes of zstandard that hold a block, without which nothing can be unpacked


@dataclass(slots=True)
class Meter:
    """Bytes taken from the disk so far."""

    count: int = 0


class Metered(io.RawIOBase):
    """``source``, each byte counted."""

    def __init__(self, source: BinaryIO, meter: Meter) -> None:
        self._source = source
        self._meter = meter
        self._taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._source.read(len(buffer))
        buffer[: len(data)] = data
        self.reach(self._taken + len(data))
        return len(data)

    def reach(self, position: int) -> None:
        """Counts all up to there, whoever read it."""
        if position > self._taken:
            self._meter.count += position - self._taken
            self._taken = position

    def rewind(self) -> BinaryIO | None:
        """The source from its first byte, no longer counted; None where it can't go back."""
        if not self._source.seekable():
            return None
        self._source.seek(0)
        return self._source


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A stream that was looked into."""

    head: bytes  # the first bytes inside
    stream: io.BufferedReader  # what is inside, the head included; of members still packed
    packing: Packing | None = None  # of members one after another, each a record of an archive
    offset: int = 0  # of the first member


def look_ahead(source: io.BufferedIOBase, length: int = HEAD) -> tuple[bytes, io.BufferedReader]:
    """The first bytes, and a stream that still has them."""
    head = source.read(length)
    return head, io.BufferedReader(Prefixed(head, source), 1 << 16)


def unpack(name: str, source: io.BufferedIOBase) -> Opened:
    """Looks inside gzip, xz, bzip2 or zstandard, told by their first bytes. The records of a web
    archive are left packed, as each is packed by itself. Raises what damaged packings raise."""
    head, stream = look_ahead(source)
    is_gzip = head.startswith(GZIP.mark[:2])
    inside = _probe(GZIP, head) if is_gzip else head
    is_meant = bool(head) and not choose_dialect(head) and name.lower().endswith(".gz")
    if (is_gzip or is_meant) and is_archive(name, inside):
        return Opened(head=inside, stream=stream, packing=GZIP)
    if is_gzip:
        return _opened(look_ahead(gzip.GzipFile(fileobj=stream)))
    if head.startswith((ZSTD.mark, DICTIONARY)):
        return _unpack_zstd(name, stream)
    if head.startswith(XZ):
        return _opened(look_ahead(lzma.LZMAFile(stream)))
    if head.startswith(BZIP2):
        return _opened(look_ahead(bz2.BZ2File(stream)))
    return Opened(head=head, stream=stream)


def _unpack_zstd(name: str, stream: io.BufferedReader) -> Opened:
    packing, offset = read_packing(stream)
    packed, stream = look_ahead(stream, BLOCK)
    head = _probe(packing, packed)
    if is_archive(name, head):
        return Opened(head=head, stream=stream, packing=packing, offset=offset)
    return _opened(look_ahead(cast(io.BufferedIOBase, File(stream))))


def _opened(looked: tuple[bytes, io.BufferedReader]) -> Opened:
    return Opened(head=looked[0], stream=looked[1])


def _probe(packing: Packing, packed: bytes) -> bytes:
    """The first bytes inside; none where they are damaged."""
    try:
        return packing.open().feed(packed)[0][:HEAD]
    except Damaged:
        return b""


def is_packed(stream: object) -> bool:
    """Whether a stream that can be peeked into is packed: then damage may be its own alone."""
    marks = tuple(mark for _, marks in _BY_ENDING.values() for mark in marks)
    return isinstance(stream, io.BufferedReader) and stream.peek(LONGEST_MARK).startswith(marks)


def find_missing(name: str, first: bytes) -> str | None:
    """The packing that the name ends in where the first bytes, if any, are not its mark."""
    ending = name.lower().rpartition(".")[2]
    for endings, (packing, marks) in _BY_ENDING.items():
        if ending in endings and first:
            is_there = any(first[: len(mark)] == mark[: len(first)] for mark in marks)
            return None if is_there else packing
    return None
