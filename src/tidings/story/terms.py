"""An article's terms: the words, names, numbers and addresses that it may share with others.

A letter says the kind: ``w:ru:договор`` a stem of headline or lead, ``n:kls`` a folded name (the
same in every script, see ``names``), ``#:2300`` a number of two digits or more, ``u:host/path``
an address cited. Stems meet within a language; names, numbers and addresses across languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from tidings.story.lexemes import stem_words
from tidings.story.names import fold_name


@dataclass(frozen=True, slots=True, kw_only=True)
class TermOptions:
    """Chosen by eye, not yet varied: bench/stories.py shows what a change does."""

    lead: int = 700  # characters of the body read for stems and capitals
    number_lead: int = 1000  # characters of the body read for numbers
    stems: int = 56  # at most
    names: int = 28  # at most
    numbers: int = 8  # at most
    addresses: int = 4  # at most
    shouting: float = 0.5  # share of capitalised words above which a headline is in title case


DEFAULTS = TermOptions()

_WORDS = re.compile(r"[^\W_]+(?:['’ʼ-][^\W_]+)*")
_SENTENCE_END = re.compile(r"(?:^|[.!?…:;\n«»„“”\"(—–|•-])\s*$")
_NUMBER = re.compile(
    r"(?<![\w.,])\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+(?!\d)|(?<![\w.,])\d+(?:[.,]\d+)?"
)
_DIGITS_ONLY = re.compile(r"\D")
_SHORT_PATH = 12  # characters: below it the query says which page ('/watch?v=…')
_LONG_WORD = 3  # characters: shorter stems of alphabetic scripts say nothing


def choose_terms(
    headline: str, body: str, language: str, names: Sequence[str], links: Sequence[str]
) -> tuple[str, ...]:
    """Distinct and sorted, at most 96. ``names`` are mention values, in order of weight."""
    lead = body[: DEFAULTS.lead]
    primary = language.partition("-")[0].lower()
    text = f"{headline}\n{lead}"
    terms = (
        *_first(_stem_terms(text, primary), DEFAULTS.stems),
        *_first(_name_terms(headline, lead, names), DEFAULTS.names),
        *_first(_number_terms(f"{headline}\n{body[: DEFAULTS.number_lead]}"), DEFAULTS.numbers),
        *_first(_address_terms(links), DEFAULTS.addresses),
    )
    return tuple(sorted(terms))


def _first(terms: Iterable[str], count: int) -> list[str]:
    return list(islice(dict.fromkeys(terms), count))


def _stem_terms(text: str, language: str) -> Iterable[str]:
    for stem in stem_words(text, language):
        is_short = stem.isascii() or stem.islower()
        if not stem.isdigit() and not (is_short and len(stem) < _LONG_WORD):
            yield f"w:{language}:{stem}"


def _name_terms(headline: str, lead: str, names: Sequence[str]) -> Iterable[str]:
    spoken = _capitals(lead)
    printed = list(_capitals(headline))
    if _is_title_case(headline):
        inside = {word for name in (*names, lead) for word in _WORDS.findall(name)}
        printed = [word for word in printed if word in inside]
    for word in (*printed, *spoken, *(w for name in names for w in _WORDS.findall(name))):
        key = fold_name(word)
        if len(key) >= _LONG_WORD:
            yield f"n:{key}"


def _capitals(text: str) -> Iterable[str]:
    """Capitalised words that don't begin a sentence."""
    for match in _WORDS.finditer(text):
        word = match.group()
        if word[0].isupper() and not _SENTENCE_END.search(
            text, max(0, match.start() - 3), match.start()
        ):
            yield word


def _is_title_case(headline: str) -> bool:
    words = [word for word in _WORDS.findall(headline) if word[0].isalpha()]
    capitals: int = sum(word[0].isupper() for word in words)
    return bool(capitals > DEFAULTS.shouting * len(words))


def _number_terms(text: str) -> Iterable[str]:
    for match in _NUMBER.finditer(text):
        printed = match.group()
        whole, _, fraction = printed.replace(",", ".").rpartition(".")
        is_decimal = bool(whole) and len(fraction) < 3
        number = printed.replace(",", ".") if is_decimal else _DIGITS_ONLY.sub("", printed)
        if len(_DIGITS_ONLY.sub("", number)) > 1:
            yield f"#:{number}"


def _address_terms(links: Sequence[str]) -> Iterable[str]:
    for link in links:
        try:
            parts = urlsplit(link)
        except ValueError:  # a bracket that never closes: no address, no term
            continue
        path = parts.path.rstrip("/")
        if path:
            query = f"?{parts.query}" if parts.query and len(path) < _SHORT_PATH else ""
            yield f"u:{parts.netloc.lower().removeprefix('www.')}{path}{query}"
