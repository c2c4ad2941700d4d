"""Quotes in marks: whole clauses with a cue beside them, and words within a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tidings.annotators.quotes import shapes
from tidings.annotators.quotes.drafts import Draft, Pattern
from tidings.annotators.quotes.found import Found
from tidings.annotators.quotes.inserted import find_inserted
from tidings.annotators.quotes.phrases import Phrases
from tidings.annotators.quotes.scenes import Scene, Tongue
from tidings.annotators.quotes.speakers import SpeakerFinder
from tidings.annotators.quotes.subjects import SubjectFinder
from tidings.reading.cited import Cue, CueKind
from tidings.reading.quoted import Marked
from tidings.text import STOPS

_PARTED = re.compile(r"[\s,.;—–\-]*")
_SPOKEN = frozenset((CueKind.SAYS, CueKind.THINKS))
_NEAR_COLON = 12  # code points from 'so Lee' to the colon: ' weiter:'
_SOURCES = frozenset((CueKind.ACCORDING, CueKind.TRAILING))


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Our own choice, by bench/quotes.py on the articles for tuning."""

    alone: int = 7  # words of a sentence in marks that nobody is said to have said
    subject: int = 22  # words between a quote and the cue behind its subject
    near: int = 3  # words between a cue and the quote that it opens
    named: int = 6  # words before a colon that are nothing but who speaks


DEFAULTS = Options()


