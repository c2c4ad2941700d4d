"""One frozen Settings from tidings.toml; it builds the plug-ins that it names.

Nothing else in the package reads a settings file.
"""

from __future__ import annotations

import os
import platform
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tidings.annotators.credits import CreditsAnnotator
from tidings.annotators.listed import ListedAnnotator
from tidings.annotators.names import NamesAnnotator, Tagger
from tidings.annotators.quotes import QuotesAnnotator
from tidings.annotators.sources import SourcesAnnotator
from tidings.embedders import e5, onnx
from tidings.embedders.hashing import Hashing
from tidings.errors import TidingsError, Unavailable, WrongUse
from tidings.executors.local import LocalExecutor
from tidings.extractors.addresses import MEDIA_TYPES, AddressesExtractor
from tidings.extractors.plain import PlainExtractor
from tidings.extractors.record import RecordExtractor
from tidings.pipeline import Extractors, Parts
from tidings.ports import Embedder, Executor, Extractor, Reader, Store
from tidings.readers.files import ReadOptions, open_reader
from tidings.reading.capitals import CapitalsFinder
from tidings.stores.sqlite import SqliteStore
from tidings.story.assign import AssignOptions

if TYPE_CHECKING:
    from tidings.readers.web import FetchOptions, FetchSession

SETTINGS_FILE = Path("tidings.toml")
EMBEDDERS = ("e5", "hashing", "onnx")
EXTRACTORS = ("ensemble", "resiliparse")  # the names of extractors.html.Library
LONGEST = 86_400  # seconds a page; a day
LARGEST = 1_000_000_000  # bytes a page; SQLite keeps no larger value
MOST = 1_024  # processes


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of ``tidings doctor``."""

    part: str
    ok: bool
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What tidings.toml may say; every key is optional. Raises WrongUse for a value that can't
    be, with the range of those that can."""

    store: Path = Path("tidings.db")
    embedder: str = "e5"  # e5, hashing, or onnx
    onnx: Path | None = None  # folder of the sentence encoder that embedder = "onnx" runs
    cache: Path | None = None  # where built files are kept; None: the user's cache folder
    extractor: str = "ensemble"  # or resiliparse: quicker, less exact
    processes: int = 0  # that digest pages; 0: as many as there are cores
    seconds_a_page: float = 20.0  # then the page is rejected: timeout
    largest_page: int = 20_000_000  # bytes; a larger one is rejected: too-large
    contact: str = ""  # mail or web address of who asks, sent along by fetch
    assign: AssignOptions = field(default_factory=AssignOptions)

    def __post_init__(self) -> None:
        _check_name("embedder", self.embedder, EMBEDDERS)
        _check_name("extractor", self.extractor, EXTRACTORS)
        if not 0 <= self.processes <= MOST:
            raise _out_of_range("processes", self.processes, f"a whole number from 0 to {MOST:,}")
        if not 0 < self.seconds_a_page <= LONGEST:  # nan is not in it either
            allowed = f"a number above 0, at most {LONGEST:,}"
            raise _out_of_range("seconds_a_page", self.seconds_a_page, allowed)
        if not 1 <= self.largest_page <= LARGEST:
            allowed = f"a whole number from 1 to {LARGEST:,}"
            raise _out_of_range("largest_page", self.largest_page, allowed)

    def build_extractors(self) -> Extractors:
        return {
            "text/html": self.build_html_extractor(),
            "text/plain": PlainExtractor(),
            "application/json": RecordExtractor(),
            **dict.fromkeys(MEDIA_TYPES, AddressesExtractor()),
        }

    def build_parts(self) -> Parts:
        embedder = self.build_embedder()
        tagger = Tagger(embedder.pieces) if isinstance(embedder, e5.E5) else None
        capitals = CapitalsFinder()
        return Parts(
            annotators=(
                ListedAnnotator(),
                NamesAnnotator(tagger, capitals),
                CreditsAnnotator(),
                QuotesAnnotator(),
                SourcesAnnotator(),
            ),
            embedder=embedder,
            capitals=capitals,
        )

    def build_html_extractor(self) -> Extractor:
        from tidings.extractors import html  # noqa: PLC0415 - slow to load; lists do without

        return html.HtmlExtractor(options=html.Options(library=html.Library(self.extractor)))

    def build_embedder(self) -> Embedder:
        """Raises Unavailable where the machine lacks what the embedder needs."""
        match self.embedder:
            case "e5":
                return e5.E5(e5.Options(cache=self.cache))
            case "hashing":
                return Hashing()
            case "onnx" if self.onnx is not None:
                return onnx.Onnx(onnx.Options(folder=self.onnx))
        raise WrongUse(self._name_fault())

    def find_missing(self) -> list[str]:
        """A line for each thing that the embedder lacks."""
        match self.embedder:
            case "e5":
                return e5.find_missing(self.cache)
            case "hashing":
                return []
            case "onnx" if self.onnx is not None:
                return onnx.find_missing(self.onnx)
        return [self._name_fault()]

    def _name_fault(self) -> str:
        return "embedder 'onnx' needs its folder: set onnx = \"PATH\" in tidings.toml"

    def examine(self) -> list[Finding]:
        """What ``tidings doctor`` tells."""
        missing = self.find_missing()
        embedder = missing or [self.build_embedder().name]
        return [
            Finding(part="tidings", ok=True, detail=version("tidings")),
            Finding(part="python", ok=True, detail=platform.python_version()),
            Finding(part="processes", ok=True, detail=str(self.count_processes())),
            self._examine_store(),
            Finding(part="extractor", ok=True, detail=self.extractor),
            *(Finding(part="embedder", ok=not missing, detail=line) for line in embedder),
        ]

    def _examine_store(self) -> Finding:
        """Makes none where there is none."""
        detail = repr(str(self.store))
        try:
            if not self.has_store():
                detail += ", not made yet"
            problem = _find_obstacle(self.store)
            if problem is None and self.has_store() and self.store.stat().st_size:
                self.open_store().close()
        except TidingsError as error:
            problem = str(error)
        return Finding(part="store", ok=problem is None, detail=problem or detail)

    def count_processes(self) -> int:
        return self.processes or os.cpu_count() or 1

    def has_store(self) -> bool:
        """Raises Unavailable where the file system won't tell."""
        try:
            self.store.stat()
        except (FileNotFoundError, NotADirectoryError):
            return False
        except (OSError, ValueError) as error:
            raise Unavailable(
                f"can't look at store {str(self.store)!r} ({error}); name another: --store PATH"
            ) from error
        return True

    def open_store(self) -> Store:
        return SqliteStore(self.store)

    def build_executor(self, prepare: Callable[[], object]) -> Executor:
        """Its processes ``prepare`` before their first page, and are told to use one thread."""
        return LocalExecutor(
            processes=self.count_processes(),
            seconds_an_item=self.seconds_a_page,
            initializer=prepare,
        )

    def open_fetch(self, options: FetchOptions | None = None) -> FetchSession:
        """Answers go into a folder beside the store, what is known of addresses into the store."""
        from tidings.readers.web import FetchOptions, FetchSession  # noqa: PLC0415 - slow to load
        from tidings.stores.sqlite.visits import SqliteVisits  # noqa: PLC0415 - as above

        folder = self.store.with_name(f"{self.store.name}.warc")
        options = options or FetchOptions()
        contact = options.contact or self.contact
        options = replace(options, contact=contact, largest_page=self.largest_page)
        return FetchSession(SqliteVisits(self.store), folder, options)

    def open_readers(self, paths: Sequence[str]) -> Iterator[Reader]:
        options = ReadOptions(largest_page=self.largest_page)
        return (open_reader(path, options) for path in paths)


