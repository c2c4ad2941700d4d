"""Packed members one after another, each unpacked by itself, so that a damaged one costs only
itself: how archives of records are packed."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

CHUNK = 1 << 16  # bytes a read
PROBE = 1 << 11  # packed bytes that are unpacked to see whether a member begins there
KEPT = 1 << 24  # packed bytes of a member that are kept to look for the next one behind damage


class Inflater(Protocol):
    """Unpacks one member."""

    is_done: bool

    @property
    def is_hungry(self) -> bool:
        """Whether it needs more bytes to go on."""
        ...

    def feed(self, data: bytes) -> tuple[bytes, bytes]:
        """(what was unpacked, what of ``data`` is to be fed again or follows the member).
        Raises ``Damaged``."""
        ...


class Damaged(ValueError):
    """Packed bytes are none; the text says in which way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packing:
    """How members are packed."""

    mark: bytes  # that each begins with
    open: Callable[[], Inflater]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Unpacked bytes; none of them at the end, or where there is a fault."""

    data: bytes
    begins: int | None  # the offset of the member that begins with them


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Where a damaged member begins, and what is wrong with it."""

    offset: int
    detail: str


END = Piece(data=b"", begins=None)


class Gzip:
    is_hungry = True

    def __init__(self) -> None:
        self.is_done = False
        self._unpacker = zlib.decompressobj(31)

    def feed(self, data: bytes) -> tuple[bytes, bytes]:
        try:
            out = self._unpacker.decompress(data, 4 * CHUNK)
        except zlib.error as error:
            raise Damaged(str(error).partition(": ")[2] or str(error)) from error
        self.is_done = self._unpacker.eof
        return out, self._unpacker.unused_data if self.is_done else self._unpacker.unconsumed_tail


GZIP = Packing(mark=b"\x1f\x8b\x08", open=Gzip)


class Plain:
    """Bytes that are not packed, with the same face as ``Packed``."""

    fault: Fault | None = None

    def __init__(self, source: io.BufferedIOBase) -> None:
        self._source = source

    def pull(self) -> Piece:
        return Piece(data=self._source.read1(CHUNK), begins=None)

    def recover(self, _begins: Callable[[bytes], bool]) -> bool:
        return False


class Packed:
    """The members of ``source``, unpacked in turn."""

    def __init__(self, source: io.BufferedIOBase, packing: Packing, offset: int = 0) -> None:
        """``offset``: of the first byte."""
        self._source = source
        self._packing = packing
        self._raw = bytearray()  # from the member's first byte, or as much as is kept
        self._base = offset  # of its first byte
        self._fed = 0  # of ``_raw``
        self._begin = 0  # the offset of the member
        self._inflater: Inflater | None = None
        self.fault: Fault | None = None

    def pull(self) -> Piece:
        """The next bytes. A member's end is only reached where its checksum is right."""
        begins = None
        while not self.fault:
            if self._inflater is None:
                if not self._open():
                    break
                begins = self._begin
            if self._inflater and (data := self._step(self._inflater)):
                return Piece(data=data, begins=begins)
        return END

    def recover(self, begins: Callable[[bytes], bool]) -> bool:
        """After a fault: goes on at the next member whose first bytes ``begins`` knows."""
        mark, at = self._packing.mark, 0 if self._base > self._begin else 1
        self._inflater = None
        while True:
            found = self._raw.find(mark, at)
            if found < 0:
                dropped = max(len(self._raw) - len(mark) + 1, 0)
                self._drop(dropped)
                at = max(at - dropped, 0)
                if not self._fill(len(self._raw) + CHUNK) and len(self._raw) < len(mark) + at:
                    return False
                continue
            self._fill(found + PROBE)
            if self._is_member(bytes(self._raw[found : found + PROBE]), begins):
                self._drop(found)
                self.fault = None
                return True
            at = found + 1

    def _open(self) -> bool:
        """Begins a member; False at the end, or where none begins."""
        while self._fill(1) and self._raw[0] == 0:  # padding
            self._drop(len(self._raw) - len(self._raw.lstrip(b"\0")))
        mark = self._packing.mark
        self._fill(len(mark))
        self._begin, self._fed = self._base, 0
        if self._raw[: len(mark)] == mark:
            self._inflater = self._packing.open()
        elif self._raw:
            self.fault = Fault(offset=self._base, detail="no packed record begins here")
        return self._inflater is not None

    def _step(self, inflater: Inflater) -> bytes:
        is_hungry = inflater.is_hungry
        if is_hungry and self._fed == len(self._raw) and not self._fill(len(self._raw) + 1):
            return self._fail("the archive ends inside it")
        data = bytes(self._raw[self._fed : self._fed + CHUNK]) if is_hungry else b""
        try:
            out, rest = inflater.feed(data)
        except Damaged as error:
            return self._fail(str(error))
        self._fed += len(data) - len(rest)
        if inflater.is_done:
            self._drop(self._fed)
            self._fed, self._inflater = 0, None
        elif self._fed > KEPT:
            dropped = self._fed - KEPT // 2
            self._drop(dropped)
            self._fed -= dropped
        return out

    def _fail(self, detail: str) -> bytes:
        self.fault = Fault(offset=self._begin, detail=detail)
        return b""

    def _is_member(self, sample: bytes, begins: Callable[[bytes], bool]) -> bool:
        try:
            return begins(self._packing.open().feed(sample)[0])
        except Damaged:
            return False

    def _fill(self, length: int) -> bool:
        """Reads until ``_raw`` has ``length`` bytes; False where the source has no more."""
        while len(self._raw) < length:
            data = self._source.read1(CHUNK)
            if not data:
                return False
            self._raw += data
        return True

    def _drop(self, length: int) -> None:
        del self._raw[:length]
        self._base += length