class DirectFinder:
    """Of one article."""

    def __init__(self, tongue: Tongue, phrases: Phrases) -> None:
        self._tongue = tongue
        self._phrases = phrases
        self._finder = SpeakerFinder(phrases)
        self._subjects = SubjectFinder(phrases)

    def find(self, scene: Scene) -> Iterator[Draft]:
        """One sentence's, in order."""
        last: Draft | None = None
        for one in scene.marked:
            if not shapes.measure(scene.text, one) or self._is_titled(scene, one):
                continue
            span = (one.inner, one.stop)
            draft = find_inserted(scene, span, self._finder, self._tongue)
            draft = draft or self._find_one(scene, one)
            is_large = bool(self._phrases.small.bound)
            if draft is None or shapes.is_name(scene, one, draft, nouns_are_large=is_large):
                continue
            if last and _is_split(scene.text, last, draft):
                last = replace(last, parts=(*last.parts, *draft.parts))
                continue
            if last:
                yield last
            last = draft
        if last:
            yield last

    def _is_titled(self, scene: Scene, one: Marked) -> bool:
        at = scene.word_at(one.start) - 1
        if at < 0 or scene.words[at].form not in self._phrases.small.titles:
            return False
        return not scene.text[scene.words[at].end : one.start].strip(" :")

    def lean_back(self, draft: Draft, last: Scene | None) -> Draft:
        """A sentence in marks that the sentence before it announced: 'Lee said:'."""
        if draft.pattern is not Pattern.ALONE or last is None or last.marked:
            return draft
        if not last.text[last.start : last.end].rstrip().endswith(":"):
            first = self._subjects.find_first(last, last.end)
            is_near = "\n" not in last.text[last.end : draft.span[0]]
            if is_near and first and self._subjects.is_name(first):
                return replace(draft, pattern=Pattern.AFTER, speaker=first)
            return draft
        told = [cue for cue in last.cues if cue.kind is CueKind.SAYS]
        found = self._finder.find(last, told[-1], right_first=False) if told else None
        found = found or self._subjects.find_first(last, last.end)
        if found is None:
            return draft
        place = (told[-1].start, told[-1].end) if told else None
        return replace(draft, pattern=Pattern.COLON, cue=place, speaker=found)

    def _find_one(self, scene: Scene, one: Marked) -> Draft | None:
        return (
            self._before_cue(scene, one)
            or self._behind_colon(scene, one)
            or self._behind_cue(scene, one)
            or self._before_subject(scene, one)
            or self._alone(scene, one)
            or self._part(scene, one)
        )

    def _behind_colon(self, scene: Scene, one: Marked) -> Draft | None:
        if not shapes.follows_colon(scene, one):
            return None
        before = [cue for cue in scene.cues if cue.tail <= one.start and cue.kind in _SPOKEN]
        before.sort(key=lambda cue: (cue.kind is CueKind.SAYS, cue.start))
        for cue in reversed(before):
            found = self._finder.find(scene, cue, right_first=False)
            if found:
                return _draft(scene, one, Pattern.COLON, (cue, found))
        sources = [cue for cue in scene.cues if cue.tail <= one.start and cue.kind in _SOURCES]
        for cue in sources[-1:]:
            found = self._finder.find_source(scene, cue)
            if found and ":" in scene.text[found.span[1] : found.span[1] + _NEAR_COLON]:
                return _draft(scene, one, Pattern.COLON, (cue, found))
        if before:
            first = self._subjects.find_first(scene, before[-1].start)
            return _draft(scene, one, Pattern.COLON, (before[-1], first))
        return self._announced(scene, one)

    def _announced(self, scene: Scene, one: Marked) -> Draft | None:
        """'Lee: “…”', 'Lee struck back: “…”', 'Word for word: “…”'."""
        count = sum(word.start < one.start for word in scene.words)
        first = self._subjects.find_first(scene, one.start)
        near = self._subjects.find_nearest(scene, one.start)
        if first and not first.is_pronoun and 0 < count <= DEFAULTS.named:
            return replace(_draft(scene, one, Pattern.NAMED, None), speaker=first)
        is_long = shapes.measure(scene.text, one) >= DEFAULTS.alone
        is_last = not scene.text[one.end : scene.end].strip(" .!?…")
        if not (is_long and is_last and shapes.has_capital(scene.text, one)):
            return None
        only = self._subjects.find_only(scene, one.start) if count > DEFAULTS.near else None
        only = near or only
        pattern = Pattern.ANNOUNCED if only else Pattern.ALONE
        return replace(_draft(scene, one, pattern, None), speaker=only)

    def _before_cue(self, scene: Scene, one: Marked) -> Draft | None:
        """“…,” said Smith: the cue opens what follows, light words aside."""
        first = scene.word_at(one.end)
        cue = next((c for c in scene.cues if c.start >= one.end and c.kind in _SPOKEN), None)
        if cue is None or not _PARTED.fullmatch(scene.text, one.end, scene.words[first].start):
            return None
        at = scene.word_at(cue.start)
        if at - first > DEFAULTS.near or _is_long_between(scene, one.end, cue.start):
            return None
        if not all(self._phrases.is_passed(scene, here) for here in range(first, at)):
            return None
        found = self._subjects.find_pronoun(scene, first, at)
        found = found or self._finder.find(scene, cue, right_first=True)
        if found is not None and found.span[0] < one.start:
            found = None
        if found is None and not self._may_be_silent(scene, cue):
            return None
        pattern = Pattern.BEHIND if _opens_clause(scene, one) else Pattern.PART
        return _draft(scene, one, pattern, (cue, found))

    def _may_be_silent(self, scene: Scene, cue: Cue) -> bool:
        """Whether the cue says of nobody, or of who was named before: 'añadió.'"""
        if self._finder.is_impersonal(scene, cue):
            return True
        return self._finder.is_silent() and cue.kind is CueKind.SAYS

    def _before_subject(self, scene: Scene, one: Marked) -> Draft | None:
        """“…,” Smith said; “…”, so Smith; “…”, selon lui."""
        first = scene.word_at(one.end)
        for cue in scene.cues:
            if cue.start < one.end or cue.kind in (CueKind.THINKS, CueKind.CITING):
                continue
            at = scene.word_at(cue.start)
            is_far = at - first > DEFAULTS.subject or _is_long_between(scene, one.end, cue.start)
            if is_far or not _is_closed(scene, one, first):
                return None
            if cue.kind in _SOURCES:
                found = self._finder.find_source(scene, cue) if at == first else None
            else:
                found = self._finder.find(scene, cue, right_first=False)
                if found and (found.span[0] < one.end or _goes_on(scene, cue, found)):
                    found = None
            pattern = Pattern.SUBJECT if _opens_clause(scene, one) else Pattern.PART
            return _draft(scene, one, pattern, (cue, found)) if found else None
        return None

    def _behind_cue(self, scene: Scene, one: Marked) -> Draft | None:
        """Smith said, “…”"""
        before = [cue for cue in scene.cues if cue.tail <= one.start and cue.kind is CueKind.SAYS]
        if not before or not scene.text[one.inner : one.stop].lstrip(" …")[:1].isupper():
            return None
        cue, last = before[-1], scene.word_at(one.start)
        between = last - scene.word_at(cue.tail)
        has_comma = scene.text[cue.tail : one.start].rstrip().endswith(",")
        if between > (DEFAULTS.subject if has_comma else DEFAULTS.near):
            return None
        if between and scene.words[last - 1].form in self._phrases.that:
            return None
        is_sure = has_comma or shapes.is_clause(scene.text, one)
        if not is_sure or _is_long_between(scene, cue.tail, one.start):
            return None
        found = self._finder.find(scene, cue, right_first=False)
        found = found or self._subjects.find_first(scene, cue.start)
        return _draft(scene, one, Pattern.AHEAD, (cue, found)) if found else None

    def _alone(self, scene: Scene, one: Marked) -> Draft | None:
        """A whole sentence between marks."""
        if scene.words or len(scene.marked) > 1:
            return None
        length = shapes.measure(scene.text, one)
        behind = scene.text[one.end : scene.end].strip()[:1]
        has_stop = shapes.has_stop(scene.text, one) or (behind and behind in STOPS)
        if one.is_open or length >= DEFAULTS.alone or (has_stop and length > 1):
            return _draft(scene, one, Pattern.ALONE, None)
        return None

    def _part(self, scene: Scene, one: Marked) -> Draft | None:
        """Words in marks that a cue before them governs."""
        before = [cue for cue in scene.cues if cue.tail <= one.start]
        cue = next((c for c in reversed(before) if c.kind is not CueKind.CITING), None)
        if cue is None:
            return None
        if cue.kind in _SOURCES:
            found = self._finder.find_source(scene, cue)
        else:
            found = self._finder.find(scene, cue, right_first=False)
            found = found or self._subjects.find_first(scene, cue.start)
        if found is None or found.span[1] > one.start:
            return None
        return _draft(scene, one, Pattern.PART, (cue, found))


