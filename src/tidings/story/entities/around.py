"""What stands around a description, and what it makes of it: describing.toml has the words."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tidings.story.entities.phrases import Phrase

NEAR = 60  # characters before a description that are looked at
SMALL = 3  # words before it, among which one may speak of the office

_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*")
_CLOSES = re.compile(r"\s*(?:[,.;:!?)»”“\"]|$|\n|[–—-] )")
_BEFORE = re.compile(r"([^\W_]+(?:[.'’ʼ-][^\W_]+)*\.?)[ ’']$")
_ELIDED = re.compile(r"^[dl]['’]")
_INSTRUMENTAL = re.compile(r"(?:ом|ем|ой|ою|ей|им|ым)$")
_CASED = ("ru", "uk")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Of one language. Patterns match a whole word in small letters."""

    articles: frozenset[str]
    apart: re.Pattern[str]
    office: re.Pattern[str]
    whose: re.Pattern[str]
    helpers: re.Pattern[str]
    behind: re.Pattern[str]
    joins: re.Pattern[str]
    with_: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Around:
    """``text[start:end]`` is the phrase with its article."""

    text: str
    phrase: Phrase
    language: str
    lexicon: Lexicon
    start: int
    before: tuple[str, ...]  # words right before the article, one space apart, in small letters

    @property
    def has_article(self) -> bool:
        return self.start < self.phrase.start

    @property
    def is_apart(self) -> bool:
        """Another office, or held at another time."""
        if self.text[max(0, self.start - 1) : self.start] in ("-", "‑"):
            return True
        last = self.before[-1] if self.before else ""
        return bool(self.lexicon.apart.fullmatch(last)) or last.isdecimal()

    @property
    def is_helped(self) -> bool:
        """Of somebody who works for, or belongs to, who has the office."""
        near = self.before[-SMALL:]
        has_whose = bool(self.lexicon.whose.pattern)
        is_whose = self.has_article and self.text[self.start : self.phrase.start].strip().lower()
        if not any(map(self.lexicon.helpers.fullmatch, near)):
            return False
        return has_whose and (is_whose in ("des", "der", "du", "del") or self._is_whose)

    @property
    def _is_whose(self) -> bool:
        return bool(self.before) and bool(self.lexicon.whose.fullmatch(self.before[-1]))

    @property
    def is_closed(self) -> bool:
        """Nothing follows that may belong to it, or make it one of a list."""
        match = _CLOSES.match(self.text, self.phrase.end)
        if match is None:
            return False
        words = _WORD.findall(self.text[match.end() : match.end() + NEAR])
        is_list = bool(words) and self.lexicon.joins.fullmatch(words[0].lower())
        return not (match[0].strip() == "," and is_list)

    @property
    def may_lead(self) -> bool:
        """Whether a name behind a comma is who it is."""
        if self.language in _CASED or self._is_whose:
            return False
        article = self.text[self.start : self.phrase.start].strip().lower().rstrip("'’")
        if article in ("des", "den", "dem", "du", "del", "au", "al"):
            return False
        is_noun = self.language == "de" and self._previous[:1].isupper()
        return (self.has_article or self.phrase.is_owned) and not is_noun

    @property
    def _previous(self) -> str:
        """The word right before, as printed."""
        if not self.before:
            return ""
        end = self.start - 1
        return self.text[end - len(self.before[-1]) : end]

    @property
    def is_person(self) -> bool:
        """Whether it means who has the office, where no name stands beside it."""
        printed = self.phrase
        if not (self.has_article or printed.is_owned or self.language in _CASED):
            return False
        if any(map(self.lexicon.office.fullmatch, self.before[-SMALL:])):
            return False
        if self._is_becoming:
            return False
        return not self._is_of_more

    @property
    def _is_of_more(self) -> bool:
        """What is behind it belongs to it, or is a name."""
        behind = self.text[self.phrase.end : self.phrase.end + NEAR]
        if behind[:1] in ("-", "‑") and behind[1:2].isalnum():
            return True
        words = _WORD.findall(behind) if behind[:1] == " " and behind[1:2].isalnum() else []
        if not words:
            return bool(re.match(r", [^\W\d_a-zа-яёіїєґà-ÿ]", behind))
        if self.lexicon.joins.fullmatch(words[0]):
            rest = [word for word in words[1:] if word.lower() not in self.lexicon.articles]
            return rest[:1] != [] and rest[0][0].isupper()
        return words[0][0].isupper() or bool(self.lexicon.behind.fullmatch(words[0].lower()))

    @property
    def _is_becoming(self) -> bool:
        """In the case of what somebody is or becomes."""
        if self.language not in _CASED:
            return False
        first = _WORD.match(self.text, self.phrase.start)
        if first is None or self.phrase.is_base or not _INSTRUMENTAL.search(first[0].lower()):
            return False
        return not (self.before and self.lexicon.with_.fullmatch(self.before[-1]))


def look_around(text: str, phrase: Phrase, language: str) -> Around:
    """``language``: the primary tag of one that has a list."""
    lexicon = _read()[language]
    head = text[max(0, phrase.start - NEAR) : phrase.start].rpartition("\n")[2]
    start = phrase.start
    match = re.search(r"([^\W\d_]+)( |['’])$", head)
    if match is not None and match[1].lower() in lexicon.articles:
        start -= len(match[0])
        head = head[: -len(match[0])]
    before: list[str] = []
    while len(before) < SMALL and (word := _BEFORE.search(head)) is not None:
        before.insert(0, _ELIDED.sub("", word[1].lower().rstrip(".")))
        head = head[: word.start()]
    return Around(text, phrase, language, lexicon, start, tuple(before))


@cache
def _read() -> dict[str, Lexicon]:
    told = tomllib.loads((files(__package__) / "describing.toml").read_text("utf-8"))
    return {
        language: Lexicon(
            articles=frozenset(rows["articles"].split()),
            apart=_compile(rows["apart"]),
            office=_compile(rows["office"]),
            whose=_compile(rows["whose"]),
            helpers=_compile(rows["helpers"]),
            behind=_compile(rows["behind"]),
            joins=_compile(rows["joins"]),
            with_=_compile(rows.get("with", "")),
        )
        for language, rows in told.items()
    }


def _compile(line: str) -> re.Pattern[str]:
    words = (re.escape(word.rstrip("*")) + r"\w*" * word.endswith("*") for word in line.split())
    return re.compile("|".join(words))
