"""Which text holds a given quote or number, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tidings.model import Article, Evidence, Role
from tidings.reading.days import find_days
from tidings.text import fold, is_dense, words

READ = (Role.HEADLINE, Role.STANDFIRST, Role.BODY, Role.QUOTE_BOX, Role.CAPTION)

_NUMBER = re.compile(r"(?<![\w.,:/-])[+-]?\d+(?:[.,'’ \u00a0\u202f]\d+)*(?![\w:/]|[.,]\d)")
_GROUPED = re.compile(r"\d{1,3}[.,]\d{3}")
_SPACES = "'’ \u00a0\u202f"
_POINT = ("en", "ja", "zh", "ko", "th", "he", "hi")  # that write 1.5 and 1,500


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
    """The first place with the number, however its thousands are parted; not in dates, hours and
    compounds."""
    asked = set(read_number(number.strip(), "und"))
    for start, end in _blocks(article):
        found = [
            match
            for match in _NUMBER.finditer(article.text, start, end)
            if asked & set(read_number(match.group(), article.language))
        ]
        days = find_days(article.text[start:end], article.language) if found else []
        for match in found:
            if not any(day.start <= match.start() - start < day.end for day in days):
                return _cite(article, match.start(), match.end())
    return None


def widen(article: Article, place: Evidence, options: HoldOptions = DEFAULTS) -> Evidence:
    """With the words around it, within its paragraph."""
    start, end = next(
        ((a, b) for a, b in _blocks(article) if a <= place.start < b), (place.start, place.end)
    )
    spans = [(start + a, start + b) for a, b in words(article.text[start:end])]
    first = min((a for a, _ in spans if a >= place.start - options.around), default=place.start)
    last = max((b for _, b in spans if b <= place.end + options.around), default=place.end)
    return _cite(article, min(first, place.start), max(last, place.end))


def read_number(printed: str, language: str) -> tuple[str, ...]:
    """What it may mean, as digits with a point and no noughts at its ends; two readings where a
    mark may part thousands or decimals, and the language (``und``) doesn't tell."""
    text = printed.lstrip("+-")
    for space in _SPACES:
        text = text.replace(space, "")
    marks = [mark for mark in text if mark in ".,"]
    grouped = _normal(_bare(text))
    if len(marks) > 1:
        last = text.rindex(marks[-1])
        is_whole = marks[0] == marks[-1]
        return (grouped if is_whole else _normal(f"{_bare(text[:last])}.{text[last + 1 :]}"),)
    decimal = _normal(text.replace(",", "."))
    if not marks or not _GROUPED.fullmatch(text):
        return (decimal,)
    if language == "und":
        return (grouped, decimal)
    is_pointed = language.partition("-")[0] in _POINT
    return (grouped if (marks[0] == ",") == is_pointed else decimal,)


def is_askable(quote: str, options: HoldOptions = DEFAULTS) -> bool:
    """Whether it has words enough to be told from chance."""
    return len(_split(quote)) >= options.fewest


def _bare(text: str) -> str:
    return text.replace(",", "").replace(".", "")


def _normal(text: str) -> str:
    whole, _, rest = text.partition(".")
    digits = whole.lstrip("0") or "0"
    decimals = rest.rstrip("0")
    return f"{digits}.{decimals}" if decimals else digits


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
