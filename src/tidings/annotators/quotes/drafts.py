"""A quote on its way: what was found of it, before anyone knows whom 'she' means."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tidings.annotators.quotes.found import Found
from tidings.annotators.quotes.scenes import Span
from tidings.model import QuoteKind


class Pattern(StrEnum):
    """By what it was told to be a quote; scores are kept by it."""

    COLON = "colon"  # said: “…”
    BEHIND = "behind"  # “…,” said Smith
    SUBJECT = "subject"  # “…,” Smith said
    AHEAD = "ahead"  # Smith said “…”
    NAMED = "named"  # Smith: “…”
    ANNOUNCED = "announced"  # Smith struck back: “…”
    WITHIN = "within"  # “…, said Smith, …” between one pair of marks or dashes
    RUNNING = "running"  # a sentence in marks right behind another one
    AFTER = "after"  # a sentence in marks behind one that reports what somebody said
    ALONE = "alone"  # a sentence in marks, no cue near
    PART = "part"  # some words in marks within what a cue governs
    THAT = "that"  # said that …
    SOURCE = "source"  # according to Smith, …
    AS = "as"  # as Smith said, …
    TAIL = "tail"  # …, Smith said.
    BARE = "bare"  # Smith said they …; sagte, er sei …
    BACK = "back"  # Smith said so: the sentence before
    OPEN = "open"  # said: …, without marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Places are code points of the article's text."""

    parts: tuple[Span, ...]
    kind: QuoteKind
    pattern: Pattern
    cue: Span | None
    speaker: Found | None
    frame: Span  # the sentence around it
    is_firm: bool = True  # its cue is a verb of telling
    is_running: bool = False  # its speaker is that of the quote before

    @property
    def span(self) -> Span:
        return self.parts[0][0], self.parts[-1][1]