def _is_split(text: str, last: Draft, draft: Draft) -> bool:
    """'“…,” said Smith, “…”': what a cue stands within."""
    is_before = last.pattern in (Pattern.BEHIND, Pattern.SUBJECT)
    is_behind = draft.pattern in (Pattern.AHEAD, Pattern.PART)
    if not (is_before and is_behind) or last.cue is None or last.cue != draft.cue:
        return False
    end = max(last.cue[1], last.speaker.span[1] if last.speaker else 0)
    return end < draft.span[0] and not text[end : draft.span[0]].strip(' ,:«„“"\u00a0')


def _opens_clause(scene: Scene, one: Marked) -> bool:
    """Whether the quote stands at a clause's start: behind words of the article's own it is a
    part of what is said, or a title."""
    if not any(word.start < one.start for word in scene.words):
        return True
    before = scene.text[scene.start : one.start].rstrip()
    return before[-1:] in ':.!?…—–»”"' or (
        before[-1:] == "," and scene.text[one.inner : one.stop].lstrip(" …")[:1].isupper()
    )


def _is_closed(scene: Scene, one: Marked, first: int) -> bool:
    """Whether a comma, dash or stop parts the quote from the word ``first`` behind it."""
    gap = scene.text[one.end : scene.words[first].start].strip()
    return gap[:1] in (",", "—", "–", "-") or scene.text[one.stop - 1] in f",{STOPS}"


def _goes_on(scene: Scene, cue: Cue, found: Found) -> bool:
    """Whether the cue opens something else: 'said that', 'said: “…”'."""
    if found.span[0] > cue.start:
        return False
    after = scene.text[cue.tail : cue.tail + 8].lstrip()
    return after.startswith((":", "that ", "dass ", "что ", "що ", "que "))


def _is_long_between(scene: Scene, start: int, end: int) -> bool:
    return any(start <= one.start < end and shapes.is_long(scene.text, one) for one in scene.marked)


def _draft(
    scene: Scene, one: Marked, pattern: Pattern, told: tuple[Cue, Found | None] | None
) -> Draft:
    cue, speaker = told or (None, None)
    span = (one.inner, one.stop)
    return Draft(
        parts=shapes.tidy(scene.text, [span]) or (span,),
        kind=shapes.find_kind(scene.text, one, pattern),
        pattern=pattern,
        cue=(cue.start, cue.end) if cue else None,
        speaker=speaker,
        frame=(scene.start, scene.end),
        is_firm=cue is not None and cue.kind is CueKind.SAYS,
    )
