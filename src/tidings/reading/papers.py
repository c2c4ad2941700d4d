"""Documents that news is had from, and the words that make them its source: the lists are
papers.toml. A language without a list has none."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tidings.reading.sourced import expand_all

_STEM = "[]"
"""Before an ending of German compounds: any letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """Of one language; patterns are for text in lower case."""

    words: re.Pattern[str]  # any document
    types: Mapping[str, re.Pattern[str]]  # by type, of the whole word; the first that fits
    leads: re.Pattern[str]  # at the end of what stands before
    verbs: re.Pattern[str]  # at the start of what stands behind
    trailing: re.Pattern[str]
    small: frozenset[str]
    by: re.Pattern[str]  # what stands between a document and who put it out

    def find_type(self, word: str) -> str:
        return next(name for name, pattern in self.types.items() if pattern.fullmatch(word))


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperTypes:
    law: frozenset[str]
    court: frozenset[str]
    owned: frozenset[str]  # sources only where it is told whose they are
    bodies: re.Pattern[str]  # beginnings and ends of words for those who put out documents


@cache
def find_paper_types() -> PaperTypes:
    rows = _read()["types"]
    return PaperTypes(
        law=frozenset(rows["law"]),
        court=frozenset(rows["court"]),
        owned=frozenset(rows["owned"]),
        bodies=re.compile(rf"(?:\w*(?:{'|'.join(rows['ends'])})$|(?:{'|'.join(rows['begins'])}))"),
    )


@cache
def find_papers(language: str) -> Papers | None:
    """Of a primary language tag."""
    rows = _read().get(language)
    if rows is None:
        return None
    listed = rows["papers"]
    types = {name: _alternatives(expand_all(words)) for name, words in listed.items()}
    words = [word for each in listed.values() for word in expand_all(each)]
    leads, by = expand_all(rows["leads"]), [one for one in rows["by"] if one]
    put = "|".join(_phrase(one) for one in expand_all(rows["put"]))
    between = _alternatives(by) if by else ""
    return Papers(
        words=re.compile(rf"(?<!\w){_alternatives(words)}(?!\w)"),
        types={name: re.compile(pattern) for name, pattern in types.items()},
        leads=re.compile(rf"(?<!\w){_alternatives(leads)}\s*$"),
        verbs=re.compile(rf"\s+(?:\w+\s+)?{_alternatives(expand_all(rows['verbs']))}(?!\w)"),
        trailing=re.compile(rf"\s+{_alternatives(expand_all(rows.get('trailing', ())))}(?!\w)"),
        small=frozenset(one for row in rows["small"] for one in row.split()),
        by=re.compile(rf"(?:,?\s+(?:{put})(?:\s+[^\s,.;:]+){{0,3}}?)?\s+{between}"),
    )


@cache
def _read() -> Mapping[str, Mapping[str, Mapping[str, list[str]]]]:
    text = (files("tidings.reading") / "papers.toml").read_text("utf-8")
    return tomllib.loads(text)


def _alternatives(words: Iterable[str]) -> str:
    """The longest first."""
    low = sorted({word.lower() for word in words}, key=lambda one: (-len(one), one))
    return f"(?:{'|'.join(map(_phrase, low))})" if low else r"(?!)"


def _phrase(words: str) -> str:
    plain = r"\s+".join(map(re.escape, words.removeprefix(_STEM).lower().split()))
    return rf"\w{{3,}}{plain}" if words.startswith(_STEM) else plain
