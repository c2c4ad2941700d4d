"""Whose the names are: entities with all that they are called, and where."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from tidings.model import ArticleId, Evidence, MentionKind
from tidings.text import fold

ARTICLE = 4  # characters of an article with the space behind it, at most

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """One way in which an entity is printed, in one language."""

    text: str
    language: str
    kind: MentionKind  # what was found there: a name, a handle, a description
    count: int  # places in all
    places: tuple[Evidence, ...]  # in order of article and place; of the index only the first of
    # each article; never empty


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Whom or what names mean."""

    id: str  # readable: 'kaja-kallas'; see ids.py
    kind: MentionKind  # person, organisation, place; name where that isn't known
    name: str  # the best form, as printed in one of the places
    aliases: tuple[Alias, ...]  # most places first
    others: tuple[str, ...] = ()  # ids that it would have under its other names, sorted
    descriptions: tuple[Alias, ...] = ()  # see describing.py; each holds in the story of its places

    def places(self) -> Iterator[Evidence]:
        for alias in self.aliases:
            yield from alias.places


class Entities:
    """Those of some articles. Asking costs what the asked article has of names."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._entities = tuple(entities)
        self._by_article: defaultdict[ArticleId, list[tuple[Evidence, Entity]]] = defaultdict(list)
        self._described: defaultdict[ArticleId, list[tuple[Evidence, Entity]]] = defaultdict(list)
        for entity in self._entities:
            for place in entity.places():
                self._by_article[place.article].append((place, entity))
            for alias in entity.descriptions:
                for place in alias.places:
                    self._described[place.article].append((place, entity))

    def __iter__(self) -> Iterator[Entity]:
        """Most places first, ties by id."""
        return iter(self._entities)

    def __len__(self) -> int:
        return len(self._entities)

    def find(self, article: ArticleId, start: int, end: int) -> Entity | None:
        """Whose the name in ``article.text[start:end]`` is: that of the mention there or around;
        of several inside, the one person among them, or the one entity; of a description that
        is nearly all of it, whom it describes. None where none is safe."""
        described = self._find_described(article, start, end)
        if described is not None:
            return described
        held = self._by_article.get(article, ())
        around = [(p.end - p.start, p, e) for p, e in held if p.start <= start and end <= p.end]
        if around:
            return min(around, key=lambda one: (one[0], one[1].start, one[2].id))[2]
        return _choose({e.id: e for p, e in held if start < p.end and p.start < end})

    def _find_described(self, article: ArticleId, start: int, end: int) -> Entity | None:
        """Of the descriptions that fill it but for an article."""
        held = self._described.get(article, ())
        found = {e.id: e for p, e in held if 0 <= p.start - start <= ARTICLE and p.end == end}
        return _choose(found)

    def find_printed(self, printed: Evidence) -> Entity | None:
        """As ``find``, where only the first place of each text is known (see naming.py): else by
        what the same article prints so, or by the names inside. None where none is safe."""
        found = self.find(printed.article, printed.start, printed.end)
        if found is not None:
            return found
        rows = self._texts.get(printed.article, ())
        asked = _space(printed.text)
        same = {entity.id: entity for text, entity in rows if text == asked}
        inside = same or {entity.id: entity for text, entity in rows if text in asked}
        return _choose(inside)

    def find_name(self, text: str, language: str | None = None) -> Entity | None:
        """The one entity that is printed so, or has this id; where several are, the one that is
        in articles of this language, else None."""
        asked = fold(" ".join(text.split()).removeprefix("@"))
        found = self._by_text.get(asked, {})
        if len(found) > 1 and language is not None:
            primary = language.partition("-")[0]
            found = {one: tags for one, tags in found.items() if primary in tags}
        return self._by_id[next(iter(found))] if len(found) == 1 else None

    def get(self, entity: str) -> Entity:
        """By its id. Raises KeyError."""
        return self._by_id[entity]

    @cached_property
    def _texts(self) -> dict[ArticleId, tuple[tuple[str, Entity], ...]]:
        """What an article prints, with spaces around each word."""
        return {
            article: tuple((_space(place.text), entity) for place, entity in held)
            for article, held in self._by_article.items()
        }

    @cached_property
    def _by_id(self) -> dict[str, Entity]:
        return {one.id: one for one in self._entities}

    @cached_property
    def _by_text(self) -> dict[str, dict[str, set[str]]]:
        """Folded text → ids with the languages in which it is printed so."""
        found: defaultdict[str, dict[str, set[str]]] = defaultdict(dict)
        for entity in self._entities:
            found[fold(entity.id)].setdefault(entity.id, set())
            for alias in entity.aliases:
                key = fold(" ".join(alias.text.split()).removeprefix("@"))
                tags = found[key].setdefault(entity.id, set())
                tags.add(alias.language.partition("-")[0])
        return dict(found)


def _choose(inside: dict[str, Entity]) -> Entity | None:
    """The one person, or the one entity."""
    people = [one for one in inside.values() if one.kind is MentionKind.PERSON]
    found = people or list(inside.values())
    return found[0] if len(found) == 1 else None


def _space(text: str) -> str:
    return f" {' '.join(_WORD.findall(text))} "
