"""Who is said to have said it: the noun phrase that a cue has beside it."""

from __future__ import annotations

from dataclasses import dataclass

from tidings.annotators.quotes.phrases import Phrases
from tidings.annotators.quotes.scenes import Scene, Span
from tidings.reading.cited import Cue, CueKind

_WITH = ("ами", "ями", "ыми", "ими")  # endings of the instrumental case: no subject
_OBLIQUE = frozenset(("dem", "den", "einem", "einen", "des", "eines", "ihm", "ihn", "ihnen"))
_PLURALS = ("ли", "ют", "ят", "ють", "уть", "ять")  # of verbs in ru and uk


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Our own choice, by bench/quotes.py on the articles for tuning."""

    apposition: int = 22  # words between two commas behind a name
    reach: int = 4  # light words passed between cue and subject
    marked: int = 4  # words of a name between marks
    letters: int = 40  # code points of one
    phrase: int = 14  # words behind a cue, prepositions' phrases aside, where who speaks may stand
    first: int = 8  # words at a sentence's start that its first name must lie in


DEFAULTS = Options()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A speaker as printed."""

    span: Span
    is_pronoun: bool
    has_name: bool
    is_near: bool = True  # beside the cue, not only the sentence's first name


class SpeakerFinder:
    """Of one article."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases

    def find(self, scene: Scene, cue: Cue, *, right_first: bool) -> Found | None:
        """Right first where the cue follows the quote: '…, said Smith'."""
        sides = [self._right, self._left] if right_first else [self._left, self._right]
        if _form(scene, cue).endswith(tuple(self._phrases.small.gerunds)):
            sides = [self._left]
        for side in sides:
            found = self._accept(scene, side(scene, cue))
            if found and not self._is_oblique(scene, found):
                return found
        return self._find_marked(scene, cue.start, cue.tail)

    def _is_oblique(self, scene: Scene, found: Found) -> bool:
        """'dem Urteil', 'einen Brief': no subject."""
        first = scene.words[scene.word_at(found.span[0])].form
        return self._phrases.code == "de" and first in _OBLIQUE

    def find_source(self, scene: Scene, cue: Cue) -> Found | None:
        """Behind 'according to', 'по словам'; for 'по его словам' the pronoun within."""
        own = self._owner_within(scene, cue)
        if own:
            return own
        marked = self._find_marked(scene, cue.tail, cue.tail)
        if marked:
            return marked
        at = scene.word_at(cue.tail)
        if cue.kind is CueKind.TRAILING:
            return self._accept(scene, self._phrases.find_left(scene, scene.word_at(cue.start)))
        stop = self._phrases.find_end(scene, at, is_source=True)
        if stop == at or scene.is_break(at - 1):
            return None
        span = (scene.words[at].start, scene.words[stop - 1].end)
        form = scene.words[at].form
        if stop == at + 1 and form in self._phrases.small.owned | self._phrases.pronouns:
            return Found(span=span, is_pronoun=True, has_name=False)
        found = self._accept(scene, span)
        return found if found and self._is_sure(scene, cue, found) else None

    def _is_sure(self, scene: Scene, cue: Cue, found: Found) -> bool:
        """'so', 'pour', 'para' mean much else: they stand between commas, before a name; behind
        'según' a verb may stand."""
        small, form = self._phrases.small, scene.words[scene.word_at(found.span[0])].form
        is_bare = not found.has_name and scene.text[found.span[0]].islower()
        if small.sources and is_bare and form not in small.articles | small.sources:
            return False
        if _form(scene, cue) not in self._phrases.small.unsure:
            return True
        opens = scene.is_break(scene.word_at(cue.start) - 1)
        closes = scene.is_break(scene.word_at(found.span[1]) - 1)
        is_told = found.has_name or self._phrases.code == "de"
        return opens and closes and is_told

    def find_first(self, scene: Scene, before: int) -> Found | None:
        """The subject that a sentence begins with, for a second verb or a participle."""
        words = scene.words
        at = 1 if words and words[0].form in self._phrases.small.joins else 0
        if at >= len(words) or words[at].start >= before:
            return None
        first = words[at]
        if first.form in self._phrases.pronouns:
            span = (first.start, first.end)
            return Found(span=span, is_pronoun=True, has_name=False, is_near=False)
        limit = words[min(DEFAULTS.first, len(words) - 1)].end
        name = self._phrases.find_name(first.start, min(before, limit))
        if name is None or first.form in self._phrases.small.prepositions:
            return None
        if any(scene.is_break(i) for i in range(at, scene.word_at(name[0]))):
            return None
        return Found(span=(first.start, name[1]), is_pronoun=False, has_name=True, is_near=False)

    def find_only(self, scene: Scene, before: int) -> Found | None:
        """Whoever is alone named in a sentence that announces what he said by another verb."""
        first = self.find_first(scene, before)
        if first and self._phrases.find_name(first.span[0], first.span[1]) == first.span:
            return first
        return self._find_pronoun(scene, before)

    def _find_pronoun(self, scene: Scene, before: int) -> Found | None:
        told = [w for w in scene.words if w.start < before and w.form in self._phrases.pronouns]
        if len(told) != 1 or told[0].form in self._phrases.small.deictic:
            return None
        span = (told[0].start, told[0].end)
        return Found(span=span, is_pronoun=True, has_name=False, is_near=False)

    def is_impersonal(self, scene: Scene, cue: Cue) -> bool:
        """'говорится', 'heißt es': telling without a subject."""
        return _form(scene, cue) in self._phrases.small.impersonal

    def _owner_within(self, scene: Scene, cue: Cue) -> Found | None:
        inside = [word for word in scene.words if cue.start <= word.start < cue.end]
        for word in inside:
            if word.form in self._phrases.small.owned and len(inside) > 1:
                return Found(span=(word.start, word.end), is_pronoun=True, has_name=False)
        return None

    def closes_aside(self, scene: Scene, cue: Cue) -> bool:
        """Whether the comma before the cue ends what is told of a name before it."""
        at = scene.word_at(cue.start)
        return self._over_apposition(scene, at) is not None

    def is_silent(self) -> bool:
        """Whether a verb of this language may stand without a subject."""
        return bool(self._phrases.small.silent)

    def _find_marked(self, scene: Scene, start: int, end: int) -> Found | None:
        """A name between marks right before ``start`` or behind ``end``: «Страна» отмечает."""
        for one in scene.marked:
            before = scene.text[one.end : start] if one.end <= start else None
            behind = scene.text[end : one.start] if one.start >= end else None
            is_beside = (before is not None and not before.strip()) or (
                behind is not None and not behind.strip()
            )
            inside = scene.text[one.inner : one.stop]
            is_short = len(inside.split()) <= DEFAULTS.marked and len(inside) <= DEFAULTS.letters
            if is_beside and is_short and inside[:1].isupper() and inside[-1:].isalnum():
                return Found(span=(one.inner, one.stop), is_pronoun=False, has_name=True)
        return None

    def _left(self, scene: Scene, cue: Cue) -> Span | None:
        phrases = self._phrases
        at = scene.word_at(cue.start)
        verb = phrases.find_auxiliary(scene, at) if phrases.is_split(scene, cue) else None
        if verb is not None:  # 'Lee hat die Lage erneut betont', 'Am Montag hat Lee betont'
            span = phrases.find_left(scene, verb) if verb > 0 else None
            if self._accept(scene, span):
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
        if at < len(scene.words) and scene.is_break(at - 1):
            return self._over_apposition(scene, at) if phrases.is_comma(scene, at - 1) else None
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
        if at - first > DEFAULTS.phrase or not self._opens_source(scene, cue, first):
            return None
        return scene.words[first + 1].start, scene.words[at - 1].end

    def _over_apposition(self, scene: Scene, close: int) -> Span | None:
        """'Ann Lee, the mayor, said': the name before the comma that opens the apposition."""
        for at in range(close - 1, max(0, close - DEFAULTS.apposition) - 1, -1):
            if not scene.is_break(at - 1) or at == 0:
                continue
            if not self._phrases.is_comma(scene, at - 1):
                return None
            span = self._phrases.find_left(scene, at)
            if span and self._phrases.find_name(*span) and self._opens_clause(scene, span[0]):
                return span
        return None

    def _opens_clause(self, scene: Scene, place: int) -> bool:
        at = scene.word_at(place)
        return at == 0 or scene.is_break(at - 1) or self._phrases.is_join(scene, at - 1)

    def _right(self, scene: Scene, cue: Cue) -> Span | None:
        words, phrases = scene.words, self._phrases
        at = scene.word_at(cue.end)
        limit = scene.word_at(cue.tail) if cue.tail > cue.end else len(words)
        passed = 0
        while at < len(words) and phrases.is_light(scene, at) and passed < DEFAULTS.reach:
            if scene.is_break(at - 1):
                return None
            at += 1
            passed += 1
        if at >= limit or scene.is_break(at - 1) or phrases.has_marks_between(scene, at - 1):
            return None
        if words[at].form in phrases.small.prepositions:
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

    def _behind_preposition(self, scene: Scene, cue: Cue, at: int) -> int | None:
        """'сообщили в полиции'; 'a déclaré à l'AFP le maire': what another phrase opens."""
        if self._opens_source(scene, cue, at):
            return at + 1
        stop = at
        while stop < len(scene.words) and stop - at < DEFAULTS.phrase:
            stop += 1
            if scene.is_break(stop - 1) or self._phrases.is_join(scene, stop - 1):
                break
        return self._phrases.find_next(scene, at + 1, stop)

    def _opens_source(self, scene: Scene, cue: Cue, at: int) -> bool:
        """'сообщили в пресс-службе', 'говорится в заявлении': the source stands within."""
        form = _form(scene, cue)
        is_plural = self._phrases.code in ("ru", "uk") and form.endswith(_PLURALS)
        if scene.words[at].form not in self._phrases.small.at or at + 1 >= len(scene.words):
            return False
        return is_plural or form in self._phrases.small.impersonal

    def _accept(self, scene: Scene, span: Span | None) -> Found | None:
        """None for what can't be a speaker: empty, a bare adverb, a preposition's phrase."""
        words = [word for word in scene.words if span and span[0] <= word.start < span[1]]
        if span is None or not words:
            return None
        small, first = self._phrases.small, words[0].form
        is_pronoun = len(words) == 1 and first in self._phrases.pronouns
        has_name = self._phrases.find_name(*span) is not None
        if not is_pronoun and not has_name:
            is_deictic = first in small.deictic and (len(words) == 1 or first not in small.articles)
            is_slavic = self._phrases.code in ("ru", "uk")
            if is_deictic or first in small.prepositions:
                return None
            if is_slavic and first.endswith(_WITH):
                return None
            empty = small.light | small.articles | small.joins
            if all(word.form in empty for word in words) or scene.text[span[0]].isdigit():
                return None
        return Found(span=span, is_pronoun=is_pronoun, has_name=has_name)


def _form(scene: Scene, cue: Cue) -> str:
    return scene.text[cue.start : cue.end].lower().replace("ё", "е")
