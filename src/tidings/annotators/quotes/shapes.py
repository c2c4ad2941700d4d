"""What stands between marks: a clause that somebody said, or a name that is printed so."""

from __future__ import annotations

from dataclasses import dataclass

from tidings.annotators.quotes.drafts import Draft, Pattern
from tidings.annotators.quotes.scenes import Scene, Span
from tidings.model import QuoteKind
from tidings.reading.cited import split_words
from tidings.reading.quoted import Marked
from tidings.text import STOPS, is_dense

TRIM = " \t\n\u00a0,;"
_SURE = (Pattern.WITHIN, Pattern.COLON)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Our own choice, by bench/quotes.py on the articles for tuning."""

    clause: int = 3  # words, from which a comma or dash behind it makes it something said
    name: int = 5  # words with a capital and no stop, up to which it may be a name


DEFAULTS = Options()


def measure(text: str, one: Marked) -> int:
    """Words between the marks; of a script without spaces, signs by two."""
    inside = text[one.inner : one.stop]
    return len(inside) // 2 if is_dense(inside) else len(split_words(inside))


def has_stop(text: str, one: Marked) -> bool:
    return text[one.inner : one.stop].rstrip()[-1:] in (*STOPS, ",")


def has_capital(text: str, one: Marked) -> bool:
    return text[one.inner : one.stop].lstrip(" …([")[:1].isupper()


def is_clause(text: str, one: Marked) -> bool:
    """Whether it is too long for a name, or ends as a sentence does."""
    return measure(text, one) > DEFAULTS.name or has_stop(text, one)


def is_long(text: str, one: Marked) -> bool:
    return measure(text, one) > DEFAULTS.name


def follows_colon(scene: Scene, one: Marked) -> bool:
    return scene.text[scene.start : one.start].rstrip().endswith(":")


def is_name(scene: Scene, one: Marked, draft: Draft, *, nouns_are_large: bool) -> bool:
    """The name of a firm, a work, a street: short, with a capital, and nothing that a clause
    has."""
    text, length = scene.text, measure(scene.text, one)
    if length > DEFAULTS.name or draft.pattern is Pattern.WITHIN:
        return False
    if draft.pattern is Pattern.PART:
        first = text[one.inner : one.stop].strip()[:1]
        is_said = draft.is_firm and _has_small(text, one)
        is_title = _is_capitalised(text, one) and not nouns_are_large
        return length < 2 or not (first.islower() or (is_said and not is_title))
    is_stopped = has_stop(text, one)
    if text[one.inner : one.stop].rstrip()[-1:] in ("!", "?") and length > 1:
        return False
    if draft.pattern is Pattern.COLON:
        return length < 2 and not is_stopped
    is_parted = text[one.end : one.end + 3].strip()[:1] in (",", "—", "–", "-")
    if is_stopped or is_parted or follows_colon(scene, one):
        return (length < 2 and not is_stopped) or (length > 1 and _is_capitalised(text, one))
    return True


def _has_small(text: str, one: Marked) -> bool:
    """Whether it is more than a name: three words or more, one of them small."""
    words = split_words(text, one.inner, one.stop)
    return len(words) > 2 and any(text[word.start].islower() for word in words)


def _is_capitalised(text: str, one: Marked) -> bool:
    words = split_words(text, one.inner, one.stop)
    long = [word for word in words if word.end - word.start > 3]
    return len(long) > 1 and all(text[word.start].isupper() for word in long)


def tidy(text: str, spans: list[Span]) -> tuple[Span, ...]:
    """Without the space and commas at their ends; empty ones left out."""
    kept = []
    for start, end in spans:
        first, last = start, end
        while first < last and text[first] in TRIM:
            first += 1
        while last > first and text[last - 1] in TRIM:
            last -= 1
        if first < last:
            kept.append((first, last))
    return tuple(kept)


def find_kind(text: str, one: Marked, pattern: Pattern) -> QuoteKind:
    """Partial where it begins small, in the middle of what was said."""
    opens_small = text[one.inner : one.stop].lstrip(" …([")[:1].islower()
    is_part = pattern is Pattern.PART or opens_small
    return QuoteKind.PARTIAL if is_part else QuoteKind.DIRECT
