"""How a story's life, and what a person changed of it, look on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from tidings.model import Decision
from tidings.questions import Life
from tidings.serve.show import count
from tidings.serve.telling import Named, Told, tell_life
from tidings.serve.terminal import notice, say
from tidings.story.alias import Alias, tell_alias

ARTICLES = 5  # shown of a turn


def life(told: Life, articles: int) -> None:
    """``articles``: how many it has now."""
    say(f"story {told.story}, oldest first", "bold")
    for number, turn in enumerate(tell_life(told), start=1):
        _turn(number, turn)
    say(tell_alias(told.alias) if told.alias else f"now: {count(articles, 'article')}", "bold")


def _turn(number: int, turn: Told) -> None:
    is_one = len(turn.articles) == 1
    subject = _quote(turn.articles[0]) if is_one else f"{len(turn.articles):,} articles"
    say(f"{number:>4}. {subject} {turn.deed} {turn.other or ''}".rstrip())
    say(f"      {turn.reason} ({turn.by})" if turn.reason else f"      ({turn.by})", "dim")
    for named in turn.articles[:ARTICLES]:
        say("        " + " · ".join(filter(None, (_about(named, is_one), named.reason))), "dim")
    rest = len(turn.articles) - ARTICLES
    if rest > 0:
        say(f"        and {rest:,} more: --json names all", "dim")


def _quote(named: Named) -> str:
    return f"“{named.headline}”"


def _about(named: Named, is_one: bool) -> str:
    parts = (named.about, named.article)
    return " · ".join(filter(None, parts if is_one else (_quote(named), *parts)))


def alias(found: Alias | None) -> None:
    """On standard error, so that what is asked for stays alone on standard output."""
    if found is not None:
        notice(tell_alias(found))


def changed(lines: Sequence[Decision], headline: str) -> None:
    named = ", ".join(dict.fromkeys(line.story for line in lines))
    say(f"{count(len(lines), 'article')} moved into story {named}: {headline}")
