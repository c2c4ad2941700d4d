"""The noun phrase on either side of a cue."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tidings.annotators.quotes.found import accept, opens_source
from tidings.annotators.quotes.phrases import Phrases
from tidings.annotators.quotes.scenes import Scene, Span
from tidings.reading.cited import Cue

_AGE = re.compile(r",? \(?\d{1,3}\)?,? ")
_NAMED = ("«", "“", '"', "„")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Our own choice, by bench/quotes.py on the articles for tuning."""

    apposition: int = 22  # words between two commas behind a name
    reach: int = 4  # light words passed between cue and subject
    phrase: int = 14  # words behind a cue, prepositions' phrases aside, where who speaks may stand


DEFAULTS = Options()


class Sides:
    """Of one article."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases

    def find_left(self, scene: Scene, cue: Cue) -> Span | None:
        phrases = self._phrases
        at = scene.word_at(cue.start)
        verb = phrases.find_auxiliary(scene, at) if phrases.is_split(scene, cue) else None
        if verb is not None:  # 'Lee hat die Lage erneut betont', 'Am Montag hat Lee betont'
            span = phrases.find_left(scene, verb) if verb > 0 else None
            if accept(self._phrases, scene, span):
                return span
            stop = min(phrases.find_end(scene, verb + 1), at)
            return (
                (scene.words[verb + 1].start, scene.words[stop - 1].end)
                if stop > verb + 1
                else None
            )
        passed = 0
        while at > 0 and phrases.is_light(scene, at - 1) and passed < DEFAULTS.reach:
            if at < len(scene.words) and phrases.is_comma(scene, at - 1):
                break
            at -= 1
            passed += 1
        if at == 0 or phrases.has_marks_between(scene, at - 1):
            return None
        if _is_age(scene, at):
            return phrases.find_left(scene, at)
        if at < len(scene.words) and scene.is_break(at - 1):
            return self.over_apposition(scene, at) if phrases.is_comma(scene, at - 1) else None
        return phrases.find_left(scene, at) or self._left_source(scene, cue, at)

    def _left_source(self, scene: Scene, cue: Cue, at: int) -> Span | None:
        """'В пресс-службе добавили'."""
        first = at
        while (
            first > 0
            and not scene.is_break(first - 1)
            and not self._phrases.is_join(scene, first - 1)
        ):
            first -= 1
        while first < at - 1 and self._phrases.is_adverb(scene, first):  # 'Ранее в Кремле'
            first += 1
        if (
            first == at
            or at - first > DEFAULTS.phrase
            or not opens_source(self._phrases, scene, cue, first)
        ):
            return None
        return scene.words[first + 1].start, scene.words[at - 1].end

    def over_apposition(self, scene: Scene, close: int) -> Span | None:
        """'Ann Lee, the mayor, said': the name before the comma that opens the apposition."""
        for at in range(close - 1, max(0, close - DEFAULTS.apposition) - 1, -1):
            if not scene.is_break(at - 1) or at == 0:
                continue
            if not self._phrases.is_comma(scene, at - 1):
                return None
            span = self._phrases.find_left(scene, at)
            if span is None or not self._opens_clause(scene, span[0]):
                continue
            if self._phrases.find_name(*span):
                return span
            aside = scene.words[at].start, scene.words[close - 1].end
            if self._phrases.find_name(*aside) == aside:  # 'the mayor, Ann Lee, said'
                return span[0], aside[1]
        return None

    def _opens_clause(self, scene: Scene, place: int) -> bool:
        at = scene.word_at(place)
        return at == 0 or scene.is_break(at - 1) or self._phrases.is_join(scene, at - 1)

    def find_right(self, scene: Scene, cue: Cue) -> Span | None:
        words, phrases = scene.words, self._phrases
        limit = scene.word_at(cue.tail) if cue.tail > cue.end else len(words)
        at = self._over_light(scene, scene.word_at(cue.end))
        if at >= limit or self._is_parted(scene, cue, at):
            return None
        at = self._over_object(scene, cue, at)
        if phrases.opens_preposition(scene, at):
            inside = self._behind_preposition(scene, cue, at)
            if inside is None:
                return None
            at = inside
        stop = min(phrases.find_end(scene, at), limit)
        if words[at].form in phrases.pronouns and phrases.code != "en":
            stop = at + 1
        if cue.tail > cue.end and stop == limit:  # without the particle
            stop -= 1
        return (words[at].start, words[stop - 1].end) if stop > at else None

    def _over_light(self, scene: Scene, at: int) -> int:
        """Index behind the light words that stand behind a cue."""
        limit = min(len(scene.words), at + DEFAULTS.reach)
        while at < limit and not scene.is_break(at - 1):
            if not (self._phrases.is_light(scene, at) or self._phrases.is_time(scene, at)):
                break
            at += 1
        return at

    def _is_parted(self, scene: Scene, cue: Cue, at: int) -> bool:
        """Whether a mark parts cue and phrase; not in 'сообщили «Вестям» в полиции'."""
        if scene.is_break(at - 1) or self._phrases.has_marks_between(scene, at - 1):
            is_source = opens_source(self._phrases, scene, cue, at)
            return not (is_source and scene.gap(at - 1).strip()[:1] in _NAMED)
        return False

    def _over_object(self, scene: Scene, cue: Cue, at: int) -> int:
        """'прокомментировали новость в полиции': where the source opens, behind an object."""
        if self._phrases.code not in ("ru", "uk") or not scene.words[at].form.endswith(("у", "ю")):
            return at
        for here in range(at + 1, min(len(scene.words), at + DEFAULTS.phrase)):
            if opens_source(self._phrases, scene, cue, here):
                return here
            if scene.is_break(here):
                break
        return at

    def _behind_preposition(self, scene: Scene, cue: Cue, at: int) -> int | None:
        """'сообщили в полиции'; 'a déclaré à l'AFP le maire': what another phrase opens."""
        if opens_source(self._phrases, scene, cue, at):
            return at + 1
        stop = at
        while stop < len(scene.words) and stop - at < DEFAULTS.phrase:
            stop += 1
            if scene.is_break(stop - 1) or self._phrases.is_join(scene, stop - 1):
                break
        return self._phrases.find_next(scene, at + 1, stop)


def _is_age(scene: Scene, at: int) -> bool:
    """Whether no more than an age stands before the word ``at``: 'Lee, 52, said'."""
    return 0 < at < len(scene.words) and _AGE.fullmatch(scene.gap(at - 1)) is not None
