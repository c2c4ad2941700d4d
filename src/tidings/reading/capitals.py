"""Candidates for names by their capitals. Knows no name: recall first. Stories are compared by
these, so that they don't change with the tagger's weights."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tidings.model import Article, Block, Role
from tidings.reading.cues import get_cues
from tidings.reading.dates import is_calendar_word
from tidings.reading.lines import ADDRESS
from tidings.text import fold, is_cased, sentences

NAMED_IN = (Role.HEADLINE, Role.STANDFIRST, Role.BODY, Role.QUOTE_BOX)

_WORD = re.compile(r"(?<![^\W_])[^\W\d_]\.(?=\s?[^\W\d_])|[^\W\d_]+(?:['’ʼ\-‑][^\W\d_]+)*")
_OPENING = re.compile(r"(?:^|[:\s(\[])[\"'«„“‚‘‹(\[]$|(?:^|\s)[—–-]\s$|[:;]\s$")
_ELISION = re.compile(r"[^\W\d_]{1,5}['’](?=[^\W\d_]{2})")
_OWNED = re.compile(r"['’](?:s|S)?$")
_PARTICLES_LINE = (
    "de del della delle dei di da do dos das du des la le los las el al van von der den dem ter "
    "ten zu zum bin ibn bint abu of af av фон ван де дер ди да ла ле аль эль ибн оглы"
)
_PARTICLES = frozenset(_PARTICLES_LINE.split())
_TITLES_LINE = (
    "mr mrs ms miss dr sir lord lady dame president vice prime minister secretary chancellor "
    "chief king queen prince princess pope senator governor mayor judge justice general "
    "colonel captain professor rep sen gov gen chairman chairwoman director spokesman "
    "spokeswoman commissioner ambassador state foreign former the herr frau"
)
_TITLES = frozenset(_TITLES_LINE.split())
_DETERMINERS_LINE = (
    "der die das den dem des ein eine einen einem einer eines kein keine keinen mein sein "
    "seine seinen seiner seinem ihr ihre ihren ihrer ihrem dieser diese dieses diesen diesem "
    "jeder jede jedes alle viele mehr zum zur im am beim vom ins ans aus mit für gegen ohne"
)
_DETERMINERS = frozenset(_DETERMINERS_LINE.split())
_GERMAN_TITLE = re.compile(
    r"(?:minister|präsident|kanzler|chef|sprecher|beauftragte|kommissar|vorsitzende|führer|"
    r"direktor|könig|sekretär|berater|trainer|konzern|hersteller|agentur)(?:in|en|n|s|r)?$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Our own choice: scores say how much a kind of evidence is worth, not a probability."""

    longest: int = 5  # words of a name
    stem: int = 5  # first letters by which a word is known again in another case
    titled: float = 0.6  # share of a headline's words with a capital, from which it says nothing
    several: float = 0.9  # several words in a row in mid-sentence
    single: float = 0.7
    acronym: float = 0.6
    confirmed: float = 0.6  # at the start of a sentence, but known from elsewhere
    nouns: float = 0.4  # where all nouns have capitals


DEFAULTS = Options()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    text: str
    start: int
    end: int
    is_first: bool  # of a sentence or quotation: its capital says nothing
    is_doubted: bool  # in a headline that gives every word a capital

    @property
    def has_capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def is_acronym(self) -> bool:
        return 2 <= len(self.text) <= 6 and self.text.isalpha() and self.text.isupper()

    @property
    def stem(self) -> str:
        return fold(_OWNED.sub("", self.text))[: DEFAULTS.stem]


Capitals = tuple[tuple[int, int, float], ...]
"""Start, end and score of each, in order."""


class CapitalsFinder:
    """Keeps the last article's: its names and its terms both ask for them."""

    def __init__(self) -> None:
        self._last: tuple[Article, Capitals] | None = None

    def find(self, article: Article) -> Capitals:
        if self._last is None or self._last[0] is not article:
            self._last = (article, find_capitals(article))
        return self._last[1]


def find_capitals(article: Article) -> Capitals:
    return tuple(_find(article))


def _find(article: Article) -> Iterator[tuple[int, int, float]]:
    blocks = [block for block in article.blocks if block.role in NAMED_IN]
    words = [list(_words(article, block)) for block in blocks]
    flat = [word for line in words for word in line]
    sure = {w.stem for w in flat if w.has_capital and not w.is_first and not w.is_doubted}
    low = {fold(word.text) for word in flat if not word.has_capital}
    is_german = article.language.partition("-")[0] in ("de", "lb")
    common = _nouns(words) if is_german else frozenset()
    for line in words:
        for run in _runs(article.text, line):
            kept = _trim(run, sure, low)
            if is_german:
                kept = _trim_german(kept, common)
            is_date = len(kept) == 1 and is_calendar_word(kept[0].text, article.language)
            if kept and not is_date:
                start, end = kept[0].start, kept[-1].end
                owned = _OWNED.search(article.text[start:end])
                yield start, start + owned.start() if owned else end, _score(kept, is_german)


