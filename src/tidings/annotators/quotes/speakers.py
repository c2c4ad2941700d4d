"""Who is said to have said it: the noun phrase that a cue has beside it."""

from __future__ import annotations

from tidings.annotators.quotes.found import Found, accept, find_marked_name, read_form
from tidings.annotators.quotes.phrases import Phrases
from tidings.annotators.quotes.scenes import Scene
from tidings.annotators.quotes.sides import Sides
from tidings.annotators.quotes.sources import SourceFinder
from tidings.reading.cited import Cue

_OBLIQUE = frozenset(("dem", "den", "einem", "einen", "des", "eines", "ihm", "ihn", "ihnen"))


class SpeakerFinder:
    """Of one article."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases
        self._sides = Sides(phrases)
        self._sources = SourceFinder(phrases)

    def find_source(self, scene: Scene, cue: Cue) -> Found | None:
        return self._sources.find(scene, cue)

    def find(self, scene: Scene, cue: Cue, *, right_first: bool) -> Found | None:
        """Right first where the cue follows the quote: '…, said Smith'."""
        is_right = right_first or (
            self._phrases.opens_otherwise(scene, cue)
            and not self._phrases.is_split(scene, cue)
            and not self.is_impersonal(scene, cue)
        )
        sides = (
            [self._sides.find_right, self._sides.find_left]
            if is_right
            else [self._sides.find_left, self._sides.find_right]
        )
        if read_form(scene, cue).endswith(tuple(self._phrases.small.gerunds)):
            sides = [self._sides.find_left]
        for side in sides:
            found = accept(self._phrases, scene, side(scene, cue))
            if found and not self._is_oblique(scene, found):
                return found if is_right else self._prefer_name(scene, cue, found)
        return find_marked_name(self._phrases, scene, cue.start, cue.tail)

    def _prefer_name(self, scene: Scene, cue: Cue, found: Found) -> Found:
        """'Relativierend fügte Lee hinzu': whom the verb has behind it, where before it is no
        more than one word that names nobody."""
        start, end = found.span
        is_word = start == scene.words[0].start and " " not in scene.text[start:end]
        if not self._phrases.small.inverts or not is_word or found.is_pronoun or found.has_name:
            return found
        behind = accept(self._phrases, scene, self._sides.find_right(scene, cue))
        return behind if behind and behind.has_name else found

    def _is_oblique(self, scene: Scene, found: Found) -> bool:
        """'dem Urteil', 'einen Brief': no subject."""
        at = scene.word_at(found.span[0])
        if at > 0 and scene.words[at - 1].form in self._phrases.small.at:  # 'in dem Brief heißt es'
            return False
        return self._phrases.code == "de" and scene.words[at].form in _OBLIQUE

    def is_impersonal(self, scene: Scene, cue: Cue) -> bool:
        """'говорится', 'heißt es': telling without a subject."""
        return read_form(scene, cue).partition(" ")[0] in self._phrases.small.impersonal

    def closes_aside(self, scene: Scene, cue: Cue) -> bool:
        """Whether the comma before the cue ends what is told of a name before it."""
        at = scene.word_at(cue.start)
        return self._sides.over_apposition(scene, at) is not None

    def is_silent(self) -> bool:
        """Whether a verb of this language may stand without a subject."""
        return bool(self._phrases.small.silent)
