"""Which publication came before which: what one has from another, and how far clocks bound it.

An order ("this one has it from that one") is a constraint on two times; bounds go along orders
as in a simple temporal network (Dechter, Meiri, Pearl 1991). An order outweighs a clock: where
the two speak against each other, the clock is not believed, and that is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from tidings.model import Evidence
from tidings.story.clocks import (
    DEFAULTS,
    Bounds,
    ClockOptions,
    Publication,
    bound_hard,
    bound_soft,
)
from tidings.times import unknown

Pair = tuple[str, str]
"""Ids of an earlier and a later publication."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """``later`` has it from ``earlier``. Both may be no publication, but a person between two."""

    earlier: str
    later: str
    reason: str  # 'cites', 'quotes', …
    evidence: tuple[Evidence, ...] = ()
    is_weak: bool = False  # a bare address: it may have come in at any change, so that it orders
    # nothing, but speaks against a clock


class Clash(StrEnum):
    """What may explain a contradiction."""

    CLOCK = "clock"  # one of the two clocks is wrong
    UPDATE = "update"  # later was changed since: it may have taken this in then
    LINK = "link"  # later only links to it: its clock is wrong, or it was changed since


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """``later`` has it from ``earlier``, and its clock says that it came before."""

    earlier: str
    later: str
    gap: timedelta  # least difference of the two claims
    clash: Clash


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordering:
    before: Mapping[str, AbstractSet[str]]  # id → what it has it from, however far
    circles: tuple[tuple[str, ...], ...]  # publications that have it from one another
    contradictions: tuple[Contradiction, ...]  # by earlier and later
    believed: Mapping[str, Publication]  # those whose clock is wrong without a time
    distrusted: frozenset[str]  # those whose clock is wrong
    hard: Mapping[str, Bounds]  # outside of which no time lies, even if a zone is the wrong one
    soft: Mapping[
        str, Bounds
    ]  # what the others' clocks leave of it, if they are as good as they say


def order_publications(
    publications: Sequence[Publication],
    orders: Iterable[Order],
    options: ClockOptions = DEFAULTS,
) -> Ordering:
    """Cubic at worst in the publications of one story."""
    held = {one.id: one for one in publications}
    given = list(orders)
    late = _find_late(held, given, options)
    closed = _close(
        one for one in given if not one.is_weak and (one.earlier, one.later) not in late
    )
    before = {one: {up for up in ups if one not in closed[up]} for one, ups in closed.items()}
    wrong = {
        (up, down): contradiction
        for down, ups in before.items()
        for up in ups
        if (contradiction := _find_contradiction(held, (up, down), options))
    }
    distrusted = _distrust(held, before, wrong)
    linked = {pair for pair, one in late.items() if one.clash is Clash.LINK}
    distrusted |= {later for earlier, later in linked if earlier not in distrusted}
    believed = {
        key: replace(one, published=unknown("its clock is wrong")) if key in distrusted else one
        for key, one in held.items()
    }
    hard = {key: bound_hard(one, options) for key, one in believed.items()}
    soft = {key: bound_soft(one, options) for key, one in believed.items()}
    return Ordering(
        before={key: before.get(key, set()) & held.keys() for key in held},
        circles=_find_circles(held, closed),
        contradictions=tuple(sorted((*_show(wrong, before), *late.values()), key=_ends)),
        believed=believed,
        distrusted=distrusted,
        hard=_propagate(hard, hard, before),
        soft=_propagate(dict.fromkeys(soft, Bounds(start=None, end=None)), soft, before),
    )


def _close(orders: Iterable[Order]) -> dict[str, set[str]]:
    """Id → all that it has it from, through others too; itself where it is in a circle."""
    up: dict[str, set[str]] = {}
    for one in orders:
        up.setdefault(one.later, set()).add(one.earlier)
        up.setdefault(one.earlier, set())
    return {key: _reach(key, up) for key in up}


def _reach(key: str, up: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(up[key])
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += up[one]
    return found


def _find_circles(
    held: Mapping[str, Publication], closed: Mapping[str, set[str]]
) -> tuple[tuple[str, ...], ...]:
    circles = {
        tuple(sorted(up for up in ups if one in closed[up] and up in held))
        for one, ups in closed.items()
        if one in held and one in ups
    }
    return tuple(sorted(circle for circle in circles if len(circle) > 1))


def _find_contradiction(
    held: Mapping[str, Publication], pair: Pair, options: ClockOptions
) -> Contradiction | None:
    earlier, later = held.get(pair[0]), held.get(pair[1])
    if earlier is None or later is None:
        return None
    start, end = bound_soft(earlier, options).start, bound_soft(later, options).end
    if start is None or end is None or start < end:
        return None
    claimed, ended = earlier.published.start, later.published.end
    if claimed is None or ended is None:
        return None
    return Contradiction(
        earlier=earlier.id,
        later=later.id,
        gap=claimed - ended,
        clash=Clash.UPDATE if later.changed and later.changed > claimed else Clash.CLOCK,
    )


def _find_late(
    held: Mapping[str, Publication], orders: Iterable[Order], options: ClockOptions
) -> dict[Pair, Contradiction]:
    """What may have come into the later one when it was changed."""
    found: dict[Pair, Contradiction] = {}
    for one in orders:
        pair = (one.earlier, one.later)
        contradiction = _find_contradiction(held, pair, options)
        if contradiction and contradiction.clash is Clash.UPDATE:
            found[pair] = contradiction
        elif contradiction and one.is_weak:
            found.setdefault(pair, replace(contradiction, clash=Clash.LINK))
    return found


def _show(
    found: Mapping[Pair, Contradiction], before: Mapping[str, set[str]]
) -> Iterator[Contradiction]:
    """Those between neighbours, as far as others in between don't show where it is."""
    for (up, down), one in found.items():
        between = [key for key in before[down] if up in before.get(key, ())]
        if not any((up, key) in found or (key, down) in found for key in between):
            yield replace(one, clash=Clash.CLOCK)


