"""A cue between dashes inside of what is said: «…, — сказал он. — …», '— …, dit-il. — …'."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tidings.annotators.quotes.drafts import Draft, Pattern
from tidings.annotators.quotes.found import Found
from tidings.annotators.quotes.scenes import Scene, Span, Tongue
from tidings.annotators.quotes.shapes import tidy
from tidings.annotators.quotes.speakers import SpeakerFinder
from tidings.model import QuoteKind
from tidings.reading.cited import Cue, CueKind, find_cues, split_words

_INSERT = re.compile(
    r"(?<=[,.!?…»”])\s*(?:[—–]|--?(?=\s))\s*(?=[^\W\d_])|\s[-–—](?=[^\W\d_])"
    r"|,\s(?=[^\W\d_][\w' ’]{1,25}-(?:t-)?(?:il|elle|ils|elles|on)\b)"
)
_RESUMES = re.compile(r"[,.;:]?\s*[—–-]{1,2}\s+")
_ENDS = re.compile(r"[.,;:]?\s+[—–-]{1,2}\s|[-–—](?=[.,;:]?\s)|[.!?…](?=\s|$)|[,.]?\s*$")
_PAUSE = re.compile(r"[,.;:!?…]\s*|$")
_DASH = re.compile(r"[—–―-]{1,2}\s*(?=[^\s\d])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Our own choice, by bench/quotes.py on the articles for tuning."""

    before: int = 3  # words between the dash and the cue
    most: int = 60  # code points between them
    thought: int = 40  # code points behind a verb of thinking: more than who thinks so


DEFAULTS = Options()


def find_inserted(scene: Scene, span: Span, finder: SpeakerFinder, tongue: Tongue) -> Draft | None:
    """Where a cue stands between dashes in ``span``, or behind its last one."""
    text = scene.text
    parts: list[Span] = []
    told: tuple[Cue, Found | None] | None = None
    at, stop = span
    for match in _INSERT.finditer(text, *span):
        if match.start() < at:
            continue
        is_comma = text[match.start()] == ","
        ends = _PAUSE if is_comma else _ENDS
        frame = _read_frame(scene, (match.end(), stop), ends, tongue)
        if frame is None:
            continue
        parts.append((at, match.start()))
        told = told or (frame.cues[0], finder.find(frame, frame.cues[0], right_first=True))
        resumes = (_PAUSE if is_comma else _RESUMES).match(text, frame.end, stop)
        at = resumes.end() if resumes else stop
    kept = tidy(text, [*parts, (at, stop)])
    if told is None or not kept:
        return None
    cue, speaker = told
    return Draft(
        parts=kept,
        kind=QuoteKind.DIRECT,
        pattern=Pattern.WITHIN,
        cue=(cue.start, cue.end),
        speaker=speaker,
        frame=(scene.start, scene.end),
    )


def find_spoken_line(text: str, span: Span, finder: SpeakerFinder, tongue: Tongue) -> Draft | None:
    """A paragraph that a dash opens, with a cue behind another dash."""
    opening = _DASH.match(text, *span)
    if opening is None:
        return None
    scene = Scene(
        text=text, start=span[0], end=span[1], marked=(), words=(), cues=(), is_first=True
    )
    return find_inserted(scene, (opening.end(), span[1]), finder, tongue)


def _read_frame(scene: Scene, span: Span, ends: re.Pattern[str], tongue: Tongue) -> Scene | None:
    """The words from a dash to the next one or to the stop, where they open with a cue."""
    start, stop = span
    text = scene.text
    if not text[start].islower():
        return None
    end = ends.search(text, start, stop)
    limit = end.start() if end else stop
    words = tuple(split_words(text, start, limit))
    spoken = (CueKind.SAYS, CueKind.THINKS)
    cues = tuple(cue for cue in find_cues(text, words, tongue.lexicon) if cue.kind in spoken)
    if not cues or cues[0].start - start > DEFAULTS.most:
        return None
    if cues[0].kind is CueKind.THINKS and limit - cues[0].tail > DEFAULTS.thought:
        return None
    if sum(word.start < cues[0].start for word in words) > DEFAULTS.before:
        return None
    return Scene(
        text=text, start=start, end=limit, marked=(), words=words, cues=cues, is_first=False
    )
