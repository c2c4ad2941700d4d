"""Pages with labelled bodies, for the benches of extraction: trafilatura's 990 with segments that
must and must not be there, readability's 130 with the whole expected text."""

from __future__ import annotations

import hashlib
import json
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import html

from news import find_data

_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A page with either segments or an expected text."""

    name: str
    data: bytes
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    expected: str = ""


def normal(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


def find_half(name: str) -> str:
    """``A`` or ``B``, by hash: weights are fitted on one and measured on the other."""
    return "AB"[hashlib.blake2b(name.encode(), digest_size=1).digest()[0] % 2]


def read_segments() -> list[Labelled]:
    """By address; where a page is held twice, the one under cache/ counts, as in the original."""
    pages = {name.partition("/tests/")[2]: data for name, data in _members("trafilatura")}
    if not pages:
        return []
    found = []
    for _, entry in sorted(json.loads(pages["evaldata.json"]).items()):
        name = entry["file"]
        data = pages.get(f"cache/{name}") or pages[f"eval/{name}"]
        segments = {key: tuple(map(normal, entry[key])) for key in ("with", "without")}
        found.append(
            Labelled(name=name, data=data, wanted=segments["with"], unwanted=segments["without"])
        )
    return found


def read_whole() -> list[Labelled]:
    """In order of their names."""
    files = {tuple(name.split("/")[-2:]): data for name, data in _members("readability")}
    names = sorted(folder for folder, name in files if name == "expected.html")
    return [
        Labelled(
            name=name,
            data=files[name, "source.html"],
            expected=_text(files[name, "expected.html"].decode()),
        )
        for name in names
    ]


def _text(markup: str) -> str:
    """All text, a space at every tag: readability's expected pages have no script and no style."""
    return normal(" ".join(html.document_fromstring(markup).itertext()))


def _members(name: str) -> Iterator[tuple[str, bytes]]:
    path = find_data(f"extraction/{name}.tar.xz")
    if path is None:
        return
    with tarfile.open(path) as archive:
        for member in archive:
            held = archive.extractfile(member) if member.isfile() else None
            if held is not None:
                yield member.name, held.read()
