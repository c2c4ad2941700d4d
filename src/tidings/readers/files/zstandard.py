"""Zstandard, with the dictionary that archives of records may begin with."""

from __future__ import annotations

import io
import sys
from functools import partial

from tidings.readers.files.members import CHUNK, Damaged, Packing

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MARK = b"\x28\xb5\x2f\xfd"
DICTIONARY = b"\x5d\x2a\x4d\x18"
"""A frame that others skip, of which the specification of .warc.zst (iipc, 2021) makes use."""
TRAINED = b"\x37\xa4\x30\xec"  # that a dictionary begins with; one without is raw content
LARGEST_DICTIONARY = 1 << 24  # bytes

Error = zstd.ZstdError
File = zstd.ZstdFile


class Zstd:
    def __init__(self, dictionary: zstd.ZstdDict | None = None) -> None:
        self.is_done = False
        self._unpacker = zstd.ZstdDecompressor(dictionary)

    @property
    def is_hungry(self) -> bool:
        return self._unpacker.needs_input

    def feed(self, data: bytes) -> tuple[bytes, bytes]:
        try:
            out = self._unpacker.decompress(data, 4 * CHUNK)
        except zstd.ZstdError as error:
            raise Damaged(str(error).lower()) from error
        self.is_done = self._unpacker.eof
        return out, self._unpacker.unused_data if self.is_done else b""


ZSTD = Packing(mark=MARK, open=Zstd)


def read_packing(packed: io.BufferedReader) -> tuple[Packing, int]:
    """How the frames of ``packed`` are to be read, and how many bytes of it tell that. Raises
    EOFError or ``Error`` where the dictionary is damaged."""
    if packed.peek(len(DICTIONARY))[: len(DICTIONARY)] != DICTIONARY:
        return ZSTD, 0
    size = int.from_bytes(packed.read(8)[4:], "little")
    data = packed.read(min(size, LARGEST_DICTIONARY))
    if len(data) < size:
        raise EOFError("the dictionary is cut, or larger than any")
    try:
        if data.startswith(MARK):
            data = zstd.ZstdDecompressor().decompress(data, LARGEST_DICTIONARY)
        dictionary = zstd.ZstdDict(data, is_raw=not data.startswith(TRAINED))
    except (zstd.ZstdError, ValueError) as error:
        raise Error(f"the dictionary is damaged: {error}") from error
    return Packing(mark=MARK, open=partial(Zstd, dictionary)), 8 + size
