"""Quotes in marks: whole clauses with a cue beside them, and words within a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tidings.annotators.quotes.drafts import Draft, Pattern
from tidings.annotators.quotes.scenes import Scene, Span, Tongue
from tidings.annotators.quotes.speakers import Found, SpeakerFinder
from tidings.model import QuoteKind
from tidings.reading.cited import Cue, CueKind, find_cues, split_words
from tidings.reading.quoted import Marked
from tidings.text import STOPS, is_dense

_TRIM = " \t\n\u00a0,;"
_PARTED = re.compile(r"[\s,.;—–\-]*")
_INSERT = re.compile(r"(?<=[,.!?…»”])\s+[—–-]{1,2}\s*(?=[^\W\d_])")
_RESUMES = re.compile(r"[,.;:]?\s*[—–-]{1,2}\s+")
_SPOKEN = frozenset((CueKind.SAYS, CueKind.THINKS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Our own choice, by bench/quotes.py on the articles for tuning."""

    words: int = 3  # of a clause; what is shorter needs a comma, a stop or a dash beside it
    name: int = 5  # words in marks with a capital and no stop, up to which it may be a title
    alone: int = 7  # words of a sentence that nobody is said to have said
    subject: int = 22  # words between a quote and the cue behind its subject
    near: int = 3  # words between a cue and the quote that it opens
    most: int = 60  # code points between a dash inside marks and the cue


DEFAULTS = Options()


def find_direct(scene: Scene, finder: SpeakerFinder, tongue: Tongue) -> Iterator[Draft]:
    """Of one sentence, in order."""
    for one in scene.marked:
        draft = find_inserted(scene, one, finder, tongue) or _find_one(scene, one, finder)
        if draft:
            yield draft


def find_inserted(scene: Scene, one: Marked, finder: SpeakerFinder, tongue: Tongue) -> Draft | None:
    """«…, — сказал он. — …» in one pair of marks."""
    text = scene.text
    parts: list[Span] = []
    told: tuple[Cue, Found | None] | None = None
    at = one.inner
    for match in _INSERT.finditer(text, one.inner, one.stop):
        if match.start() < at:
            continue
        frame = _read_frame(scene, (match.end(), one.stop), tongue)
        if frame is None:
            continue
        parts.append((at, match.start()))
        found = finder.find(frame, frame.cues[0], right_first=True)
        told = told or (frame.cues[0], found)
        resumes = _RESUMES.match(text, frame.end)
        at = resumes.end() if resumes else one.stop
    if told is None:
        return None
    cue, speaker = told
    kept = _tidied(text, [*parts, (at, one.stop)])
    if not kept:
        return None
    return Draft(
        parts=kept,
        kind=QuoteKind.DIRECT,
        pattern=Pattern.WITHIN,
        cue=(cue.start, cue.end),
        speaker=speaker,
        frame=(scene.start, scene.end),
    )


def _read_frame(scene: Scene, span: Span, tongue: Tongue) -> Scene | None:
    """The words from a dash to the next one or to the stop, where they open with a cue."""
    start, stop = span
    text = scene.text
    end = re.compile(r"[.,;:]?\s+[—–-]{1,2}\s|[.!?…](?=\s|$)|[,.]?\s*$").search(text, start, stop)
    limit = end.start() if end else stop
    words = tuple(split_words(text, start, limit))
    cues = tuple(cue for cue in find_cues(text, words, tongue.lexicon) if cue.kind in _SPOKEN)
    if not cues or cues[0].start - start > DEFAULTS.most or not text[start].islower():
        return None
    if sum(word.start < cues[0].start for word in words) > DEFAULTS.near:
        return None
    return Scene(
        text=text, start=start, end=limit, marked=(), words=words, cues=cues, is_first=False
    )


def _find_one(scene: Scene, one: Marked, finder: SpeakerFinder) -> Draft | None:
    length = _measure(scene, one)
    if length == 0:
        return None
    draft = (
        _behind_colon(scene, one, finder)
        or _before_cue(scene, one, finder)
        or _behind_cue(scene, one, finder)
        or _before_subject(scene, one, finder)
        or _alone(scene, one)
        or _part(scene, one, finder)
    )
    return draft if draft and not _is_title(scene, one, draft) else None


def _measure(scene: Scene, one: Marked) -> int:
    """Words between the marks; of a script without spaces, signs by two."""
    inside = scene.text[one.inner : one.stop]
    return len(inside) // 2 if is_dense(inside) else len(split_words(inside))


