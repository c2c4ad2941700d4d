"""The names of stories as an engine made by hand tells them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tidings.errors import NotFound
from tidings.identities import EntityView
from tidings.model import Article, Evidence, MentionKind, StoryId
from tidings.story.entities import Alias, Entity

FORMS = ("Kallas", "Каллас")


class FakeNames:
    """One person, in every article whose text names her."""

    def __init__(self, read: Callable[[StoryId], Sequence[Article]]) -> None:
        self._read = read

    def of_story(self, story: StoryId, most: int | None = None) -> list[Entity]:
        aliases = [
            Alias(
                text=form,
                language=article.language,
                kind=MentionKind.PERSON,
                count=article.text.count(form),
                places=(Evidence(article=article.id, start=at, end=at + len(form), text=form),),
            )
            for article in self._read(story)
            for form in FORMS
            if (at := article.text.find(form)) >= 0
        ]
        if not aliases:
            return []
        kind = MentionKind.PERSON
        return [Entity(id="kallas", kind=kind, name="Kallas", aliases=tuple(aliases))]

    def find(self, asked: str) -> list[EntityView]:
        """Two are called 'both'."""
        found = self.of_story(StoryId("call"))
        if asked not in ("kallas", "both"):
            raise NotFound(f"nothing is called {asked!r}")
        views = [
            EntityView(
                entity=one, stories=((StoryId("call"), 9), (StoryId("renew"), 2)), articles=11
            )
            for one in found
        ]
        return views * 2 if asked == "both" else views
