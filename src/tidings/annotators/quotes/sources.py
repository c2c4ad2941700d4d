"""Whose words a phrase for according to gives."""

from __future__ import annotations

from tidings.annotators.quotes.found import Found, accept, find_marked_name, read_form
from tidings.annotators.quotes.phrases import Phrases
from tidings.annotators.quotes.scenes import Scene
from tidings.reading.cited import Cue, CueKind


class SourceFinder:
    """Of one article."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases

    def find(self, scene: Scene, cue: Cue) -> Found | None:
        """Behind 'according to', 'по словам'; for 'по его словам' the pronoun within."""
        own = self._owner_within(scene, cue)
        if own:
            return own
        marked = find_marked_name(self._phrases, scene, cue.tail, cue.tail)
        if marked:
            return marked
        at = scene.word_at(cue.tail)
        if cue.kind is CueKind.TRAILING:
            return self._before_trailing(scene, scene.word_at(cue.start))
        stop = self._phrases.find_source_end(scene, at)
        if stop == at or scene.is_break(at - 1):
            return None
        span = (scene.words[at].start, scene.words[stop - 1].end)
        form = scene.words[at].form
        if stop == at + 1 and form in self._phrases.small.owned | self._phrases.pronouns:
            return Found(span=span, is_pronoun=True, has_name=False)
        found = accept(self._phrases, scene, span)
        return found if found and self._is_sure(scene, cue, found) else None

    def _before_trailing(self, scene: Scene, at: int) -> Found | None:
        """'Angaben der Polizei zufolge', 'ihrer Meinung nach'."""
        if not self._phrases.small.bound:
            return accept(self._phrases, scene, self._phrases.find_left(scene, at))
        first = at - 1
        if first < 0 or scene.is_break(first):
            return None
        word = scene.words[first]
        if word.form in self._phrases.small.owned:
            return Found(span=(word.start, word.end), is_pronoun=True, has_name=False)
        while first > 1 and scene.words[first - 1].form in self._phrases.small.bound:
            first -= 2
        span = (scene.words[first].start, word.end)
        return accept(self._phrases, scene, span) if scene.text[span[0]].isupper() else None

    def _is_sure(self, scene: Scene, cue: Cue, found: Found) -> bool:
        """'so', 'pour', 'para' mean much else: they stand between commas, before a name; behind
        'según' a verb may stand."""
        small, form = self._phrases.small, scene.words[scene.word_at(found.span[0])].form
        is_bare = not found.has_name and scene.text[found.span[0]].islower()
        if small.sources and is_bare and form not in small.articles | small.sources:
            return False
        if read_form(scene, cue) not in self._phrases.small.unsure:
            return True
        opens = scene.is_break(scene.word_at(cue.start) - 1)
        after = scene.word_at(found.span[1])
        while after < len(scene.words) and self._phrases.is_light(scene, after):
            after += 1
        closes = scene.is_break(after - 1)
        is_told = found.has_name or self._phrases.code == "de"
        return opens and closes and is_told

    def _owner_within(self, scene: Scene, cue: Cue) -> Found | None:
        inside = [word for word in scene.words if cue.start <= word.start < cue.end]
        for word in inside:
            if word.form in self._phrases.small.owned and len(inside) > 1:
                return Found(span=(word.start, word.end), is_pronoun=True, has_name=False)
        if len(inside) < 2 or inside[1].form in self._phrases.small.articles:
            return None
        is_itself = len(inside) > 2 and bool(self._phrases.small.selves)
        if is_itself or inside[1].form in self._phrases.small.selves:
            return Found(span=(inside[1].start, cue.end), is_pronoun=False, has_name=False)
        return None
