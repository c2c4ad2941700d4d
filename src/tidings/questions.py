"""What people ask of a store: stories in order of weight, one story, why, and search."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from tidings.errors import NotFound
from tidings.model import ArticleId, Decision, Sketch, StoryId, Summary, Vector
from tidings.ports import Embedder, Store
from tidings.shapes import SHAPELESS, Shape, measure_shapes
from tidings.story.alias import Alias, find_alias
from tidings.story.frequencies import find_share
from tidings.story.headlines import choose_headline, primary
from tidings.story.lexemes import split_words, stem_words
from tidings.story.life import Step, trace_life
from tidings.story.rank import Weight, weigh
from tidings.times import Interval, hull
from tidings.urls import registrable_domain


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """One story as lists and pages show it."""

    id: StoryId
    headline: Summary  # the article that stands for the story
    articles: tuple[Summary, ...]  # last versions, earliest first, unknown times last
    earlier: tuple[ArticleId, ...]  # versions that these have taken the place of
    publishers: tuple[str, ...]  # distinct, most articles first
    languages: tuple[str, ...]  # distinct, most articles first
    published: Interval  # from the first article to the last
    weight: Weight
    nearness: Mapping[ArticleId, float] = field(default_factory=dict)  # see story/headlines.py


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What became of a story, oldest first; of one that was emptied too."""

    story: StoryId
    steps: tuple[Step, ...]
    summaries: Mapping[ArticleId, Summary]  # of all articles that the steps name
    alias: Alias | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One answer of a search, best first."""

    article: Summary
    score: float  # reciprocal ranks, summed and scaled to 0..1
    by_words: int | None  # rank among the matches of words, from 1
    by_meaning: int | None  # rank among the nearest vectors, from 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchOptions:
    """Chosen by eye on the example pages; no bench guards them yet."""

    fusion: int = 60  # constant of reciprocal rank fusion (Cormack, Clarke, Büttcher 2009)
    pool: int = 200  # hits taken from either side
    common: float = 0.1  # share of articles from which a stem is asked for only if all are such
    weak: float = 0.25  # share of the best BM25 below which a match of words is let go
    nearest: float = 0.15  # least cosine, language means off; a one-word query reaches no more
    near: float = 0.5  # share of the best cosine below which a near text is let go


def view_story(
    story: StoryId,
    summaries: Sequence[Summary],
    language: str | None,
    shape: Shape = SHAPELESS,
) -> StoryView:
    latest = [summary for summary in summaries if summary.is_latest] or summaries
    ordered = tuple(sorted(_name_publishers(latest), key=_by_time))
    return StoryView(
        id=story,
        headline=choose_headline(ordered, language, shape.nearness),
        articles=ordered,
        earlier=tuple(summary.article for summary in summaries if not summary.is_latest),
        publishers=_by_count(s.publisher for s in ordered if s.publisher),
        languages=_by_count(s.language for s in ordered),
        published=_span(ordered),
        weight=weigh(ordered, shape.looseness),
        nearness=shape.nearness,
    )


def rank_stories(store: Store, language: str | None = None) -> list[StoryView]:
    """Every story, newest and most widely reported first (story/rank.py says how)."""
    grouped: defaultdict[StoryId, list[Summary]] = defaultdict(list)
    for summary in store.summaries():
        grouped[summary.story].append(summary)
    shapes = measure_shapes(store, grouped)
    views = [
        view_story(story, summaries, language, shapes.get(story, SHAPELESS))
        for story, summaries in grouped.items()
    ]
    return sorted(views, key=lambda view: (-view.weight.score, view.id))


def find_alias_of(store: Store, story: StoryId) -> Alias | None:
    return find_alias(story, store.decisions_of(story))


def get_story(store: Store, story: StoryId, language: str | None = None) -> StoryView:
    summaries = list(store.summaries(story))
    if not summaries:
        alias = find_alias_of(store, story)
        if alias is not None:
            return get_story(store, alias.now, language)
        raise NotFound(f"no story {story!r}; list them: tidings stories")
    return view_story(story, summaries, language)


def get_life(store: Store, story: StoryId) -> Life:
    decisions = list(store.decisions_of(story))
    if not decisions:
        raise NotFound(f"no story {story!r}; list them: tidings stories")
    steps = trace_life(story, decisions)
    named = dict.fromkeys(step.line.article for step in steps)
    return Life(
        story=story,
        steps=steps,
        summaries={one: summary for one in named if (summary := store.find_summary(one))},
        alias=find_alias(story, decisions),
    )


def get_decisions(store: Store, article: ArticleId) -> list[Decision]:
    decisions = list(store.decisions(article))
    if not decisions:
        raise NotFound(f"no article {article!r}; list them: tidings articles")
    return decisions


def get_sketch(store: Store, article: ArticleId) -> Sketch:
    sketch = store.find_sketch(article)
    if sketch is None:
        raise NotFound(f"no article {article!r}; list them: tidings articles")
    return sketch


def search(store: Store, embedder: Embedder, query: str, language: str, limit: int) -> list[Hit]:
    """Words and meaning together: BM25 over stems and cosine over vectors, fused by rank."""
    options = SearchOptions()
    words = _match_words(store, query, language, options)
    near = _match_meaning(store, embedder.embed(query, language), options)
    scores = {
        article: sum(
            1 / (options.fusion + ranks[article]) for ranks in (words, near) if article in ranks
        )
        for article in {**words, **near}
    }
    best = sorted(scores, key=lambda article: (-scores[article], article))[:limit]
    hits = []
    for article in best:
        if summary := store.find_summary(article):
            scaled = scores[article] * (options.fusion + 1) / 2
            hits.append(
                Hit(
                    article=summary,
                    score=scaled,
                    by_words=words.get(article),
                    by_meaning=near.get(article),
                )
            )
    return hits


def _match_words(
    store: Store, query: str, language: str, options: SearchOptions
) -> dict[ArticleId, int]:
    """Words are stemmed in every language that is held: a query is too short to be sure of its
    own. Common ones are let go where others remain."""
    held = list(dict.fromkeys(map(primary, store.languages())))
    spoken = [primary(language)] if primary(language) in held else held
    words = [word for word in split_words(query) if not _is_common(word, spoken, options)]
    asked = " ".join(words) or query
    stems = dict.fromkeys(stem for tag in held for stem in stem_words(asked, tag))
    matches = store.match(list(stems), options.pool)
    best = matches[0][1] if matches else 0.0
    kept = [article for article, score in matches if score >= options.weak * best]
    return {article: rank for rank, article in enumerate(kept, start=1)}


def _is_common(word: str, languages: Sequence[str], options: SearchOptions) -> bool:
    return any(
        find_share(f"w:{tag}:{stem}") >= options.common
        for tag in languages
        for stem in stem_words(word, tag)
    )


def _match_meaning(store: Store, asked: Vector, options: SearchOptions) -> dict[ArticleId, int]:
    ids: list[ArticleId] = []
    rows: list[Vector] = []
    for article, vector in store.vectors():
        ids.append(article)
        rows.append(vector)
    if not ids or not asked.any():
        return {}
    cosines = np.stack(rows).astype(np.float32) @ asked.astype(np.float32) / 16e6
    order = np.argsort(-cosines, kind="stable")[: options.pool]
    least = max(options.nearest, options.near * float(cosines[order[0]]))
    near = [int(i) for i in order if cosines[i] >= least]
    return {ids[i]: rank for rank, i in enumerate(near, start=1)}


def _name_publishers(summaries: Sequence[Summary]) -> list[Summary]:
    """A publisher that one article names and another gives by its domain is one publisher."""
    domains = {s.publisher for s in summaries if s.publisher and "." in s.publisher}
    if not domains or len(summaries) == 1:
        return list(summaries)
    named = {
        domain: s.publisher
        for s in summaries
        if s.url and s.publisher and (domain := registrable_domain(s.url)) in domains
    }
    return [
        replace(s, publisher=named[s.publisher]) if s.publisher in named else s for s in summaries
    ]


def _span(summaries: Sequence[Summary]) -> Interval:
    known = [s.published for s in summaries if s.published.middle]
    return hull(known, "from the first article to the last, of those with a known time")


def _by_time(summary: Summary) -> tuple[bool, float, str]:
    middle = summary.published.middle
    return (middle is None, middle.timestamp() if middle else 0.0, summary.article)


def _by_count(values: Iterable[str]) -> tuple[str, ...]:
    counts = Counter(values)
    return tuple(sorted(counts, key=lambda value: (-counts[value], value)))
