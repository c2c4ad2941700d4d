"""A story that lost all its articles → the story to look at instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tidings.model import Decision, StoryId
from tidings.story.fold import USER, find_holding, fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """A story without articles leads to where the article that opened it is now. That story has
    this article, so it leads nowhere else: one step, no circle."""

    story: StoryId
    now: StoryId
    line: Decision  # which put the opening article there


def find_alias(story: StoryId, decisions: Sequence[Decision]) -> Alias | None:
    """None where the story has articles, or is in no line. ``decisions``: at least all lines
    about each article that was ever put into it, in the log's order."""
    openers = [line.article for line in decisions if line.story == story]
    if not openers or story in fold(decisions):
        return None
    line = find_holding([line for line in decisions if line.article == openers[0]])
    return Alias(story=story, now=line.story, line=line)


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
