"""The day that a page's visible text gives to its article: by the headline, or labelled.

Our own, measured by bench/dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain

from lxml import html

from tidings.model import Timestamp, Timing
from tidings.reading.ago import find_agos
from tidings.reading.cues import bare, get_cues
from tidings.reading.dates import Order, Stamp, find_order, find_stamps, is_dateline
from tidings.reading.markup import parse_key
from tidings.reading.printed import Line, Surroundings, printed_lines
from tidings.text import words
from tidings.urls import registrable_domain

BY_HEADLINE, LABELLED, ELSEWHERE = "line by the headline", "labelled line", "line of the page"

_MARKED = re.compile(
    r"publish|posted|pubdate|dateline|byline|timestamp|post-?meta|entry-?meta|article-?meta|"
    r"(?:^|[-_ ]|article|post|entry|news|story|created)"
    r"(?:date|datum|fecha|data|time)(?:$|[-_ A-Z])",
    re.IGNORECASE,
)
_SURE = re.compile(r"date-?published|pub-?date", re.IGNORECASE)
_UPDATING = re.compile(r"modif|updat", re.IGNORECASE)
_DATED = re.compile(
    r"(?:19|20)\d\d|\d{1,2}[./-]\d{1,2}[./-]\d\d|\d{1,2}\s?[^\W\d]|[^\W\d]\s?\d{1,2}"
)
_OPENING = re.compile(r"[^|–—:(]{6,80}(?=\s[|–—(]|:\s)")
_COPYRIGHT = re.compile(r"©|\(c\)|copyright", re.IGNORECASE)
_ELSEWHERE = re.compile(r"\s*(?:https?:)?//", re.IGNORECASE)
LONGEST_DAY = timedelta(hours=50)
_LABEL = 4  # letters; shorter cues ("on", "от") stand in any sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Chosen on the half of the hand-labelled pages of bench/dates whose names come first."""

    before: int = 8  # lines before the headline that may hold its date
    after: int = 14  # lines after it
    longest: int = 160  # code points of a line that says when
    prose: int = 200  # code points of a paragraph: two of them after the headline are the body
    near: int = 5  # lines after the headline where what frames the page may be the article's
    link: int = 12  # code points beside the date of a link that is nothing but a date
    most: int = 4_000  # lines that are looked at
    dated: int = 300  # of them that may hold a date, the nearest to the headline


DEFAULTS = Options()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How the dates of a page are to be read."""

    language: str
    served: datetime | None
    domain: str | None  # the page's own
    order: Order | None = None  # that of the page's dates of one meaning


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dated:
    """A line that may hold a date, with what stands around it."""

    text: str
    pieces: tuple[str, ...]
    marks: tuple[str, ...]
    is_aside: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """A stamp in a line; the least ``rank`` is the surest."""

    stamp: Timestamp
    rank: tuple[int, int]


def find_shown(tree: html.HtmlElement, headline: str, reading: Reading) -> tuple[Timestamp, ...]:
    """At most one published and one modified, with BY_HEADLINE, LABELLED or ELSEWHERE as ground.

    Nothing from comments, related and latest lists, footers, or links to elsewhere. Costs some
    milliseconds, with the length of the page.
    """
    lines = printed_lines(tree, DEFAULTS.most)
    short = " ".join(line.text for line in lines if len(line.text) < 60)
    reading = replace(reading, order=find_order(short))
    at = _place(lines, headline, Surroundings(tree))
    around = Surroundings(tree, None if at is None else lines[at].pieces[0][1])
    places = [place for place, line in enumerate(lines) if _DATED.search(line.text)]
    found = [
        shown
        for place in sorted(places, key=lambda place: abs(place - (at or 0)))[: DEFAULTS.dated]
        if (dated := _surrounded(lines[place], around, reading))
        for shown in _shown(dated, _distance(lines, at, place), reading)
    ]
    best = {
        timing: min((one for one in found if one.stamp.timing is timing), key=_rank, default=None)
        for timing in Timing
    }
    return tuple(one.stamp for one in best.values() if one)


def _rank(shown: _Shown) -> tuple[int, int]:
    return shown.rank


def _distance(lines: Sequence[Line], at: int | None, place: int) -> int | None:
    """Lines from the headline, less than 0 before it; None where the body lies between."""
    if at is None or not -DEFAULTS.before <= place - at <= DEFAULTS.after:
        return None
    prose = sum(len(line.text) > DEFAULTS.prose for line in lines[at + 1 : place])
    if prose > 1:
        return None
    return place - at


def _farness(distance: int | None) -> int:
    """What stands before a headline is rather another's."""
    if distance is None:
        return 99
    return distance if distance >= 0 else -2 * distance


def _surrounded(line: Line, around: Surroundings, reading: Reading) -> _Dated | None:
    """Without what is apart in it, and links but those of its own date; None where all is."""
    contexts = [(text, around.get_context(element)) for text, element in line.pieces]
    kept = [
        (text, context)
        for text, context in contexts
        if not context.is_apart
        and not context.is_silent
        and (context.link is None or _is_own(text, context.link, reading))
    ]
    if not kept:
        return None
    marks = (mark for _, context in kept for mark in context.marks)
    return _Dated(
        text=" ".join(text for text, _ in kept),
        pieces=tuple(text for text, _ in kept),
        marks=tuple(dict.fromkeys(marks)),
        is_aside=all(context.is_aside for _, context in kept),
    )


