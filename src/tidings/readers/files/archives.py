"""The members of a tar stream, in its order, one at a time."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from tarfile import HeaderError, ReadError, TarFile
from typing import IO, Self, cast

from tidings.model import Reason, Rejected
from tidings.readers.files.naming import printable

DAMAGED = {
    "InvalidHeaderError": "bad tar header",
    "TruncatedHeaderError": "unexpected end of data",
    "EmptyHeaderError": "unexpected end of data",
}
"""``tarfile`` takes each of them for the end of the archive; what follows would be lost unseen."""


class CheckedInfo(tarfile.TarInfo):
    @classmethod
    def fromtarfile(cls, tarfile: TarFile) -> Self:
        try:
            return super().fromtarfile(tarfile)
        except HeaderError as error:
            if what := DAMAGED.get(type(error).__name__):
                raise ReadError(what) from error
            raise


def is_tar(head: bytes) -> bool:
    """Whether the first bytes are a tar's header, or the zeros of an empty one."""
    try:
        tarfile.TarInfo.frombuf(head[: tarfile.BLOCKSIZE], "utf-8", "surrogateescape")
    except HeaderError as error:
        return type(error).__name__ == "EOFHeaderError"
    return True


def read_members(
    archive: str, stream: io.BufferedIOBase
) -> Iterator[tuple[str, io.BufferedIOBase | Rejected]]:
    """(``archive!path``, its bytes), each to be read before the next is asked for. Raises
    ``tarfile.ReadError`` where the archive is damaged."""
    with tarfile.open(fileobj=cast(IO[bytes], stream), mode="r|", tarinfo=CheckedInfo) as members:
        while (info := members.next()) is not None:
            members.members.clear()  # type: ignore[attr-defined] # it would keep them all
            path = PurePosixPath(info.name)
            name = printable(f"{archive}!{path}")
            if info.isdir() or any(part.startswith(".") for part in path.parts):
                continue
            found = members.extractfile(info) if info.isreg() else None
            if found is None:
                detail = "a link or device, not a file; add the file that it names"
                yield name, Rejected(name=name, reason=Reason.UNSUPPORTED, detail=detail)
            else:
                yield name, cast(io.BufferedIOBase, found)
