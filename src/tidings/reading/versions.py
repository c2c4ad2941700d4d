"""Whether two articles of one address are the same article, told again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tidings.model import Article
from tidings.text import fold, is_dense, words

SHINGLE = 4  # words


class Kinship(StrEnum):
    """How an article stands to one that was held before."""

    NONE = "none"
    HELD = "held"  # it says nothing that the other does not say in the same words
    VERSION = "version"


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionOptions:
    """Our own; shares are of the shorter text's word 4-grams."""

    headline: float = 0.6  # share of the words of one headline in the other: the same headline
    body: float = 0.3  # share in common from which the two are one article
    held: float = 0.95  # share from which the shorter text is wholly in the longer


DEFAULTS = VersionOptions()


def compare(earlier: Article, later: Article, options: VersionOptions = DEFAULTS) -> Kinship:
    """Linear in the texts. A page that comes after its summary in a feed is a version of it; a
    summary that comes after its page is held already."""
    old, new = _split(earlier.body), _split(later.body)
    is_titled_alike = _alike(_split(earlier.headline), _split(later.headline), options.headline)
    if new == old and (is_titled_alike or not (earlier.headline or later.headline)):
        is_same = fold(earlier.headline) == fold(later.headline)
        return Kinship.HELD if is_same else Kinship.VERSION
    if not old or not new:
        if not is_titled_alike:
            return Kinship.NONE
        return Kinship.VERSION if new else Kinship.HELD
    a, b = _shingles(old), _shingles(new)
    share = len(a & b) / min(len(a), len(b))
    if is_titled_alike and share >= options.held and len(new) <= len(old) * options.held:
        return Kinship.HELD
    return Kinship.VERSION if is_titled_alike or share >= options.body else Kinship.NONE


def _split(text: str) -> list[str]:
    if is_dense(text):
        return [sign for sign in text if sign.isalnum()]
    return [fold(text[start:end]) for start, end in words(text)]


def _alike(a: list[str], b: list[str], least: float) -> bool:
    common = len(set(a) & set(b))
    return common > 0 and common >= least * max(len(set(a)), len(set(b)))


def _shingles(parts: list[str]) -> set[tuple[str, ...]]:
    last = max(1, len(parts) - SHINGLE + 1)
    return {tuple(parts[at : at + SHINGLE]) for at in range(last)}
