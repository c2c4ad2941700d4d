"""Across articles: which referents are one entity."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from tidings.model import Article, MentionKind, Note
from tidings.story.entities.book import Entities
from tidings.story.entities.compare import is_same_name, is_same_person, is_sure, may_bear
from tidings.story.entities.forms import Form, Part
from tidings.story.entities.gathering import gather, vote
from tidings.story.entities.handles import fits_handle
from tidings.story.entities.lettering import find_lettered
from tidings.story.entities.referents import Referent
from tidings.story.entities.referring import refer
from tidings.story.entities.seating import find_seats
from tidings.story.entities.sounds import key


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinOptions:
    """Our own choice, seen to do well on topics that bench/entities.py does not report on."""

    leading: int = (
        5  # times as many names in full as the next bearer of a surname: then it is meant
    )


DEFAULTS = JoinOptions()


def resolve(articles: Iterable[tuple[Article, Sequence[Note]]]) -> Entities:
    """Whose the names in these articles are, which should be of one story: a surname alone is
    taken for the one in them who has it. In order of arrival: ids are made of what came first.
    """
    referents = [one for article, notes in articles for one in refer(article, notes)]
    return gather(join(referents))


def join(referents: Sequence[Referent]) -> list[list[Referent]]:
    """Groups of one entity, by first referent. What may be several is in none."""
    links = _Links(len(referents))
    full = [at for at, one in enumerate(referents) if one.is_telling]
    rest = sorted(set(range(len(referents))) - set(full))
    _join_known(referents, links)
    for a, b in find_seats(referents):
        links.link(a, b)
    _join_full(referents, full, links)
    for a, b in list(find_lettered(referents, links.find)):
        links.link(a, b)
    dropped = _join_short(referents, full, rest, links)
    groups: defaultdict[int, list[Referent]] = defaultdict(list)
    for at, one in enumerate(referents):
        if at not in dropped:
            groups[links.find(at)].append(one)
    return [groups[root] for root in sorted(groups)]


class _Links:
    """Union-find; the lowest number is the root."""

    def __init__(self, size: int) -> None:
        self._above = list(range(size))

    def find(self, one: int) -> int:
        while self._above[one] != one:
            self._above[one] = self._above[self._above[one]]
            one = self._above[one]
        return one

    def link(self, a: int, b: int) -> None:
        first, second = sorted((self.find(a), self.find(b)))
        self._above[second] = first


def _join_known(referents: Sequence[Referent], links: _Links) -> None:
    first: dict[str, int] = {}
    for at, one in enumerate(referents):
        if one.known is not None:
            links.link(first.setdefault(one.known.id, at), at)


def _join_full(referents: Sequence[Referent], chosen: Iterable[int], links: _Links) -> None:
    """By full names: equal ones, then those that are one's."""
    holders: defaultdict[Form, list[int]] = defaultdict(list)
    for at in chosen:
        for form in referents[at].full:
            holders[form].append(at)
    for same in holders.values():
        for at in same[1:]:
            links.link(same[0], at)
    for a, b in _pairs(holders):
        one, other = holders[a][0], holders[b][0]
        is_apart = links.find(one) != links.find(other)
        if is_apart and _is_one((a, referents[one]), (b, referents[other])):
            links.link(one, other)


def _pairs(forms: Iterable[Form]) -> Iterator[tuple[Form, Form]]:
    """Those with a word that may sound alike, each once."""
    buckets: defaultdict[str, list[Form]] = defaultdict(list)
    for form in forms:
        for bucket in find_keys(form):
            buckets[bucket].append(form)
    tried: set[tuple[Form, Form]] = set()
    for alike in buckets.values():
        for pair in combinations(alike, 2):
            if pair not in tried:
                tried.add(pair)
                yield pair


def find_keys(form: Form) -> set[str]:
    """Of all words: two that are one share at least one."""
    spoken = {k for word in form.whole for base in word.bases for k in key(base)}
    return spoken or {word.text for word in form.words}


def _is_one(a: tuple[Form, Referent], b: tuple[Form, Referent]) -> bool:
    kinds = [vote(referent.kinds) for _, referent in (a, b)]
    if MentionKind.NAME not in kinds and kinds[0] is not kinds[1]:
        return False
    if is_sure(a[0], b[0]) and is_same_name(a[0], b[0]):
        return True
    is_personal = all(kind in (MentionKind.NAME, MentionKind.PERSON) for kind in kinds)
    has_initial = any(w.part is Part.INITIAL for form, _ in (a, b) for w in form.words)
    return is_personal and not has_initial and is_same_person(a[0], b[0])


class _Bearers:
    """Who of the full names may bear a short one."""

    def __init__(self, referents: Sequence[Referent], full: Iterable[int]) -> None:
        self._buckets: defaultdict[str, list[tuple[Form, int]]] = defaultdict(list)
        self._found: dict[Form, frozenset[int]] = {}
        for at in full:
            for form in referents[at].full if referents[at].is_personal else ():
                for bucket in find_keys(form):
                    self._buckets[bucket].append((form, at))
        told = {at for at in full if MentionKind.PERSON in referents[at].kinds}
        self._people = frozenset(told or full)

    def find(self, one: Referent) -> frozenset[int]:
        if one.is_handle:
            return frozenset().union(*map(self._find_called, one.full))
        if not one.is_personal:
            return frozenset()
        found = frozenset[int]().union(*map(self._find, one.full))
        return found if MentionKind.PERSON in one.kinds else found & self._people

    def _find(self, form: Form) -> frozenset[int]:
        if form not in self._found:
            near = {pair for bucket in find_keys(form) for pair in self._buckets.get(bucket, ())}
            fits = {other: may_bear(form, other) for other, _ in near}
            self._found[form] = frozenset(at for other, at in near if fits[other])
        return self._found[form]

    def _find_called(self, handle: Form) -> frozenset[int]:
        pairs = {pair for pairs in self._buckets.values() for pair in pairs}
        return frozenset(at for form, at in pairs if fits_handle(handle.text, form))


def _join_short(
    referents: Sequence[Referent], full: Sequence[int], rest: Sequence[int], links: _Links
) -> set[int]:
    """Single words: to the one who may bear them, else to their equals. Gives those that may be
    several's."""
    bearers = _Bearers(referents, full)
    number = {id(one): at for at, one in enumerate(referents)}
    weights: Counter[int] = Counter()
    for at in full:
        weights[links.find(at)] += referents[at].count
    dropped: set[int] = set()
    alone = []
    for at in rest:
        one = referents[at]
        named = [number[id(other)] for other in one.candidates] or bearers.find(one)
        roots = {links.find(other) for other in named}
        chosen = _choose(roots, weights)
        if chosen is not None:
            links.link(at, chosen)
        elif roots:
            dropped.add(at)
        else:
            alone.append(at)
    _join_full(referents, alone, links)
    return dropped


def _choose(roots: set[int], weights: Counter[int]) -> int | None:
    """The only one, or the one that is named much more than the others."""
    ranked = sorted(roots, key=lambda root: (-weights[root], root))
    if len(ranked) > 1 and weights[ranked[0]] < DEFAULTS.leading * weights[ranked[1]]:
        return None
    return ranked[0] if ranked else None
