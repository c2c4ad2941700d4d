"""An archive's bytes as far as they are looked at, with the places where its members begin."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable

from tidings.readers.files.members import Fault, Packed, Plain

SETTLED = 1 << 20  # bytes passed by before they are let go
OVERLAP = 1 << 12  # bytes that a pattern may span


class Window:
    """Positions count unpacked bytes; ``place`` turns one into an offset of the archive."""

    def __init__(self, source: Plain | Packed) -> None:
        self._source = source
        self._data = bytearray()
        self._first = 0  # the position of its first byte
        self._members: deque[tuple[int, int]] = deque()  # (position, offset), ascending
        self.position = 0

    @property
    def fault(self) -> Fault | None:
        """Why nothing comes after the last byte; None at the archive's end."""
        return self._source.fault

    @property
    def is_vouched(self) -> bool:
        """Whether checksums of the packing guard the bytes."""
        return isinstance(self._source, Packed)

    def ensure(self, length: int) -> bool:
        """Whether ``length`` bytes follow; False before a fault."""
        while len(self._data) - (self.position - self._first) < length:
            if not self._pull():
                return False
        return True

    def peek(self, length: int) -> bytes:
        self.ensure(length)
        start = self.position - self._first
        return bytes(self._data[start : start + length])

    def pass_over(self, length: int) -> None:
        """``length`` bytes that were looked at."""
        self.position += length
        while len(self._members) > 1 and self._members[1][0] <= self.position:
            self._members.popleft()
        if self.position - self._first > SETTLED:
            del self._data[: self.position - self._first]
            self._first = self.position

    def seek(self, pattern: re.Pattern[bytes]) -> bool:
        """Goes to where ``pattern`` is next; else to the end or before a fault."""
        while True:
            start = self.position - self._first
            found = pattern.search(self._data, start)
            if found:
                self.pass_over(found.start() - start)
                return True
            self.pass_over(max(len(self._data) - start - OVERLAP, 0))
            if not self._pull():
                self.pass_over(len(self._data) - (self.position - self._first))
                return False

    def recover(self, begins: Callable[[bytes], bool]) -> bool:
        """See ``Packed.recover``."""
        self.position = self._first + len(self._data)
        return self._source.recover(begins)

    def place(self, position: int) -> int:
        """The offset of the member that holds it; of plain archives its own."""
        held = position if not self._members else self._members[0][1]
        for begin, offset in self._members:
            if begin > position:
                break
            held = offset
        return held

    def members(self, start: int, end: int) -> list[int]:
        """The positions in ``[start, end)`` at which members begin."""
        return [begin for begin, _ in self._members if start <= begin < end]

    def look(self, position: int, length: int) -> bytes:
        """Bytes that are held already, from ``position`` on."""
        start = position - self._first
        return bytes(self._data[start : start + length])

    def _pull(self) -> bool:
        piece = self._source.pull()
        if piece.begins is not None:
            self._members.append((self._first + len(self._data), piece.begins))
        self._data += piece.data
        return bool(piece.data)
