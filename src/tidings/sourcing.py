"""A story's sources, from what the store holds: who has it from whom, down to the roots."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tidings.model import ArticleId, Copy, SourceLink, StoryId
from tidings.naming import read_entities
from tidings.ports import Store
from tidings.questions import StoryView, get_story
from tidings.story.chain import Chain, Report, build_chain
from tidings.story.citing import Shelf
from tidings.story.parties import Whose


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What is told of a story's sources."""

    story: StoryView
    chain: Chain


class Sourcing:
    """Of one store. What is held by publisher and address is kept until the store changes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: tuple[int, Shelf] | None = None

    def sources(self, story: StoryId, language: str | None = None) -> Sources:
        """Raises NotFound."""
        view = get_story(self._store, story, language)
        ids = [summary.article for summary in view.articles]
        reports = [report for one in ids if (report := self.find_report(one))]
        chain = build_chain(
            reports,
            self._find_copies(ids),
            shelf=self._open_shelf(),
            find_report=self.find_report,
            whose=self._tell_entities(story),
        )
        return Sources(story=view, chain=chain)

    def _tell_entities(self, story: StoryId) -> Whose:
        entities = read_entities(self._store, story)

        def find(link: SourceLink) -> str | None:
            found = entities.find_printed(link.name) if link.name else None
            return found.id if found and found.kind.value == link.kind.value else None

        return find

    def find_report(self, article: ArticleId) -> Report | None:
        found, sketch = self._store.find_article(article), self._store.find_sketch(article)
        if found is None or sketch is None:
            return None
        notes = self._store.notes(article)
        sources = tuple(note for note in notes if isinstance(note, SourceLink))
        return Report(article=found, sketch=sketch, sources=sources)

    def _find_copies(self, ids: Iterable[ArticleId]) -> list[Copy]:
        """Each once; those of earlier versions are not looked at."""
        found = (copy for one in ids for copy in self._store.copies(one))
        return list(dict.fromkeys(found))

    def _open_shelf(self) -> Shelf:
        version = self._store.version()
        if self._kept is None or self._kept[0] != version:
            shelf = Shelf(find_sketch=self._store.find_sketch)
            for summary in self._store.summaries():
                shelf.add(summary)
            self._kept = (version, shelf)
        return self._kept[1]
