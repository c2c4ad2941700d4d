"""Between reading and digest: what an article is beside those that are held already.

In order of arrival, so that what it does depends on the articles before alone: page by page, in
pieces and at once give the same.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Iterable
from dataclasses import dataclass, replace

from tidings.model import Article, ArticleId, Page
from tidings.ports import Store
from tidings.reading.habits import DEFAULTS, Habits, find_outlet
from tidings.reading.localtime import choose_zone, find_local, localize
from tidings.story.versions import Kinship, compare
from tidings.urls import canonical

OUTLETS = 2_000  # publishers whose past is kept in memory, some 50 kB each


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The page says nothing that is not held."""

    detail: str  # where it is


class TakenError(Exception):
    """The id is held by another article."""

    def __init__(self, article: ArticleId) -> None:
        super().__init__(article)
        self.detail = (
            f"the id {article!r} is held already with other content; give this one another id"
        )


class _Past:
    """The last articles of one publisher, as far as they tell of the next."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._habits = Habits()
        self._clocks: deque[Article] = deque(maxlen=DEFAULTS.earlier)
        for article in articles:
            self.learn(article)

    def learn(self, article: Article) -> None:
        self._habits.learn(article)
        self._clocks.append(replace(article, text="", blocks=(), links=(), grounds=()))

    def settle(self, article: Article) -> Article:
        peeled = self._habits.peel(article)
        if not any(map(find_local, article.timestamps)):
            return peeled
        zone = choose_zone(tuple(self._clocks))
        return localize(peeled, zone) if zone else peeled


class Settler:
    """Settles articles of one run. ``forget`` tells it what is written by now."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._past: OrderedDict[str, _Past] = OrderedDict()
        self._unwritten: dict[ArticleId, Article] = {}
        self._by_address: dict[str, ArticleId] = {}  # of the unwritten, the last at each

    def settle(self, page: Page, articles: tuple[Article, ...]) -> tuple[Article, ...] | Known:
        """The articles, with furniture apart and in the publisher's zone, one that follows another
        as its version; Known where the page says nothing that is not held. Raises TakenError."""
        peeled = tuple(map(self._settle_one, articles))
        if len(peeled) == 1:
            found = self._follow(page, peeled[0])
            if isinstance(found, Known):
                return found
            peeled = (found,)
        else:
            self._refuse_taken(peeled)
        for article in peeled:
            self._keep(article)
        return peeled

    def forget(self, articles: Iterable[ArticleId]) -> None:
        """They are in the store from now on."""
        for name in articles:
            article = self._unwritten.pop(name, None)
            address = _address(article) if article else None
            if address and self._by_address.get(address) == name:
                del self._by_address[address]
        if len(self._past) > OUTLETS:
            self._trim()

    def _trim(self) -> None:
        """What is written can be read again."""
        pinned = {find_outlet(article) for article in self._unwritten.values()}
        idle = [outlet for outlet in self._past if outlet not in pinned]
        for outlet in idle[: len(self._past) - OUTLETS]:
            del self._past[outlet]

    def _follow(self, page: Page, article: Article) -> Article | Known:
        """One article of one page, as a version of what is held under its id or address."""
        namesake = self._find(article.id)
        earlier = namesake or self._find_latest(_address(article))
        kinship = compare(earlier, article) if earlier else Kinship.NONE
        if namesake and kinship is Kinship.NONE:
            self._refuse_taken((article,))
        has_own_name = namesake is None and not page.id.startswith(article.id)
        if earlier is None or kinship is Kinship.NONE:
            return article
        if kinship is Kinship.HELD:
            known = Known(detail=f"article {earlier.id!r} says the same at the same address")
            return article if has_own_name else known
        later = replace(article, id=self._rename(article.id), supersedes=earlier.id)
        return _inherit(later, earlier)

    def _rename(self, article: ArticleId) -> ArticleId:
        """``article``, or with the number of its version where that id is held."""
        name, number = article, 1
        while self._find(name):
            number += 1
            name = ArticleId(f"{article}@{number}")
        return name

    def _refuse_taken(self, articles: tuple[Article, ...]) -> None:
        taken: set[ArticleId] = set()
        for article in articles:
            if article.id in taken or self._find(article.id):
                raise TakenError(article.id)
            taken.add(article.id)

    def _settle_one(self, article: Article) -> Article:
        outlet = find_outlet(article)
        return self._past_of(outlet).settle(article) if outlet else article

    def _past_of(self, outlet: str) -> _Past:
        past = self._past.get(outlet)
        if past is None:
            past = _Past(self._store.recent(outlet, DEFAULTS.earlier))
            self._past[outlet] = past
        self._past.move_to_end(outlet)
        return past

    def _keep(self, article: Article) -> None:
        outlet = find_outlet(article)
        if outlet:
            self._past_of(outlet).learn(article)
        self._unwritten[article.id] = article
        address = _address(article)
        if address:
            self._by_address[address] = article.id

    def _find(self, article: ArticleId) -> Article | None:
        return self._unwritten.get(article) or self._store.find_article(article)

    def _find_latest(self, address: str | None) -> Article | None:
        if address is None:
            return None
        unwritten = self._by_address.get(address)
        return self._unwritten[unwritten] if unwritten else self._store.find_latest(address)


def _inherit(article: Article, earlier: Article) -> Article:
    """What a version leaves unsaid, as the one before has it: a page its feed's time."""
    grounds = dict(article.grounds)
    if not article.published.start and earlier.published.start:
        reason = f"{earlier.published.reason} (of the version before, {earlier.id})"
        grounds["published"] = reason
        article = replace(article, published=replace(earlier.published, reason=reason))
    if article.publisher is None and earlier.publisher is not None:
        grounds["publisher"] = f"of the version before, {earlier.id}"
        article = replace(article, publisher=earlier.publisher)
    return replace(article, grounds=tuple(sorted(grounds.items())))


def _address(article: Article) -> str | None:
    return canonical(article.url) if article.url else None
