"""Digests → decisions and copies: which story each article goes to, and whose text it has, in
order of arrival."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tidings.model import Article, ArticleId, Copy, Decision, Digest, Sketch, StoryId, Verb
from tidings.ports import Store
from tidings.story.assign import Assigner, AssignOptions
from tidings.story.copies import Copies, confirm
from tidings.story.fold import fold
from tidings.story.lookalikes import CopyOptions
from tidings.story.shingles import KEPT


class Placer:
    """Of one run. Says first whether it goes on where the store's last run ended, or follows the
    log that is held; on an empty store neither matters."""

    def __init__(self, store: Store, options: AssignOptions) -> None:
        self._store = store
        self._window = options.window
        self._assigner = Assigner(options, lambda story: any(store.decisions_of(story)))
        self._copies = Copies(CopyOptions(window=options.window))
        self._is_behind = False  # both have yet to learn what the store holds
        self._placed: Mapping[ArticleId, StoryId] = {}  # what the log has decided

    def go_on(self) -> None:
        self._is_behind = True

    def follow_log(self) -> None:
        """What the log has decided stays decided."""
        stories = fold(self._store.decisions())
        self._assigner.keep(stories)
        self._placed = {a: story.id for story in stories.values() for a in story.articles}

    def place(self, digests: Sequence[Digest]) -> tuple[tuple[Decision, ...], tuple[Copy, ...]]:
        """One decision for each article that the log has none for, each followed by the moves
        that it leads to; and those that are copies."""
        if digests and self._is_behind:  # a run that finds nothing new does without
            self._assigner.keep(self._store.user_stories())
            for sketch, story in self._store.sketches(self._window):
                self._assigner.replay(sketch, story)
                self._copies.add(sketch)
            self._is_behind = False
        copies = {copy.article: copy for copy in self._find_copies(digests)}
        return self._decide(digests, copies), tuple(copies.values())

    def _decide(
        self, digests: Sequence[Digest], copies: Mapping[ArticleId, Copy]
    ) -> tuple[Decision, ...]:
        batch = _Batch(self._assigner, copies)
        for digest in digests:
            story = self._find_settled(digest.article, batch)
            if story is None:
                batch.waiting.append(digest.sketch)
                continue
            batch.assign()
            self._assigner.replay(digest.sketch, story)
            if digest.article.id not in self._placed:
                batch.decisions.append(_follow(digest.article, story))
        batch.assign()
        return tuple(batch.decisions)

    def _find_copies(self, digests: Sequence[Digest]) -> Iterator[Copy]:
        articles = {digest.article.id: digest.article for digest in digests}
        for digest in digests:
            found = self._copies.find(digest.sketch, self._find_versions(digest.article, articles))
            self._copies.add(digest.sketch)
            if found is None:
                continue
            if len(digest.sketch.signature) >= KEPT:  # of a long text it is a sample
                first = articles.get(found.of) or self._store.find_article(found.of)
                found = confirm(found, digest.article.body, first.body) if first else found
            yield found

    def _find_versions(
        self, article: Article, unwritten: Mapping[ArticleId, Article]
    ) -> set[ArticleId]:
        """The versions before this one."""
        found: set[ArticleId] = set()
        earlier = article.supersedes
        while earlier is not None and earlier in unwritten:
            found.add(earlier)
            earlier = unwritten[earlier].supersedes
        return found | set(self._store.versions(earlier) if earlier else ())

    def _find_settled(self, article: Article, batch: _Batch) -> StoryId | None:
        """The story that the log or an earlier version has settled."""
        if article.id in self._placed or article.supersedes is None:
            return self._placed.get(article.id)
        return batch.find_story(article.supersedes) or self._store.find_story_of(article.supersedes)


class _Batch:
    """Articles that are placed together; those that wait are compared with the window at once."""

    def __init__(self, assigner: Assigner, copies: Mapping[ArticleId, Copy]) -> None:
        self._assigner = assigner
        self._copies = copies
        self.waiting: list[Sketch] = []
        self.decisions: list[Decision] = []

    def assign(self) -> None:
        if self.waiting:
            self.decisions += self._assigner.assign(self.waiting, self._copies)
            self.waiting = []

    def find_story(self, article: ArticleId) -> StoryId | None:
        """Where this batch puts the article, which may be an earlier one that is moved; None
        where it says nothing of it."""
        self.assign()
        found = [one.story for one in self.decisions if one.article == article]
        return found[-1] if found else None


def _follow(article: Article, story: StoryId) -> Decision:
    return Decision(
        verb=Verb.JOINED,
        article=article.id,
        story=story,
        score=1.0,
        reason=f"a new version of article {article.supersedes!r}, which is in this story",
        by="version/1",
        nearest=article.supersedes,
        signals=(),
    )
