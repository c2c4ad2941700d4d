"""Lines that a site puts around its texts: rights, calls to subscribe, rows of buttons and tags."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tidings.reading.cues import bare, get_cues, split_label, word_set
from tidings.text import fold, is_dense, is_ended

_RIGHTS = re.compile(r"^(?:©|\(c\)\s|copyright\b)|©\s*\d{4}|\d{4}\s*©", re.IGNORECASE)
_HASHTAGS = re.compile(r"(?:#[\w-]+[\s,;|·•]*)+")
_SIGNS = re.compile(r"[\W_\d]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """In code points. Guarded by bench/clutter."""

    notice: int = 600  # a notice is not longer
    call: int = 320  # nor is a call to subscribe, which has a verb and a channel
    tags: int = 250  # what follows "Tags:" on its line
    row: int = 160  # a row of buttons or sections


DEFAULTS = Options()


def is_furniture(text: str) -> bool:
    return (
        not _SIGNS.sub("", text)
        or is_notice(text)
        or is_call(text)
        or is_tags(text)
        or is_button_row(text)
    )


def is_notice(text: str) -> bool:
    """What the site says about itself: rights, cookies, how to subscribe."""
    if _RIGHTS.search(text[:120]):
        return True
    if len(text) > DEFAULTS.notice:
        return False
    cues, phrase = get_cues(), fold(text)
    is_possible = is_dense(text) or not cues.notice_starts.isdisjoint(word_set(phrase))
    return is_possible and bool(cues.notices.search(phrase))


def is_call(text: str) -> bool:
    """``Follow our channel on …``: an imperative at the start or end of a sentence, and a channel
    in the same language."""
    if len(text) > DEFAULTS.call:
        return False
    phrase, dense = fold(text), is_dense(text)
    held = word_set(phrase)
    return any(
        vocabulary.calls.search(phrase) and vocabulary.channels.search(phrase)
        for vocabulary in get_cues().vocabularies
        if dense or not vocabulary.starts.isdisjoint(held)
    )


def is_tags(text: str) -> bool:
    """``Tags: a, b``, or nothing but hashtags."""
    if _HASHTAGS.fullmatch(text):
        return True
    labelled = split_label(text)
    if labelled is None or labelled[0] not in get_cues().tags:
        return False
    return len(labelled[1]) <= DEFAULTS.tags and not is_ended(labelled[1])


def is_button_row(text: str) -> bool:
    """Two words or more, each of which is a button's, a network's or a section's name."""
    if len(text) > DEFAULTS.row or is_ended(text):
        return False
    found = [part for part in map(bare, text.split()) if part and not part.isdigit()]
    return len(found) > 1 and all(part in get_cues().sharers for part in found)