def _check_name(key: str, name: str, installed: Sequence[str]) -> None:
    if name not in installed:
        raise WrongUse(f"no {key} named {name!r}; installed: {', '.join(installed)}")


def _out_of_range(key: str, value: float, allowed: str) -> WrongUse:
    return WrongUse(f"setting {key!r} is {value!r}; give {allowed}")


def _find_obstacle(store: Path) -> str | None:
    """Why no store can be kept there, as far as the file system tells."""
    folder = store.absolute().parent
    if store.exists() and not store.is_file():
        return f"{str(store)!r} is no file; name a file: --store PATH"
    if not folder.is_dir():
        return f"no folder {str(folder)!r}; make it, or name another store: --store PATH"
    for path in (store, folder):  # beside the store SQLite keeps its log
        if path.exists() and not os.access(path, os.R_OK | os.W_OK):
            return f"{str(path)!r} may not be read and written; see its permissions"
    return None


def read_settings(path: Path) -> Settings:
    """The settings in ``path``; the defaults where there is no such file. Raises WrongUse."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WrongUse(f"can't read the settings in {str(path)!r}: {error}") from error
    return parse_settings(told)


def parse_settings(told: dict[str, Any]) -> Settings:
    """Raises WrongUse for an unknown key or a value of the wrong kind."""
    known = {one.name: one.default for one in fields(Settings) if one.name != "assign"}
    values: dict[str, Any] = {}
    for key, value in told.items():
        if key not in known:
            raise WrongUse(f"no setting named {key!r}; there are: {', '.join(sorted(known))}")
        kinds = _KINDS[key]
        if not isinstance(value, kinds) or isinstance(value, bool):
            raise WrongUse(f"setting {key!r} is {value!r}; give {_CALLED[kinds[0]]}")
        values[key] = Path(str(value)).expanduser() if key in _PATHS else value
    return Settings(**values)


_CALLED = {str: "text in quotes", int: "a whole number", float: "a number"}
_PATHS = ("store", "onnx", "cache")
_KINDS: dict[str, tuple[type, ...]] = {
    "store": (str,),
    "embedder": (str,),
    "onnx": (str,),
    "cache": (str,),
    "extractor": (str,),
    "processes": (int,),
    "seconds_a_page": (float, int),
    "largest_page": (int,),
    "contact": (str,),
}
