"""When an HTML page was published and modified: what its places say, weighed.

A statement is believed by its own weight and by the witnesses that agree with it to the day; the
most exact of those that agree is taken. What contradicts it is kept, and named in the ground.
Our own, measured by bench/dates.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tidings.model import Served, Timestamp, Timing
from tidings.reading.localtime import find_local
from tidings.reading.places import Ground, Places
from tidings.reading.stated import HEADER, Setting, Statement, find_statements
from tidings.times import EAST, WEST, Interval, meet, unknown

__all__ = ["Dating", "Setting", "date_page", "weigh"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Our own choice, guarded by bench/dates."""

    same: timedelta = EAST  # between two moments that agree: one may take local time for UTC
    clock: timedelta = timedelta(minutes=1)  # so soon before serving it is the server's clock
    named: int = 3  # contradictions that the ground names
    shown: int = 40  # code points of one of them


DEFAULTS = Options()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dating:
    """``modified`` is None where no place tells one."""

    published: Interval
    modified: Interval | None
    timestamps: tuple[Timestamp, ...]  # all that were found, the most believed kinds first
    grounds: tuple[Ground, ...]  # (field, what its value rests on), field order


def date_page(places: Places, setting: Setting) -> Dating:
    """Costs some milliseconds, with the length of the page."""
    return weigh(find_statements(places, setting), setting.served)


def weigh(statements: Sequence[Statement], served: Served | None) -> Dating:
    """``statements``: the weightiest first. Nothing is published after it was served."""
    at = served.at if served else None
    published = _choose(statements, Timing.PUBLISHED, at) or unknown("the page names no time")
    modified = _choose(statements, Timing.MODIFIED, at)
    stamps = tuple(one.stamp for one in statements)
    if published.start is None:
        published = _bounded(published, modified, stamps, at)
    said = [("published", published.reason)]
    if modified:
        is_late = not (published.start and modified.end and modified.end <= published.start)
        note = "" if is_late else ", before it was published: left out"
        said.insert(0, ("modified", modified.reason + note))
        modified = modified if is_late and modified.start else None
    return Dating(published=published, modified=modified, timestamps=stamps, grounds=tuple(said))


def _bounded(
    published: Interval, modified: Interval | None, stamps: Iterable[Timestamp], at: datetime | None
) -> Interval:
    """No later than it was modified or served."""
    bounds = [("modified", modified.end)] if modified else []
    bounds += [(HEADER, stamp.interval.end) for stamp in stamps if stamp.ground == HEADER]
    bounds += [("served", at + timedelta(seconds=1))] if at else []
    known = [(end, name) for name, end in bounds if end]
    if not known:
        return published
    end, name = min(known)
    reason = f"{published.reason}; not after it was {name}"
    return Interval(start=None, end=end, reason=reason.replace(f"was {HEADER}", HEADER))


def _choose(
    statements: Sequence[Statement], timing: Timing, at: datetime | None
) -> Interval | None:
    """Unknown where all that is said is refused; None where nothing is said."""
    told = [one for one in statements if one.stamp.timing is timing and one.stamp.ground != HEADER]
    known = [held for one in told if (held := _believed(one, at))]
    if not known:
        return unknown(f"{told[0].stamp.interval.reason}, refused") if told else None
    best = max(known, key=lambda one: (_support(one, known), one.weight))
    finest = _refined(best, known)
    others = [one for one in known if not _agrees(one.stamp, best.stamp)]
    reason = finest.stamp.interval.reason + "".join(map(_contradiction, others[: DEFAULTS.named]))
    return replace(finest.stamp.interval, reason=reason)


def _contradiction(other: Statement) -> str:
    return f"; but {other.stamp.ground} {other.stamp.printed[: DEFAULTS.shown]!r}"


def _support(one: Statement, known: Sequence[Statement]) -> float:
    """The weights of the families that agree, each by its weightiest."""
    weights: dict[str, float] = {}
    for other in known:
        if _agrees(one.stamp, other.stamp):
            weights[other.family] = max(weights.get(other.family, 0), other.weight)
    return sum(weights.values())


def _refined(best: Statement, known: Iterable[Statement]) -> Statement:
    """The first statement that agrees and is more exact, lying within the best one."""
    for one in known:
        outer, inner = best.stamp.interval, one.stamp.interval
        is_within = meet(outer, inner, inner.reason) == inner
        if is_within and _length(inner) < _length(outer) and _agrees(one.stamp, best.stamp):
            best = one
    return best


def _agrees(first: Timestamp, second: Timestamp) -> bool:
    """To the local day where both print one; else the moment lies where the other allows it."""
    one, other = find_local(first), find_local(second)
    if one and other:
        return one[0] < other[1] and other[0] < one[1]
    if one or other:
        return meet(first.interval, second.interval, "") is not None
    if not (first.interval.start and second.interval.start):
        return False
    return abs(first.interval.start - second.interval.start) <= DEFAULTS.same


def _length(interval: Interval) -> timedelta:
    if interval.start is None or interval.end is None:
        return timedelta.max
    return interval.end - interval.start


def _believed(one: Statement, at: datetime | None) -> Statement | None:
    """With an end no later than the page was served; None where it is no time, or the server's
    own clock, or lies beyond any zone."""
    interval = one.stamp.interval
    if interval.start is None or interval.end is None:
        return None
    if at is None:
        return one
    latest = at + timedelta(seconds=1)
    is_exact = interval.end - interval.start <= DEFAULTS.clock
    if is_exact and at - DEFAULTS.clock <= interval.start <= at + DEFAULTS.clock:
        return None
    if interval.start >= latest:
        if interval.start >= at + EAST or not is_exact:
            return None
        reason = f"{interval.reason}, later than served: its zone is not believed"
        start = interval.start - EAST + WEST
        bounded = Interval(start=start, end=latest, reason=reason)
    else:
        bounded = replace(interval, end=min(interval.end, latest))
    return replace(one, stamp=replace(one.stamp, interval=bounded))
