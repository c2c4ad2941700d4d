"""Verdicts on who was first as sentences that a person can check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from tidings.story.clocks import DEFAULTS, Doubt, Publication, is_zoned
from tidings.story.first import First, Ground, Verdict
from tidings.story.ordering import Clash, Contradiction
from tidings.times import EAST, WEST, Interval

ZONES = EAST - WEST
"""Width of a local time in an unknown zone, beside its own precision."""
SHOWN = 4
"""Publications named one by one in a sentence."""

Publications = Mapping[str, Publication]


def explain(first: First, held: Publications) -> str:
    """What the verdict rests on."""
    if first.verdict is Verdict.LIKELY:
        return (
            f"its clock is ahead of the others': {say_chance(first.chances[first.who[0]])}, "
            f"where one page's clock in {1 / DEFAULTS.wrong:.0f} is off by hours"
        )
    told = _EXPLAINED[first.ground].format(assumed=_assume(held))
    is_part = first.ground is Ground.UNDATED and first.chances
    return f"{told}; chances are among what has one" if is_part else told


_EXPLAINED = {
    Ground.ALONE: "nothing else of it was published, as far as is held",
    Ground.WORDS: "all others have it from there, as their own words say",
    Ground.TIMES: "its time ends before any other's begins, {assumed}",
    Ground.BOTH: (
        "others have it from there, as their own words say; the rest came later, {assumed}"
    ),
    Ground.UNDATED: "of what may be the first, not everything has a time",
    Ground.CHANCES: "the times overlap, or are nearer than pages' clocks are good",
}


def list_deciders(first: First, held: Publications) -> list[str]:
    """What would decide it, of those between which it is open."""
    if first.verdict is not Verdict.OPEN:
        return []
    told: dict[str, list[str]] = {}
    for key in first.who:
        line = WRONG if key in first.distrusted else _find_decider(held[key])
        if line:
            told.setdefault(line, []).append(held[key].name)
    clocks = [
        held[key].name
        for key in first.who
        if is_zoned(held[key].published) and key not in first.distrusted
    ]
    if len(clocks) > 1:
        told[CLOCKS] = clocks
    lines = [line.format(names=name_all(names)) for line, names in told.items()]
    return lines or ["words that say who has it from whom"]


def tell_contradiction(one: Contradiction, held: Publications) -> str:
    later, earlier = held[one.later].name, held[one.earlier].name
    told = f"{later} has it from {earlier}, and its clock is {say_span(one.gap)} earlier"
    if one.clash is Clash.UPDATE:
        return f"{told}: it was changed since, and may have taken it in then"
    if one.clash is Clash.LINK:
        told = f"{later} links to {earlier}, and its clock is {say_span(one.gap)} earlier"
        return f"{told}: one of the two clocks is wrong, or it was changed since"
    if held[one.earlier].is_anchor and held[one.later].is_anchor:
        return f"{told}: both clocks are platforms' own, so that the words may be misread"
    if held[one.earlier].is_anchor:
        return f"{told}: that clock is wrong, for the other is the platform's own"
    return f"{told}: one of the two clocks is wrong"


def tell_circle(circle: tuple[str, ...], held: Publications) -> str:
    names = name_all([held[key].name for key in circle])
    return f"{names} have it from one another: their words say no order"


def say_chance(chance: float) -> str:
    """Never certain: 'probability 0.99' at most."""
    return f"probability {min(max(chance, 0.01), 0.99):.2f}"


def say_span(gap: timedelta) -> str:
    minutes = max(1, round(gap / timedelta(minutes=1)))
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes / 60:.0f} h" if minutes < 72 * 60 else f"{minutes / 1440:.0f} days"


def name_all(names: list[str]) -> str:
    each = list(dict.fromkeys(names))
    if len(each) > SHOWN:
        return f"{', '.join(each[:SHOWN])} and {len(each) - SHOWN} more"
    return " and ".join(filter(None, (", ".join(each[:-1]), each[-1]))) if each else ""


def _assume(held: Publications) -> str:
    if any(not one.is_anchor and is_zoned(one.published) for one in held.values()):
        return "even if pages' clocks have the wrong zone"
    return "in whatever zone"


def _find_decider(one: Publication) -> str | None:
    """With {names} for those of whom it holds."""
    published = one.published
    if published.start is None or (published.end is None and one.doubt is None):
        reason = published.reason.replace("{", "{{").replace("}", "}}")
        return f"when {{names}} published it: {reason}"
    if one.doubt:
        return DOUBTS[one.doubt]
    return next(_find_widths(published), None)


def _find_widths(published: Interval) -> Iterator[str]:
    if published.start is None or published.end is None:
        return
    width = published.end - published.start
    own = width - ZONES if width >= ZONES else width
    if own >= timedelta(hours=23):
        yield "the time of day at which {names} published it: only the day is told"
    elif width >= ZONES:
        yield "the zone of the clock of {names}"
    elif not is_zoned(published):
        yield "a more exact time of {names}"


WRONG = "when {names} published it: the clock speaks against words or links"
CLOCKS = "a clock that is not the page's own for {names}: a feed's, an archive's"
DOUBTS = {
    Doubt.LIVE: "the time of the entry on the live page of {names}",
    Doubt.UPDATED: "an earlier version of the page of {names}: it was changed since",
}
