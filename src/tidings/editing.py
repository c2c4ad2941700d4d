"""What a person says of stories → lines of the log, which outrank every rule's for ever."""

from __future__ import annotations

from collections.abc import Sequence

from tidings.errors import NotFound, WrongUse
from tidings.model import ArticleId, Batch, Decision, Story, StoryId, Verb
from tidings.ports import Store
from tidings.story.alias import find_alias
from tidings.story.fold import USER
from tidings.story.identity import choose_story_id


def merge(store: Store, story: StoryId, into: StoryId, note: str) -> list[Decision]:
    """Every article of ``story`` goes into the other; its id leads there from then on."""
    if story == into:
        raise WrongUse(f"story {story!r} is named twice; name two different stories")
    with store.running():
        held, target = get_held(store, story), get_held(store, into)
        reason = f"story {story} was merged into {into}"
        return _write(store, held.articles, target.id, _close(reason, note))


def split(store: Store, story: StoryId, articles: Sequence[ArticleId], note: str) -> list[Decision]:
    """They become a story of their own, each with all its versions. Its id is made of the id of
    the one that came first."""
    with store.running():
        held = get_held(store, story)
        named = _with_versions(store, articles)
        for article in articles:
            if article not in held.articles:
                raise WrongUse(_tell_elsewhere(store, article, story))
        going = tuple(article for article in held.articles if article in named)
        if len(going) == len(held.articles):
            raise WrongUse(
                f"that is all of story {story!r}, versions included; name fewer of its articles "
                f"(tidings stories show {story})"
            )
        new = choose_story_id(going[0], lambda one: store.find_story(one) is not None)
        return _write(store, going, new, _close(f"split off from story {story}", note))


def move(store: Store, articles: Sequence[ArticleId], story: StoryId, note: str) -> list[Decision]:
    """Each goes into the story with all its versions; those that are there already stay."""
    with store.running():
        held = get_held(store, story)
        named = _with_versions(store, articles)
        going = [article for article in named if article not in held.articles]
        if not going:
            raise WrongUse(f"already in story {story!r}, so nothing is to be moved")
        lines = [
            _say(article, story, _close(f"moved from story {place} to {story}", note))
            for article in going
            if (place := store.find_story_of(article))
        ]
        store.write(_batch(lines))
        return lines


def get_held(store: Store, story: StoryId) -> Story:
    """Raises NotFound, or WrongUse where all its articles went elsewhere."""
    held = store.find_story(story)
    if held is not None:
        return held
    alias = find_alias(story, store.decisions_of(story))
    if alias is None:
        raise NotFound(f"no story {story!r}; list them: tidings stories")
    raise WrongUse(f"story {story!r} has no articles left, it is now {alias.now}; name that one")


def _with_versions(store: Store, articles: Sequence[ArticleId]) -> dict[ArticleId, None]:
    """Each article with its versions, in the order in which they were named."""
    if not articles:
        raise WrongUse("no article is named; name at least one (tidings stories show STORY)")
    named: dict[ArticleId, None] = {}
    for article in articles:
        if store.find_story_of(article) is None:
            raise NotFound(f"no article {article!r}; list them: tidings articles")
        named |= dict.fromkeys((*store.versions(article), article))
    return named


def _tell_elsewhere(store: Store, article: ArticleId, story: StoryId) -> str:
    place = store.find_story_of(article)
    return f"article {article!r} is not in story {story!r} but in {place}; split that one"


def _close(reason: str, note: str) -> str:
    words = " ".join(note.split())
    return f"{reason}: {words}" if words else reason


def _write(
    store: Store, articles: Sequence[ArticleId], story: StoryId, reason: str
) -> list[Decision]:
    lines = [_say(article, story, reason) for article in articles]
    store.write(_batch(lines))
    return lines


def _say(article: ArticleId, story: StoryId, reason: str) -> Decision:
    return Decision(
        verb=Verb.MOVED,
        article=article,
        story=story,
        score=1.0,
        reason=reason,
        by=USER,
        nearest=None,
        signals=(),
    )


def _batch(lines: Sequence[Decision]) -> Batch:
    return Batch(pages=(), outcomes=(), digests=(), decisions=tuple(lines))
