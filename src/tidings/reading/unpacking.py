"""gzip and deflate as content codings, undone piece by piece and never beyond a limit."""

from __future__ import annotations

import zlib

PIECE = 1 << 16  # bytes unpacked at once: a bomb gets no further
GZIP = ("gzip", "x-gzip")
MAGIC = b"\x1f\x8b"


class Unpacker:
    """Takes a body as it comes, keeps at most ``largest`` bytes of what it unpacks to."""

    def __init__(self, coding: str, largest: int) -> None:
        """``coding``: gzip, x-gzip or deflate; any other is left as it is."""
        self._coding = coding.strip().lower()
        self._largest = largest
        self._kept = bytearray()
        self._fed = b""  # of deflate, until it is known whether it has zlib's frame
        self._machine = self._start()
        self.is_full = False
        self.fault = ""  # why it can't be unpacked: what is packed is not what it says

    @property
    def body(self) -> bytes:
        return bytes(self._kept)

    def feed(self, data: bytes) -> None:
        if self._machine is None:
            self._keep(data)
            return
        for start in range(0, len(data), PIECE):
            rest = data[start : start + PIECE]
            while rest and not (self.is_full or self.fault):
                rest = self._unpack(rest)

    def _start(self) -> zlib._Decompress | None:
        if self._coding in GZIP:
            return zlib.decompressobj(zlib.MAX_WBITS | 16)
        return zlib.decompressobj() if self._coding == "deflate" else None

    def _unpack(self, data: bytes) -> bytes:
        """One piece; what is left of ``data``."""
        machine = self._machine
        if machine is None:
            return b""
        is_open = self._coding == "deflate" and not self._kept
        self._fed = self._fed + data if is_open else b""
        try:
            self._keep(machine.decompress(data, PIECE))
        except zlib.error as error:
            if is_open:
                return self._try_raw()
            self.fault = str(error)
            return b""
        if not machine.eof:
            return machine.unconsumed_tail
        rest = machine.unused_data
        if self._coding in GZIP and rest.startswith(MAGIC):  # gzip may have several members
            self._machine = self._start()
            return rest
        return b""

    def _try_raw(self) -> bytes:
        """Some servers send deflate without zlib's frame."""
        self._coding = "raw"
        self._machine = zlib.decompressobj(-zlib.MAX_WBITS)
        return self._fed

    def _keep(self, data: bytes) -> None:
        room = self._largest - len(self._kept)
        self._kept += data[:room]
        self.is_full = self.is_full or len(data) > room