def _is_own(text: str, link: str, reading: Reading) -> bool:
    """Whether a link is nothing but a date, and leads to no other publisher."""
    is_away = reading.domain is None or registrable_domain(link) != reading.domain
    if _ELSEWHERE.match(link) and is_away:
        return False
    stamps = find_stamps(text, reading.language) if len(text) <= DEFAULTS.longest else []
    dated = sum(stamp.end - stamp.start for stamp in stamps)
    return bool(stamps) and len(text) - dated <= DEFAULTS.link


def _shown(line: _Dated, distance: int | None, reading: Reading) -> Iterator[_Shown]:
    """The dates of a line that is a dateline, or of such pieces of it."""
    is_near = distance is not None and 0 <= distance <= DEFAULTS.near
    if line.is_aside and not is_near and not any(map(_SURE.search, line.marks)):
        return
    is_marked = any(map(_MARKED.search, line.marks))
    for text in _datelines(line, distance, reading):
        stamps = [stamp for stamp in _stamps(text, reading) if stamp.interval.start]
        for place, stamp in enumerate(stamps):
            is_last = place == len(stamps) - 1
            is_update = stamp.is_update or (is_last and _is_updating(line, len(stamps)))
            is_labelled = _is_labelled(text[: stamp.start])
            is_clock = _is_clock(stamp, distance, reading.served) and not is_labelled
            if not is_clock and (is_labelled or is_marked or distance is not None):
                yield _rated(text, stamp, distance, (is_update, is_labelled, is_marked))


def _is_clock(stamp: Stamp, distance: int | None, served: datetime | None) -> bool:
    """Whether it says the day on which the page was served, above the headline or far from it."""
    start, end = stamp.interval.start, stamp.interval.end
    if not served or not start or not end or (distance is not None and distance >= 0):
        return False
    return start <= served < end


def _datelines(line: _Dated, distance: int | None, reading: Reading) -> Iterator[str]:
    """The line, else its pieces, else the opening of a paragraph that follows the headline."""
    if _is_telling(line.text, reading):
        yield line.text
        return
    found = [text for text in line.pieces if _is_telling(text, reading)]
    opening = _OPENING.match(line.text) if distance is not None and not found else None
    if opening and is_dateline(opening[0]):
        found = [opening[0]]
    yield from found


def _is_telling(text: str, reading: Reading) -> bool:
    if len(text) > DEFAULTS.longest or _COPYRIGHT.search(text):
        return False
    return is_dateline(text) or bool(reading.served and find_agos(text, reading.served))


def _rated(text: str, stamp: Stamp, distance: int | None, signs: tuple[bool, bool, bool]) -> _Shown:
    is_update, is_labelled, is_marked = signs
    if is_labelled:
        group, ground = 0, LABELLED
    elif distance is not None:
        group, ground = (1 if is_marked else 2), BY_HEADLINE
    else:
        group, ground = 3, ELSEWHERE
    timing = Timing.MODIFIED if is_update else Timing.PUBLISHED
    printed = " ".join(text.split())
    reason = f"{ground} {printed[:80]!r}{stamp.interval.reason.removeprefix('dateline')}"
    told = Timestamp(
        timing=timing,
        ground=ground,
        printed=printed,
        interval=replace(stamp.interval, reason=reason),
        zone=stamp.zone,
    )
    return _Shown(stamp=told, rank=(group, _farness(distance)))


def _stamps(text: str, reading: Reading) -> list[Stamp]:
    stamps = find_stamps(text, reading.language, reading.order)
    if reading.served is None:
        return stamps
    if not stamps:
        return find_agos(text, reading.served)
    if reading.order is None and not _are_past(stamps, reading.served):
        orders = [find_stamps(text, reading.language, order) for order in Order]
        past = [found for found in orders if _are_past(found, reading.served)]
        return past[0] if len(past) == 1 else stamps
    return stamps


def _are_past(stamps: Sequence[Stamp], served: datetime) -> bool:
    """Whether no reading of them begins after the page was served, in the last zone that may be."""
    ends = [stamp.interval.end for stamp in stamps]
    return all(end is None or end <= served + LONGEST_DAY for end in ends)


def _is_updating(line: _Dated, stamps: int) -> bool:
    """By its innermost mark: some write both marks on the one date that they have."""
    mark = "".join(line.marks[-1:])
    return bool(_UPDATING.search(mark)) and (stamps > 1 or not _MARKED.search(mark))


def _is_labelled(before: str) -> bool:
    published = get_cues().published
    found = [bare(before[a:b]) for a, b in words(before)][-4:]
    runs = (" ".join(found[at:end]) for at in range(len(found)) for end in range(at + 1, 5))
    return any(len(run) >= _LABEL and run in published for run in runs)


def _place(lines: Sequence[Line], headline: str, around: Surroundings) -> int | None:
    """Of the headline: where it is an h1, else where its text stands, else the first h1."""
    key = parse_key(headline)
    least, most = len(headline) // 2, 2 * len(headline) + 20
    same = [
        at
        for at, line in enumerate(lines)
        if key and least <= len(line.text) <= most and key == parse_key(line.text)
    ]
    titles = [at for at, line in enumerate(lines) if line.is_title]
    both = [at for at in same if lines[at].is_title]
    unlinked = (at for at in same if around.get_context(lines[at].pieces[0][1]).link is None)
    apart = (at for at in titles if not around.get_context(lines[at].pieces[0][1]).is_apart)
    return next(chain(both, unlinked, apart), None)
