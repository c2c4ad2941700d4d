"""The peeler: a page without markup → its parts, by position, length, endings and cues.

Our own, measured by bench/plain. A page is a head, a body from its first to its last paragraph
of prose, and a tail; labels open sections in each of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tidings.model import Role
from tidings.reading.clutter import LISTS, judge_lines
from tidings.reading.furniture import is_notice
from tidings.reading.lines import Line, describe, has_domain, is_byline
from tidings.reading.wrapping import paragraphs
from tidings.text import fold, words

Part = tuple[Role, str]

_FRAME = Role.FOOTER  # what is neither headline nor text before the text
_FIELD = re.compile(r"([A-Z][\w-]{1,30}):\s+(.+)")
_FIELDS = {"subject": Role.HEADLINE, "date": Role.DATELINE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Chosen on a day of news in 40 languages, guarded by bench/plain."""

    stem: int = 5  # first letters by which the words of headline and body are compared
    later: float = 0.25  # what each earlier candidate takes off a line's share of known words,
    latest: float = 0.5  # and all of them together
    lead: int = 1_500  # code points of the body that the headline is compared with
    standfirst: int = 320  # a standfirst set off by a dateline or byline is not longer


DEFAULTS = Options()


def split_mail(text: str) -> tuple[tuple[Part, ...], str]:
    """A mail's fields (RFC 5322, section 3.6) as parts, and what follows them; none where the
    text is no mail."""
    head, _, rest = text.lstrip().partition("\n\n")
    fields = [_FIELD.match(line) for line in head.split("\n")]
    names = {field[1].lower() for field in fields if field}
    if len(names & {"from", "subject", "date"}) < 2:
        return (), text
    parts: list[Part] = []
    for line, field in zip(head.split("\n"), fields, strict=True):
        role = _FIELDS.get(field[1].lower(), Role.FOOTER) if field else Role.FOOTER
        parts.append((role, field[2] if field and role is Role.HEADLINE else line))
    return tuple(parts), rest


def peel_page(text: str) -> tuple[Part, ...]:
    """The parts in the order of a page that is no mail; nothing is dropped."""
    lines = [describe(each) for each in paragraphs(text)]
    first = _first_prose(lines)
    if first is None:
        return _peel_short(lines)
    roles = _head(lines, first)
    roles += judge_lines(lines[first:])
    _close(lines, roles, first)
    return tuple((role, line.text) for role, line in zip(roles, lines, strict=True))


def _first_prose(lines: Sequence[Line]) -> int | None:
    """The first paragraph of the body: prose, if need be just a sentence."""
    for at, line in enumerate(lines):
        if line.is_prose:
            return at
    for at, line in enumerate(lines):
        if at and line.is_ended and line.words >= 4 and not line.fixed and not line.label:
            return at
    return None


def _peel_short(lines: Sequence[Line]) -> tuple[Part, ...]:
    """A page without a sentence: a headline at best, then lines."""
    roles: list[Role] = []
    for line in lines:
        free = not line.fixed and not line.label
        if free and Role.HEADLINE not in roles and line.words >= 2:
            roles.append(Role.HEADLINE)
        else:
            roles.append(line.label or line.fixed or Role.BODY)
    return tuple((role, line.text) for role, line in zip(roles, lines, strict=True))


def _head(lines: Sequence[Line], first: int) -> list[Role]:
    """The roles of the lines before the body."""
    chosen = _choose_headline(lines, first)
    opened = _first_list(lines, first)
    is_led = False
    roles: list[Role] = []
    for at, line in enumerate(lines[:first]):
        if at == chosen:
            roles.append(Role.HEADLINE)
        elif line.label or line.fixed:
            roles.append(line.label or line.fixed or Role.FOOTER)
        elif is_byline(line.text):
            roles.append(Role.BYLINE)
        elif chosen is None or at < chosen or has_domain(line.text):
            roles.append(Role.LATEST if at > opened else _FRAME)
        elif line.is_ended:
            roles.append(Role.BODY)
        else:
            roles.append(Role.STANDFIRST if line.words >= 5 and not is_led else _FRAME)
            is_led = is_led or line.words >= 5
    return roles


def _first_list(lines: Sequence[Line], first: int) -> int:
    """Where a list before the body opens; ``first`` where none does."""
    return next((at for at in range(first) if lines[at].label in LISTS), first)


def _choose_headline(lines: Sequence[Line], first: int) -> int | None:
    """The line whose words the body takes up, of those with three words; else the longest."""
    free = [
        at
        for at, line in enumerate(lines[:first])
        if not line.label and not line.fixed and not is_byline(line.text)
    ]
    if not free:
        return None
    body = " ".join(line.text for line in lines[first:])[: DEFAULTS.lead]
    known = stems(body)
    telling = [at for at in free if lines[at].words >= 3]
    if not telling:
        return max(free, key=lambda at: (lines[at].size, -at))

    opened = _first_list(lines, first)
    unlisted = sum(at < opened for at in telling)
    before = {at: min(rank, unlisted) for rank, at in enumerate(telling)}

    def score(at: int) -> tuple[float, int]:
        own = stems(lines[at].text)
        shared = len(own & known) / max(4, len(own))
        late = min(DEFAULTS.later * before[at], DEFAULTS.latest)
        return round(shared - 0.3 * lines[at].is_ended - late, 6), -at

    return max(telling, key=score)


def stems(text: str) -> set[str]:
    """Of its words of four letters or more."""
    found = (fold(text[a:b]) for a, b in words(text))
    return {word[: DEFAULTS.stem] for word in found if len(word) >= 4}


def _close(lines: Sequence[Line], roles: list[Role], first: int) -> None:
    """Settle what can be seen only from both sides: a signature or site at the end, the
    standfirst."""
    body = [at for at, role in enumerate(roles) if role is Role.BODY]
    last = max((at for at in body if lines[at].is_prose or lines[at].is_ended), default=first)
    for at in body:
        if at > last and (has_domain(lines[at].text) or is_notice(lines[at].text)):
            roles[at] = Role.FOOTER
    _mark_standfirst(lines, roles, first)


def _mark_standfirst(lines: Sequence[Line], roles: list[Role], first: int) -> None:
    """A short first paragraph that byline, dateline or reading time part from the rest."""
    after = roles[first + 1 : first + 2]
    if Role.HEADLINE in roles[:first] and lines[first].size <= DEFAULTS.standfirst:
        apart = (Role.BYLINE, Role.DATELINE, Role.READING_TIME)
        if after and after[0] in apart and Role.BODY in roles[first + 2 :]:
            roles[first] = Role.STANDFIRST
