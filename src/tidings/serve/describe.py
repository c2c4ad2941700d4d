"""Answers as JSON objects: what ``--json`` prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from tidings.model import Decision, Outcome, Summary, Tally
from tidings.questions import Hit, Life, StoryView
from tidings.serve.exports.articles import describe_bounds
from tidings.story.fold import fold

if TYPE_CHECKING:
    from tidings.readers.web import FetchTally


def tally(counted: Tally | FetchTally) -> dict[str, Any]:
    return asdict(counted) | {"reasons": dict(counted.reasons)}


def rejection(outcome: Outcome) -> dict[str, Any]:
    return {
        "name": outcome.name,
        "page": outcome.page,
        "reason": outcome.reason,
        "detail": outcome.detail,
    }


def story(view: StoryView) -> dict[str, Any]:
    first, last = describe_bounds(view.published)
    return {
        "story": view.id,
        "headline": view.headline.headline or view.headline.lead,
        "articles": [summary.article for summary in view.articles],
        "earlier_versions": list(view.earlier),
        "publishers": list(view.publishers),
        "languages": list(view.languages),
        "first": first,
        "last": last,
        "score": round(view.weight.score, 4),
        "why": view.weight.reason,
    }


def summary(summary: Summary) -> dict[str, Any]:
    return {
        "id": summary.article,
        "story": summary.story,
        "headline": summary.headline,
        "url": summary.url,
        "publisher": summary.publisher,
        "language": summary.language,
        "published": list(describe_bounds(summary.published)),
    }


def hit(hit: Hit) -> dict[str, Any]:
    found = {"score": round(hit.score, 4), "by_words": hit.by_words, "by_meaning": hit.by_meaning}
    return summary(hit.article) | found


def decision(decision: Decision) -> dict[str, Any]:
    return {
        "verb": decision.verb,
        "article": decision.article,
        "story": decision.story,
        "score": decision.score,
        "reason": decision.reason,
        "by": decision.by,
        "nearest": decision.nearest,
        "signals": dict(decision.signals),
    }


def life(told: Life) -> Iterator[dict[str, Any]]:
    """One object a line of the log that held, as the story sees it."""
    for step in told.steps:
        held = told.summaries.get(step.line.article)
        seen = {"step": step.kind, "other": step.other, "headline": held and held.headline}
        yield seen | decision(step.line)


def pair(articles: tuple[str, str], why: str, decisions: Sequence[Decision]) -> dict[str, Any]:
    """``why`` is what a person is told; ``decisions`` are the log's lines about both articles."""
    places = {one: story.id for story in fold(decisions).values() for one in story.articles}
    stories = [story for article, story in places.items() if article in articles]
    return {
        "articles": list(articles),
        "together": len(stories) == 2 and len(set(stories)) == 1,
        "why": why.splitlines(),
        "decisions": [decision(one) for one in decisions],
    }
