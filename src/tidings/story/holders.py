"""Which text holds a given quote or number, and where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tidings.model import Article, Evidence, Role
from tidings.reading.days import find_days
from tidings.reading.numerals import find_numerals
from tidings.text import fold, is_dense, words

READ = (Role.HEADLINE, Role.STANDFIRST, Role.BODY, Role.QUOTE_BOX, Role.CAPTION)


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldOptions:
    """Our own choice; bench/chains.py has stories that ask."""

    fewest: int = 3  # words of a quote that is looked for; signs of scripts without spaces
    around: int = 60  # code points shown on either side of a place


DEFAULTS = HoldOptions()


def find_quote(article: Article, quote: str) -> Evidence | None:
    """The first place with the quote's words in a row, whatever case, accents and marks are
    between them. In scripts without spaces the signs are compared."""
    asked = _split(quote)
    if not asked:
        return None
    for start, end in _blocks(article):
        printed = _split(article.text[start:end])
        keys = [key for key, _, _ in printed]
        place = _find_run(keys, [key for key, _, _ in asked])
        if place is not None:
            first, last = printed[place], printed[place + len(asked) - 1]
            return _cite(article, start + first[1], start + last[2])
    return None


def has_quote(text: str, quote: str) -> bool:
    """Whether the quote's words stand in a row in it."""
    asked = [key for key, _, _ in _split(quote)]
    return bool(asked) and _find_run([key for key, _, _ in _split(text)], asked) is not None


def find_number(article: Article, number: str) -> Evidence | None:
    """The first place with the number, however its thousands are parted or counted (12,400 or
    12.4 thousand); not in dates, hours and compounds."""
    asked = set(read_number(number))
    for start, end in _blocks(article):
        text = article.text[start:end]
        found = [
            one for one in find_numerals(text, article.language) if asked.intersection(one.values)
        ]
        days = find_days(text, article.language) if found else []
        for one in found:
            if not any(day.start <= one.start < day.end for day in days):
                return _cite(article, start + one.start, start + one.end)
    return None


def read_number(number: str) -> tuple[Decimal, ...]:
    """What somebody asks for may mean; nothing where it is no number in figures."""
    found = next(find_numerals(number.strip(), "und"), None)
    return found.values if found else ()


def widen(article: Article, place: Evidence, options: HoldOptions = DEFAULTS) -> Evidence:
    """With the words around it, within its paragraph."""
    start, end = next(
        ((a, b) for a, b in _blocks(article) if a <= place.start < b), (place.start, place.end)
    )
    spans = [(start + a, start + b) for a, b in words(article.text[start:end])]
    first = min((a for a, _ in spans if a >= place.start - options.around), default=place.start)
    last = max((b for _, b in spans if b <= place.end + options.around), default=place.end)
    return _cite(article, min(first, place.start), max(last, place.end))


def is_askable(quote: str, options: HoldOptions = DEFAULTS) -> bool:
    """Whether it has words enough to be told from chance."""
    return len(_split(quote)) >= options.fewest


def _split(text: str) -> list[tuple[str, int, int]]:
    """Folded words with their places; single signs of scripts without spaces."""
    spans = words(text)
    if is_dense(text):
        spans = [(at, at + 1) for start, end in spans for at in range(start, end)]
    return [(fold(text[start:end]), start, end) for start, end in spans]


def _find_run(keys: Sequence[str], asked: Sequence[str]) -> int | None:
    size = len(asked)
    for at in range(len(keys) - size + 1):
        if keys[at] == asked[0] and keys[at : at + size] == list(asked):
            return at
    return None


def _blocks(article: Article) -> Iterator[tuple[int, int]]:
    return ((block.start, block.end) for block in article.blocks if block.role in READ)


def _cite(article: Article, start: int, end: int) -> Evidence:
    return Evidence(article=article.id, start=start, end=end, text=article.text[start:end])
