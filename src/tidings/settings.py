"""One frozen Settings from tidings.toml; it builds the plug-ins that it names.

Nothing else in the package reads a settings file.
"""

from __future__ import annotations

import os
import platform
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tidings.annotators.listed import ListedAnnotator
from tidings.annotators.names import NamesAnnotator
from tidings.embedders import e5, onnx
from tidings.embedders.hashing import Hashing
from tidings.errors import WrongUse
from tidings.executors.local import LocalExecutor
from tidings.extractors import html
from tidings.extractors.plain import PlainExtractor
from tidings.extractors.record import RecordExtractor
from tidings.pipeline import Parts, get_parts
from tidings.ports import Embedder, Executor, Reader, Store
from tidings.readers.files import ReadOptions, open_reader
from tidings.stores.sqlite import SqliteStore
from tidings.story.assign import AssignOptions

SETTINGS_FILE = Path("tidings.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of ``tidings doctor``."""

    part: str
    ok: bool
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What tidings.toml may say; every key is optional."""

    store: Path = Path("tidings.db")
    embedder: str = "e5"  # e5, hashing, or onnx
    onnx: Path | None = None  # folder of the sentence encoder that embedder = "onnx" runs
    cache: Path | None = None  # where built files are kept; None: the user's cache folder
    extractor: str = "trafilatura"  # or resiliparse: quicker, less exact
    processes: int = 0  # that digest pages; 0: as many as there are cores
    seconds_a_page: float = 20.0  # then the page is rejected: timeout
    largest_page: int = 20_000_000  # bytes; a larger one is rejected: too-large
    assign: AssignOptions = field(default_factory=AssignOptions)

    def build_parts(self) -> Parts:
        pages = html.HtmlExtractor(options=html.Options(library=_choose_library(self.extractor)))
        return Parts(
            extractors={
                "text/html": pages,
                "text/plain": PlainExtractor(),
                "application/json": RecordExtractor(),
            },
            annotators=(ListedAnnotator(), NamesAnnotator()),
            embedder=self.build_embedder(),
        )

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
        if self.embedder == "onnx":
            return "embedder 'onnx' needs its folder: set onnx = \"PATH\" in tidings.toml"
        return f"no embedder named {self.embedder!r}; installed: e5, hashing, onnx"

    def examine(self) -> list[Finding]:
        """What ``tidings doctor`` tells."""
        store = f"{str(self.store)!r}" + ("" if self.store.exists() else ", not made yet")
        missing = self.find_missing()
        embedder = missing or [self.build_embedder().name]
        return [
            Finding(part="tidings", ok=True, detail=version("tidings")),
            Finding(part="python", ok=True, detail=platform.python_version()),
            Finding(part="processes", ok=True, detail=str(self.count_processes())),
            Finding(part="store", ok=True, detail=store),
            *(Finding(part="embedder", ok=not missing, detail=line) for line in embedder),
        ]

    def count_processes(self) -> int:
        return self.processes or os.cpu_count() or 1

    def open_store(self) -> Store:
        return SqliteStore(self.store)

    def build_executor(self) -> Executor:
        """Its processes build the parts before their first page, and are told to use one thread."""
        return LocalExecutor(
            processes=self.count_processes(),
            seconds_an_item=self.seconds_a_page,
            initializer=partial(get_parts, self),
        )

    def open_readers(self, paths: Sequence[str]) -> Iterator[Reader]:
        options = ReadOptions(largest_page=self.largest_page)
        return (open_reader(path, options) for path in paths)


def _choose_library(name: str) -> html.Library:
    if name not in list(html.Library):
        raise WrongUse(f"no extractor named {name!r}; there are: {', '.join(html.Library)}")
    return html.Library(name)


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
            raise WrongUse(f"setting {key!r} is {value!r}; give a {kinds[0].__name__}")
        values[key] = Path(str(value)).expanduser() if key in _PATHS else value
    return Settings(**values)


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
}
