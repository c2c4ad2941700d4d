"""Digests → decisions: which story each article goes to, in order of arrival."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tidings.model import Article, ArticleId, Decision, Digest, Sketch, StoryId, Verb
from tidings.ports import Store
from tidings.story.assign import Assigner, AssignOptions
from tidings.story.fold import fold


class Placer:
    """Of one run. Says first whether it goes on where the store's last run ended, or follows the
    log that is held; on an empty store neither matters."""

    def __init__(self, store: Store, options: AssignOptions) -> None:
        self._store = store
        self._window = options.window
        self._assigner = Assigner(options, lambda story: store.find_story(story) is not None)
        self._is_behind = False  # the assigner has yet to learn what the store holds
        self._placed: Mapping[ArticleId, StoryId] = {}  # what the log has decided

    def go_on(self) -> None:
        self._is_behind = True

    def follow_log(self) -> None:
        """What the log has decided stays decided."""
        stories = fold(self._store.decisions())
        self._placed = {a: story.id for story in stories.values() for a in story.articles}

    def place(self, digests: Sequence[Digest]) -> tuple[Decision, ...]:
        """One decision for each article that the log has none for."""
        if digests and self._is_behind:  # a run that finds nothing new does without
            for sketch, its_story in self._store.sketches(self._window):
                self._assigner.replay(sketch, its_story)
            self._is_behind = False
        decisions: list[Decision] = []
        run: list[Sketch] = []  # that are compared with the window at once
        for digest in digests:
            story = self._find_settled(digest.article, decisions, run)
            if story is None:
                run.append(digest.sketch)
                continue
            decisions += self._assign(run)
            self._assigner.replay(digest.sketch, story)
            if digest.article.id not in self._placed:
                decisions.append(_follow(digest.article, story))
        decisions += self._assign(run)
        return tuple(decisions)

    def _assign(self, run: list[Sketch]) -> list[Decision]:
        """Empties ``run``."""
        taken = run.copy()
        run.clear()
        return self._assigner.assign(taken) if taken else []

    def _find_settled(
        self, article: Article, decisions: list[Decision], run: list[Sketch]
    ) -> StoryId | None:
        """The story that the log or an earlier version has settled; that version may be waiting
        in ``run``, which is decided then."""
        if article.id in self._placed or article.supersedes is None:
            return self._placed.get(article.id)
        if any(sketch.article == article.supersedes for sketch in run):
            decisions += self._assign(run)
        new = [one.story for one in decisions if one.article == article.supersedes]
        return new[-1] if new else self._store.find_story_of(article.supersedes)


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
