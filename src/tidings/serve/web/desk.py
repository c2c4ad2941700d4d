"""The engine as the web page asks it: one question at a time, the ranked list kept.

Starlette answers on a pool of threads, and a store belongs to one user at a time: a lock around
every question keeps them apart. The engine must allow calls from other threads than its own
(SQLite: ``check_same_thread=False``); nothing is written here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from tidings.firsts import Ask
from tidings.quoting import Choice
from tidings.story.fold import find_holding

if TYPE_CHECKING:
    from datetime import datetime

    from tidings.firsts import FirstView
    from tidings.identities import EntityView
    from tidings.model import Article, ArticleId, Copy, Decision, Note, StoryId
    from tidings.questions import Hit, Life, StoryView
    from tidings.quoting import QuoteLine
    from tidings.relations import LineStep
    from tidings.story.alias import Alias
    from tidings.story.entities import Entity


COPIES = 50  # shown of an article
STORIES = 50  # shown of an entity


class Names(Protocol):
    """What the pages ask of entities."""

    def find(self, asked: str, /) -> list[EntityView]: ...

    def of_story(self, story: StoryId, most: int | None = None, /) -> list[Entity]: ...


class Quotes(Protocol):
    """What the pages ask of quotes."""

    def quotes(self, story: str, choice: Choice, /) -> Iterator[QuoteLine]: ...


class Answers(Protocol):
    """What the pages ask of an engine. ``version`` is cheap, and equal while nothing changed."""

    @property
    def identities(self) -> Names: ...

    @property
    def quoting(self) -> Quotes: ...

    def version(self) -> object: ...

    def stories(self, language: str | None = None, /) -> list[StoryView]: ...

    def story(self, story: str, language: str | None = None, /) -> StoryView: ...

    def life(self, story: str, /) -> Life: ...

    def find_alias(self, story: str, /) -> Alias | None: ...

    def line(self, story: str, language: str | None = None, /) -> list[LineStep]: ...

    def first(
        self, story: str, ask: Ask, now: datetime, language: str | None = None, /
    ) -> FirstView: ...

    def search(self, query: str, limit: int, /) -> list[Hit]: ...

    def article(self, article: str, /) -> Article: ...

    def notes(self, article: str, /) -> tuple[Note, ...]: ...

    def decisions(self, article: str, /) -> list[Decision]: ...

    def versions(self, article: str, /) -> tuple[ArticleId, ...]: ...

    def copies(self, article: str, /) -> tuple[Copy, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """Every story, newest and most widely reported first, and what the list says of them."""

    every: Sequence[StoryView]
    several: Sequence[StoryView]  # those of more than one article
    languages: tuple[tuple[str, int], ...]  # (language, stories that have it), most first
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """An article with all that is shown beside it."""

    article: Article
    notes: tuple[Note, ...]
    decisions: Sequence[Decision]
    nearest: Mapping[str, Article]  # those that weighed most in the decisions
    story: StoryView
    versions: Sequence[Article]  # itself too, oldest first; empty where there is but one
    copies: Sequence[tuple[Copy, Article]]  # each with the article on its other side


class Desk:
    def __init__(self, engine: Answers) -> None:
        self._engine = engine
        self._lock = Lock()
        self._kept: tuple[object, Ranked] | None = None
        self._ledger: tuple[object, Sequence[QuoteLine]] | None = None

    def ranked(self) -> Ranked:
        """Linear in the articles of the store, once for each change of it."""
        with self._lock:
            version = self._engine.version()
            if self._kept is None or self._kept[0] != version:
                self._kept = (version, _rank(self._engine.stories()))
            return self._kept[1]

    def prepare(self, now: datetime, is_over: Callable[[], bool]) -> None:
        """Asks what takes seconds the first time, of the story that is listed first; whether it
        is over already is asked between the steps."""
        every = self.ranked().every
        steps: tuple[Callable[[StoryId], object], ...] = (
            lambda story: self.line(story, None),
            lambda story: self.name(story, 1),
            lambda story: self.trace(story, now, None),
            self.ledger,
        )
        for step in steps if every else ():
            if is_over():
                return
            step(every[0].id)

    def story(self, story: str, language: str | None) -> StoryView:
        with self._lock:
            return self._engine.story(story, language)

    def life(self, story: str) -> Life:
        with self._lock:
            return self._engine.life(story)

    def find_alias(self, story: str) -> Alias | None:
        with self._lock:
            return self._engine.find_alias(story)

    def line(self, story: str, language: str | None) -> list[LineStep]:
        """The story among those of its affair; empty where there are none."""
        with self._lock:
            steps = self._engine.line(story, language)
            return steps if len(steps) > 1 else []

    def trace(self, story: str, now: datetime, language: str | None) -> FirstView:
        """Who was first, and with it who has it from whom."""
        with self._lock:
            return self._engine.first(story, Ask(), now, language)

    def name(self, story: StoryId, most: int) -> list[Entity]:
        """Whom and what it names, most places first."""
        with self._lock:
            return self._engine.identities.of_story(story, most)

    def entity(
        self, name: str, language: str | None
    ) -> tuple[list[EntityView], Mapping[str, StoryView]]:
        """All that are called so; where it is one, the stories that name it most, by id."""
        with self._lock:
            found = self._engine.identities.find(name)
            ids = [story for story, _ in found[0].stories[:STORIES]] if len(found) == 1 else []
            return found, {one: self._engine.story(one, language) for one in ids}

    def ledger(self, story: str) -> Sequence[QuoteLine]:
        """Who said what. Seconds for a story with hundreds of quotes in several languages; the
        last one asked for is kept while nothing changes."""
        with self._lock:
            key = (self._engine.version(), story)
            if self._ledger is None or self._ledger[0] != key:
                self._ledger = (key, list(self._engine.quoting.quotes(story, Choice())))
            return self._ledger[1]

    def holding_decisions(self, articles: Sequence[str]) -> dict[str, Decision]:
        """For each article the decision that put it where it is."""
        with self._lock:
            return {one: find_holding(self._engine.decisions(one)) for one in articles}

    def dossier(self, article: str, language: str | None) -> Dossier:
        with self._lock:
            found = self._engine.article(article)
            decisions = self._engine.decisions(article)
            versions = self._engine.versions(article)
            return Dossier(
                article=found,
                notes=self._engine.notes(article),
                decisions=decisions,
                nearest={
                    one.nearest: self._engine.article(one.nearest)
                    for one in decisions
                    if one.nearest is not None
                },
                story=self._engine.story(find_holding(decisions).story, language),
                versions=list(map(self._engine.article, versions)) if len(versions) > 1 else (),
                copies=[
                    (one, self._engine.article(one.of if one.article == article else one.article))
                    for one in self._engine.copies(article)[:COPIES]
                ],
            )

    def search(self, query: str, limit: int) -> list[Hit]:
        with self._lock:
            return self._engine.search(query, limit)


def _rank(views: Sequence[StoryView]) -> Ranked:
    languages = Counter(language for view in views for language in view.languages)
    return Ranked(
        every=views,
        several=[view for view in views if len(view.articles) > 1],
        languages=tuple(sorted(languages.items(), key=lambda item: (-item[1], item[0]))),
        articles=sum(len(view.articles) for view in views),
    )
