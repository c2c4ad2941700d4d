"""The words by which a page labels its parts, one file a language; all are read together, for a
page's furniture need not be in its own language. To add a language, add a file; ``mul`` holds what
is written alike in many (ISO 639-2)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from tidings.model import Role
from tidings.text import fold, is_dense

_ROLES = {
    "latest": Role.LATEST,
    "related": Role.RELATED,
    "source": Role.SOURCE_LIST,
    "advertising": Role.ADVERTISING,
    "furniture": Role.FOOTER,
    "tags": Role.FOOTER,
}
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_COLON = re.compile(r"\s*[:：]\s*|\s+[–—|>»-]+\s+")
_RUN = re.compile(r"\w+")
_LABEL = 60  # code points: a label is not longer

Table = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What one language makes labels and calls of."""

    heads: Mapping[str, Role]  # a word that makes a label of a line of ``words``
    words: frozenset[str]
    starts: frozenset[str]  # the first words of the calls; none in scripts without spaces
    calls: re.Pattern[str]  # imperatives at the start or end of a sentence
    channels: re.Pattern[str]  # what readers are called to, those of all languages included
    advertising: frozenset[str]  # words for it, in the cases that labels need
    goes_on: frozenset[str]  # "continues", "below", "after": with one of the former a label


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """Folded words and phrases, of all languages together."""

    labels: dict[str, Role]  # a whole line
    notices: re.Pattern[str]  # anywhere in a line of furniture
    notice_starts: frozenset[str]  # their first words; none in scripts without spaces
    minutes: frozenset[str]
    reading: frozenset[str]
    byline: frozenset[str]
    caption: frozenset[str]
    published: frozenset[str]
    updated: frozenset[str]
    publisher: frozenset[str]
    read_more: re.Pattern[str]  # what stands before the publisher's address
    anaphora: frozenset[str]
    tags: frozenset[str]  # what stands before a page's keywords
    digest: re.Pattern[str]  # in the title of a digest
    openers: re.Pattern[str]  # how a line starts that names another article
    sharers: frozenset[str]  # single words of rows of buttons and sections
    vocabularies: tuple[Vocabulary, ...]


@cache
def get_cues() -> Cues:
    tables = _tables()

    def gather(key: str) -> frozenset[str]:
        return frozenset(bare(phrase) for table in tables for phrase in table.get(key, ()))

    labels: dict[str, Role] = {}
    for key, role in _ROLES.items():
        for phrase in sorted(gather(key)):
            labels.setdefault(phrase, role)
    shared = _shared(tables)
    return Cues(
        labels=labels,
        notices=_any(gather("notices")),
        notice_starts=_starts(gather("notices")),
        minutes=gather("minutes"),
        reading=gather("reading"),
        byline=gather("byline"),
        caption=gather("caption"),
        published=gather("published"),
        updated=gather("updated"),
        publisher=gather("publisher"),
        read_more=_any(gather("read_more")),
        anaphora=gather("anaphora"),
        tags=gather("tags"),
        digest=_any(gather("digest")),
        openers=_any(phrase for phrase in gather("related") if _is_opener(phrase)),
        sharers=frozenset(phrase for phrase in gather("furniture") if " " not in phrase),
        vocabularies=tuple(_vocabulary(table, shared) for table in tables if table.get("calls")),
    )


@lru_cache(maxsize=4_096)
def bare(phrase: str) -> str:
    """Folded, without what stands around the words."""
    return _EDGES.sub("", fold(phrase))


def find_label(line: str) -> Role | None:
    """The role that a line which is nothing but a label gives to the lines after it."""
    if len(line) > _LABEL:
        return None
    phrase = bare(line)
    known = get_cues().labels.get(phrase)
    return known or (_composed(phrase) if 1 < len(phrase.split()) <= 8 else None)


def split_label(line: str) -> tuple[str, str] | None:
    """``label: rest`` → the label, folded and bare, and the rest; None where there is no colon."""
    match = _COLON.search(line, 1, 60)
    if match is None or not line[match.end() :]:
        return None
    return bare(line[: match.start()]), line[match.end() :]


def _composed(phrase: str) -> Role | None:
    """Of a line made of one language's words for labels alone, one of which is decisive."""
    parts = [bare(part) for part in phrase.split()]
    for vocabulary in get_cues().vocabularies:
        if all(part in vocabulary.words or not part for part in parts):
            for part in parts:
                if part in vocabulary.heads:
                    return vocabulary.heads[part]
    return None


def _tables() -> list[Table]:
    folder = files(__name__)
    return [
        tomllib.loads(entry.read_text("utf-8"))
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".toml")
    ]


def _shared(tables: Iterable[Table]) -> frozenset[str]:
    """The channels of the table that is no language's: it has no word for minutes."""
    return frozenset(
        bare(phrase)
        for table in tables
        if not table.get("minutes")
        for phrase in table.get("channels", ())
    )


def _vocabulary(table: Table, shared: frozenset[str]) -> Vocabulary:
    heads = {bare(word): Role.LATEST for word in table.get("latest_heads", ())}
    heads |= {bare(word): Role.RELATED for word in table.get("related_heads", ())}
    phrases = (*table["latest"], *table["related"]) if heads else ()
    known = {bare(word) for phrase in phrases for word in phrase.split()}
    calls = _any(bare(phrase) for phrase in table["calls"]).pattern
    return Vocabulary(
        heads=heads,
        words=frozenset({*map(bare, table.get("label_words", ())), *known, *heads}),
        starts=_starts(map(bare, table["calls"])),
        calls=re.compile(
            rf"(?:^|[.!?…»”\"):|–—]\s*)(?:{calls})|(?:{calls})(?=[^\w\s]*(?:$|[.!?…|]))"
        ),
        channels=_any({*map(bare, table.get("channels", ())), *shared}),
        advertising=frozenset(map(bare, table.get("advertising_words", ()))),
        goes_on=frozenset(map(bare, table.get("advertising_goes_on", ()))),
    )


def word_set(folded: str) -> set[str]:
    """The runs of letters and digits: cheap to tell what a line can't hold."""
    return set(_RUN.findall(folded))


def _starts(phrases: Iterable[str]) -> frozenset[str]:
    found = (_RUN.search(phrase) for phrase in phrases if not is_dense(phrase))
    return frozenset(match.group() for match in found if match)


def _is_opener(phrase: str) -> bool:
    """Whether it can open a line without a colon: two words, or four signs without spaces."""
    return " " in phrase or (is_dense(phrase) and len(phrase) >= 4)


def _any(phrases: Iterable[str]) -> re.Pattern[str]:
    """At the bounds of words, where the script has them."""
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    spaced = [re.escape(phrase) for phrase in ordered if phrase and not is_dense(phrase)]
    dense = [re.escape(phrase) for phrase in ordered if phrase and is_dense(phrase)]
    bounded = [rf"(?<!\w)(?:{'|'.join(spaced)})(?!\w)"] if spaced else []
    return re.compile("|".join([*bounded, *dense]) or r"(?!)")
