"""Profiles → the stories related to one, each with its kind and what shows it.

TDT calls it story link detection (Allan 2002); which came before which and what hangs on what is
event threading (Nallapati, Feng, Peng, Allan 2004). Ours: nearness in meaning above what is usual
around the story, and names in common; dates tell before from after only where the
stories' times do not overlap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import exp, sqrt

import numpy as np
from numpy.typing import NDArray

from tidings.model import ArticleId, StoryId
from tidings.story.profiles import Profile, Profiles
from tidings.times import Interval

UNIT = 4000.0**2  # dot product of two equal vectors


class Kind(StrEnum):
    """When a related story was told, beside the one that is asked about."""

    BEFORE = "before"  # its articles were out before the first of this one
    AFTER = "after"
    ALONGSIDE = "alongside"  # their times overlap: which led to which can't be told by dates
    UNDATED = "undated"  # of one of them no time is known


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedOptions:
    """Guarded by bench/related.py, which says how they were chosen."""

    candidates: int = 60  # stories looked at by meaning, and as many by terms
    crowd: tuple[int, int] = (10, 40)  # ranks of the nearest whose mean is what is usual around
    usual: float = 0.3  # cosine at those ranks on a day of news; for ranks that a few stories lack
    bias: float = -4.7
    meaning: float = 18.2  # per cosine of the centres above the usual
    nearest: float = 7.5  # per cosine of the nearest two articles above that of the centres
    names: float = 6.7  # per root of the cosine of names in common
    threshold: float = 0.6  # likelihood from which a story is said to be related; read by eye
    shown: int = 6  # terms in common that are named
    sample: int = 20  # articles of either story among which the nearest pair is looked for


DEFAULTS = RelatedOptions()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What ties one story to another."""

    story: StoryId  # the other
    kind: Kind  # of the other, beside the one that is asked about
    score: float  # likelihood that the two belong to one affair, 0..1
    shared: tuple[str, ...]  # names, numbers and addresses that both have, see terms.py
    hours: float | None  # between the two; 0 where they overlap, None where a time is unknown
    pair: tuple[ArticleId, ArticleId]  # the nearest in meaning; the asked story's first
    cosine: float  # of the pair


def find_related(
    profiles: Profiles, profile: Profile, limit: int, options: RelatedOptions = DEFAULTS
) -> list[Link]:
    """At most ``limit``, likeliest first, ties by id; ``profile`` itself is none of them."""
    links = rank_candidates(profiles, profile, options)
    return [link for link in links if link.score >= options.threshold][:limit]


def rank_candidates(
    profiles: Profiles, profile: Profile, options: RelatedOptions = DEFAULTS
) -> list[Link]:
    """All that were looked at, likeliest first, ties by id."""
    usual = find_usual(profiles, profile, options)
    near = profiles.find_near(profile, options.candidates)
    sharing = profiles.find_sharing(profile, options.candidates)
    found = {one.story: one for one in (*(one for one, _ in near), *sharing)}
    links = [make_link(profile, one, usual, options) for one in found.values()]
    return sorted(links, key=lambda link: (-link.score, link.story))


def find_usual(profiles: Profiles, profile: Profile, options: RelatedOptions = DEFAULTS) -> float:
    """The cosine that is nothing special around this story: where many are alike (markets,
    matches, weather), likeness says less."""
    first, last = options.crowd
    near = [cosine for _, cosine in profiles.find_near(profile, last)][first:]
    padded = near + [options.usual] * (last - first - len(near))
    return max(options.usual, sum(padded) / len(padded))


def make_link(a: Profile, b: Profile, usual: float, options: RelatedOptions = DEFAULTS) -> Link:
    """``usual`` is that of ``a``; but for it the score is symmetric."""
    pair, nearest = _find_nearest(a, b, options.sample)
    centres = float(a.centre @ b.centre)
    total = options.bias + options.meaning * (centres - usual)
    total += options.nearest * (nearest - centres)
    total += options.names * sqrt(compare_names(a, b))
    return Link(
        story=b.story,
        kind=tell_kind(a.published, b.published),
        score=1 / (1 + exp(-max(-50.0, min(50.0, total)))),
        shared=_find_shared(a, b)[: options.shown],
        hours=_count_hours(a.published, b.published),
        pair=pair,
        cosine=nearest,
    )


def tell_kind(asked: Interval, other: Interval) -> Kind:
    if not (asked.start and asked.end and other.start and other.end):
        return Kind.UNDATED
    if other.end <= asked.start:
        return Kind.BEFORE
    return Kind.AFTER if other.start >= asked.end else Kind.ALONGSIDE


def _count_hours(a: Interval, b: Interval) -> float | None:
    if not (a.start and a.end and b.start and b.end):
        return None
    gap = max(a.start - b.end, b.start - a.end)
    return max(0.0, gap.total_seconds() / 3600)


def compare_names(a: Profile, b: Profile) -> float:
    """Cosine of the names, 0..1."""
    if not a.length or not b.length:
        return 0.0
    common = sorted(a.names.keys() & b.names.keys())  # a fixed order of the sum
    total = sum(a.names[term] * b.names[term] for term in common)
    return min(1.0, total / (a.length * b.length))


def _find_shared(a: Profile, b: Profile) -> tuple[str, ...]:
    """Those that weigh most in both first."""
    common = [(-min(a.names[term], b.names[term]), term) for term in a.names.keys() & b.names]
    return tuple(term for _, term in sorted(common))


def _find_nearest(a: Profile, b: Profile, sample: int) -> tuple[tuple[ArticleId, ArticleId], float]:
    """Of the articles of each that are nearest to the other's centre, the nearest two."""
    ours, theirs = _nearest_rows(a, b.centre, sample), _nearest_rows(b, a.centre, sample)
    dots = a.vectors[ours].astype(np.int64) @ b.vectors[theirs].astype(np.int64).T
    row, column = divmod(int(np.argmax(dots)), len(theirs))
    pair = (a.articles[ours[row]], b.articles[theirs[column]])
    return pair, float(dots[row, column]) / UNIT


def _nearest_rows(profile: Profile, centre: NDArray[np.float32], count: int) -> Sequence[int]:
    near = -(profile.vectors.astype(np.float32) @ centre)
    return [int(row) for row in np.argsort(near, kind="stable")[:count]]
