"""The readers of this machine's files."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from tidings.errors import WrongUse
from tidings.model import Page, Reason, Rejected
from tidings.readers.files.contents import ReadOptions, read_contents
from tidings.readers.files.damage import DAMAGE
from tidings.readers.files.naming import printable
from tidings.readers.files.streams import Meter, Metered
from tidings.readers.files.walk import refuse, walk


class FilesReader:
    """``ports.Reader`` of a file, or of a folder with all below it, in order of name.

    A page's name is the path as given: the same pages under another path are copies.
    """

    def __init__(self, path: Path, options: ReadOptions) -> None:
        self._path = path
        self._options = options
        self._meter = Meter()

    @property
    def bytes_read(self) -> int:
        """Taken from the disk, hence still packed."""
        return self._meter.count

    @cached_property
    def total_bytes(self) -> int | None:
        """Of all files now there; walks the folder, 40,000 files in about a second."""
        total = 0
        for path in walk(self._path):
            if isinstance(path, Path) and path.exists():
                total += path.stat().st_size
        return total

    def read(self) -> Iterator[Page | Rejected]:
        for path in walk(self._path):
            if isinstance(path, Rejected):
                yield path
            else:
                yield from self._read_file(path)

    def _read_file(self, path: Path) -> Iterator[Page | Rejected]:
        end = self._meter.count
        try:
            with path.open("rb", buffering=0) as file:
                end += path.stat().st_size
                yield from read_stream(path.as_posix(), file, self._options, self._meter)
        except OSError as error:
            yield refuse(path, error)
        self._meter.count = max(self._meter.count, end)  # what was passed over counts too


class StreamReader:
    """``ports.Reader`` of an open stream such as standard input, told by its first bytes."""

    total_bytes = None

    def __init__(self, stream: BinaryIO, options: ReadOptions) -> None:
        self._stream = stream
        self._options = options
        self._meter = Meter()

    @property
    def bytes_read(self) -> int:
        return self._meter.count

    def read(self) -> Iterator[Page | Rejected]:
        yield from read_stream("-", self._stream, self._options, self._meter)


def read_stream(
    name: str, stream: BinaryIO, options: ReadOptions, meter: Meter
) -> Iterator[Page | Rejected]:
    """The pages up to where ``stream`` is damaged, then a Rejected for ``name`` as a whole."""
    name, last = printable(name), ""
    try:
        source = io.BufferedReader(Metered(stream, meter), 1 << 16)
        for page in read_contents(name, source, options):
            last = page.name
            yield page
    except DAMAGE as error:
        yield _refuse_rest(name, last, error)


def _refuse_rest(name: str, last: str, error: Exception) -> Rejected:
    is_cut = isinstance(error, EOFError) or "end of" in str(error)
    lost = f"all after {last!r} is lost" if last else "nothing of it could be read"
    return Rejected(
        name=name,
        reason=Reason.TRUNCATED if is_cut else Reason.UNREADABLE,
        detail=f"{str(error).lower()}: {lost}; get it whole, then add it again",
    )


def open_reader(path: str, options: ReadOptions | None = None) -> FilesReader | StreamReader:
    """``-`` is standard input. Raises WrongUse where nothing has that name."""
    options = options or ReadOptions()
    if path == "-":
        return StreamReader(sys.stdin.buffer, options)
    if not path:
        raise WrongUse("an empty path; name a file or folder, '-' for standard input")
    found = Path(path)
    try:
        found.lstat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise WrongUse(f"no file or folder {path!r}; '-' is standard input") from error
    except OSError:
        pass  # read() says what is the matter
    return FilesReader(found, options)
