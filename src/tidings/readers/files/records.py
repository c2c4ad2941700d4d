"""The records of a web archive, one at a time; a damaged one costs only itself.

Our own, as no library at hand goes on behind damage: see bench/reading.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from tidings.readers.files.heads import LONGEST, Dialect, Head
from tidings.readers.files.window import Window

SHOWN = 1 << 16  # bytes that are kept of a block that is too large
STEP = 1 << 18  # bytes at a time, of such a block
PAGES = frozenset({"response", "resource", "conversion"})
SLACK = 64  # bytes of line ends after a block


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    head: Head
    offset: int  # of the archive as it lies there
    block: bytes
    is_whole: bool  # else the block is larger than asked for, and cut


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """A record, or bytes where one should be, that can't be read."""

    offset: int
    detail: str


class RecordReader:
    def __init__(self, window: Window, dialect: Dialect, largest: int) -> None:
        self._window = window
        self._dialect = dialect
        self._largest = largest  # bytes of a block that are held

    def read(self) -> Iterator[Record | Loss]:
        """Bytes between two losses that hold no record belong to the first."""
        was_lost = False
        while self._pass_line_ends():
            start = self._window.position
            found = self._read_one()
            if not (was_lost and isinstance(found, _Gap)):
                yield _loss(found) if isinstance(found, _Gap) else found
            was_lost = not isinstance(found, Record)
            if was_lost and not self._go_on(start):
                return

    def _pass_line_ends(self) -> bool:
        """Whether anything follows, be it a fault."""
        while byte := self._window.peek(1):
            if byte not in b"\r\n":
                return True
            self._window.pass_over(1)
        return self._window.fault is not None

    def _go_on(self, start: int) -> bool:
        """Finds the next record after one at ``start`` that was lost; False where none is."""
        window = self._window
        if window.position == start:
            window.pass_over(min(1, len(window.peek(1))))
        if window.seek(self._dialect.start):
            return True
        return window.fault is not None and window.recover(self._dialect.begins)

    def _read_one(self) -> Record | Loss:
        """Leaves the window behind the record, or behind the head of one that is lost."""
        window = self._window
        offset = window.place(window.position)
        head = self._read_head()
        if isinstance(head, str):
            fault = window.fault
            if fault and not window.peek(1):
                return Loss(offset=fault.offset, detail=fault.detail)
            kind = _Gap if head == NO_RECORD else Loss
            return kind(offset=offset, detail=head)
        fits = head.length <= self._largest
        block = self._hold(head) if fits else self._cut(head)
        if isinstance(block, str):
            return Loss(offset=offset, detail=block)
        return Record(head=head, offset=offset, block=block, is_whole=fits)

    def _read_head(self) -> Head | str:
        """The window is left as it is where the head can't be read."""
        window, dialect = self._window, self._dialect
        size = 1024
        while True:
            data = window.peek(size)
            if not dialect.begins(data):
                return NO_RECORD
            end = dialect.end.search(data)
            if end:
                break
            if len(data) < size or size > LONGEST:
                return "its head has no end"
            size *= 2
        head = dialect.parse(data[: end.start()].decode("utf-8", "replace"))
        if isinstance(head, Head):
            window.pass_over(end.end())
        return head

    def _hold(self, head: Head) -> bytes | str:
        window = self._window
        start, end = window.position, window.position + head.length
        is_there = window.ensure(head.length + SLACK) or window.ensure(head.length)
        if fault := self._find_overrun(start, end):
            return fault
        if not is_there:
            return window.fault.detail if window.fault else "the archive ends inside it"
        if fault := self._find_fault(end):
            return fault
        block = window.look(start, head.length)
        if not window.is_vouched and head.kind in PAGES and not has_digest(block, head.digest):
            return "its bytes don't have the digest that it says"
        window.pass_over(head.length)
        return block

    def _cut(self, head: Head) -> bytes | str:
        """The first bytes of a block that is too large, passing over the others."""
        window, left = self._window, head.length
        first = window.peek(SHOWN)
        while left:
            step = min(left, STEP)
            start = window.position
            is_there = window.ensure(step)
            if fault := self._find_overrun(start, start + step):
                return fault
            if not is_there:
                return window.fault.detail if window.fault else "the archive ends inside it"
            window.pass_over(step)
            left -= step
        return self._find_fault(window.position) or first

    def _find_overrun(self, start: int, end: int) -> str | None:
        """Whether another record's member begins inside the block: its length is wrong."""
        for begin in self._window.members(start, end):
            if self._dialect.begins(self._window.look(begin, LONGEST)):
                return "the next record begins before its end"
        return None

    def _find_fault(self, end: int) -> str | None:
        """What is wrong behind a block that ends at ``end``, which the window has reached."""
        window = self._window
        ahead = end - window.position
        tail = window.peek(ahead + SLACK)[ahead:]
        fault = window.fault
        if fault and fault.offset == window.place(max(end - 1, 0)):
            return fault.detail
        rest = tail.lstrip(b"\r\n")
        if not rest or tail.startswith(self._dialect.tail) or self._dialect.begins(rest):
            return None
        return "its end is not where its length says"


class _Gap(Loss):
    """Bytes where no record begins."""


NO_RECORD = "no record begins here"


def _loss(gap: _Gap) -> Loss:
    return Loss(offset=gap.offset, detail=gap.detail)


def has_digest(block: bytes, digest: str) -> bool:
    """Whether ``block`` has it; so it has where the digest is of a kind that is not known."""
    name, _, value = digest.partition(":")
    name = name.strip().lower().replace("-", "")
    if name not in ("sha1", "sha256", "sha512", "md5") or not value:
        return True
    computed = hashlib.new(name, block, usedforsecurity=False).digest()
    return value.lower() == computed.hex() or _unbase32(value) in (computed, None)


def _unbase32(value: str) -> bytes | None:
    """None for what is no base 32."""
    padded = value.upper().rstrip("=")
    try:
        return base64.b32decode(padded + "=" * (-len(padded) % 8))
    except ValueError:
        return None
