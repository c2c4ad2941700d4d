"""Who was first: proved, likely, or not decidable and what would decide it.

Proved is what follows from who has it from whom, and from times that can't overlap even if a
page's clock has the wrong zone. Likely rests on pages' clocks, which are claims: see ordering.py
for how far they are believed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from tidings.story.chances import find_chances, find_density
from tidings.story.clocks import ClockOptions, Publication
from tidings.story.ordering import Contradiction, Order, Ordering, order_publications


class Verdict(StrEnum):
    PROVED = "proved"
    LIKELY = "likely"
    OPEN = "not decidable"


class Ground(StrEnum):
    """What a verdict rests on."""

    ALONE = "alone"  # nothing else was published
    WORDS = "words"  # all others have it from there, as they say
    TIMES = "times"  # its time ends before any other's begins
    BOTH = "both"  # some by their words, some by their times
    CHANCES = "chances"  # of times that overlap
    UNDATED = "undated"  # one that may be first has no time


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstOptions:
    clocks: ClockOptions = field(default_factory=ClockOptions)
    likely: float = 0.8
    """Chance from which one is called likely. Our own choice: four in five; bench/chains.py has
    pairs of clocks on both sides of it."""
    open: float = 0.01
    """Chance below which one is not shown among those between which it is open."""


DEFAULTS = FirstOptions()


@dataclass(frozen=True, slots=True, kw_only=True)
class First:
    """``who``: the first; where it is open, all that may be, likeliest first, after them those
    without a time, first those that most others have it from."""

    verdict: Verdict
    ground: Ground
    who: tuple[str, ...]
    chances: Mapping[str, float]  # of those that may be first and have a time; empty if proved
    contradictions: tuple[Contradiction, ...]
    circles: tuple[tuple[str, ...], ...]
    distrusted: frozenset[str]  # whose clock is not believed
    known: First | None = None  # of what is held and has a time alone, where that is not all


def find_first(
    publications: Sequence[Publication], orders: Iterable[Order], options: FirstOptions = DEFAULTS
) -> First | None:
    """None where there is nothing. Ids are unique."""
    if not publications:
        return None
    given = list(orders)
    first = _find(publications, given, options)
    dated = [one for one in publications if one.is_held and one.published.start]
    if not dated or len(dated) == len(publications):
        return first
    known = _find(dated, given, options)
    is_open = first.verdict is Verdict.OPEN
    says_no_more = is_open and (known.ground is Ground.ALONE or known.verdict is Verdict.OPEN)
    return first if says_no_more else replace(first, known=known)


def _find(
    publications: Sequence[Publication], orders: Sequence[Order], options: FirstOptions
) -> First:
    ordering = order_publications(publications, orders, options.clocks)
    heads = [one.id for one in publications if not _has_earlier(one.id, ordering)]
    if len(heads) == 1:
        return _proved(heads[0], ordering)
    densities = {
        key: density
        for key in heads
        if (density := find_density(ordering.believed[key], ordering.soft[key], options.clocks))
    }
    chances = find_chances(densities)
    undated = [key for key in heads if key not in densities]
    ranked = sorted(chances, key=lambda key: (-chances[key], key))
    if not undated and chances[ranked[0]] >= options.likely:
        return _made((Verdict.LIKELY, Ground.CHANCES), (ranked[0],), chances, ordering)
    if len(chances) == 1:
        chances = {}  # among itself
    shown = [key for key in ranked if chances.get(key, 1.0) >= options.open]
    ground = Ground.UNDATED if undated else Ground.CHANCES
    followed = Counter(up for ups in ordering.before.values() for up in ups)
    undated.sort(key=lambda key: (-followed[key], key))
    return _made((Verdict.OPEN, ground), (*shown, *undated), chances, ordering)


def _has_earlier(key: str, ordering: Ordering) -> bool:
    if ordering.before[key]:
        return True
    start = ordering.hard[key].start
    return start is not None and any(
        bounds.end is not None and bounds.end <= start
        for other, bounds in ordering.hard.items()
        if other != key and not _is_in_circle(key, other, ordering)
    )


def _is_in_circle(key: str, other: str, ordering: Ordering) -> bool:
    return any(key in circle and other in circle for circle in ordering.circles)


def _proved(key: str, ordering: Ordering) -> First:
    others = [other for other in ordering.before if other != key]
    by_words = sum(key in ordering.before[other] for other in others)
    if not others:
        ground = Ground.ALONE
    elif by_words == len(others):
        ground = Ground.WORDS
    else:
        ground = Ground.BOTH if by_words else Ground.TIMES
    return _made((Verdict.PROVED, ground), (key,), {}, ordering)


def _made(
    found: tuple[Verdict, Ground],
    who: tuple[str, ...],
    chances: Mapping[str, float],
    ordering: Ordering,
) -> First:
    return First(
        verdict=found[0],
        ground=found[1],
        who=who,
        chances=chances,
        contradictions=ordering.contradictions,
        circles=ordering.circles,
        distrusted=ordering.distrusted,
    )
