"""The day that a page's visible text gives to its article: by the headline, or labelled.

Our own, measured by bench/dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from lxml import html

from tidings.model import Timestamp, Timing
from tidings.reading.ago import find_ago
from tidings.reading.cues import bare, get_cues
from tidings.reading.dates import Order, Stamp, find_order, find_stamps, is_dateline
from tidings.reading.markup import parse_key
from tidings.reading.printed import Line, printed_lines
from tidings.text import words

BY_HEADLINE, LABELLED, ELSEWHERE = "line by the headline", "labelled line", "line of the page"

_MARKED = re.compile(
    r"publish|posted|pubdate|dateline|byline|timestamp|post-?meta|entry-?meta|article-?meta|"
    r"(?:^|[-_ ]|article|post|entry|news|story|created)"
    r"(?:date|datum|fecha|data|time)(?:$|[-_ A-Z])",
    re.IGNORECASE,
)
_UPDATING = re.compile(r"modif|updat", re.IGNORECASE)
_DATED = re.compile(
    r"(?:19|20)\d\d|\d{1,2}[./-]\d{1,2}[./-]\d\d|\d{1,2}\s?[^\W\d]|[^\W\d]\s?\d{1,2}"
)
_OPENING = re.compile(r"[^|–—:(]{6,80}(?=\s[|–—(]|:\s)")
_LABEL = 4  # letters; shorter cues ("on", "от") stand in any sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Chosen on the half of the hand-labelled pages of bench/dates whose names come first."""

    before: int = 8  # lines before the headline that may hold its date
    after: int = 14  # lines after it
    longest: int = 160  # code points of a line that says when
    prose: int = 200  # code points of a paragraph: two of them after the headline are the body
    near: int = 5  # lines after the headline where what frames the page may be the article's
    link: int = 40  # code points of a link that is nothing but a date
    most: int = 4_000  # lines that are looked at


DEFAULTS = Options()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How the dates of a page are to be read."""

    language: str
    order: Order | None
    served: datetime | None


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
    lines = list(printed_lines(tree, DEFAULTS.most))
    order = reading.order or find_order(
        " ".join(line.text for line in lines if len(line.text) < 60)
    )
    reading = replace(reading, order=order)
    at = _place(lines, headline)
    found = [
        shown
        for place, line in enumerate(lines)
        if not line.is_apart and _DATED.search(line.text)
        for shown in _shown(line, _distance(lines, at, place), reading)
    ]
    best = {
        timing: min((one for one in found if one.stamp.timing is timing), key=_rank, default=None)
        for timing in Timing
    }
    return tuple(one.stamp for one in best.values() if one)


def _rank(shown: _Shown) -> tuple[int, int]:
    return shown.rank


def _distance(lines: Sequence[Line], at: int | None, place: int) -> int | None:
    """Lines from the headline, those before it twice; None where the body lies between."""
    if at is None or not -DEFAULTS.before <= place - at <= DEFAULTS.after:
        return None
    prose = sum(len(line.text) > DEFAULTS.prose for line in lines[at + 1 : place])
    if prose > 1:
        return None
    return place - at if place >= at else 2 * (at - place)


def _shown(line: Line, distance: int | None, reading: Reading) -> Iterator[_Shown]:
    """The dates of a line that is a dateline, or of such pieces of it."""
    is_long = line.is_link and len(line.text) > DEFAULTS.link
    if is_long or (line.is_aside and (distance is None or distance > DEFAULTS.near)):
        return
    for text in _datelines(line, distance):
        stamps = [stamp for stamp in _stamps(text, reading) if stamp.interval.start]
        is_marked = _is_marked(line)
        for place, stamp in enumerate(stamps):
            is_last = place == len(stamps) - 1
            is_update = stamp.is_update or (is_last and _is_updating(line, len(stamps)))
            is_labelled = _is_labelled(text[: stamp.start])
            if is_labelled or is_marked or distance is not None:
                yield _rated(text, stamp, distance, (is_update, is_labelled, is_marked))


def _datelines(line: Line, distance: int | None) -> Iterator[str]:
    """The line, else its pieces, else the opening of a paragraph that follows the headline."""
    if len(line.text) <= DEFAULTS.longest and is_dateline(line.text):
        yield line.text
        return
    found = [text for text in line.pieces if len(text) <= DEFAULTS.longest and is_dateline(text)]
    opening = _OPENING.match(line.text) if distance is not None and not found else None
    if opening and is_dateline(opening[0]):
        found = [opening[0]]
    yield from found


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
    return _Shown(stamp=told, rank=(group, 99 if distance is None else distance))


def _stamps(text: str, reading: Reading) -> list[Stamp]:
    stamps = find_stamps(text, reading.language, reading.order)
    if stamps or reading.served is None:
        return stamps
    ago = find_ago(text, reading.served, "")
    if ago is None:
        return []
    return [Stamp(interval=ago, start=0, end=len(text), is_update=False)]


def _is_marked(line: Line) -> bool:
    return any(map(_MARKED.search, line.marks))


def _is_updating(line: Line, stamps: int) -> bool:
    """By its innermost mark: some write both marks on the one date that they have."""
    mark = "".join(line.marks[-1:])
    return bool(_UPDATING.search(mark)) and (stamps > 1 or not _MARKED.search(mark))


def _is_labelled(before: str) -> bool:
    published = get_cues().published
    found = [bare(before[a:b]) for a, b in words(before)][-4:]
    runs = (" ".join(found[at:end]) for at in range(len(found)) for end in range(at + 1, 5))
    return any(len(run) >= _LABEL and run in published for run in runs)


def _place(lines: Sequence[Line], headline: str) -> int | None:
    """Of the headline: where it is an h1, else where its text stands, else the first h1."""
    key = parse_key(headline)
    titles = [at for at, line in enumerate(lines) if line.is_title and not line.is_apart]
    same = [at for at, line in enumerate(lines) if key and key == parse_key(line.text[:1_000])]
    both = [at for at in same if at in titles]
    return next(iter(both or [at for at in same if not lines[at].is_link] or titles), None)
