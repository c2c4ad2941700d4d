"""Noun phrases beside a cue, told by small words, marks and names; nothing is parsed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from tidings.annotators.quotes.scenes import Scene, Span, Tongue
from tidings.annotators.quotes.words import SmallWords
from tidings.reading.cited import Cue
from tidings.reading.dates import is_calendar_word

_COMMAS = frozenset(("(", ",", "),", ")", '",', "»,", "”,", "»", '"', "“,", "“"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Our own choice, by bench/quotes.py on the articles for tuning."""

    longest: int = 16  # words of a noun phrase
    nouns: int = 5  # words before the noun of a source and with it
    aside: int = 40  # code points between marks that are no name within a phrase


DEFAULTS = Options()


class Phrases:
    """Of one article; ``names`` are the spans of its mentions, in order, ``people`` those of people
    for sure."""

    def __init__(
        self, tongue: Tongue, language: str, names: Sequence[Span], people: Sequence[Span] = ()
    ) -> None:
        self.small: SmallWords = tongue.small
        self.pronouns = tongue.lexicon.pronouns
        self.that = tongue.lexicon.that
        self.code = tongue.code
        self._auxiliary = tongue.lexicon.auxiliary
        self._passes = tongue.lexicon.passes if tongue.lexicon.splits else {}
        self._language = language
        self._names = names
        self._starts = [start for start, _ in names]
        self._people = people

    def find_left(self, scene: Scene, at: int) -> Span | None:
        """The phrase that ends before the word ``at``."""
        words, first = scene.words, at
        while first > 0 and at - first < DEFAULTS.longest:
            if first < at and scene.is_break(first - 1):
                break
            if self.is_join(scene, first - 1) or _has_cue_at(scene, first - 1):
                break
            first -= 1
        if self._is_within_adverbial(scene, first):
            return None
        opens = self._after_adverbial(scene, first, at)
        if opens is None or opens >= at:
            return None
        if self._is_relative(scene, opens, at):  # 'Lee, who said'
            return self.find_left(scene, opens) if opens > 0 else None
        close = next((i for i in range(opens + 1, at) if self._is_auxiliary(scene, i)), at)
        return words[opens].start, words[close - 1].end

    def _is_relative(self, scene: Scene, opens: int, at: int) -> bool:
        """'der' is an article, too: a relative pronoun only behind a comma, by itself."""
        form = scene.words[opens].form
        if form not in self.small.relatives or form not in self.small.articles:
            return form in self.small.relatives
        return at - opens == 1 and opens > 0

    def _is_auxiliary(self, scene: Scene, at: int) -> bool:
        """'hat' of 'Lee hat gestern erklärt': it ends the subject."""
        word = scene.words[at]
        return word.form in self._auxiliary and not self.is_in_name(word.start)

    def _is_within_adverbial(self, scene: Scene, first: int) -> bool:
        """Whether 'In the letter and the report' goes on there."""
        if first == 0 or not self.is_join(scene, first - 1):
            return False
        opens = first - 1
        while opens > 0 and not scene.is_break(opens - 1):
            opens -= 1
        is_near = first - opens <= DEFAULTS.longest // 2
        return is_near and scene.words[opens].form in self.small.prepositions

    def is_split(self, scene: Scene, cue: Cue) -> bool:
        """Whether the cue is a participle far from its verb, as in German and Dutch."""
        return scene.text[cue.start : cue.end].lower().split()[0] in self._passes

    def find_auxiliary(self, scene: Scene, at: int) -> int | None:
        """The verb that the participle ``at`` belongs to, in its clause, before it."""
        for here in range(at - 1, -1, -1):
            if self._is_auxiliary(scene, here):
                return here
            if scene.is_break(here - 1) and not self.is_comma(scene, here - 1):
                return None
        return None

    def find_end(self, scene: Scene, at: int, *, is_source: bool = False) -> int:
        """Index behind the phrase that opens at the word ``at``."""
        stop = at
        while stop < len(scene.words) and stop - at < DEFAULTS.longest:
            if stop > at and self._ends(scene, stop, is_source=is_source):
                break
            if self.is_join(scene, stop):
                break
            stop += 1
            if scene.is_break(stop - 1) or self.has_marks_between(scene, stop - 1):
                break
        return stop

    def find_source_end(self, scene: Scene, at: int) -> int:
        """Index behind a source that opens at the word ``at``. Where nouns are written large, it
        ends with the last that another tie binds to it."""
        if not self.small.bound:
            return self.find_end(scene, at, is_source=True)
        stop = self._find_noun(scene, at)
        while stop < len(scene.words) and not scene.is_break(stop - 1):
            word = scene.words[stop]
            is_tied = word.form in self.small.bound
            if not (is_tied or scene.text[word.start].isupper() or self.is_in_name(word.start)):
                break
            behind = self._find_noun(scene, stop)
            if behind == stop:
                break
            stop = behind
        return stop

    def _find_noun(self, scene: Scene, at: int) -> int:
        """Index behind the next noun; ``at`` where another thing comes first."""
        for here in range(at, min(len(scene.words), at + DEFAULTS.nouns)):
            word = scene.words[here]
            if scene.text[word.start].isupper() or self.is_in_name(word.start):
                return here + 1
            if scene.is_break(here) or _has_cue_at(scene, here):
                break
        return at

    def opens_otherwise(self, scene: Scene, cue: Cue) -> bool:
        """Whether something else than who speaks opens the cue's clause."""
        first = scene.word_at(cue.start)
        while first > 0 and not scene.is_break(first - 1):
            first -= 1
        if not self.small.inverts or scene.words[first].start >= cue.start:
            return False
        small, form = self.small, scene.words[first].form
        opening = small.prepositions | small.deictic | (small.inner - small.articles)
        return form in opening or self.is_light(scene, first) or self.is_time(scene, first)

    def is_join(self, scene: Scene, at: int) -> bool:
        word = scene.words[at]
        return word.form in self.small.joins and not self.is_in_name(word.start)

    def opens_relative(self, scene: Scene, place: int) -> bool:
        """Whether the next word ties a clause to what stands before ``place``."""
        at = scene.word_at(place)
        if at >= len(scene.words) or scene.words[at].start - place > 1:
            return False
        return scene.words[at].form in self.that or scene.words[at].form in self.small.relatives

    def has_object(self, scene: Scene, cue: Cue) -> bool:
        form = scene.text[cue.start : cue.end].lower().split()[0]
        return form in self.small.object

    def is_light(self, scene: Scene, at: int) -> bool:
        word = scene.words[at]
        if word.form in self.pronouns and word.form not in self.small.light:
            return False
        if self.code == "de" and scene.text[word.start].isupper() and at > 0:
            return False
        is_adverb = self.code == "en" and word.form.endswith("ly") and len(word.form) > 4
        return (word.form in self.small.light or is_adverb) and not self.is_in_name(word.start)

    def is_adverb(self, scene: Scene, at: int) -> bool:
        """A light word that opens no phrase."""
        return self.is_light(scene, at) and scene.words[at].form not in self.small.prepositions

    def is_passed(self, scene: Scene, at: int) -> bool:
        """Whether the word ``at`` may stand between a cue and what it belongs to."""
        return self.is_light(scene, at) or scene.words[at].form in self.pronouns

    def opens_preposition(self, scene: Scene, at: int) -> bool:
        """Whether no noun phrase opens at the word ``at``: 'à Paris', 'ce lundi', not 'ce
        dernier'."""
        form = scene.words[at].form
        is_article = form in self.small.articles and at + 1 < len(scene.words)
        return form in self.small.prepositions and not (
            is_article and not self.is_time(scene, at + 1)
        )

    def is_time(self, scene: Scene, at: int) -> bool:
        word = scene.words[at]
        return not self.is_in_name(word.start) and is_calendar_word(
            scene.text[word.start : word.end], self._language
        )

    def is_comma(self, scene: Scene, at: int) -> bool:
        """Whether no more than a comma or a bracket's end stands behind the word ``at``."""
        return at + 1 < len(scene.words) and scene.gap(at).strip() in _COMMAS

    def has_marks_between(self, scene: Scene, at: int) -> bool:
        """Whether a quote stands behind the word ``at``; a marked name doesn't count."""
        if not scene.marked or at + 1 >= len(scene.words):
            return False
        start, end = scene.words[at].end, scene.words[at + 1].start
        return any(
            start <= one.start < end and one.stop - one.inner > DEFAULTS.aside
            for one in scene.marked
        )

    def find_name(self, start: int, end: int) -> Span | None:
        """The first mention that lies between."""
        at = bisect_left(self._starts, start)
        if at < len(self._names) and self._names[at][1] <= end:
            return self._names[at]
        return None

    def find_names(self, start: int, end: int) -> Sequence[Span]:
        """The mentions that begin between."""
        return self._names[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def find_last(self, start: int, end: int) -> Span | None:
        """The last mention that lies between."""
        at = bisect_left(self._starts, end) - 1
        return self._names[at] if at >= 0 and start <= self._names[at][0] else None

    def is_in_name(self, place: int) -> bool:
        at = bisect_left(self._starts, place + 1) - 1
        return at >= 0 and self._names[at][0] <= place < self._names[at][1]

    def is_person(self, place: int) -> bool:
        """Whether a name there is a person's for sure."""
        return any(start <= place < end for start, end in self._people)

    def _ends(self, scene: Scene, at: int, *, is_source: bool) -> bool:
        word = scene.words[at]
        if self.is_in_name(word.start):
            return False
        if word.form in self.small.prepositions and word.form not in self.small.inner:
            return True
        if self.is_time(scene, at) or _has_cue_at(scene, at):
            return True
        is_object = word.form in self.small.articles and word.form not in self.small.bound
        if self.small.bound and is_object and scene.text[scene.words[at - 1].start].isupper():
            return True  # 'nennt Lee ein Beispiel'
        return not is_source and word.form in self.small.light

    def _after_adverbial(self, scene: Scene, first: int, at: int) -> int | None:
        """Without 'On Tuesday', 'In a letter to the board': behind a preposition's phrase only
        a name, an article or a pronoun opens another."""
        while first < at:
            if scene.words[first].form in self.small.prepositions:
                following = self.find_next(scene, first + 1, at)
                if following is None:
                    return None
                first = following
            elif self.is_light(scene, first) or self.is_time(scene, first):
                first += 1
            else:
                break
        return first

    def find_next(self, scene: Scene, first: int, at: int) -> int | None:
        """Where, between the words ``first`` and ``at``, another phrase opens behind that of a
        preposition."""
        small = self.small
        for here in range(first + 1, at):
            word, before = scene.words[here], scene.words[here - 1].form
            if word.form in self.pronouns:
                return here
            is_bound = before in small.prepositions or before in small.inner
            if word.form in small.articles and not is_bound:
                return here
            opens_name = self._opens_name(word.start) and before not in small.outlets
            if opens_name and not is_bound and before not in small.articles:
                return here
        return None

    def _opens_name(self, place: int) -> bool:
        at = bisect_left(self._starts, place)
        return at < len(self._starts) and self._starts[at] == place


def _has_cue_at(scene: Scene, at: int) -> bool:
    return any(cue.start <= scene.words[at].start < cue.end for cue in scene.cues)
