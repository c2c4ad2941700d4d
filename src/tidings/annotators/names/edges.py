"""Where a name begins and ends: with no mark and no small word that is not its own."""

from __future__ import annotations

import re
from dataclasses import replace

from tidings.annotators.names.decode import Found
from tidings.annotators.names.tokens import GLUED, Tokens
from tidings.model import MentionKind

_OPENING = frozenset("«„“‘‹\"'([")
_CLOSING = frozenset("»“”’›\"')]")
_EDGE = frozenset(",;:-–—/|•·*…!?")
_PLATFORM = re.compile(
    r"(?:twitter|facebook|instagram|telegram|youtube|tiktok|whatsapp|viber|linkedin"
    r"|тв[иі]тт?ер|фейсбук|[иі]нстаграмм?|телеграмм?|ютуб|тикток|вконтакте)(?:а|у|е|і|ом)?",
    re.IGNORECASE,
)
_CYRILLIC = re.compile(r"[А-ЯЁЄІЇҐ]")
_COMPOUND = re.compile(r"([^\W\d_]+)[-‑][^\W\d_]+")
_SMALL = 2  # letters of a word without a capital that ends no name: 'de', 'of', 'w'


def trim(tokens: Tokens, found: Found) -> Found | None:
    """``None`` where nothing is left."""
    first, last = found.first, found.last
    while first < last and tokens.words[first] in _EDGE | _OPENING:
        if tokens.words[first] in _OPENING and _is_closed(tokens.words[first + 1 : last - 1]):
            break
        first += 1
    while first < last and _is_foreign(tokens, first, last):
        last -= 1
    if first == last:
        return None
    if found.kind is MentionKind.ORGANISATION and _is_account(tokens.words[first:last]):
        last = first + 1
    is_open = any(word in _OPENING for word in tokens.words[first:last])
    if is_open and not _is_closed(tokens.words[first:last]) and _closes(tokens, last):
        last += 1
    return replace(found, first=first, last=last)


def has_capital(tokens: Tokens, found: Found) -> bool:
    """Of a word, or of initials: 'U.S.'."""
    letters = sum(word.isupper() for word in tokens.words[found.first : found.last])
    return letters > 1 or any(tokens.keys[found.first : found.last])


def trim_compound(word: str) -> str | None:
    """``IT`` of 'IT-компаний': the part before the hyphen where it is a name of its own; ``None``
    of other words that go on in small letters."""
    match = _COMPOUND.fullmatch(word)
    if match is None or not word[match.end(1) + 1 :].islower():
        return word
    head = match[1]
    is_name = (head.isupper() and len(head) > 1) or _PLATFORM.fullmatch(head)
    return head if is_name else None


def _is_account(words: list[str]) -> bool:
    """'Twitter Порошенка' is his; 'Twitter Inc' is a name."""
    is_platform = len(words) > 1 and _PLATFORM.fullmatch(words[0])
    return bool(is_platform) and bool(_CYRILLIC.match(words[1]))


def _is_closed(words: list[str]) -> bool:
    return any(word in _CLOSING for word in words)


def _is_foreign(tokens: Tokens, first: int, last: int) -> bool:
    word = tokens.words[last - 1]
    if word in _CLOSING:
        return not any(other in _OPENING for other in tokens.words[first : last - 1])
    is_small = word.islower() and len(word) <= _SMALL and not tokens.shapes[last - 1, GLUED]
    return word in _EDGE or word in _OPENING or (is_small and last - first > 1)


def _closes(tokens: Tokens, at: int) -> bool:
    return at < len(tokens.words) and tokens.words[at] in "»”’›"