def _is_title(scene: Scene, one: Marked, draft: Draft) -> bool:
    """The name of a firm, a work, a street: short, with a capital, and nothing that a clause
    has."""
    length = _measure(scene, one)
    if length > DEFAULTS.name or draft.pattern is Pattern.WITHIN:
        return False
    inside = scene.text[one.inner : one.stop].strip()
    has_stop = inside[-1:] in STOPS or inside[-1:] == ","
    after = scene.text[one.end : one.end + 3].strip()[:1]
    is_parted = has_stop or after in (",", "—", "–", "-") or _follows_colon(scene, one)
    if draft.pattern is Pattern.PART:
        return inside[:1].isupper() or inside[:1].isdigit() or length < 2
    if is_parted and length >= DEFAULTS.words:
        return _is_capitalised(scene, one)
    if draft.pattern is Pattern.COLON:
        return length < 2 and not has_stop
    return not (has_stop or (is_parted and length >= 2))


def _is_capitalised(scene: Scene, one: Marked) -> bool:
    words = split_words(scene.text[one.inner : one.stop])
    long = [word for word in words if word.end - word.start > 3]
    capital = [word for word in long if scene.text[one.inner + word.start].isupper()]
    return len(long) > 1 and len(capital) == len(long)


def _follows_colon(scene: Scene, one: Marked) -> bool:
    return scene.text[scene.start : one.start].rstrip().endswith(":")


def _behind_colon(scene: Scene, one: Marked, finder: SpeakerFinder) -> Draft | None:
    if not _follows_colon(scene, one):
        return None
    before = [cue for cue in scene.cues if cue.tail <= one.start and cue.kind in _SPOKEN]
    if before:
        for cue in reversed(before):
            found = finder.find(scene, cue, right_first=False)
            if found:
                return _draft(scene, one, Pattern.COLON, (cue, found))
        found = finder.find_first(scene, before[-1].start)
        return _draft(scene, one, Pattern.COLON, (before[-1], found))
    found = finder.find_first(scene, one.start)
    words = [word for word in scene.words if word.start < one.start]
    is_short = found is not None and 0 < len(words) <= DEFAULTS.near + 3
    if is_short and found and not found.is_pronoun:
        return replace(_draft(scene, one, Pattern.NAMED, None), speaker=found)
    return None


def _before_cue(scene: Scene, one: Marked, finder: SpeakerFinder) -> Draft | None:
    """“…,” said Smith: the cue opens what follows, light words aside."""
    first = scene.word_at(one.end)
    for cue in scene.cues:
        if cue.start < one.end or cue.kind not in _SPOKEN:
            continue
        at = scene.word_at(cue.start)
        if at - first > DEFAULTS.near or _is_marked_between(scene, one.end, cue.start):
            return None
        if not all(finder.is_passed(scene, here) for here in range(first, at)):
            return None
        if not _PARTED.fullmatch(scene.text, one.end, scene.words[first].start):
            return None
        found = finder.find(scene, cue, right_first=True)
        if found is None and not finder.is_impersonal(scene, cue):
            return None
        return _draft(scene, one, Pattern.BEHIND, (cue, found))
    return None


def _before_subject(scene: Scene, one: Marked, finder: SpeakerFinder) -> Draft | None:
    """“…,” Smith said; “…”, so Smith; “…”, selon lui."""
    first = scene.word_at(one.end)
    for cue in scene.cues:
        if cue.start < one.end or cue.kind in (CueKind.THINKS, CueKind.CITING):
            continue
        at = scene.word_at(cue.start)
        is_far = at - first > DEFAULTS.subject or _is_marked_between(scene, one.end, cue.start)
        if is_far or not _is_closed(scene, one, first):
            return None
        if cue.kind is not CueKind.SAYS:
            found = finder.find_source(scene, cue) if at == first else None
        else:
            found = finder.find(scene, cue, right_first=False)
            if found and (found.span[0] < one.end or _goes_on(scene, cue, found)):
                found = None
        return _draft(scene, one, Pattern.SUBJECT, (cue, found)) if found else None
    return None


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


