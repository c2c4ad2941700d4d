"""Who is said to have said it: the noun phrase that a cue has beside it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from tidings.annotators.quotes.scenes import Scene, Span, Tongue
from tidings.reading.cited import Cue, CueKind
from tidings.reading.dates import is_calendar_word


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Our own choice, by bench/quotes.py on the articles for tuning."""

    longest: int = 16  # words of a noun phrase
    apposition: int = 22  # words between two commas behind a name
    reach: int = 4  # light words passed between cue and subject


DEFAULTS = Options()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A speaker as printed."""

    span: Span
    is_pronoun: bool
    has_name: bool
    is_near: bool  # beside the cue, not only the sentence's first name


class SpeakerFinder:
    """Of one article; ``names`` are the spans of its mentions, in order."""

    def __init__(self, tongue: Tongue, language: str, names: Sequence[Span]) -> None:
        self._small = tongue.small
        self._pronouns = tongue.lexicon.pronouns
        self._tongue = tongue
        self._language = language
        self._names = names
        self._starts = [start for start, _ in names]

    def find(self, scene: Scene, cue: Cue, *, right_first: bool) -> Found | None:
        """Right first where the cue follows the quote: '…, said Smith'."""
        sides = (self._right, self._left) if right_first else (self._left, self._right)
        for side in sides:
            span = side(scene, cue)
            found = self._accept(scene, span, is_near=True)
            if found:
                return found
        return None

    def find_source(self, scene: Scene, cue: Cue) -> Found | None:
        """Behind 'according to', 'по словам'; for 'по его словам' the pronoun within."""
        inside = scene.text[cue.start : cue.end]
        for word in scene.words:
            if (
                cue.start <= word.start < cue.end
                and word.form in self._small.owned
                and " " in inside
            ):
                span = (word.start, word.end)
                return Found(span=span, is_pronoun=True, has_name=False, is_near=True)
        at = scene.word_at(cue.tail)
        if cue.kind is CueKind.TRAILING:
            return self._accept(
                scene, self._chunk_left(scene, scene.word_at(cue.start)), is_near=True
            )
        stop = self._phrase_end(scene, at, is_source=True)
        if stop == at or scene.is_break(at - 1):
            return None
        span = (scene.words[at].start, scene.words[stop - 1].end)
        form = scene.words[at].form
        if stop == at + 1 and form in self._small.owned | self._pronouns:
            return Found(span=span, is_pronoun=True, has_name=False, is_near=True)
        return self._accept(scene, span, is_near=True)

    def find_first(self, scene: Scene, before: int) -> Found | None:
        """The subject that a sentence begins with, for a second verb or a participle."""
        words = scene.words
        if not words or words[0].start >= before:
            return None
        at = 1 if words[0].form in self._small.joins else 0
        if at >= len(words):
            return None
        if words[at].form in self._pronouns:
            return Found(
                span=(words[at].start, words[at].end),
                is_pronoun=True,
                has_name=False,
                is_near=False,
            )
        name = self._name_within(words[0].start, min(before, words[min(8, len(words) - 1)].end))
        if name is None or words[at].form in self._small.prepositions:
            return None
        inside = range(scene.word_at(words[at].start), scene.word_at(name[0]))
        if any(scene.is_break(i) for i in inside if i + 1 < len(words)):
            return None
        span = (words[at].start, name[1])
        return Found(span=span, is_pronoun=False, has_name=True, is_near=False)

    @property
    def that(self) -> frozenset[str]:
        return self._tongue.lexicon.that

    @property
    def prepositions(self) -> frozenset[str]:
        return self._small.prepositions

    def is_passed(self, scene: Scene, at: int) -> bool:
        """Whether the word ``at`` may stand between a cue and what it belongs to."""
        return self._is_light(scene, at) or scene.words[at].form in self._pronouns

    def is_impersonal(self, scene: Scene, cue: Cue) -> bool:
        """'говорится', 'heißt es': telling without a subject."""
        form = scene.text[cue.start : cue.end].lower().replace("ё", "е")
        return form in self._small.impersonal

    def is_time(self, scene: Scene, at: int) -> bool:
        return self._is_time(scene, at)

    def _left(self, scene: Scene, cue: Cue) -> Span | None:
        at = scene.word_at(cue.start)
        passed = 0
        while at > 0 and self._is_light(scene, at - 1) and passed < DEFAULTS.reach:
            if scene.is_break(at - 1) and at < len(scene.words) and self._is_comma(scene, at - 1):
                break
            at -= 1
            passed += 1
        if at == 0 or self._has_marks_between(scene, at - 1):
            return None
        if at < len(scene.words) and scene.is_break(at - 1):
            return self._over_apposition(scene, at) if self._is_comma(scene, at - 1) else None
        return self._chunk_left(scene, at)

    def _has_marks_between(self, scene: Scene, at: int) -> bool:
        """Whether a long quote stands between the word ``at`` and the next; a marked name doesn't
        count."""
        if at + 1 >= len(scene.words):
            return False
        start, end = scene.words[at].end, scene.words[at + 1].start
        return any(start <= one.start < end and one.stop - one.inner > 40 for one in scene.marked)

    def _is_comma(self, scene: Scene, at: int) -> bool:
        return at + 1 < len(scene.words) and scene.gap(at).strip() in (
            ",",
            "),",
            ")",
            '",',
            "»,",
            "”,",
            "»",
            '"',
            "“,",
            "“",
        )

    def _over_apposition(self, scene: Scene, at: int) -> Span | None:
        """'Ann Lee, the mayor, said': from the name's start to the comma before the cue."""
        close = at
        at -= 1
        while at > 0 and close - at <= DEFAULTS.apposition:
            if scene.is_break(at - 1):
                if not self._is_comma(scene, at - 1):
                    break
                span = self._chunk_left(scene, at)
                if span and self._has_name(span) and self._is_clause_start(scene, span[0]):
                    return span
            at -= 1
        return None

    def _is_clause_start(self, scene: Scene, place: int) -> bool:
        at = scene.word_at(place)
        if at == 0 or scene.is_break(at - 1):
            return True
        return scene.words[at - 1].form in self._small.joins

    def _chunk_left(self, scene: Scene, at: int) -> Span | None:
        """The noun phrase that ends before the word ``at``."""
        words, first = scene.words, at
        while first > 0 and at - first < DEFAULTS.longest:
            if first < at and scene.is_break(first - 1):
                break
            if words[first - 1].form in self._small.joins and not self._in_name(
                words[first - 1].start
            ):
                break
            if self._has_cue_at(scene, first - 1):
                break
            first -= 1
        opens = self._after_adverbial(scene, first, at)
        if opens is None or opens >= at:
            return None
        return words[opens].start, words[at - 1].end

    def _has_cue_at(self, scene: Scene, at: int) -> bool:
        return any(cue.start <= scene.words[at].start < cue.end for cue in scene.cues)

    def _after_adverbial(self, scene: Scene, first: int, at: int) -> int | None:
        """Without 'On Tuesday', 'In a letter to the board': what is left must be told by a name,
        an article or a pronoun."""
        words = scene.words
        moved = False
        while first < at:
            form = words[first].form
            if form in self._small.prepositions:
                following = self._next_head(scene, first + 1, at)
                if following is None:
                    return None
                first, moved = following, True
            elif self._is_light(scene, first) or self._is_time(scene, first):
                first += 1
            else:
                break
        return first if first < at or not moved else None

    def _next_head(self, scene: Scene, first: int, at: int) -> int | None:
        """Where, behind a preposition's phrase, another noun phrase opens."""
        words = scene.words
        for here in range(first + 1, at):
            word = words[here]
            if word.form in self._pronouns or (
                word.form in self._small.articles
                and words[here - 1].form not in self._small.prepositions | self._small.inner
            ):
                return here
            if word.start in self._starts and words[here - 1].form not in (
                self._small.prepositions | self._small.inner | self._small.articles
            ):
                return here
        return None

    def _right(self, scene: Scene, cue: Cue) -> Span | None:
        words = scene.words
        at = scene.word_at(cue.end)
        if at < len(words) and cue.tail > cue.end and words[at].start >= cue.tail:
            return None
        passed = 0
        while at < len(words) and self._is_light(scene, at) and passed < DEFAULTS.reach:
            if scene.is_break(at - 1):
                return None
            at += 1
            passed += 1
        if at >= len(words) or scene.is_break(at - 1) or self._has_marks_between(scene, at - 1):
            return None
        if words[at].form in self._small.prepositions:
            inside = self._inside_preposition(scene, cue, at)
            if inside is None:
                return None
            at = inside
        limit = scene.word_at(cue.tail) if cue.tail > cue.end else len(words)
        stop = min(self._phrase_end(scene, at), max(at, limit))
        if cue.tail > cue.end and stop == limit:  # without the particle
            stop = stop - 1
        return (words[at].start, words[stop - 1].end) if stop > at else None

    def _inside_preposition(self, scene: Scene, cue: Cue, at: int) -> int | None:
        """'сообщили в пресс-службе', 'говорится в заявлении': the source stands within."""
        form = scene.text[cue.start : cue.end].lower().replace("ё", "е")
        is_plural = self._tongue.code in ("ru", "uk") and form.endswith(
            ("ли", "ют", "ят", "ють", "уть", "ять")
        )
        if scene.words[at].form not in self._small.at:
            return None
        is_impersonal = form in self._small.impersonal
        if not (is_plural or is_impersonal) or at + 1 >= len(scene.words):
            return None
        return at + 1

    def _phrase_end(self, scene: Scene, at: int, *, is_source: bool = False) -> int:
        """Index behind the noun phrase that opens at the word ``at``."""
        words, stop = scene.words, at
        while stop < len(words) and stop - at < DEFAULTS.longest:
            form = words[stop].form
            if stop > at and self._ends(scene, stop, is_source=is_source):
                break
            if form in self._small.joins and not self._in_name(words[stop].start):
                break
            stop += 1
            if scene.is_break(stop - 1) or self._has_marks_between(scene, stop - 1):
                break
        return stop

    def _ends(self, scene: Scene, at: int, *, is_source: bool) -> bool:
        word = scene.words[at]
        if self._in_name(word.start):
            return False
        if word.form in self._small.prepositions and word.form not in self._small.inner:
            return True
        if self._is_time(scene, at) or self._has_cue_at(scene, at):
            return True
        return not is_source and word.form in self._small.light

    def _is_light(self, scene: Scene, at: int) -> bool:
        word = scene.words[at]
        if word.form in self._pronouns and word.form not in self._small.light:
            return False
        if self._tongue.code == "de" and scene.text[word.start].isupper() and at > 0:
            return False
        is_adverb = self._tongue.code == "en" and word.form.endswith("ly") and len(word.form) > 4
        return (word.form in self._small.light or is_adverb) and not self._in_name(word.start)

    def _is_time(self, scene: Scene, at: int) -> bool:
        word = scene.words[at]
        return not self._in_name(word.start) and is_calendar_word(
            scene.text[word.start : word.end], self._language
        )

    def _accept(self, scene: Scene, span: Span | None, *, is_near: bool) -> Found | None:
        """None for what can't be a speaker: empty, a bare adverb, a preposition's phrase."""
        if span is None:
            return None
        words = [word for word in scene.words if span[0] <= word.start < span[1]]
        if not words:
            return None
        first = words[0].form
        is_pronoun = len(words) == 1 and first in self._pronouns
        has_name = self._has_name(span)
        if not is_pronoun and not has_name:
            if first in self._small.deictic or first in self._small.prepositions:
                return None
            if all(
                word.form in self._small.light | self._small.articles | self._small.joins
                for word in words
            ):
                return None
            if scene.text[span[0]].isdigit():
                return None
        return Found(span=span, is_pronoun=is_pronoun, has_name=has_name, is_near=is_near)

    def _has_name(self, span: Span) -> bool:
        return self._name_within(*span) is not None

    def _name_within(self, start: int, end: int) -> Span | None:
        at = bisect_left(self._starts, start)
        if at < len(self._names) and self._names[at][1] <= end:
            return self._names[at]
        return None

    def _in_name(self, place: int) -> bool:
        at = bisect_left(self._starts, place + 1) - 1
        return at >= 0 and self._names[at][0] <= place < self._names[at][1]
