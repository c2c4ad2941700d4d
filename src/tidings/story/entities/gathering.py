"""Groups of referents → entities: their ids, best names and aliases."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from tidings.model import MentionKind
from tidings.story.entities.book import Alias, Entities, Entity
from tidings.story.entities.endings import declines
from tidings.story.entities.forms import Form
from tidings.story.entities.gazetteer import get_gazetteer
from tidings.story.entities.ids import slug
from tidings.story.entities.referents import NAMES, Referent, Seen

MOST = 60
"""Forms of one entity that are compared to find the undeclined one."""


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
    return slug(next((form.text for r in _telling(group) for form in r.full), _choose_name(group)))


def _telling(group: Sequence[Referent]) -> Sequence[Referent]:
    """Those that have a name in full, else all."""
    return [referent for referent in group if referent.is_telling] or group


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
    """Of the fullest forms, in English where there are some, else in a language that doesn't
    decline names: the one that most others are cases of, then the commonest."""
    counts: Counter[Form] = Counter()
    for referent in _telling(group):
        for one in referent.seen:
            if one.form in referent.full or not referent.full:
                counts[one.form] += one.count
    known = next((referent.known for referent in group if referent.known), None)
    plainest = min(map(_rank_language, counts))
    forms = [form for form in counts if _rank_language(form) == plainest]
    bases = Counter({form: _count_cases(form, forms, counts) for form in forms})
    if known is not None:
        own = [form for form in forms if get_gazetteer().has(known, form.text)]
        forms = own or forms
    return min(forms, key=lambda form: (-bases[form], -counts[form], form.text)).text


def _rank_language(form: Form) -> tuple[bool, bool]:
    return form.language != "en", declines(form.language)


def _count_cases(form: Form, forms: Sequence[Form], counts: Counter[Form]) -> int:
    """Places of the forms that have this one as a base form, itself too."""
    if not declines(form.language) or len(forms) > MOST:
        return 0
    return sum(counts[other] for other in forms if _is_case(other, form))


def _is_case(other: Form, form: Form) -> bool:
    return len(other.words) == len(form.words) and all(
        ours.text in theirs.bases for ours, theirs in zip(form.words, other.words, strict=True)
    )


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
