"""Whose a handle on a platform is: ``@kajakallas``, ``@SecRubio``, ``@angela_merkel``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tidings.model import Evidence, Mention, MentionKind, Note
from tidings.posts import find_post
from tidings.story.entities.compare import is_same_given, is_same_word
from tidings.story.entities.forms import Form, Part, Word
from tidings.story.entities.sounds import sounds_like

SHORTEST = 4  # letters of a family name that alone is in a handle
ROLES_LINE = (
    "sec pres president rep sen senator gov governor mayor min minister pm vp potus real the "
    "official dr prof amb ambassador mp mep general gen team"
)
ROLES = frozenset(ROLES_LINE.split())

_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def fits_handle(handle: str, form: Form) -> bool:
    """All words of a full name in a row, or its family name behind a role, a given name or its
    first letter."""
    whole = form.whole
    if len(whole) < 2 or form.family is None:
        return False
    bare = handle.lstrip("@").partition("@")[0].rstrip("0123456789_")
    letters = re.sub(r"[^a-z]", "", bare.lower())
    words = [whole[0], form.family] if form.family is not whole[0] else [whole[-1], whole[0]]
    if _is_row(letters, words):
        return True
    parts = [part.lower() for part in _CAMEL.findall(bare)]
    if len(parts) != 2 or len(parts[1]) < SHORTEST or not is_same_word(_word(parts[1]), words[1]):
        return False
    return parts[0] in ROLES or is_same_given(_word(parts[0]), words[0])


def _is_row(letters: str, words: list[Word]) -> bool:
    """In any of the base forms."""
    given, family = words
    for first in given.bases:
        for last in family.bases:
            if letters in (first + last, last + first, first[0] + last):
                return True
            is_long = len(letters) > 2 * SHORTEST - 1
            if is_long and not last.isascii() and sounds_like(letters, first + last):
                return True
    return False


def _word(text: str) -> Word:
    part = Part.INITIAL if len(text) == 1 else Part.WHOLE
    return Word(text, part, (text,))


def find_authors(notes: Sequence[Note]) -> Iterator[Evidence]:
    """Handles within the addresses of posts."""
    for note in notes:
        if isinstance(note, Mention) and note.kind is MentionKind.LINK:
            post = find_post(note.value)
            at = note.evidence.text.lower().find((post.author or "").lower()) if post else -1
            if post and post.author and at >= 0:
                start = note.evidence.start + at
                end = start + len(post.author)
                text = note.evidence.text[at : at + len(post.author)]
                yield replace(note.evidence, start=start, end=end, text=text)
