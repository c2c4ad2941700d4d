"""Who was first with a story, a quote or a number, from what the store holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tidings.errors import NotFound, WrongUse
from tidings.model import Article, ArticleId, Evidence, StoryId
from tidings.ports import Store
from tidings.questions import StoryView
from tidings.quoting import Choice, Quoting
from tidings.sourcing import Sources
from tidings.story.chain import Chain
from tidings.story.clocks import Publication
from tidings.story.first import First, find_first
from tidings.story.holders import (
    find_number,
    find_quote,
    has_quote,
    is_askable,
    read_number,
    widen,
)
from tidings.story.ordering import Order
from tidings.story.publications import (
    draw_links,
    draw_orders,
    draw_publications,
    draw_version,
    drop_background,
    find_sources_of,
    join_versions,
)
from tidings.story.verdicts import explain, list_deciders, tell_circle, tell_contradiction


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """With neither: who was first with the story. Not both."""

    quote: str | None = None
    number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A verdict in words."""

    first: First
    why: str
    decides: tuple[str, ...]  # what would decide it; empty where it is decided


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstView:
    """Who was first, and all that it rests on."""

    sources: Sources
    ask: Ask
    told: Told
    known: Told | None  # of what is held and has a time alone, where that is another verdict
    contradictions: tuple[str, ...]
    publications: Mapping[str, Publication]  # all that were looked at
    orders: tuple[Order, ...]  # between them
    places: Mapping[str, Evidence] = field(default_factory=dict)  # of what was asked for
    around: Mapping[str, Evidence] = field(default_factory=dict)  # the words about each place

    @property
    def story(self) -> StoryView:
        return self.sources.story


FindSources = Callable[[StoryId, str | None], Sources]
FindWordings = Callable[[StoryId], Iterable[Sequence[Evidence]]]
"""The places of a story's quotes, those of the same words together, in whatever wording and
language."""


def find_wordings(quoting: Quoting, story: StoryId) -> Iterator[tuple[Evidence, ...]]:
    """As the ledger of quotes has them."""
    for told in quoting.quotes(story, Choice()):
        yield tuple(
            entry.quote.evidence for variant in told.line.variants for entry in variant.entries
        )


