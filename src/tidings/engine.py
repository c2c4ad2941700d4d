"""The library's front door: one object over one store; it forwards, and decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from functools import partial
from itertools import chain
from types import TracebackType
from typing import TYPE_CHECKING

from tidings import editing, questions
from tidings.errors import NotFound, WrongUse
from tidings.extractors.addresses import MEDIA_TYPES as LISTS
from tidings.firsts import Ask, Firsts, FirstView, find_wordings
from tidings.identities import Identities
from tidings.intake import Intake, Stages
from tidings.model import (
    Article,
    ArticleId,
    Copy,
    Decision,
    Note,
    Outcome,
    Page,
    PageId,
    Rejected,
    StoryId,
    Summary,
    Tally,
)
from tidings.model.visits import Visit
from tidings.pipeline import get_extractors, get_parts
from tidings.ports import Embedder, Reader
from tidings.questions import Hit, Life, StoryView
from tidings.quoting import Quoting
from tidings.reading.language import identify
from tidings.relations import LineStep, RelatedStory, Relations
from tidings.settings import Settings
from tidings.sourcing import Sources, Sourcing
from tidings.story.alias import Alias, find_aliases
from tidings.story.why import explain_article, explain_pair, find_shared, show_printed

if TYPE_CHECKING:
    from tidings.readers.web import FetchOptions, FetchTally, Watch

Report = Callable[[Tally, float], None]
"""Is told how far a run is: the tally, and the share of the input that is read, 0..1."""


def silent(tally: Tally, share: float) -> None:
    """A Report that says nothing."""


class Engine:
    """Opens the store that ``settings`` names, and makes it where there is none.

    Raises Unavailable where the machine lacks what is asked for. One thread at a time.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self._store = self.settings.open_store()
        self._relations = Relations(self._store)
        self._sourcing = Sourcing(self._store)
        self.identities = Identities(self._store)
        self.quoting = Quoting(self._store, self._open_embedder)
        wordings = partial(find_wordings, self.quoting)
        self._firsts = Firsts(self._store, self._sourcing.sources, wordings)
        self._embedder: Embedder | None = None

    def __enter__(self) -> Engine:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._store.close()

    def add(self, paths: Sequence[str], report: Report = silent) -> Tally:
        """Reads every page of ``paths`` into the store; what is held already is passed over.
        Raises WrongUse where the store was made with another embedder than the settings name."""
        self._check_embedder()
        course = _Course(list(self.settings.open_readers(paths)))
        return self._intake().add(course.pages(), lambda tally: report(tally, course.share))

    def fetch(
        self, sources: Sequence[str], options: FetchOptions, report: Report, watch: Watch
    ) -> tuple[FetchTally, Tally]:
        """Asks for what ``sources`` name, without any for all that is due, keeps every answer in
        an archive beside the store, and adds these. Raises WrongUse where a source is none."""
        self._check_embedder()
        with closing(self.settings.open_fetch(options)) as session, session.hold():
            session.take_up(() if sources else self.lists())
            fetched = session.run(sources, watch)
            unadded = session.find_unadded()
            readers = list(self.settings.open_readers([str(path) for path in unadded]))
            course = _Course(readers)
            sifted = (
                session.sift(path, one.read()) for path, one in zip(unadded, readers, strict=True)
            )
            pages = chain.from_iterable((*sifted, session.rejected()))
            tally = self._intake().add(pages, lambda tally: report(tally, course.share))
            session.settle(unadded, self._store.find_outcome)
        return fetched, tally

    def subscriptions(self) -> list[Visit]:
        """Feeds and sitemaps that fetch polls, in order of folder, title and address."""
        with closing(self.settings.open_fetch()) as session:
            return session.subscriptions()

    def rebuild(self, report: Report = silent) -> tuple[str, str]:
        """Makes all that is derived again; gives the content's checksums before and after."""
        before = self._store.checksum()
        total = self._store.counts()["outcomes"] or 1
        name = self._open_embedder().name
        self._intake().rebuild(name, lambda tally: report(tally, tally.read / total))
        return before, self._store.checksum()

    def checksum(self) -> str:
        """Of all content: equal where every row of every table is."""
        return self._store.checksum()

    def version(self) -> int:
        """Changes whenever the store's content does."""
        return self._store.version()

    def stories(self, language: str | None = None) -> list[StoryView]:
        """Newest and most widely reported first; headlines in ``language`` where there are."""
        return questions.rank_stories(self._store, language)

    def story(self, story: str, language: str | None = None) -> StoryView:
        """Of a story that was emptied, the one that it is now. Raises NotFound."""
        return questions.get_story(self._store, StoryId(story), language)

    def find_alias(self, story: str) -> Alias | None:
        """Where a story without articles leads; None for one that has some, or never was."""
        return questions.find_alias_of(self._store, StoryId(story))

    def aliases(self) -> list[Alias]:
        """Of all stories without articles, in the order in which they were opened."""
        return find_aliases(self._store.decisions())

    def life(self, story: str) -> Life:
        """Who came into the story, from where, and who left. Raises NotFound."""
        return questions.get_life(self._store, StoryId(story))

    def merge(self, story: str, into: str, note: str = "") -> list[Decision]:
        """All articles of ``story`` go into the other. Gives the lines that were written, which
        no rule undoes. Raises NotFound, WrongUse."""
        return editing.merge(self._store, StoryId(story), StoryId(into), note)

    def split(self, story: str, articles: Sequence[str], note: str = "") -> list[Decision]:
        """These articles of ``story`` become one of their own. Raises NotFound, WrongUse."""
        return editing.split(self._store, StoryId(story), [*map(ArticleId, articles)], note)

    def move(self, articles: Sequence[str], story: str, note: str = "") -> list[Decision]:
        """These articles go into ``story``. Raises NotFound, WrongUse."""
        return editing.move(self._store, [*map(ArticleId, articles)], StoryId(story), note)

    def related(
        self, story: str, language: str | None = None, limit: int = 10
    ) -> list[RelatedStory]:
        """Of one affair with it, likeliest first. Raises NotFound."""
        return self._relations.related(StoryId(story), language, limit)

    def line(self, story: str, language: str | None = None) -> list[LineStep]:
        """The story and those related to it, by when they began. Raises NotFound."""
        return self._relations.line(StoryId(story), language)

    def sources(self, story: str, language: str | None = None) -> Sources:
        """Who has it from whom, and the origins. Raises NotFound."""
        return self._sourcing.sources(StoryId(story), language)

    def first(self, story: str, ask: Ask, now: datetime, language: str | None = None) -> FirstView:
        """Who was first with it: see firsts.py. Raises NotFound, WrongUse."""
        return self._firsts.first(StoryId(story), ask, now, language)

    def why(self, article: str, other: str | None = None) -> str:
        """Sentences: why the article is in its story; with ``other``, why the two are together
        or are not. Raises NotFound."""
        decisions = self.decisions(article)
        if other is None:
            return "\n".join([explain_article(decisions), *self._show_nearest(decisions[-1])])
        return explain_pair(
            questions.get_sketch(self._store, ArticleId(article)),
            questions.get_sketch(self._store, ArticleId(other)),
            decisions + self.decisions(other),
            (self.article(article), self.article(other)),
        )

    def _show_nearest(self, decision: Decision) -> list[str]:
        """What the article and the one that weighed most both print."""
        if decision.nearest is None:
            return []
        pair = (decision.article, decision.nearest)
        a, b = (questions.get_sketch(self._store, one) for one in pair)
        return show_printed(find_shared(a, b), *(self.article(one) for one in pair))

    def decisions(self, article: str) -> list[Decision]:
        """The log's lines about one article, oldest first. Raises NotFound."""
        return questions.get_decisions(self._store, ArticleId(article))

    def summaries(self) -> Iterator[Summary]:
        """In order of arrival."""
        return self._store.summaries()

    def outcomes(self) -> Iterator[Outcome]:
        """How each page ended, in order of arrival."""
        return (outcome for outcome, _ in self._store.pages())

    def lists(self) -> list[Page]:
        """The pages that hold addresses and no article: OPML, sitemaps, lists."""
        return [page for kind in LISTS for page in self._store.pages_of(kind)]

    def rejections(self) -> Iterator[Outcome]:
        """The rejected pages, newest first."""
        return self._store.rejections()

    def articles(self) -> Iterator[Article]:
        """In order of arrival."""
        return self._store.articles()

    def article(self, article: str) -> Article:
        """Raises NotFound."""
        found = self._store.find_article(ArticleId(article))
        if found is None:
            raise NotFound(f"no article {article!r}; list them: tidings articles")
        return found

    def page_name(self, page: PageId) -> str | None:
        """The name under which these bytes came first."""
        return self._store.find_page_name(page)

    def versions(self, article: str) -> tuple[ArticleId, ...]:
        """All versions of the article, itself too, oldest first; empty where it is not held."""
        return self._store.versions(ArticleId(article))

    def copies(self, article: str) -> tuple[Copy, ...]:
        """What it is a copy of and what are copies of it, by arrival of the copies."""
        return self._store.copies(ArticleId(article))

    def notes(self, article: str) -> tuple[Note, ...]:
        return self._store.notes(ArticleId(article))

    def search(self, query: str, limit: int = 20) -> list[Hit]:
        """Words and meaning together, across languages."""
        self._check_embedder()
        language, _ = identify("", query)  # of a short query often und
        return questions.search(self._store, self._open_embedder(), query, language, limit)

    def _intake(self) -> Intake:
        plan = self.settings
        stages = Stages(
            plan=plan,
            reading=plan.build_executor(partial(get_extractors, plan)),
            digesting=plan.build_executor(partial(get_parts, plan)),
        )
        return Intake(self._store, stages)

    def _open_embedder(self) -> Embedder:
        if self._embedder is None:
            self._embedder = self.settings.build_embedder()
        return self._embedder

    def _check_embedder(self) -> None:
        """Vectors of two embedders can't be compared, so a store holds those of one."""
        name = self._open_embedder().name
        held = self._store.find_setting("embedder")
        if held is None:
            self._store.set_setting("embedder", name)
        elif held != name:
            raise WrongUse(
                f"this store has vectors of {held!r}, the settings give {name!r}; "
                "name that embedder in tidings.toml, or make all anew: tidings rebuild"
            )


class _Course:
    """The readers one after another, and how far they are."""

    def __init__(self, readers: list[Reader]) -> None:
        self._readers = readers

    def pages(self) -> Iterator[Page | Rejected]:
        for reader in self._readers:
            yield from reader.read()

    @property
    def share(self) -> float:
        total = sum(reader.total_bytes or 0 for reader in self._readers)
        return sum(reader.bytes_read for reader in self._readers) / total if total else 1.0