def _behind_cue(scene: Scene, one: Marked, finder: SpeakerFinder) -> Draft | None:
    """Smith said, “…”"""
    before = [cue for cue in scene.cues if cue.tail <= one.start and cue.kind is CueKind.SAYS]
    if not before:
        return None
    cue = before[-1]
    inside = scene.text[one.inner : one.stop].lstrip(" …")
    last = scene.word_at(one.start)
    between = last - scene.word_at(cue.tail)
    has_comma = scene.text[cue.tail : one.start].rstrip().endswith(",")
    is_near = between <= (DEFAULTS.subject if has_comma else DEFAULTS.near)
    if not (inside[:1].isupper() and is_near) or _is_marked_between(scene, cue.tail, one.start):
        return None
    if between and scene.words[last - 1].form in finder.that:
        return None
    if not has_comma and not _is_clause(scene, one):
        return None
    found = finder.find(scene, cue, right_first=False) or finder.find_first(scene, cue.start)
    return _draft(scene, one, Pattern.AHEAD, (cue, found)) if found else None


def _is_clause(scene: Scene, one: Marked) -> bool:
    inside = scene.text[one.inner : one.stop].strip()
    return _measure(scene, one) > DEFAULTS.name or inside[-1:] in STOPS


def _alone(scene: Scene, one: Marked) -> Draft | None:
    """A whole sentence between marks."""
    if scene.words or len(scene.marked) > 1 or scene.cues:
        return None
    if one.is_open or _measure(scene, one) >= DEFAULTS.alone:
        return _draft(scene, one, Pattern.ALONE, None)
    inside = scene.text[one.inner : one.stop].strip()
    has_stop = inside[-1:] in STOPS or scene.text[one.end : scene.end].strip()[:1] in STOPS
    if has_stop and _measure(scene, one) >= 2:
        return _draft(scene, one, Pattern.ALONE, None)
    return None


def lean_back(draft: Draft, last: Scene | None, finder: SpeakerFinder) -> Draft:
    """A sentence in marks that the sentence before it announced: 'Lee said:', 'Lee was firm.'"""
    if draft.pattern is not Pattern.ALONE or last is None or last.marked:
        return draft
    told = [cue for cue in last.cues if cue.kind is CueKind.SAYS]
    has_colon = last.text[last.start : last.end].rstrip().endswith(":")
    if not has_colon:
        return draft
    cue = told[-1] if told else None
    found = finder.find(last, cue, right_first=False) if cue else None
    found = found or finder.find_first(last, last.end)
    if found is None:
        return draft
    place = (cue.start, cue.end) if cue else None
    return replace(draft, pattern=Pattern.COLON, cue=place, speaker=found)


def _part(scene: Scene, one: Marked, finder: SpeakerFinder) -> Draft | None:
    """Words in marks that a cue before them, or at the sentence's end, governs."""
    before = [cue for cue in scene.cues if cue.tail <= one.start]
    cue = next((c for c in reversed(before) if c.kind is not CueKind.CITING), None)
    if cue is None:
        return None
    if cue.kind in (CueKind.ACCORDING, CueKind.TRAILING):
        found = finder.find_source(scene, cue)
    else:
        found = finder.find(scene, cue, right_first=False) or finder.find_first(scene, cue.start)
    if found is None or found.span[1] > one.start:
        return None
    return _draft(scene, one, Pattern.PART, (cue, found))


def _is_marked_between(scene: Scene, start: int, end: int) -> bool:
    return any(
        start <= one.start < end and _measure(scene, one) > DEFAULTS.name for one in scene.marked
    )


def _draft(
    scene: Scene, one: Marked, pattern: Pattern, told: tuple[Cue, Found | None] | None
) -> Draft:
    cue, speaker = told or (None, None)
    inside = scene.text[one.inner : one.stop]
    is_part = pattern is Pattern.PART or inside.lstrip(" …([")[:1].islower()
    return Draft(
        parts=_tidied(scene.text, [(one.inner, one.stop)]) or ((one.inner, one.stop),),
        kind=QuoteKind.PARTIAL if is_part else QuoteKind.DIRECT,
        pattern=pattern,
        cue=(cue.start, cue.end) if cue else None,
        speaker=speaker,
        frame=(scene.start, scene.end),
    )


def _tidied(text: str, spans: list[Span]) -> tuple[Span, ...]:
    """Without the space and commas at their ends; empty ones left out."""
    kept = []
    for start, end in spans:
        first, last = start, end
        while first < last and text[first] in _TRIM:
            first += 1
        while last > first and text[last - 1] in _TRIM:
            last -= 1
        if first < last:
            kept.append((first, last))
    return tuple(kept)
