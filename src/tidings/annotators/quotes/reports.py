"""What is reported, made into a draft."""

from __future__ import annotations

from dataclasses import dataclass

from tidings.annotators.quotes.drafts import Draft, Pattern
from tidings.annotators.quotes.found import Found
from tidings.annotators.quotes.scenes import Scene, Span
from tidings.model import QuoteKind
from tidings.reading.cited import Cue

_EDGES = " \t\n\u00a0,;:.–—-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Our own choice, by bench/quotes.py on the articles for tuning."""

    least: int = 3  # words of what is reported


DEFAULTS = Options()


def make_report(
    scene: Scene,
    pattern: Pattern,
    told: tuple[Cue, Found | None],
    spans: list[Span],
) -> Draft | None:
    """None where too little is left of ``spans`` without the marks and space at their ends."""
    cue, speaker = told
    kept = [bare for span in spans if (bare := bared(scene.text, span))]
    inside = sum(
        one.stop - one.inner > 0 and any(a <= one.start < b for a, b in kept)
        for one in scene.marked
    )
    count = sum(any(a <= word.start < b for a, b in kept) for word in scene.words)
    if not kept or count + 3 * inside < DEFAULTS.least:
        return None
    return Draft(
        parts=tuple(kept),
        kind=QuoteKind.REPORTED,
        pattern=pattern,
        cue=(cue.start, cue.end),
        speaker=speaker,
        frame=(scene.start, scene.end),
    )


def bared(text: str, span: Span) -> Span | None:
    start, end = span
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return (start, end) if start < end else None
