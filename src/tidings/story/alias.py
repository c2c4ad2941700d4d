"""A story that lost all its articles → the story to look at instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tidings.model import ArticleId, Decision, StoryId
from tidings.story.fold import USER, trace


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """A story without articles leads to where the article that opened it is now. That story has
    this article, so it leads nowhere else: one step, no circle."""

    story: StoryId
    now: StoryId
    line: Decision  # which put the opening article there


def find_aliases(decisions: Iterable[Decision]) -> list[Alias]:
    """Of the whole log, in the order in which the stories were opened."""
    log = list(decisions)
    openers: dict[StoryId, ArticleId] = {}
    for line in log:
        openers.setdefault(line.story, line.article)
    holding = {move.line.article: move.line for move in trace(log)}
    held = {line.story for line in holding.values()}
    return [
        Alias(story=story, now=holding[opener].story, line=holding[opener])
        for story, opener in openers.items()
        if story not in held
    ]


def find_alias(story: StoryId, decisions: Iterable[Decision]) -> Alias | None:
    """None where the story has articles, or is in no line. ``decisions``: at least all lines
    about each article that was ever put into it, in the log's order."""
    return next((one for one in find_aliases(decisions) if one.story == story), None)


def tell_alias(alias: Alias) -> str:
    return f"story {alias.story} is now {alias.now}, by {tell_who(alias.line.by)}: " + (
        tell_reason(alias.line)
    )


def tell_who(by: str) -> str:
    """``you`` of a user, otherwise the rule with its version."""
    return "you" if by == USER else by


def tell_reason(line: Decision) -> str:
    """Without the verb, which a rule may have put in front."""
    return line.reason.removeprefix(f"{line.verb}: ")
