"""The log → stories. The only way in which a story comes to be."""

from __future__ import annotations

from collections.abc import Iterable

from tidings.model import ArticleId, Decision, Story, StoryId

USER = "user"
"""``Decision.by`` of a person's decision."""


def fold(decisions: Iterable[Decision]) -> dict[StoryId, Story]:
    """Stories in the order in which they were opened, each with its articles in the order of
    their first decision. A user's decision about an article outranks every engine decision
    about it, whichever comes first in the log; of equal rank the later one holds. A story left
    without articles is dropped."""
    place: dict[ArticleId, StoryId] = {}
    fixed: set[ArticleId] = set()
    opened: dict[StoryId, dict[ArticleId, None]] = {}
    for decision in decisions:
        opened.setdefault(decision.story, {})
        if decision.by == USER:
            fixed.add(decision.article)
        elif decision.article in fixed:
            continue
        place[decision.article] = decision.story
    for article, story in place.items():
        opened[story][article] = None
    return {
        story: Story(id=story, articles=tuple(articles))
        for story, articles in opened.items()
        if articles
    }
