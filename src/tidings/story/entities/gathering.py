"""Groups of referents → entities: their ids, best names and aliases."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from tidings.model import MentionKind
from tidings.story.entities.book import Alias, Entities, Entity
from tidings.story.entities.endings import declines
from tidings.story.entities.ids import slug
from tidings.story.entities.referring import NAMES, Referent, Seen


def gather(groups: Iterable[Sequence[Referent]]) -> Entities:
    """Groups → entities, most places first; ids by the first full form of each group."""
    taken: set[str] = set()
    entities = []
    for group in groups:
        entity = make_entity(group, _free(_name(group), taken))
        taken.add(entity.id)
        entities.append(entity)
    return Entities(sorted(entities, key=lambda one: (-count(one), one.id)))


def count(entity: Entity) -> int:
    """Places in all."""
    return sum(alias.count for alias in entity.aliases)


def make_entity(group: Sequence[Referent], own: str) -> Entity:
    """``own`` is its id."""
    seen = [one for referent in group for one in referent.seen]
    known = next((referent.known for referent in group if referent.known), None)
    kinds = sum((referent.kinds for referent in group), Counter[MentionKind]())
    kind = known.kind if known else vote(kinds)
    others = {slug(form.text) for referent in group for form in referent.full} - {own}
    return Entity(
        id=own,
        kind=kind,
        name=_choose_name(group),
        aliases=_list(seen),
        others=tuple(sorted(others)),
    )


def _name(group: Sequence[Referent]) -> str:
    known = next((referent.known for referent in group if referent.known), None)
    if known is not None:
        return known.id
    return slug(next((form.text for r in group for form in r.full), _choose_name(group)))


def _free(wanted: str, taken: set[str]) -> str:
    """With a number behind it where the id is taken."""
    own, number = wanted, 2
    while own in taken:
        own = f"{wanted}-{number}"
        number += 1
    return own


def vote(kinds: Counter[MentionKind]) -> MentionKind:
    """The commonest of those that say what it is."""
    told = {kind: count for kind, count in kinds.items() if kind in NAMES[1:]}
    return max(told, key=lambda kind: (told[kind], kind)) if told else MentionKind.NAME


def _choose_name(group: Sequence[Referent]) -> str:
    """The commonest of the fullest; in English where there is one, else in a language that
    doesn't decline names."""
    counts: Counter[tuple[str, str]] = Counter()
    for referent in group:
        full = {form.text for form in referent.full}
        for one in referent.seen:
            if one.form.text in full or not full:
                counts[one.form.text, one.form.language] += one.count
    return min(counts, key=lambda one: (one[1] != "en", declines(one[1]), -counts[one], one))[0]


def _list(seen: Sequence[Seen]) -> tuple[Alias, ...]:
    places: defaultdict[tuple[str, str, MentionKind], list[Seen]] = defaultdict(list)
    for one in seen:
        kind = MentionKind.HANDLE if one.kind is MentionKind.HANDLE else MentionKind.NAME
        places[one.evidence.text, one.form.language, kind].append(one)
    aliases = [
        Alias(
            text=text,
            language=language,
            kind=kind,
            count=sum(one.count for one in found),
            places=tuple(one.evidence for one in found),
        )
        for (text, language, kind), found in places.items()
    ]
    return tuple(sorted(aliases, key=lambda one: (-one.count, one.language, one.text)))
