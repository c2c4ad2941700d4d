"""The command that asks who was first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from tidings.firsts import Ask, FirstView, Told
from tidings.model import Manner
from tidings.serve import when
from tidings.serve.exports.articles import describe_bounds
from tidings.serve.options import language_option, open_engine, shared
from tidings.serve.relating import describe_place
from tidings.serve.show import label
from tidings.serve.terminal import line, say
from tidings.story.clocks import Publication
from tidings.story.ordering import Order
from tidings.story.verdicts import say_chance

EXACT = timedelta(seconds=1)
"""A shorter interval is printed with its fractions of a second."""
MOST = 12
"""Orders shown on a terminal."""
LIKELIEST = 4
"""Publications shown of those that may be first: the likeliest, and as many of those without a
time from which most others have it."""


@click.command()
@click.argument("story")
@click.option("--quote", help="Who was first with these words.")
@click.option("--number", help="Who was first with this number.")
@language_option
@shared
def first(story: str, **options: Any) -> int:
    """Who was first with STORY, a quote or a number.

    Proved, likely, or not decidable, and why."""
    ask = Ask(quote=options["quote"], number=options["number"])
    store: Path | None = options["store"]
    with open_engine(store) as engine:
        view = engine.first(story, ask, datetime.now(UTC), options["language"])
    if options["as_json"]:
        line(describe(view))
    else:
        show(view)
    return 0


def show(view: FirstView) -> None:
    say(label(view.story.headline), "bold")
    say(f"story {view.story.id}, {_say_asked(view.ask)}", "dim")
    _show_told(view, view.told)
    if view.known:
        say()
        say("of what is held and has a time", "dim")
        _show_told(view, view.known)
    orders = [one for one in view.orders if not one.is_weak]
    if orders:
        say()
        say("who has it from whom", "bold cyan")
        sentences = list(dict.fromkeys(_say_order(view, one) for one in orders))
        for text in sentences[:MOST]:
            say(f"  {text}")
        if len(sentences) > MOST:
            say(f"  and {len(sentences) - MOST} more: --json", "dim")
    if view.contradictions:
        say()
        say("contradictions", "bold cyan")
        for text in dict.fromkeys(view.contradictions):
            say(f"  {text}")


def say_time(one: Publication) -> str:
    """To the fraction of a second where it is known so exactly."""
    start, end = one.published.start, one.published.end
    if start is None or end is None or end - start >= EXACT:
        return when.say(one.published).words
    text = f"{start:%Y-%m-%d %H:%M:%S.%f}"
    return f"{text if start.microsecond % 1000 else text[:-3]} UTC"


def describe(view: FirstView) -> dict[str, Any]:
    return {
        "story": view.story.id,
        "quote": view.ask.quote,
        "number": view.ask.number,
        **_describe_told(view, view.told),
        "known": _describe_told(view, view.known) if view.known else None,
        "contradictions": list(view.contradictions),
        "orders": [_describe_order(one) for one in view.orders],
        "publications": [_describe_publication(view, key, {}) for key in view.publications],
    }


def _show_told(view: FirstView, told: Told) -> None:
    found = told.first
    say()
    say(f"{found.verdict}: {told.why}", "bold")
    shown = choose_likeliest(told)
    for key in shown:
        one = view.publications[key]
        chance = f" · {say_chance(found.chances[key])}" if key in found.chances else ""
        where = f" · {one.article}" if one.article else f" · {one.url}" if one.url else ""
        say(f"  {one.name} · {say_time(one)}{chance}{where}")
        say(f"    {one.published.reason}{_say_standing(view, told, key)}", "dim")
        if key in view.around:
            say(f"    … {' '.join(view.around[key].text.split())} …", "dim")
    if len(found.who) > len(shown):
        say(f"  and {len(found.who) - len(shown)} more that may be: --json", "dim")
    for decider in told.decides:
        say(f"  would decide it: {decider}")


def choose_likeliest(told: Told) -> tuple[str, ...]:
    """Of those that may be first, a few; where one of them more would be all, all."""
    who, chances = told.first.who, told.first.chances
    timed = [key for key in who if key in chances][:LIKELIEST]
    others = [key for key in who if key not in chances][:LIKELIEST]
    few = (*timed, *others)
    return who if len(who) <= len(few) + 1 else few


def _say_standing(view: FirstView, told: Told, key: str) -> str:
    """How far a time is believed, and by how many what isn't held is named."""
    if key in told.first.distrusted:
        return ", not believed"
    followers = len({order.later for order in view.orders if order.earlier == key})
    return f", named by {followers}" if followers and not view.publications[key].is_held else ""


def _say_asked(ask: Ask) -> str:
    if ask.quote is not None:
        return f"the words “{ask.quote}”"
    return f"the number {ask.number}" if ask.number is not None else "the first report"


def _say_order(view: FirstView, one: Order) -> str:
    later, earlier = view.publications[one.later], view.publications[one.earlier]
    words = f": “{one.evidence[0].text}”" if one.evidence else ""
    deed = "links to" if one.reason == Manner.LINKS else one.reason
    return f"{later.name} {deed} {earlier.name}{words}"


def _describe_told(view: FirstView, told: Told) -> dict[str, Any]:
    found = told.first
    return {
        "verdict": found.verdict,
        "ground": found.ground,
        "first": [_describe_publication(view, key, found.chances) for key in found.who],
        "why": told.why,
        "decides": list(told.decides),
    }


def _describe_publication(view: FirstView, key: str, chances: Any) -> dict[str, Any]:
    one = view.publications[key]
    start, end = describe_bounds(one.published)
    chance = chances.get(key)
    place = view.places.get(key)
    return {
        "id": one.id,
        "name": one.name,
        "article": one.article,
        "url": one.url,
        "published": {"start": start, "end": end, "reason": one.published.reason},
        "chance": None if chance is None else round(chance, 4),
        "place": describe_place(place) if place else None,
    }


def _describe_order(one: Order) -> dict[str, Any]:
    return {
        "later": one.later,
        "manner": one.reason,
        "earlier": one.earlier,
        "evidence": list(map(describe_place, one.evidence)),
    }
