"""What reading a damaged packing or archive, or a failing disk, raises."""

from __future__ import annotations

import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator

from tidings.model import Page, Reason, Rejected
from tidings.readers.files.zstandard import Error

DAMAGE = (
    EOFError,
    OSError,
    lzma.LZMAError,
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
    Error,
)


def guard(name: str, pages: Iterator[Page | Rejected]) -> Iterator[Page | Rejected]:
    """The pages up to where they are damaged, then a Rejected for ``name``."""
    try:
        yield from pages
    except DAMAGE as error:
        yield Rejected(
            name=name, reason=Reason.DAMAGED, detail=f"{str(error).lower()}; get it anew"
        )
