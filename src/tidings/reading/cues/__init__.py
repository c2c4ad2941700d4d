"""The words by which a page labels its parts, one file a language; all are read together, for a
page's furniture need not be in its own language. To add a language, add a file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from tidings.model import Role
from tidings.text import fold

_ROLES = {
    "latest": Role.LATEST,
    "related": Role.RELATED,
    "source": Role.SOURCE_LIST,
    "advertising": Role.ADVERTISING,
    "furniture": Role.FOOTER,
}
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_COLON = re.compile(r"\s*[:：]\s*|\s+[–—|>»-]+\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """Folded words and phrases, of all languages together."""

    labels: dict[str, Role]  # a whole line
    notices: re.Pattern[str]  # anywhere in a line of furniture
    minutes: frozenset[str]
    reading: frozenset[str]
    byline: frozenset[str]
    caption: frozenset[str]
    published: frozenset[str]
    updated: frozenset[str]
    publisher: frozenset[str]
    read_more: re.Pattern[str]  # what stands before the publisher's address
    anaphora: frozenset[str]


@cache
def get_cues() -> Cues:
    folder = files(__name__)
    tables = [
        tomllib.loads(entry.read_text("utf-8"))
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".toml")
    ]

    def gather(key: str) -> frozenset[str]:
        return frozenset(bare(phrase) for table in tables for phrase in table.get(key, ()))

    labels: dict[str, Role] = {}
    for key, role in _ROLES.items():
        for phrase in sorted(gather(key)):
            labels.setdefault(phrase, role)
    return Cues(
        labels=labels,
        notices=_any(gather("notices")),
        minutes=gather("minutes"),
        reading=gather("reading"),
        byline=gather("byline"),
        caption=gather("caption"),
        published=gather("published"),
        updated=gather("updated"),
        publisher=gather("publisher"),
        read_more=_any(gather("read_more")),
        anaphora=gather("anaphora"),
    )


@lru_cache(maxsize=4_096)
def bare(phrase: str) -> str:
    """Folded, without what stands around the words."""
    return _EDGES.sub("", fold(phrase))


def find_label(line: str) -> Role | None:
    """The role that a line which is nothing but a label gives to the lines after it."""
    return get_cues().labels.get(bare(line)) if len(line) <= 60 else None


def split_label(line: str) -> tuple[str, str] | None:
    """``label: rest`` → the label, folded and bare, and the rest; None where there is no colon."""
    match = _COLON.search(line, 1, 60)
    if match is None or not line[match.end() :]:
        return None
    return bare(line[: match.start()]), line[match.end() :]


def _any(phrases: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)")