def _ends(one: Contradiction) -> Pair:
    return one.earlier, one.later


def _distrust(
    held: Mapping[str, Publication],
    before: Mapping[str, set[str]],
    contradictions: Iterable[Pair],
) -> frozenset[str]:
    """The clocks that speak against most and for least; where two are alike in that, both.
    A platform's clock is the wrong one only where it speaks against another platform's: then it
    is the words that were misread, and neither bounds anything."""
    left = set(contradictions)
    timed = {key for key, one in held.items() if one.published.start and one.published.end}
    agreed = Counter(
        key
        for down in timed & before.keys()
        for up in before[down] & timed
        if (up, down) not in left
        for key in (up, down)
    )
    distrusted: set[str] = set()
    while left:
        pages = [key for pair in left for key in pair if not held[key].is_anchor]
        ends = Counter(pages or [key for pair in left for key in pair])
        scores = {key: count - agreed[key] for key, count in ends.items()}
        most = max(scores.values())
        distrusted |= {key for key, score in scores.items() if score == most}
        left = {pair for pair in left if not distrusted & set(pair)}
    return frozenset(distrusted)


def _propagate(
    own: Mapping[str, Bounds], given: Mapping[str, Bounds], before: Mapping[str, set[str]]
) -> dict[str, Bounds]:
    """``own``, and no earlier than what it has it from, no later than what has it from there."""
    starts = {key: [one.start] for key, one in own.items()}
    ends = {key: [one.end] for key, one in own.items()}
    for down, ups in before.items():
        for up in ups:
            if up in own and down in own:
                starts[down].append(given[up].start)
                ends[up].append(given[down].end)
    return {
        key: Bounds(
            start=max((at for at in starts[key] if at), default=None),
            end=min((at for at in ends[key] if at), default=None),
        )
        for key in own
    }
