"""The log → stories. The only way in which a story comes to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tidings.model import ArticleId, Decision, Story, StoryId

USER = "user"
"""``Decision.by`` of a person's decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A line of the log that held when it was written."""

    line: Decision
    left: StoryId | None  # where the article was before; None for its first line


def trace(decisions: Iterable[Decision]) -> Iterator[Move]:
    """The lines that hold, in their order: an engine's line about an article that a user has put
    somewhere does not."""
    place: dict[ArticleId, StoryId] = {}
    fixed: set[ArticleId] = set()
    for line in decisions:
        if line.by == USER:
            fixed.add(line.article)
        elif line.article in fixed:
            continue
        yield Move(line=line, left=place.get(line.article))
        place[line.article] = line.story


def fold(decisions: Iterable[Decision]) -> dict[StoryId, Story]:
    """Stories in the order in which they were opened, each with its articles in the order of
    their first decision. A user's decision about an article outranks every engine decision
    about it, whichever comes first in the log; of equal rank the later one holds. A story left
    without articles is dropped."""
    log = list(decisions)
    place = {move.line.article: move.line.story for move in trace(log)}
    opened: dict[StoryId, dict[ArticleId, None]] = {line.story: {} for line in log}
    for article, story in place.items():
        opened[story][article] = None
    return {
        story: Story(id=story, articles=tuple(articles))
        for story, articles in opened.items()
        if articles
    }


def find_holding(decisions: Sequence[Decision]) -> Decision:
    """Of the lines about one article, at least one: that which put it where it is."""
    return [move.line for move in trace(decisions)][-1]
