"""What is told of a story beside others: related stories, and the line they make."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tidings.model import ArticleId, Evidence, StoryId
from tidings.ports import Store
from tidings.questions import StoryView, get_story
from tidings.story.lines import trace_line
from tidings.story.printed import find_printed
from tidings.story.profiles import Profile, Profiles
from tidings.story.related import Kind, Link, find_related
from tidings.story.why import find_shared

WINDOW = 50_000
"""Articles, the last by arrival: stories without any of them are not found."""

PRINTED = 4
"""Names shown of a pair as they are printed."""

LINE = 12
"""Stories at most beside the one that a line is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedStory:
    """A story with what ties it to another."""

    story: StoryView
    link: Link
    printed: tuple[tuple[Evidence, Evidence], ...]  # in the pair: the asked story's first
    reason: str  # a sentence that a person can check


@dataclass(frozen=True, slots=True, kw_only=True)
class LineStep:
    """One story of a line, earliest first."""

    story: StoryView
    is_asked: bool
    tie: RelatedStory | None  # the step that it hangs on most: see story/lines.py


class Relations:
    """Of one store. What stories are compared by is kept until the store changes: some seconds
    for 40,000 articles, then milliseconds a question (bench/related.py)."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: tuple[int, Profiles] | None = None

    def related(self, story: StoryId, language: str | None, limit: int) -> list[RelatedStory]:
        """Likeliest first. Raises NotFound."""
        links = find_related(self._profiles(), self._get_profile(story), limit)
        return [self._tell(link, language) for link in links]

    def line(self, story: StoryId, language: str | None) -> list[LineStep]:
        """The story and those related to it, by when they began. Raises NotFound."""
        profiles, asked = self._profiles(), self._get_profile(story)
        steps = trace_line(profiles, asked, find_related(profiles, asked, LINE))
        return [
            LineStep(
                story=get_story(self._store, step.story, language),
                is_asked=step.story == asked.story,
                tie=self._tell(step.link, language) if step.link else None,
            )
            for step in steps
        ]

    def _profiles(self) -> Profiles:
        version = self._store.version()
        if self._kept is None or self._kept[0] != version:
            self._kept = (version, Profiles(self._store.sketches(WINDOW)))
        return self._kept[1]

    def _get_profile(self, story: StoryId) -> Profile:
        """That of a story of which nothing is in the window is made for the question."""
        view = get_story(self._store, story)  # of an emptied one, that which it is now
        found = self._profiles().find(view.id)
        if found is not None:
            return found
        sketches = (self._store.find_sketch(one.article) for one in view.articles)
        return self._profiles().draw(view.id, [one for one in sketches if one])

    def _tell(self, link: Link, language: str | None) -> RelatedStory:
        printed = self._find_printed(link)
        return RelatedStory(
            story=get_story(self._store, link.story, language),
            link=link,
            printed=printed,
            reason=describe_link(link, printed),
        )

    def _find_printed(self, link: Link) -> tuple[tuple[Evidence, Evidence], ...]:
        a, b = (self._store.find_article(one) for one in link.pair)
        first, second = (self._store.find_sketch(one) for one in link.pair)
        if not (a and b and first and second):
            return ()
        terms = list(dict.fromkeys((*link.shared, *find_shared(first, second))))
        ours, theirs = find_printed(a, terms), find_printed(b, terms)
        both = [(ours[term], theirs[term]) for term in terms if term in ours and term in theirs]
        return tuple(_each_once(both))[:PRINTED]


def describe_link(link: Link, printed: Sequence[tuple[Evidence, Evidence]]) -> str:
    """Of the pair and what both print."""
    parts = [TOLD[link.kind]]
    if link.hours:
        parts.append(f"{say_hours(link.hours)} apart")
    names = [a.text if a.text == b.text else f"{a.text} = {b.text}" for a, b in printed]
    parts.append(f"both print {', '.join(names)}" if names else "alike in meaning alone")
    parts.append(f"nearest {link.pair[0]} and {link.pair[1]} at {link.cosine:.2f}")
    return f"{', '.join(parts)}; likelihood {link.score:.2f}"


def say_hours(hours: float) -> str:
    if hours < 1:
        return f"{max(1, round(hours * 60))} min"
    return f"{hours:.0f} h" if hours < 48 else f"{hours / 24:.0f} days"


TOLD = {
    Kind.BEFORE: "came before",
    Kind.AFTER: "came after",
    Kind.ALONGSIDE: "told at the same time",
    Kind.UNDATED: "a time is unknown",
}


def _each_once(
    pairs: Iterable[tuple[Evidence, Evidence]],
) -> Iterable[tuple[Evidence, Evidence]]:
    """A word that stands for several terms is shown once."""
    seen: set[tuple[ArticleId, int]] = set()
    for a, b in pairs:
        places = {(one.article, one.start) for one in (a, b)}
        if not places & seen:
            yield a, b
        seen |= places
