"""Reported speech, without marks: 'she said that …', 'according to …', '…, she said'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tidings.annotators.quotes.drafts import Draft, Pattern
from tidings.annotators.quotes.found import Found
from tidings.annotators.quotes.phrases import Phrases
from tidings.annotators.quotes.reports import make_report
from tidings.annotators.quotes.scenes import Scene, Tongue
from tidings.annotators.quotes.speakers import SpeakerFinder
from tidings.annotators.quotes.subjects import SubjectFinder
from tidings.annotators.quotes.tails import TailFinder
from tidings.reading.cited import Cue, CueKind

_SUBJUNCTIVE_LINE = (
    "arbeite bedeute bedürfe beginne behalte bekenne bekomme berichte beruhe besitze besteche "
    "bestehe bestätige betrachte betrage betreffe bewege bleibe brauche bringe diene drohe "
    "dürfe dürfte dürften enthalte entspreche erfolge ergebe erhalte erwarte existiere fahre "
    "fehle finde folge fordere freue fühle führe gebe gefährde gehe gehöre gelinge gelte "
    "gewinne ginge glaube gäbe habe halte handele handle helfe herrsche hoffe hänge hätte "
    "hätten kenne komme koste käme könne könnte könnten lasse laufe lebe lege lehne leide "
    "leiste leite liefere liege mache mangele meine möge müsse müsste müssten nehme nutze plane "
    "reagiere rechne reiche richte schade scheine schließe sehe sei seien seist setze sinke "
    "sitze solle sollte sollten spiele spreche stamme stehe steige stelle sterbe stimme stünde "
    "suche teile trage treffe tue unterliege unterstütze verdiene verfüge verhalte verlange "
    "verletze verliere vermute verstehe verstoße versuche vertraue vertrete vorliege wachse "
    "warte weise werde werfe wirke wisse wolle wollte wollten wäre wären wünsche würde würden "
    "zahle zeige zeuge ziehe zähle übernehme "
)
_SUBJUNCTIVE = re.compile(rf"\b(?:{'|'.join(_SUBJUNCTIVE_LINE.split())})\b")
_INFINITIVE = re.compile(
    r"(?:\bzu [a-zäöüß]+n|\b[a-zäöüß]{2,9}zu[a-zäöüß]+n)(?: (?:wollen|haben|sein|können|müssen))?$"
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|should|may|might|must|did|does|do|"
    r"\w+ed|'s|isn't|aren't|don't|won't|want|wants|need|needs|came|went|took|made|got|saw|knew|"
    r"feel|feels|felt|think|thinks|plan|plans)\b|[’'](?:s|re|ll|d|ve)\b"
)
_OPENS_LINE = (
    "i we he she they it there you the a an his her their its this these those that our my some "
    "many most all any no nobody everyone both more one two three several each another people not "
    "if when"
)
_OPENS_CLAUSE = frozenset(_OPENS_LINE.split())
_SUBJECTS = frozenset(("i", "we", "he", "she", "they", "it", "there"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Our own choice, by bench/quotes.py on the articles for tuning."""

    reach: int = 12  # words from a cue to 'that'
    opening: int = 14  # words from 'as' to its cue


DEFAULTS = Options()
_RELATIVE_THAT = ("fr", "es", "it", "pt", "en")