def find_no_wordings(story: StoryId) -> Iterable[Sequence[Evidence]]:
    """A FindWordings that knows of none."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scene:
    """What a quote or number is looked for in."""

    chain: Chain
    drawn: Mapping[str, Publication]
    versions: Mapping[ArticleId, Sequence[Article]]


@dataclass(slots=True, kw_only=True)
class _Held:
    """Where it was found."""

    publications: dict[str, Publication] = field(default_factory=dict)
    places: dict[str, Evidence] = field(default_factory=dict)
    around: dict[str, Evidence] = field(default_factory=dict)


class Firsts:
    """Of one store."""

    def __init__(
        self,
        store: Store,
        find_sources: FindSources,
        find_wordings: FindWordings = find_no_wordings,
    ) -> None:
        self._store = store
        self._find_sources = find_sources
        self._find_wordings = find_wordings

    def first(
        self, story: StoryId, ask: Ask, now: datetime, language: str | None = None
    ) -> FirstView:
        """``now``: a post from after it has no time. Raises NotFound, WrongUse."""
        _check(ask)
        sources = self._find_sources(story, language)
        versions = self._find_versions(sources.chain)
        chain = join_versions(sources.chain, versions)
        drawn = {one.id: one for one in draw_publications(chain, versions, now)}
        held = _Held(publications=drop_background(drawn, chain))
        if ask.quote is not None or ask.number is not None:
            scene = _Scene(chain=chain, drawn=drawn, versions=versions)
            held = keep_holders(ask, scene, self._find_asked_wordings(sources.story.id, ask))
        drawn = held.publications
        orders = draw_orders(chain)
        said = {(one.earlier, one.later) for one in orders}
        links = draw_links(chain, versions)
        orders += [one for one in links if (one.earlier, one.later) not in said]
        first = find_first(list(drawn.values()), orders)
        if first is None:
            raise NotFound(_say_missing(story, ask))
        return FirstView(
            sources=sources,
            ask=ask,
            told=tell(first, drawn),
            known=tell(first.known, drawn) if first.known else None,
            contradictions=tuple(
                [tell_contradiction(one, drawn) for one in first.contradictions]
                + [tell_circle(circle, drawn) for circle in first.circles]
            ),
            publications=drawn,
            orders=tuple(one for one in orders if one.earlier in drawn and one.later in drawn),
            places=held.places,
            around=held.around,
        )

    def _find_asked_wordings(self, story: StoryId, ask: Ask) -> dict[ArticleId, list[Ask]]:
        """By article, its wordings of the quote that is asked for."""
        found: dict[ArticleId, list[Ask]] = {}
        for wordings in self._find_wordings(story) if ask.quote is not None else ():
            if any(has_quote(one.text, ask.quote or "") for one in wordings):
                for one in wordings:
                    found.setdefault(one.article, []).append(Ask(quote=one.text))
        return found

    def _find_versions(self, chain: Chain) -> dict[ArticleId, Sequence[Article]]:
        return {
            node.article: [
                article
                for one in self._store.versions(node.article)
                if (article := self._store.find_article(one))
            ]
            for node in chain.nodes
            if node.article
        }


def keep_holders(ask: Ask, scene: _Scene, wordings: Mapping[ArticleId, Sequence[Ask]]) -> _Held:
    """Those whose text has it, each by its first version that does, and whom the paragraphs in
    which it stands name for it."""
    kept = _Held()
    for node in scene.chain.nodes:
        held = scene.versions.get(node.article, ()) if node.article else ()
        others = [other for one in held for other in wordings.get(one.id, ())]
        found = next((found for one in (ask, *others) if (found := find_version(one, held))), None)
        if found is None or node.id not in scene.drawn:
            continue
        place, evidence = found
        kept.publications[node.id] = draw_version(scene.drawn[node.id], held, place)
        kept.places[node.id] = evidence
        kept.around[node.id] = widen(held[place], evidence)
        paragraph = _find_block(held[place], evidence)
        edges = [edge for edge in scene.chain.edges if edge.child == node.id]
        for source in find_sources_of(evidence, paragraph, edges):
            if source in scene.drawn:
                kept.publications.setdefault(source, scene.drawn[source])
    return kept


def find_version(ask: Ask, held: Sequence[Article]) -> tuple[int, Evidence] | None:
    """The first of the versions, oldest first, that has what is asked for."""
    for place, article in enumerate(held):
        found = (
            find_quote(article, ask.quote)
            if ask.quote is not None
            else find_number(article, ask.number or "")
        )
        if found:
            return place, found
    return None


def tell(first: First, held: Mapping[str, Publication]) -> Told:
    return Told(first=first, why=explain(first, held), decides=tuple(list_deciders(first, held)))


def _find_block(article: Article, place: Evidence) -> tuple[int, int]:
    return next(
        (
            (block.start, block.end)
            for block in article.blocks
            if block.start <= place.start < block.end
        ),
        (place.start, place.end),
    )


def _check(ask: Ask) -> None:
    if ask.quote is not None and ask.number is not None:
        raise WrongUse("a quote and a number are asked for; give one of them")
    if ask.quote is not None and not is_askable(ask.quote):
        raise WrongUse(f"the quote {ask.quote!r} is too short to be told; give three words or more")
    if ask.number is not None and not read_number(ask.number):
        raise WrongUse(f"{ask.number!r} is no number; give one in digits: --number 12400")


def _say_missing(story: StoryId, ask: Ask) -> str:
    if ask.quote is not None:
        return f"no article of story {story!r} has the words {ask.quote!r}; give fewer of them"
    if ask.number is not None:
        return f"no article of story {story!r} has the number {ask.number!r}"
    return f"no article of story {story!r} is held"