def _words(article: Article, block: Block) -> Iterator[_Word]:
    """The words of a block that is in a script with two cases and not all capitals."""
    text = article.text
    part = text[block.start : block.end]
    if not is_cased(part) or part.isupper():
        return
    hidden = [match.span() for match in ADDRESS.finditer(part)]
    starts = {_first_letter(part, start) for start, _ in sentences(part)}
    matches = [m for m in _WORD.finditer(part) if not _is_hidden(m, part, hidden)]
    capitals = sum(match.group()[0].isupper() for match in matches)
    long = sum(len(match.group()) > 3 for match in matches)
    is_doubted = block.role is Role.HEADLINE and capitals > max(2, DEFAULTS.titled * long)
    for match in matches:
        start = match.start()
        word = _bare_of_elision(match.group(), start in starts)
        is_first = start in starts or bool(_OPENING.search(part[max(0, start - 3) : start]))
        yield _Word(
            text=word,
            start=block.start + match.end() - len(word),
            end=block.start + match.end(),
            is_first=is_first,
            is_doubted=is_doubted,
        )


def _bare_of_elision(word: str, is_first: bool) -> str:
    """``l'Union`` → ``Union``, but ``O'Brien`` stays."""
    match = _ELISION.match(word)
    if match and word[match.end()].isupper() and (word[0].islower() or is_first):
        return word[match.end() :]
    return word.lower() if match and len(match.group()) <= 3 and is_first else word


def _first_letter(part: str, at: int) -> int:
    while at < len(part) and not part[at].isalpha():
        at += 1
    return at


def _is_hidden(match: re.Match[str], part: str, hidden: list[tuple[int, int]]) -> bool:
    before = part[match.start() - 1 : match.start()]
    return before in ("@", "#", "_") or any(a <= match.start() < b for a, b in hidden)


def _runs(text: str, words: list[_Word]) -> Iterator[list[_Word]]:
    """Capitalised words that a space parts, with particles and initials inside."""
    run: list[_Word] = []
    held: list[_Word] = []  # particles that only a further capital makes part of the name
    for word in words:
        last = (held or run)[-1:]
        joins = bool(last) and text[last[0].end : word.start] == " " and not word.is_first
        if run and (not joins or len(run) >= DEFAULTS.longest):
            yield run
            run, held = [], []
        if word.is_acronym or not word.has_capital:
            if run and not word.is_acronym and _is_particle(word.text, held):
                held.append(word)
                continue
            if run:
                yield run
            run, held = ([word], []) if word.is_acronym else ([], [])
            if run:
                yield run
                run = []
            continue
        run = [*run, *held, word]
        held = []
    if run:
        yield run


def _is_particle(word: str, held: Sequence[_Word]) -> bool:
    """``von``, ``de`` …; ``der`` and its kin only after one of them: ``von der``."""
    if word in ("der", "den", "dem"):
        return len(held) == 1
    return word in _PARTICLES and len(held) < 2


def _trim(run: list[_Word], sure: set[str], low: set[str]) -> list[_Word]:
    """Without titles and without what has its capital from its place alone."""
    first = run[0]
    if first.is_acronym:
        return run
    if first.is_doubted and not all(word.stem in sure for word in run if word.has_capital):
        return []
    if first.is_first and not _is_known(first, run, sure, low):
        run = run[1:]
    while run and (not run[0].has_capital or fold(run[0].text.rstrip(".")) in _TITLES):
        run = run[1:]
    if len(run) == 1 and len(run[0].text.rstrip(".")) < 2:
        return []
    return run


def _is_known(first: _Word, run: list[_Word], sure: set[str], low: set[str]) -> bool:
    """Whether a word at the start of a sentence is part of a name."""
    word = fold(first.text)
    if word in low or word in get_cues().anaphora:
        return False
    return first.stem in sure or (len(run) > 1 and len(word) > 3 and run[1].has_capital)


def _nouns(words: list[list[_Word]]) -> frozenset[str]:
    """Stems of German nouns: what an article, an adjective or a preposition with it goes before."""
    found = set()
    for line in words:
        for before, word in pairwise(line):
            if word.has_capital and fold(before.text) in _DETERMINERS:
                found.add(word.stem)
    return frozenset(found)


def _trim_german(run: list[_Word], common: frozenset[str]) -> list[_Word]:
    """Without the nouns before a name; a single word stays where it is no noun known here."""
    while len(run) > 1 and (run[0].stem in common or _GERMAN_TITLE.search(run[0].text.lower())):
        run = run[1:]
    if len(run) == 1 and not run[0].is_acronym and run[0].stem in common:
        return []
    return run


def _score(run: list[_Word], is_german: bool) -> float:
    if run[0].is_acronym:
        return DEFAULTS.acronym
    if run[0].is_first or run[0].is_doubted:
        return DEFAULTS.nouns if is_german else DEFAULTS.confirmed
    if len(run) > 1:
        return DEFAULTS.confirmed if is_german else DEFAULTS.several
    return DEFAULTS.nouns if is_german else DEFAULTS.single