class ReportFinder:
    """Of one article."""

    def __init__(self, tongue: Tongue, phrases: Phrases) -> None:
        self._tongue = tongue
        self._phrases = phrases
        self._finder = SpeakerFinder(phrases)
        self._subjects = SubjectFinder(phrases)
        self._tails = TailFinder(tongue, phrases)
        self._spoke: Found | None = None  # in the sentence at hand

    def find(self, scene: Scene, used: frozenset[int]) -> Iterator[Draft]:
        """One sentence's; ``used`` are the starts of cues that a direct quote has."""
        last = -1
        self._spoke = None
        for cue in scene.cues:
            if cue.start in used or cue.start < last:
                continue
            draft = self._find_one(scene, cue)
            if draft:
                yield draft
                last = draft.span[1]
                self._spoke = draft.speaker

    def find_back(self, scene: Scene, last: Scene | None) -> Draft | None:
        return self._tails.find_back(scene, last)

    def _find_one(self, scene: Scene, cue: Cue) -> Draft | None:
        if cue.kind in (CueKind.ACCORDING, CueKind.TRAILING):
            return self._by_source(scene, cue)
        if cue.kind is CueKind.CITING:
            return None
        return (
            self._by_as(scene, cue)
            or self._by_that(scene, cue)
            or self._by_colon(scene, cue)
            or self._tails.find(scene, cue)
            or self._by_bare(scene, cue)
        )

    def _by_that(self, scene: Scene, cue: Cue) -> Draft | None:
        words, first = scene.words, scene.word_at(cue.tail)
        for at in range(first, min(len(words), first + DEFAULTS.reach)):
            if words[at].form not in self._tongue.lexicon.that:
                if (
                    at > first
                    and scene.is_break(at - 1)
                    and not self._phrases.is_comma(scene, at - 1)
                ):
                    return None
                continue
            if not self._is_complement(scene, first, at):
                return None
            found = self._finder.find(scene, cue, right_first=False)
            if found and found.span[0] > cue.start and found.span[1] > words[at].start:
                found = None
            found = found or self._spoke or self._subjects.find_first(scene, cue.start)
            return make_report(scene, Pattern.THAT, (cue, found), [(words[at].end, scene.end)])
        return None

    def _is_complement(self, scene: Scene, first: int, at: int) -> bool:
        if self._tongue.code not in _RELATIVE_THAT:
            return at > 0 and "," in scene.gap(at - 1)
        between = scene.words[first:at]
        if any(scene.is_break(here) for here in range(max(first - 1, 0), at)) and between:
            return self._tongue.code == "en" or scene.gap(at - 1).strip() == ","
        if all(
            self._phrases.is_passed(scene, i) or self._phrases.is_time(scene, i)
            for i in range(first, at)
        ):
            return True
        if self._phrases.is_in_name(between[-1].start):
            return True
        small = self._phrases.small  # 'said in a statement that'
        return between[0].form in small.prepositions and between[-1].form not in small.prepositions

    def _by_source(self, scene: Scene, cue: Cue) -> Draft | None:
        found = self._finder.find_source(scene, cue)
        if found is None:
            return None
        start = min(cue.start, found.span[0])
        end = max(cue.tail, found.span[1])
        opens, closes = self._is_opening(scene, start), scene.word_at(end) >= len(scene.words)
        if opens and self._phrases.opens_relative(scene, end):
            return None
        if opens:
            spans = [(end, scene.end)]
        elif closes:
            spans = [(scene.start, start)]
        else:
            spans = [(scene.start, start), (end, scene.end)]
        return make_report(scene, Pattern.SOURCE, (cue, found), spans)

    def _is_opening(self, scene: Scene, start: int) -> bool:
        at = scene.word_at(start)
        return all(self._phrases.is_passed(scene, here) for here in range(at)) and at < 3

    def _by_as(self, scene: Scene, cue: Cue) -> Draft | None:
        at = scene.word_at(cue.start)
        for here in range(at - 1, max(-1, at - 1 - DEFAULTS.opening), -1):
            word = scene.words[here]
            if word.form in self._tongue.lexicon.as_ and (here == 0 or scene.is_break(here - 1)):
                break
            if word.form in self._tongue.lexicon.that:
                return None
        else:
            return None
        found = self._finder.find(scene, cue, right_first=False)
        if found is None or found.span[0] < scene.words[here].start:
            return None
        end = self._segment_end(scene, max(cue.tail, found.span[1]))
        start = scene.words[here].start
        rest = [(scene.start, start), (end, scene.end)]
        return make_report(scene, Pattern.AS, (cue, found), rest)

    def _segment_end(self, scene: Scene, place: int) -> int:
        at = scene.word_at(place)
        while at < len(scene.words) and not scene.is_break(at - 1):
            at += 1
        return scene.words[at].start if at < len(scene.words) else scene.end

    def _by_colon(self, scene: Scene, cue: Cue) -> Draft | None:
        match = re.compile(r"[^.!?«„“\"]{0,60}?:\s+(?=[^\s«„“\"‘'])").match(
            scene.text, cue.tail, scene.end
        )
        if match is None or cue.kind is not CueKind.SAYS:
            return None
        found = self._finder.find(scene, cue, right_first=False)
        if found is None or self._is_in_title(scene, cue, match.end()):
            return None
        return make_report(scene, Pattern.OPEN, (cue, found), [(match.end(), scene.end)])

    def _is_in_title(self, scene: Scene, cue: Cue, end: int) -> bool:
        """Whether a colon is a part of a title: it stands behind a name that is nobody's, and a
        capital follows: 'Ann Lee showed Echoes: The Return'."""
        at = scene.word_at(end) - 1
        word = scene.words[at] if at >= 0 else None
        if word is None or word.start < cue.tail or not scene.text[end].isupper():
            return False
        is_time = self._phrases.is_time(scene, at) or not scene.text[word.start].isupper()
        return not is_time and not self._phrases.is_person(word.start)

    def _by_bare(self, scene: Scene, cue: Cue) -> Draft | None:
        if self._tongue.code == "de":
            return self._by_subjunctive(scene, cue)
        if self._tongue.code != "en":
            return None
        at = scene.word_at(cue.tail)
        if self._phrases.has_object(scene, cue) or at >= len(scene.words) or scene.is_break(at - 1):
            return None
        word = scene.words[at]
        if self._is_noun(scene, cue) or not self._opens_clause(scene, cue, at):
            return None
        found = self._finder.find(scene, cue, right_first=False)
        if found is None or found.span[0] > cue.start:
            found = self._subjects.find_first(scene, cue.start)
        if found is None:
            return None
        return make_report(scene, Pattern.BARE, (cue, found), [(word.start, scene.end)])

    def _is_noun(self, scene: Scene, cue: Cue) -> bool:
        """'many promises she made': a verb's form that is a noun's, behind no subject."""
        at = scene.word_at(cue.start)
        if at == 0 or scene.words[at].form not in self._phrases.small.nouns:
            return False
        before = scene.words[at - 1]
        is_subject = before.form in self._phrases.pronouns or self._phrases.is_in_name(before.start)
        return not is_subject

    def _opens_clause(self, scene: Scene, cue: Cue, at: int) -> bool:
        """Whether a clause without 'that' opens at the word ``at``."""
        word = scene.words[at]
        rest = scene.text[word.start : scene.end]
        opens = word.form in _OPENS_CLAUSE or scene.text[word.start].isupper()
        if not opens or not _FINITE.search(" ".join(rest.split()[1:14])):
            return False
        return self._may_omit_that(scene, cue, word.form)

    def _may_omit_that(self, scene: Scene, cue: Cue, opener: str) -> bool:
        """Behind verbs that mostly have an object a pronoun must open the clause."""
        form = scene.words[scene.word_at(cue.start)].form
        return form not in self._phrases.small.heavy or opener in _SUBJECTS

    def _by_subjunctive(self, scene: Scene, cue: Cue) -> Draft | None:
        comma = scene.text.find(",", cue.tail, scene.end)
        found = self._finder.find(scene, cue, right_first=False)
        if comma < 0 or found is None:
            return None
        if found.span[0] > cue.start:
            comma = scene.text.find(",", found.span[1], scene.end)
        rest = scene.text[comma + 1 : scene.end]
        head = " ".join(rest.split()[:12])
        if comma < 0 or head.partition(" ")[0] in self._phrases.small.adverbial:
            return None
        is_promise = (
            scene.text[cue.start : cue.tail].lower().split()[0] in self._phrases.small.promises
        )
        is_told = is_promise and _INFINITIVE.search(rest.partition(",")[0].rstrip(" ."))
        if not is_told and not _SUBJUNCTIVE.search(head):
            return None
        return make_report(scene, Pattern.BARE, (cue, found), [(comma + 1, scene.end)])
