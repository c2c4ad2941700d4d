"""Whether two articles of one address are the same article, told again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tidings.model import Article
from tidings.story.lexemes import split_words
from tidings.story.shingles import compare_sets, hash_all


class Kinship(StrEnum):
    """How an article stands to one that was held before."""

    NONE = "none"
    HELD = "held"  # it says nothing that the other does not say in the same words
    VERSION = "version"


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionOptions:
    """Our own, not measured: no labelled versions are at hand. Shares are of the shorter text's
    word 5-grams."""

    headline: float = 0.6  # share of the words of one headline in the other: the same headline
    body: float = 0.3  # share in common from which the two are one article
    held: float = 0.95  # share from which the shorter text is wholly in the longer


DEFAULTS = VersionOptions()


def compare(earlier: Article, later: Article, options: VersionOptions = DEFAULTS) -> Kinship:
    """Linear in the texts. A page that comes after its summary in a feed is a version of it; a
    summary that comes after its page is held already."""
    old, new = split_words(earlier.body), split_words(later.body)
    old_headline, new_headline = split_words(earlier.headline), split_words(later.headline)
    is_titled_alike = _are_alike(old_headline, new_headline, options.headline)
    if new == old and (is_titled_alike or not (old_headline or new_headline)):
        return Kinship.HELD if old_headline == new_headline else Kinship.VERSION
    if not old or not new:
        if not is_titled_alike:
            return Kinship.NONE
        return Kinship.VERSION if new else Kinship.HELD
    share = compare_sets(hash_all(old), hash_all(new)).of_shorter
    if is_titled_alike and share >= options.held and len(new) <= len(old) * options.held:
        return Kinship.HELD
    return Kinship.VERSION if is_titled_alike or share >= options.body else Kinship.NONE


def _are_alike(a: list[str], b: list[str], least: float) -> bool:
    common = len(set(a) & set(b))
    return common > 0 and common >= least * max(len(set(a)), len(set(b)))
