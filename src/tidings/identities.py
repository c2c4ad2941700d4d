"""Entities of the whole store: found by any name, with the same ids in every story.

A name in full is one entity's in all stories; what is printed shorter is told story by story.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace

from tidings.errors import NotFound
from tidings.model import MentionKind, Placed, StoryId
from tidings.naming import find_described
from tidings.ports import HeldName, Store
from tidings.questions import get_story
from tidings.story.entities.book import Alias, Entity
from tidings.story.entities.compare import is_same_name, is_same_person, is_sure, may_bear
from tidings.story.entities.describing import merge_aliases
from tidings.story.entities.endings import declines
from tidings.story.entities.forms import Form, Part, parse_form
from tidings.story.entities.gathering import count, make_entity
from tidings.story.entities.gazetteer import get_gazetteer
from tidings.story.entities.ids import slug
from tidings.story.entities.indexing import (
    alone_keys,
    end_keys,
    is_alone,
    restore,
    text_key,
)
from tidings.story.entities.joining import find_keys, join
from tidings.story.entities.offices import get_known, tell_organ
from tidings.story.entities.referents import Referent

DESCRIBED = 10
"""Stories in which it is looked for what somebody is described as, those first that name him most:
each costs a question for a story's entities."""

Component = tuple[HeldName, ...]
"""All names of one entity, by arrival."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityView:
    """An entity as lists and pages show it."""

    entity: Entity
    stories: tuple[tuple[StoryId, int], ...]  # with its articles that name it, most first
    articles: int


class Identities:
    """Of one store. What names are one's is kept until the store changes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._version: int | None = None
        self._components: dict[int, Component] = {}

    def find(self, asked: str) -> list[EntityView]:
        """Those with this id or printed so, most articles first. Raises NotFound."""
        self._refresh()
        views = self._view_all(self._find_by_id(asked))
        if not views:
            names = self._store.names.find([f"i:{asked}", text_key(asked)])
            found = self._gather(names)
            bearers = [other for one in found for other in self._find_bearers(one)]
            views = self._view_all(dict.fromkeys((*found, *bearers)))
        if not views:
            raise NotFound(f"nothing is called {asked!r}; list a story's: tidings entities STORY")
        return sorted(views, key=lambda view: (-view.articles, view.entity.id))

    def of_story(self, story: StoryId, most: int | None = None) -> list[Entity]:
        """Most places first, the first ``most``: an id costs comparing with all alike names of the
        store, up to a tenth of a second for 10,000 articles. Raises NotFound."""
        self._refresh()
        view = get_story(self._store, story)
        groups = join(restore(self._store.names.placed_in(view.id)))
        unnamed = {at: make_entity(group, str(at)) for at, group in enumerate(groups)}
        order = sorted(unnamed, key=lambda at: (-count(unnamed[at]), unnamed[at].name, at))
        told = find_described(self._store, view.id, unnamed.values())
        return [
            replace(self._make(groups[at]), descriptions=told.get(str(at), ()))
            for at in order[:most]
        ]

    def _refresh(self) -> None:
        version = self._store.version()
        if version != self._version:
            self._version, self._components = version, {}

    def _view_all(self, components: Iterable[Component]) -> list[EntityView]:
        return [view for one in components if (view := self._view(one)) is not None]

    def _find_bearers(self, component: Component) -> list[Component]:
        """Who is meant by it in stories where a single word is all that is asked for."""
        forms = [_parse(one) for one in component if not one.is_known]
        if not any(map(is_alone, forms)):
            return []
        numbers = {one.number for one in component}
        stories = dict.fromkeys(row.story for row in self._store.names.placed(numbers))
        groups = [
            group
            for story in stories
            for group in join(restore(self._find_rivals(story, forms, numbers)))
            if not numbers.isdisjoint({one.number for one in group})
        ]
        return [self._find_component(group) for group in groups]

    def _find_by_id(self, asked: str) -> list[Component]:
        head, _, last = asked.rpartition("-")
        stems = [asked, head] if last.isdigit() else [asked]
        named = self._gather(self._store.names.find(f"i:{stem}" for stem in stems))
        return [one for one in named if self._name(one) == asked]

    def _gather(self, names: Iterable[HeldName]) -> list[Component]:
        return list(dict.fromkeys(self._get_component(one) for one in names))

    def _get_component(self, name: HeldName) -> Component:
        if name.number not in self._components:
            found = self._grow(name)
            for one in found:
                self._components[one.number] = found
        return self._components[name.number]

    def _grow(self, name: HeldName) -> Component:
        """The name with all that are one's with it, or with one of those."""
        found = {name.number: name}
        new = [] if name.is_known else [name]
        while new:
            form = _parse(new.pop())
            fits = (one for one in self._find_near(form) if is_one(form, _parse(one)))
            for other in fits:
                if other.number not in found:
                    found[other.number] = other
                    new.append(other)
        return tuple(found[number] for number in sorted(found))

    def _find_near(self, form: Form) -> list[HeldName]:
        """Names that may be one with it."""
        names = self._store.names
        near = names.find(alone_keys(form)) if is_alone(form) else names.find_both(*end_keys(form))
        return [one for one in near if not one.is_known]

    def _name(self, component: Component) -> str:
        """Its id: of the name that leads; where others had that before it, with a number."""
        first = choose_first(component)
        if first.is_known:
            return first.name
        own = slug(first.name)
        rivals = self._gather(self._store.names.find([f"i:{own}"]))
        leaders = map(choose_first, rivals)
        firsts = sorted(one.number for one in leaders if not one.is_known and slug(one.name) == own)
        before = firsts.index(first.number) + (get_gazetteer().get(own) is not None)
        return own if before == 0 else f"{own}-{before + 1}"

    def _view(self, component: Component) -> EntityView | None:
        groups = self._find_groups(component)
        if not groups:
            return None
        merged = [referent for _, group in groups for referent in group]
        entity = make_entity(merged, self._name(component))
        articles: Counter[StoryId] = Counter()
        for story, group in groups:
            articles[story] += len({one.evidence.article for r in group for one in r.seen})
        ranked = sorted(articles.items(), key=lambda one: (-one[1], one[0]))
        if entity.kind not in (MentionKind.ORGANISATION, MentionKind.PLACE):
            told = [story for story, _ in ranked[:DESCRIBED]]
            entity = replace(entity, descriptions=self._describe(told, component))
        return EntityView(entity=entity, stories=tuple(ranked), articles=articles.total())

    def _describe(self, stories: Iterable[StoryId], component: Component) -> tuple[Alias, ...]:
        numbers = {one.number for one in component}
        found: list[Alias] = []
        for story in stories:
            groups = join(restore(self._store.names.placed_in(story)))
            entities = (make_entity(group, str(at)) for at, group in enumerate(groups))
            told = find_described(self._store, story, entities)
            ours = (at for at, group in enumerate(groups) if numbers & _tell(group))
            found += [one for at in ours for one in told.get(str(at), ())]
        return merge_aliases(found)

    def _find_groups(self, component: Component) -> list[tuple[StoryId, list[Referent]]]:
        """In each story that names it in full, all that means it."""
        numbers = {one.number for one in component}
        by_story: defaultdict[StoryId, list[Placed]] = defaultdict(list)
        for row in self._store.names.placed(numbers):
            by_story[row.story].append(row)
        for story in by_story if _is_organ(component[0]) else ():
            by_story[story] = self._store.names.placed_in(story)
        forms = [_parse(one) for one in component if not one.is_known]
        alone = {story for story in by_story if any(map(is_alone, forms))}
        short = {name.number for form in forms for name in self._find_short(form)} - numbers
        longer = {row.story for row in self._store.names.placed(short)} & set(by_story)
        for story in longer | alone:
            by_story[story] = self._find_rivals(story, forms, numbers | short)
        return [
            (story, group)
            for story, some in by_story.items()
            for group in join(restore(some))
            if numbers & _tell(group)
        ]

    def _find_short(self, form: Form) -> list[HeldName]:
        """Single words that it may be called by."""
        if is_alone(form):
            return []
        return [
            one for one in self._store.names.find(alone_keys(form)) if may_bear(_parse(one), form)
        ]

    def _find_rivals(
        self, story: StoryId, forms: Sequence[Form], numbers: Set[int]
    ) -> list[Placed]:
        """Rows of these names, and of all that may be called by the same word."""
        keys = set().union(*map(find_keys, forms))
        return [
            row
            for row in self._store.names.placed_in(story)
            if row.number in numbers
            or not (row.naming.is_known or keys.isdisjoint(find_keys(_parse_row(row))))
        ]

    def _make(self, group: Sequence[Referent]) -> Entity:
        return make_entity(group, self._name(self._find_component(group)))

    def _find_component(self, group: Sequence[Referent]) -> Component:
        numbers = _tell(group)
        names = [name for name in self._held(group) if name.number in numbers]
        return self._get_component(min(names, key=lambda one: one.number))

    def _held(self, group: Sequence[Referent]) -> list[HeldName]:
        found = []
        for one in group:
            anchor = next(iter(one.full), one.seen[0].form)
            name = one.known.id if one.known else anchor.text
            if one.number is not None:
                found.append(
                    HeldName(
                        number=one.number,
                        name=name,
                        language="" if one.known else anchor.language,
                        is_known=one.known is not None,
                    )
                )
        return found


def _tell(group: Sequence[Referent]) -> set[int]:
    """The numbers of the names that tell who it is: known ones, else those in full, else all."""
    known = {one.number for one in group if one.known is not None}
    full = known or {one.number for one in group if one.is_telling}
    return {one for one in full or {one.number for one in group} if one is not None}


def _is_organ(name: HeldName) -> bool:
    known = get_known(name.name) if name.is_known else None
    return known is not None and tell_organ(known) is not None


def choose_first(component: Component) -> HeldName:
    """The first that is in Latin letters and of a language that declines no names; else the
    first. So an id may change once: when the first such name comes. The old one still finds it."""
    plain = (one for one in component if one.name.isascii() and not declines(one.language))
    return next(plain, component[0])


def _parse(name: HeldName) -> Form:
    return parse_form(name.name, name.language)


def _parse_row(row: Placed) -> Form:
    return parse_form(row.naming.name, row.naming.language)


def is_one(a: Form, b: Form) -> bool:
    """Whether two names in full are one's in whatever story: initials tell too little."""
    if is_sure(a, b) and is_same_name(a, b):
        return True
    has_initial = any(word.part is Part.INITIAL for form in (a, b) for word in form.words)
    return not has_initial and is_same_person(a, b)
