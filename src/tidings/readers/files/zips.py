"""The members of a zip, in its order, one at a time."""

from __future__ import annotations

import io
import stat
import struct
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, BinaryIO, cast

from tidings.model import Reason, Rejected
from tidings.readers.files.naming import printable

STEP = 1 << 20  # bytes a read
ENCRYPTED = 1  # bit of a member's flags
BROKEN = (ValueError, LookupError, NotImplementedError, RuntimeError, struct.error)
"""What ``zipfile`` raises of a damaged list of members, beside BadZipFile."""
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA})
DOCUMENTS = frozenset({"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"})
"""Members of documents and programs that are zips inside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Our own: text packs up to twenty times, endless repetition of markup up to 200 times."""

    ratio: int = 200  # unpacked bytes a packed one, of members above ``small``
    small: int = 20_000_000  # bytes
    spooled: int = 16_000_000  # bytes of a zip from a pipe that are held in memory
    longest: int = 8_000_000_000  # bytes of such a zip, of which the rest lies on the disk


LIMITS = Limits()


@contextmanager
def spool(source: io.BufferedIOBase) -> Iterator[IO[bytes]]:
    """What can go back: a zip's list of members comes last. Large ones lie in a temporary file.
    Raises ``zipfile.BadZipFile`` for one without end."""
    with tempfile.SpooledTemporaryFile(LIMITS.spooled) as kept:
        while data := source.read(STEP):
            kept.write(data)
            if kept.tell() > LIMITS.longest:
                raise zipfile.BadZipFile(f"a zip of over {LIMITS.longest:,} bytes; add it by name")
        yield kept


def read_zip(
    name: str, source: BinaryIO | IO[bytes], reach: Callable[[int], None]
) -> Iterator[tuple[str, io.BufferedIOBase | Rejected]]:
    """(``zip!path``, its bytes), each to be read before the next is asked for; of a WACZ its
    archives alone. ``reach`` is told how far ``source`` was gone through. Raises
    ``zipfile.BadZipFile``."""
    try:
        opened = zipfile.ZipFile(source)
    except BROKEN as error:
        raise zipfile.BadZipFile(f"{error}") from error
    size = source.seek(0, io.SEEK_END)
    with opened as members:
        names = {info.filename for info in members.infolist()}
        if names & DOCUMENTS:
            yield name, _refuse(name, "a document or program; save it as HTML or text")
            return
        chosen = [info for info in members.infolist() if is_shown(info.filename)]
        if is_wacz(name, names):
            chosen = [info for info in chosen if info.filename.startswith("archive/")]
            if not chosen:
                yield name, _refuse(name, "a WACZ that holds no archive; get it again")
        for info in chosen:
            member = printable(f"{name}!{PurePosixPath(info.filename)}")
            if refused := find_obstacle(member, info):
                yield member, refused
            elif not info.filename.endswith("/"):  # is_dir fails on an empty name
                yield from _open(member, members, info)
            reach(min(info.header_offset + info.compress_size, size))


def _open(
    name: str, members: zipfile.ZipFile, info: zipfile.ZipInfo
) -> Iterator[tuple[str, io.BufferedIOBase | Rejected]]:
    try:
        found = members.open(info)
    except (zipfile.BadZipFile, EOFError, OSError, *BROKEN) as error:
        yield name, Rejected(name=name, reason=Reason.DAMAGED, detail=f"{error}; get it anew")
        return
    with found:
        yield name, cast(io.BufferedIOBase, found)


def is_shown(path: str) -> bool:
    """Hidden members are left out, and what a Mac adds."""
    parts = PurePosixPath(path).parts
    return not any(part.startswith(".") or part == "__MACOSX" for part in parts)


def is_wacz(name: str, names: set[str]) -> bool:
    """https://specs.webrecorder.net/wacz/1.1.1: WARCs below ``archive/``, beside indexes."""
    has_archive = any(path.startswith("archive/") for path in names)
    return name.lower().endswith(".wacz") or ("datapackage.json" in names and has_archive)


def find_obstacle(name: str, info: zipfile.ZipInfo) -> Rejected | None:
    """Why a member can't be read; None where nothing is known against it."""
    if info.flag_bits & ENCRYPTED:
        return _refuse(name, "encrypted; unpack it and add the file")
    if stat.S_ISLNK(info.external_attr >> 16):
        return _refuse(name, "a link, not a file; add the file that it names")
    if info.compress_type not in METHODS:
        return _refuse(name, f"packed by method {info.compress_type}; unpack it and add the file")
    if info.file_size > max(LIMITS.small, LIMITS.ratio * info.compress_size):
        detail = f"{info.compress_size:,} bytes that unpack to {info.file_size:,}; unpack it first"
        return Rejected(name=name, reason=Reason.TOO_LARGE, detail=detail)
    return None


def _refuse(name: str, detail: str) -> Rejected:
    return Rejected(name=name, reason=Reason.UNSUPPORTED, detail=detail)
