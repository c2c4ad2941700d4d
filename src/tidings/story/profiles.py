"""Articles with their stories → profiles: what one story is compared with another by.

Linear in the articles, made once for all that is held. A story's heaviest terms stand in postings,
so that a question costs one matrix product and a few lookups, not a comparison of all with all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from heapq import nlargest
from itertools import chain
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from tidings.model import ArticleId, Sketch, StoryId
from tidings.story.frequencies import find_share
from tidings.times import Interval, unknown

PRIOR = 1000
"""Articles that the background table of frequencies counts for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileOptions:
    """Chosen by eye on a day of news, guarded by bench/related.py."""

    common: float = 2.5  # inverse document frequency of a name that tells nothing: one in twelve
    doubt: float = 1.0  # articles without the name that a story is taken to have besides its own
    share: float = 0.15  # of a story's articles: what fewer have is not the story's
    names: int = 40  # kept of a story, heaviest first
    edge: float = 0.1  # share of its articles that a story's time leaves out at either end


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Profile:
    """One story as it is compared."""

    story: StoryId
    articles: tuple[ArticleId, ...]  # by arrival
    vectors: NDArray[np.int16]  # shape (articles, dimensions)
    centre: NDArray[np.float32]  # the sum of the vectors, scaled to length 1; zeros stay zeros
    names: Mapping[str, float]  # terms that are names, numbers or addresses, heaviest first
    length: float  # root of the sum of their squares
    published: Interval  # the middle of its articles, without the edges
    begun: datetime | None  # the earliest start of an article's time that is known


class Profiles:
    """All stories that are held, each found by what it has in common with one."""

    def __init__(
        self, placed: Iterable[tuple[Sketch, StoryId]], options: ProfileOptions | None = None
    ) -> None:
        self._options = options or ProfileOptions()
        self._counts = _Counts()
        drafts: defaultdict[StoryId, list[Sketch]] = defaultdict(list)
        for sketch, story in placed:
            drafts[story].append(sketch)
            self._counts.add(sketch)
        self._order = [self.draw(story, drafts[story]) for story in drafts]
        self._places = {profile.story: at for at, profile in enumerate(self._order)}
        centres = [profile.centre for profile in self._order]
        self._centres = np.stack(centres) if centres else np.zeros((0, 0), dtype=np.float32)
        self._postings: defaultdict[str, list[int]] = defaultdict(list)
        for at, profile in enumerate(self._order):
            for term in profile.names:
                self._postings[term].append(at)

    def __len__(self) -> int:
        return len(self._order)

    def __iter__(self) -> Iterator[Profile]:
        """In the order in which they came."""
        return iter(self._order)

    def find(self, story: StoryId) -> Profile | None:
        at = self._places.get(story)
        return None if at is None else self._order[at]

    def draw(self, story: StoryId, sketches: Iterable[Sketch]) -> Profile:
        """The profile of ``sketches``, at least one, as one story."""
        members = list(sketches)
        vectors = np.stack([sketch.vector for sketch in members])
        names = self._weigh(members)
        return Profile(
            story=story,
            articles=tuple(sketch.article for sketch in members),
            vectors=vectors,
            centre=find_centre(vectors),
            names=names,
            length=sqrt(sum(weight**2 for weight in names.values())),
            published=_find_middle([one.published for one in members], self._options.edge),
            begun=min((s for one in members if (s := one.published.start)), default=None),
        )

    def find_near(self, profile: Profile, count: int) -> list[tuple[Profile, float]]:
        """The ``count`` nearest in meaning, with the cosine of the centres, nearest first."""
        cosines = self._centres @ profile.centre if len(self._order) else np.zeros(0)
        near = np.argsort(-cosines, kind="stable")[: count + 1]
        found = [(self._order[at], float(cosines[at])) for at in near]
        return [pair for pair in found if pair[0].story != profile.story][:count]

    def find_sharing(self, profile: Profile, count: int) -> list[Profile]:
        """The ``count`` that have most in common in names, most first."""
        sums: defaultdict[int, float] = defaultdict(float)
        for term, weight in profile.names.items():
            for at in self._postings.get(term, ()):
                sums[at] += weight * self._order[at].names[term]
        sums.pop(self._places.get(profile.story, -1), None)
        most = nlargest(count, sums.items(), key=lambda pair: (pair[1], -pair[0]))
        return [self._order[at] for at, _ in most]

    def _weigh(self, members: list[Sketch]) -> dict[str, float]:
        counts = Counter(chain.from_iterable(map(_find_names, members)))
        options, whole = self._options, len(members) + self._options.doubt
        found = []
        for term, count in counts.items():
            if count >= options.share * whole:
                rare = self._counts.weigh(term) - options.common
                if rare > 0:
                    found.append((rare * count / whole, term))
        return {term: weight for weight, term in nlargest(options.names, found)}


class _Counts:
    """In how many of the articles each name is."""

    def __init__(self) -> None:
        self._names: Counter[str] = Counter()
        self._articles = 0
        self._weights: dict[str, float] = {}

    def add(self, sketch: Sketch) -> None:
        self._names.update(_find_names(sketch))
        self._articles += 1

    def weigh(self, term: str) -> float:
        """Inverse document frequency."""
        known = self._weights.get(term)
        if known is None:
            expected = PRIOR * find_share(term)
            known = log((self._articles + PRIOR) / (self._names.get(term, 0) + expected + 1))
            self._weights[term] = known
        return known


def _find_names(sketch: Sketch) -> list[str]:
    """Numbers and addresses, too: not stems, which only their own language has."""
    return [term for term in sketch.terms if term[0] != "w"]


def find_centre(vectors: NDArray[np.int16]) -> NDArray[np.float32]:
    total = vectors.sum(axis=0, dtype=np.int64).astype(np.float64)
    length = float(np.sqrt(total @ total))
    centre: NDArray[np.float32] = (total / (length or 1.0)).astype(np.float32)
    return centre


def _find_middle(times: list[Interval], edge: float) -> Interval:
    starts = sorted(one.start for one in times if one.start and one.end)
    ends = sorted(one.end for one in times if one.start and one.end)
    if not starts:
        return unknown("no article of it has a known time")
    cut = int(len(starts) * edge)
    start, end = starts[cut], ends[len(ends) - 1 - cut]
    return Interval(start=start, end=end, reason="from its first articles to its last")
