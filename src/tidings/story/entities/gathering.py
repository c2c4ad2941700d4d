"""Groups of referents → entities: their ids, best names and aliases."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from tidings.model import Evidence, MentionKind
from tidings.story.entities.book import Alias, Entities, Entity
from tidings.story.entities.endings import declines
from tidings.story.entities.ids import slug
from tidings.story.entities.referring import NAMES, Referent, Seen


def gather(groups: Iterable[Sequence[Referent]]) -> Entities:
    """Groups → entities, most places first; ids by the first full form of each group."""
    taken: set[str] = set()
    entities = [_make(group, taken) for group in groups]
    return Entities(sorted(entities, key=lambda one: (-len(list(one.places())), one.id)))


def _make(group: Sequence[Referent], taken: set[str]) -> Entity:
    seen = [one for referent in group for one in referent.seen]
    known = next((referent.known for referent in group if referent.known), None)
    kind = known.kind if known else vote(Counter(one.kind for one in seen))
    name = _choose_name(group)
    full = [slug(form.text) for referent in group for form in referent.full]
    own = known.id if known else _free(full[0] if full else slug(name), kind, taken)
    taken.add(own)
    others = tuple(sorted(set(full) - {own}))
    return Entity(id=own, kind=kind, name=name, aliases=_list(seen), others=others)


def _free(wanted: str, kind: MentionKind, taken: set[str]) -> str:
    """With its kind behind it where the id is taken, then with a number."""
    if wanted not in taken:
        return wanted
    own = f"{wanted}-{kind}"
    number = 2
    while own in taken:
        own = f"{wanted}-{kind}-{number}"
        number += 1
    return own


def vote(kinds: Counter[MentionKind]) -> MentionKind:
    """The commonest of those that say what it is."""
    told = {kind: count for kind, count in kinds.items() if kind in NAMES[1:]}
    return max(told, key=lambda kind: (told[kind], kind)) if told else MentionKind.NAME


def _choose_name(group: Sequence[Referent]) -> str:
    """The commonest of the fullest, those in languages that don't decline names first."""
    counts: Counter[tuple[str, str]] = Counter()
    for referent in group:
        full = {form.text for form in referent.full}
        for one in referent.seen:
            if one.form.text in full or not full:
                counts[one.form.text, one.form.language] += 1
    return min(counts, key=lambda one: (declines(one[1]), -counts[one], one))[0]


def _list(seen: Sequence[Seen]) -> tuple[Alias, ...]:
    places: defaultdict[tuple[str, str, MentionKind], list[Evidence]] = defaultdict(list)
    for one in seen:
        kind = MentionKind.HANDLE if one.kind is MentionKind.HANDLE else MentionKind.NAME
        places[one.evidence.text, one.form.language, kind].append(one.evidence)
    aliases = [
        Alias(text=text, language=language, kind=kind, places=tuple(found))
        for (text, language, kind), found in places.items()
    ]
    return tuple(sorted(aliases, key=lambda one: (-len(one.places), one.language, one.text)))
