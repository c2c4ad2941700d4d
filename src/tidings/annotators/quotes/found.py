"""A speaker as printed, and what can't be one."""

from __future__ import annotations

from dataclasses import dataclass

from tidings.annotators.quotes.phrases import Phrases
from tidings.annotators.quotes.scenes import Scene, Span
from tidings.reading.cited import Cue

_WITH = ("ами", "ями", "ыми", "ими")  # endings of the instrumental case: no subject
_PLURALS = ("ли", "ют", "ят", "ють", "уть", "ять")  # of verbs in ru and uk


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Our own choice, by bench/quotes.py on the articles for tuning."""

    marked: int = 4  # words of a name between marks
    letters: int = 40  # code points of one


DEFAULTS = Options()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A speaker as printed."""

    span: Span
    is_pronoun: bool
    has_name: bool
    is_near: bool = True  # beside the cue, not only the sentence's first name


def accept(phrases: Phrases, scene: Scene, span: Span | None) -> Found | None:
    """None for what can't be a speaker: empty, a bare adverb, a preposition's phrase."""
    words = [word for word in scene.words if span and span[0] <= word.start < span[1]]
    if span is None or not words:
        return None
    small, first = phrases.small, words[0].form
    is_pronoun = len(words) == 1 and first in phrases.pronouns
    has_name = phrases.find_name(*span) is not None
    if len(words) == 1 and first in small.light | small.joins and not phrases.is_person(span[0]):
        return None
    if not is_pronoun and not has_name:
        is_deictic = first in small.deictic and (len(words) == 1 or first not in small.articles)
        is_clause = first in small.ties or any(word.form in small.verbs for word in words[1:])
        is_slavic = phrases.code in ("ru", "uk")
        is_bound = phrases.opens_preposition(scene, scene.word_at(words[0].start))
        if is_deictic or is_bound or is_clause:
            return None
        if is_slavic and first.endswith(_WITH):
            return None
        empty = small.light | small.articles | small.joins
        if all(word.form in empty for word in words) or scene.text[span[0]].isdigit():
            return None
    return Found(span=span, is_pronoun=is_pronoun, has_name=has_name)


def opens_source(phrases: Phrases, scene: Scene, cue: Cue, at: int) -> bool:
    """'сообщили в пресс-службе', 'говорится в заявлении': the source stands within."""
    form = read_form(scene, cue)
    verb = form.partition(" ")[0]
    is_plural = phrases.code in ("ru", "uk") and form.endswith(_PLURALS)
    if scene.words[at].form not in phrases.small.at or at + 1 >= len(scene.words):
        return False
    return is_plural or verb in phrases.small.impersonal


def find_marked_name(phrases: Phrases, scene: Scene, start: int, end: int) -> Found | None:
    """A name between marks right before ``start`` or behind ``end``: «Страна» отмечает."""
    for one in scene.marked:
        before = scene.text[one.end : start] if one.end <= start else None
        behind = scene.text[end : one.start] if one.start >= end else None
        articles = {"", *phrases.small.articles}  # 'schreibt die „Welt“'
        is_beside = (before is not None and not before.strip()) or (
            behind is not None and behind.strip() in articles
        )
        inside = scene.text[one.inner : one.stop]
        is_short = len(inside.split()) <= DEFAULTS.marked and len(inside) <= DEFAULTS.letters
        if is_beside and is_short and inside[:1].isupper() and inside[-1:].isalnum():
            return Found(span=(one.inner, one.stop), is_pronoun=False, has_name=True)
    return None


def read_form(scene: Scene, cue: Cue) -> str:
    return scene.text[cue.start : cue.end].lower().replace("ё", "е")
