"""Whom a sentence is about: its subject, or who is alone named in it."""

from __future__ import annotations

from dataclasses import dataclass

from tidings.annotators.quotes.found import Found
from tidings.annotators.quotes.phrases import Phrases
from tidings.annotators.quotes.scenes import Scene


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Our own choice, by bench/quotes.py on the articles for tuning."""

    name: int = 9  # code points; a name of fewer is rarely more than one word
    first: int = 8  # words at a sentence's start that its first name must lie in


DEFAULTS = Options()


class SubjectFinder:
    """Of one article."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases

    def find_pronoun(self, scene: Scene, first: int, stop: int) -> Found | None:
        """Among the words from ``first`` to before ``stop``: '“…,” he told the crowd'."""
        for word in scene.words[first:stop]:
            if word.form in self._phrases.pronouns and word.form not in self._phrases.small.deictic:
                return Found(span=(word.start, word.end), is_pronoun=True, has_name=False)
        return None

    def find_first(self, scene: Scene, before: int) -> Found | None:
        """The subject that a sentence begins with, for a second verb or a participle."""
        words = scene.words
        at = 1 if words and words[0].form in self._phrases.small.joins else 0
        found = self._subject_at(scene, at, before)
        if found or not words or self._phrases.code != "en":
            return found
        opens = words[0].form in self._phrases.small.prepositions | self._phrases.small.joins
        if not opens and not words[0].form.endswith(tuple(self._phrases.small.gerunds)):
            return None
        comma = next((i for i in range(len(words)) if self._phrases.is_comma(scene, i)), None)
        return None if comma is None else self._subject_at(scene, comma + 1, before)

    def _subject_at(self, scene: Scene, at: int, before: int) -> Found | None:
        words = scene.words
        while at < len(words) and self._phrases.is_adverb(scene, at) and not scene.is_break(at):
            at += 1
        if at >= len(words) or words[at].start >= before:
            return None
        first = words[at]
        if first.form in self._phrases.pronouns:
            span = (first.start, first.end)
            return Found(span=span, is_pronoun=True, has_name=False, is_near=False)
        limit = words[min(at + DEFAULTS.first, len(words) - 1)].end
        name = self._phrases.find_name(first.start, min(before, limit))
        if name is None or first.form in self._phrases.small.prepositions:
            return None
        if any(scene.is_break(i) for i in range(at, scene.word_at(name[0]))):
            return None
        return Found(span=(first.start, name[1]), is_pronoun=False, has_name=True, is_near=False)

    def find_nearest(self, scene: Scene, before: int) -> Found | None:
        """The name that stands right before the colon of 'no surprise to pollster Ann Lee: “…”'."""
        at = scene.word_at(before)
        span = self._phrases.find_left(scene, at) if at > 0 else None
        name = self._phrases.find_last(*span) if span else None
        if span is None or name is None or name[1] != span[1] or scene.text[name[1] :][:1] != ":":
            return None
        return Found(span=name, is_pronoun=False, has_name=True, is_near=False)

    def is_name(self, found: Found) -> bool:
        """Whether it is a long name, and nothing else."""
        start, end = found.span
        return self._phrases.find_name(start, end) == found.span and self._is_long(found)

    def _is_long(self, found: Found) -> bool:
        return found.span[1] - found.span[0] > DEFAULTS.name

    def find_only(self, scene: Scene, before: int) -> Found | None:
        """Whoever is alone named in a sentence that announces what he said by another verb."""
        first = self.find_first(scene, before)
        if first and self._phrases.find_name(first.span[0], first.span[1]) == first.span:
            return first
        return self._find_pronoun(scene, before) or self._find_sole(scene, before)

    def _find_sole(self, scene: Scene, before: int) -> Found | None:
        """The one name of several words, where no pronoun stands."""
        names = self._phrases.find_names(scene.start, before)
        full = [name for name in names if " " in scene.text[slice(*name)]]
        if len(full) != 1 or any(w.form in self._phrases.pronouns for w in scene.words):
            return None
        return Found(span=full[0], is_pronoun=False, has_name=True, is_near=False)

    def _find_pronoun(self, scene: Scene, before: int) -> Found | None:
        told = [w for w in scene.words if w.start < before and w.form in self._phrases.pronouns]
        if len(told) != 1 or told[0].form in self._phrases.small.deictic:
            return None
        span = (told[0].start, told[0].end)
        return Found(span=span, is_pronoun=True, has_name=False, is_near=False)
