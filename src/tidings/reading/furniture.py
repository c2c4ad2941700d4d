"""Lines that a site puts around its texts: rights, calls to subscribe, rows of buttons and tags."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tidings.reading.cues import bare, get_cues, split_label, word_set
from tidings.text import fold, is_dense, is_ended, sentences

_RIGHTS = re.compile(r"^(?:©|\(c\)\s|copyright\b)|©\s*\d{4}|\d{4}\s*©", re.IGNORECASE)
_HASHTAGS = re.compile(r"(?:#[\w-]+[\s,;|·•]*)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """In code points. Guarded by bench/clutter."""

    notice: int = 600  # a notice is not longer
    call: int = 320  # nor is a call to subscribe, which has a verb and a channel
    tags: int = 250  # what follows "Tags:" on its line
    breaks: int = 80  # "the article continues after the advertisement"
    row: int = 160  # a row of buttons or sections


DEFAULTS = Options()


def is_furniture(text: str) -> bool:
    return is_notice(text) or is_call(text) or is_tags(text) or is_button_row(text)


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
    """``Follow our channel on …``: a sentence with an imperative at its start or end, and a channel
    in the same language."""
    if len(text) > DEFAULTS.call:
        return False
    held, dense = word_set(fold(text)), is_dense(text)
    likely = [
        vocabulary
        for vocabulary in get_cues().vocabularies
        if dense or not vocabulary.starts.isdisjoint(held)
    ]
    told = [fold(text[start:end]) for start, end in sentences(text)] if likely else []
    return any(
        vocabulary.calls.search(sentence) and vocabulary.channels.search(sentence)
        for vocabulary in likely
        for sentence in told
    )


def is_break(text: str) -> bool:
    """``The article continues after the advertisement``: a short line with a word for each."""
    if len(text) > DEFAULTS.breaks:
        return False
    held = {bare(part) for part in text.split()}
    return any(
        not vocabulary.advertising.isdisjoint(held) and not vocabulary.goes_on.isdisjoint(held)
        for vocabulary in get_cues().vocabularies
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
