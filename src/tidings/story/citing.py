"""Which held article is meant where another one names its publisher or gives its address."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np

from tidings.model import Article, ArticleId, Sketch, SourceLink, Summary
from tidings.reading.outlets import name_keys
from tidings.story.graph import Report
from tidings.story.parties import address_key, link_keys
from tidings.story.traits import SCALE, weigh_traits
from tidings.times import Interval
from tidings.urls import registrable_domain


@dataclass(frozen=True, slots=True, kw_only=True)
class CitingOptions:
    """Chosen on the odd half of the day's hyperlinks between publishers, guarded by
    bench/citations.py on the even one."""

    later: timedelta = timedelta(minutes=30)  # that the cited one's clock may be ahead
    earlier: timedelta = timedelta(days=14)  # that it may lie back
    likeness: float = 0.55  # least of the two articles: cosine, and what their traits add
    margin: float = 0.04  # by which the nearest is ahead of the next; less: two fit, so none
    by_address: float = 0.97  # score of an article whose address is given
    by_text: float = 0.99  # of one whose publisher is named and whose text it has
    before: timedelta = timedelta(hours=1)  # that what a publisher says of itself lies back


DEFAULTS = CitingOptions()

FindSketch = Callable[[ArticleId], Sketch | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The held article that is meant."""

    article: ArticleId
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class _Held:
    article: ArticleId
    published: Interval


@dataclass(slots=True)
class Shelf:
    """What is held, found by publisher and by address."""

    find_sketch: FindSketch
    _by_key: dict[str, list[_Held]] = field(default_factory=dict)
    _by_address: dict[str, ArticleId] = field(default_factory=dict)
    _keys: dict[ArticleId, frozenset[str]] = field(default_factory=dict)

    def add(self, one: Summary | Article) -> None:
        """In order of arrival."""
        article = one.article if isinstance(one, Summary) else one.id
        domain = registrable_domain(one.url) if one.url else None
        keys = name_keys(one.publisher, domain)
        self._keys[article] = keys
        for key in keys:
            self._by_key.setdefault(key, []).append(_Held(article, one.published))
        if one.url and (address := address_key(one.url)):
            self._by_address[address] = article

    def keys_of(self, article: ArticleId) -> frozenset[str]:
        return self._keys.get(article, frozenset())

    def find_by_address(self, url: str) -> ArticleId | None:
        return self._by_address.get(address_key(url))

    def candidates(self, keys: Iterable[str]) -> list[_Held]:
        """Of the publisher, in order of arrival."""
        return list(dict.fromkeys(one for key in sorted(keys) for one in self._by_key.get(key, ())))


def resolve(
    report: Report,
    link: SourceLink,
    shelf: Shelf,
    copies: Mapping[ArticleId, Collection[ArticleId]] | None = None,
    options: CitingOptions = DEFAULTS,
) -> Match | None:
    """The article that ``link`` means: by its address, by having one text, else by publisher, time
    and content. A publisher that names itself means what it told before."""
    keys = link_keys(link)
    if link.url and (found := _find_linked(report, link.url, shelf)):
        return Match(
            article=found, score=options.by_address, reason=f"gives its address {link.url}"
        )
    if not keys:
        return None
    for other in sorted((copies or {}).get(report.article.id, ())):
        if shelf.keys_of(other) & keys and not keys & shelf.keys_of(report.article.id):
            return Match(article=other, score=options.by_text, reason="names it and has its text")
    if linked := _find_link_to(report, keys, shelf):
        return Match(
            article=linked, score=options.by_address, reason=f"names {link.source} and links to it"
        )
    return _find_alike(report, link, keys, shelf, options)


def _find_linked(report: Report, url: str, shelf: Shelf) -> ArticleId | None:
    found = shelf.find_by_address(url)
    return None if found == report.article.id else found


def _find_link_to(report: Report, keys: frozenset[str], shelf: Shelf) -> ArticleId | None:
    """The one held article of the publisher that the page links to; None where there are two."""
    linked = {
        found
        for url in report.article.links
        if (found := _find_linked(report, url, shelf)) and shelf.keys_of(found) & keys
    }
    return linked.pop() if len(linked) == 1 else None


def _find_alike(
    report: Report, link: SourceLink, keys: frozenset[str], shelf: Shelf, options: CitingOptions
) -> Match | None:
    scored = []
    is_own = bool(keys & shelf.keys_of(report.article.id))
    for held in shelf.candidates(keys):
        if held.article == report.article.id or not _is_in_time(held.published, report, options):
            continue
        if is_own and _gap(held.published.end, report.article.published.start) < options.before:
            continue
        sketch = shelf.find_sketch(held.article)
        if sketch is not None:
            scored.append((measure_likeness(report.sketch, sketch), held.article))
    scored.sort(key=lambda one: (-one[0], one[1]))
    if not scored or scored[0][0] < options.likeness:
        return None
    best, article = scored[0]
    if len(scored) > 1 and best - scored[1][0] < options.margin:
        return None
    return Match(
        article=article,
        score=round(min(0.9, 0.5 + best / 4), 4),
        reason=f"names {link.source}, whose article is near ({best:.2f}) and not later",
    )


def rate_linked(
    report: Report, linked: ArticleId, shelf: Shelf, options: CitingOptions = DEFAULTS
) -> float | None:
    """How like a page is that the report links to; None where it tells something else, or is
    later."""
    sketch = shelf.find_sketch(linked)
    if sketch is None or not _is_in_time(sketch.published, report, options):
        return None
    likeness = measure_likeness(report.sketch, sketch)
    return likeness if likeness >= options.likeness else None


def _is_in_time(published: Interval, report: Report, options: CitingOptions) -> bool:
    """Whether it may have come before. What isn't known may."""
    own = report.article.published
    is_later = _gap(own.end, published.start) > options.later
    return not is_later and _gap(published.end, own.start) <= options.earlier


def _gap(first: datetime | None, second: datetime | None) -> timedelta:
    return second - first if first and second else timedelta(0)


def measure_likeness(a: Sketch, b: Sketch) -> float:
    """The cosine of the vectors, and what names, numbers and addresses in common add."""
    cosine = float(a.vector.astype(np.float32) @ b.vector.astype(np.float32)) / 16e6
    ours, theirs = weigh_traits(a.terms), weigh_traits(b.terms)
    shared = sum(weight * theirs.get(term, 0) for term, weight in ours.items())
    return cosine + shared / SCALE**2
