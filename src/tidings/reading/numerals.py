"""Numbers in figures as printed in any language, with the words that multiply them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

_LETTER = r"[^\W\d_\u2e80-\u9fff]"  # of scripts with spaces between words
_NUMBER = re.compile(
    rf"(?<!{_LETTER})(?<![\d_.,:/-])\d+(?:[.,'’ \u00a0\u202f]\d+)*(?![:/]|[.,]\d|{_LETTER}*\d)"
)
_WORD = re.compile(_LETTER)
_GROUPED = re.compile(r"\d{1,3}[.,]\d{3}")
_SPACES = "'’ \u00a0\u202f"
_POINT = ("en", "ja", "zh", "ko", "th", "he", "hi")  # that write 1.5 and 1,500
_UNKNOWN = "und"


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeral:
    """A number at ``[start, end)``; several values where a mark may part thousands or decimals."""

    start: int
    end: int
    values: tuple[Decimal, ...]


def find_numerals(text: str, language: str) -> Iterator[Numeral]:
    """In order. ``language`` is BCP 47; of ``und`` all readings are given."""
    own = language.partition("-")[0].lower()
    for match in _NUMBER.finditer(text):
        factor, end = _find_scale(text, match.end(), own)
        if end == match.end() and _WORD.match(text, end):
            continue  # of a word: 5G, 10th
        values = tuple(value * factor for value in read_figures(match.group(), own))
        yield Numeral(start=match.start(), end=end, values=values)


def read_figures(printed: str, language: str) -> tuple[Decimal, ...]:
    """The language tells what a single mark before three figures parts."""
    text = printed
    for space in _SPACES:
        text = text.replace(space, "")
    marks = [mark for mark in text if mark in ".,"]
    grouped = Decimal(_bare(text))
    if len(marks) > 1:
        last = text.rindex(marks[-1])
        is_whole = marks[0] == marks[-1]
        return (grouped if is_whole else Decimal(f"{_bare(text[:last])}.{text[last + 1 :]}"),)
    decimal = Decimal(text.replace(",", "."))
    if not marks or not _GROUPED.fullmatch(text):
        return (decimal,)
    if language == _UNKNOWN:
        return (grouped, decimal)
    is_pointed = language in _POINT
    return (grouped if (marks[0] == ",") == is_pointed else decimal,)


def _find_scale(text: str, end: int, language: str) -> tuple[int, int]:
    """The factor of the word behind a number, and where that ends; 1 and ``end`` without one."""
    pattern, factors = _read_scales(language)
    match = pattern.match(text, end)
    return (factors[match[1].lower()], match.end(1)) if match else (1, end)


@cache
def _read_scales(language: str) -> tuple[re.Pattern[str], dict[str, int]]:
    table = tomllib.loads((files("tidings.reading") / "scales.toml").read_text("utf-8"))
    rows = [table["any"]]
    rows += list(table.values()) if language == _UNKNOWN else [table.get(language, {})]
    factors = {word: int(factor) for row in rows for factor, words in row.items() for word in words}
    ordered = sorted(factors, key=lambda word: (-len(word), word))
    listed = "|".join(map(re.escape, ordered))
    return re.compile(rf"[ \u00a0\u202f-]?({listed})(?!{_LETTER})", re.IGNORECASE), factors


def _bare(text: str) -> str:
    return text.replace(",", "").replace(".", "")
