"""The judge of lines: which paragraphs of a page are its text and which stand around it.

A walk of two states, text and clutter, over the lines in order: each line speaks for one of them
by its length, ending and shape, each change of state costs, and labels ("Read also") pay for it.
Lines that are the same everywhere (rights, credits, reading times) have their role whatever stands
around them. Our own, measured by bench/clutter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tidings.model import Role
from tidings.reading.lines import Line, has_domain, is_byline, unmarked
from tidings.text import CLOSERS

LISTS = (Role.RELATED, Role.LATEST)
_SECTIONS = (*LISTS, Role.SOURCE_LIST)
_TIMED = re.compile(r"[\[(]?\d{1,2}[:.]\d\d\b")
_FULL = ".。।۔"  # stops that no headline ends in


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Votes and costs as log-odds of a line being text. Tuned on the tuning half of
    bench/clutter, guarded by its other half."""

    paragraph: float = 3.0  # ends in a full stop and is as long as a paragraph
    sentence: float = 1.8  # ends in a full stop
    long: float = 3.5  # long, however it ends
    goes_on: float = 1.0  # ends in a comma, colon or semicolon, or starts small
    asks: float = 0.2  # ends in a question mark or the like: a sentence or a headline
    headline: float = -1.2  # looks like the headline of another article
    scrap: float = -0.8  # short, and ends in nothing
    timed: float = -2.0  # a time of day stands before it
    announced: float = 0.3  # in a list that a line of the text with a colon announces
    into: float = 2.6  # cost of a list that no label opens
    out: float = 1.5  # cost of the text going on after a list
    mostly: float = 0.5  # of the signs that follow, in paragraphs; below it ``out`` is higher
    out_late: float = 5.0
    box: int = 4  # lines from a label on within which ``out`` is not higher


DEFAULTS = Options()


def judge_lines(lines: Sequence[Line]) -> list[Role]:
    """Roles of the lines from the first of the text on."""
    states = _walk(lines)
    roles: list[Role] = []
    section = Role.RELATED
    for line, is_text in zip(lines, states, strict=True):
        if line.label:
            section = line.label if line.label in _SECTIONS else section
            roles.append(line.label)
        elif line.fixed:
            roles.append(_place(line, section, is_text=is_text))
        elif is_byline(line.text):
            roles.append(Role.BYLINE)
        elif is_text:
            section = Role.RELATED
            roles.append(Role.BODY)
        else:
            roles.append(_in_list(line, section))
    return roles


def _in_list(line: Line, section: Role) -> Role:
    if has_domain(line.text) and not line.is_ended:
        return Role.SOURCE_LIST if section is Role.SOURCE_LIST else Role.FOOTER
    if _TIMED.match(line.text) and section is not Role.RELATED:
        return Role.LATEST
    if section is Role.SOURCE_LIST:
        return Role.RELATED if line.is_listed and line.words >= 6 else section
    return section if line.words >= 3 else Role.FOOTER


def _place(line: Line, section: Role, *, is_text: bool) -> Role:
    """What a line with a role of its own is inside a list."""
    own = line.fixed or section
    inside = not is_text and section in LISTS
    return section if inside and own in (Role.DATELINE, Role.READING_TIME, Role.CAPTION) else own


def _vote(line: Line) -> float:
    """How much a line by itself speaks for being text."""
    end = line.text.rstrip(CLOSERS + " ")[-1:]
    start = unmarked(line.text)
    if _TIMED.match(line.text) and end not in _FULL:
        return DEFAULTS.timed
    if line.is_prose:
        return DEFAULTS.long if line.size >= 200 else DEFAULTS.paragraph
    if line.is_ended:
        return DEFAULTS.sentence if end in _FULL else DEFAULTS.asks
    if end in ",;:：،" or start[:1].islower():
        return DEFAULTS.goes_on
    return DEFAULTS.headline if line.is_listed else DEFAULTS.scrap


def _walk(lines: Sequence[Line]) -> list[bool]:
    """Viterbi over two states; a line with a role of its own votes for neither."""
    shares = _prose_shares(lines)
    announced = _announced(lines)
    text, other = 0.0, -DEFAULTS.into
    back: list[tuple[bool, bool]] = []  # for text and for clutter: whether the line before is text
    opens, label = 0.0, -99
    for at, line in enumerate(lines):
        value = 0.0 if line.label or line.fixed else _vote(line)
        value = max(value, DEFAULTS.announced) if announced[at] else value
        near = at - label <= DEFAULTS.box
        out = DEFAULTS.out if near or shares[at] > DEFAULTS.mostly else DEFAULTS.out_late
        into = 0.0 if opens else DEFAULTS.into
        if line.label in _SECTIONS:
            opens, value, into, label = 1.0, -1.0, 0.0, at
        elif not line.fixed and not line.label:
            opens = 0.0
        from_text = text >= other - out
        to_other = text - into > other
        text, other = max(text, other - out) + value, max(other, text - into) - value
        back.append((from_text, to_other))
    states: list[bool] = []
    state = text >= other
    for for_text, for_other in reversed(back):
        states.append(state)
        state = for_text if state else for_other
    return states[::-1]


def _announced(lines: Sequence[Line]) -> list[bool]:
    """Whether a line is in a list of the text itself: "These are the towns:"."""
    found: list[bool] = []
    is_open = False
    for line in lines:
        plain = not line.label and not line.fixed
        found.append(is_open and plain)
        if plain and line.text[-1:] in ":：" and (line.words > 5 or line.is_prose):
            is_open = True
        elif not plain or line.is_prose:
            is_open = False
    return found


def _prose_shares(lines: Sequence[Line]) -> list[float]:
    """For each line, of the signs from it to the end, those in paragraphs of prose."""
    shares: list[float] = []
    total = prose = 0
    for line in reversed(lines):
        total += line.size
        prose += line.size * line.is_prose
        shares.append(prose / max(1, total))
    return shares[::-1]
