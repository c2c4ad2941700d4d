"""Reported speech that its cue follows: '…, said Smith', 'Об этом сообщил Смит'."""

from __future__ import annotations

from dataclasses import dataclass

from tidings.annotators.quotes.drafts import Draft, Pattern
from tidings.annotators.quotes.found import Found
from tidings.annotators.quotes.phrases import Phrases
from tidings.annotators.quotes.reports import make_report
from tidings.annotators.quotes.scenes import Scene, Tongue
from tidings.annotators.quotes.speakers import SpeakerFinder
from tidings.reading.cited import Cue, CueKind

_INVERTED = ("fr", "es", "it", "pt")  # there the verb stands before who says it, behind a quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Our own choice, by bench/quotes.py on the articles for tuning."""

    behind: int = 8  # words behind a cue that its subject stands before: when and where
    tail: int = 26  # words of the clause behind what was said


DEFAULTS = Options()


class TailFinder:
    """Of one article."""

    def __init__(self, tongue: Tongue, phrases: Phrases) -> None:
        self._tongue = tongue
        self._phrases = phrases
        self._finder = SpeakerFinder(phrases)

    def find(self, scene: Scene, cue: Cue) -> Draft | None:
        """The cue's clause closes the sentence."""
        at = scene.word_at(cue.start)
        first = at
        while first > 0 and not scene.is_break(first - 1) and at - first < DEFAULTS.tail:
            first -= 1
        if first == 0 or len(scene.words) - first > DEFAULTS.tail:
            return None
        opens = all(self._phrases.is_passed(scene, here) for here in range(first, at))
        found = self._finder.find(scene, cue, right_first=opens)
        if found is None or found.span[0] < scene.words[first].start:
            return None
        if self._is_else(scene, cue, first) or not self._is_own_clause(scene, cue, found):
            return None
        is_tail = self._ends_with if opens else self._ends_behind
        if not is_tail(scene, cue, found):
            return None
        return make_report(
            scene, Pattern.TAIL, (cue, found), [(scene.start, scene.words[first - 1].end)]
        )

    def _is_else(self, scene: Scene, cue: Cue, first: int) -> bool:
        """Whether the clause that opens at the word ``first`` has an object, points back, or
        announces what follows; or another clause opens the sentence."""
        opener = scene.words[0].form
        is_fronted = self._tongue.code in ("de", "en") and opener in (
            self._phrases.small.joins | self._phrases.small.prepositions
        )
        is_announced = scene.text[scene.start : scene.end].rstrip().endswith(":")
        points_back = self._points_back(scene, scene.words[first - 1].end)
        return is_fronted or is_announced or points_back or self._phrases.has_object(scene, cue)

    def _is_own_clause(self, scene: Scene, cue: Cue, found: Found) -> bool:
        """Whether the clause tells of nothing else: ', sagte Lee', ', Lee said', but not ', die
        den Vorwurf bestätigte'."""
        if self._phrases.small.inverts:
            return found.span[0] > cue.start
        first = scene.word_at(found.span[0])
        is_whole = found.span[0] > cue.start or first == 0 or scene.is_break(first - 1)
        return is_whole or self._tongue.code != "en"

    def find_back(self, scene: Scene, last: Scene | None) -> Draft | None:
        """'Об этом сообщила полиция': what was said is the sentence before."""
        if last is None or not scene.cues or not self._points_back(scene, scene.cues[0].start):
            return None
        cue = scene.cues[0]
        found = self._finder.find(scene, cue, right_first=True)
        span = (last.start, last.end)
        told = (cue, found)
        return make_report(scene, Pattern.BACK, told, [span]) if found else None

    def _ends_with(self, scene: Scene, cue: Cue, found: Found) -> bool:
        """Whether ', said Smith' tells no more than who, when and where; 'Smith, who runs it, said
        the rules …' has the comma, too."""
        at = scene.word_at(max(cue.tail, found.span[1]))
        if at < len(scene.words) and not (
            scene.is_break(at - 1)
            or scene.words[at].form in self._phrases.small.prepositions
            or self._phrases.is_time(scene, at)
            or self._phrases.is_join(scene, at)
        ):
            return False
        if self._tongue.code == "en" and at < len(scene.words):
            return False
        return self._tongue.code not in ("en", "de") or not self._finder.closes_aside(scene, cue)

    def _ends_behind(self, scene: Scene, cue: Cue, found: Found) -> bool:
        """Whether ', Smith said' ends there, or goes on with when and where: else what was said
        follows."""
        if found.span[0] > cue.start or cue.kind is not CueKind.SAYS:
            return False
        if self._tongue.code in _INVERTED:
            return False
        at = scene.word_at(cue.tail)
        if len(scene.words) - at > DEFAULTS.behind:
            return False
        if at >= len(scene.words) or scene.is_break(at - 1):
            return True
        return (
            scene.words[at].form in self._phrases.small.prepositions
            or self._phrases.is_passed(scene, at)
            or self._phrases.is_time(scene, at)
        )

    def _points_back(self, scene: Scene, end: int) -> bool:
        """Whether the sentence opens with 'Об этом', 'Das'."""
        pair = "_".join(word.form for word in scene.words[:2] if word.start < end)
        single = pair.partition("_")[0]
        return not self._phrases.small.back.isdisjoint((pair, single))
