"""What tests share: pages from files, the data folder, golden pages."""

from __future__ import annotations

import hashlib
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tidings.model import Page, PageId

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # of a job that a shell runs unattended
    signal.signal(signal.SIGINT, signal.default_int_handler)  # programs under test inherit it

MEDIA_TYPES = {".html": "text/html", ".txt": "text/plain", ".json": "application/json"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regold", action="store_true", help="write the golden pages anew")


@pytest.fixture
def is_regold(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--regold"))


@pytest.fixture(scope="session")
def make_page() -> Callable[[bytes | str | Path], Page]:
    """A page from its bytes, its text or its file."""

    def make(source: bytes | str | Path) -> Page:
        suffix = source.suffix if isinstance(source, Path) else ".txt"
        data = source.read_bytes() if isinstance(source, Path) else source
        data = data.encode() if isinstance(data, str) else data
        return Page(
            id=PageId(hashlib.blake2b(data, digest_size=16).hexdigest()),
            name=source.name if isinstance(source, Path) else "page.txt",
            media_type=MEDIA_TYPES[suffix],
            data=data,
        )

    return make


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the two documents that the project grew from."""
    named = os.environ.get("TIDINGS_DATA")
    shared = Path(named).parent if named else Path(__file__).parents[2] / "shared"
    if not (shared / "seeds").is_dir():
        pytest.skip("no seeds: they are not part of the project; set TIDINGS_DATA beside them")
    return shared / "seeds"
