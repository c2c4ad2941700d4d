"""Across articles: whose an office is, where its name doesn't tell the state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from tidings.model import ArticleId, MentionKind
from tidings.story.entities.knowing import find_bare
from tidings.story.entities.offices import tell_organ
from tidings.story.entities.referents import Referent


def find_seats(referents: Sequence[Referent]) -> Iterator[tuple[int, int]]:
    """Pairs that are one: an office of the one state that has it in these articles, with that
    state's organ, in articles that name the state; where no state has it, all of one office."""
    organs: defaultdict[str, dict[str, int]] = defaultdict(dict)
    bare: defaultdict[str, list[int]] = defaultdict(list)
    named: defaultdict[ArticleId, set[str]] = defaultdict(set)
    for at, one in enumerate(referents):
        if one.known is not None:
            named[one.article].add(one.known.id)
        organ = tell_organ(one.known) if one.known else None
        if organ is not None:
            organs[organ[0]].setdefault(organ[1], at)
        for office in dict.fromkeys(_find_offices(one)):
            bare[office].append(at)
    for office, found in bare.items():
        if not organs[office]:
            yield from ((found[0], at) for at in found)
        elif len(organs[office]) == 1:
            ((place, home),) = organs[office].items()
            yield from ((home, at) for at in found if place in named[referents[at].article])


def _find_offices(one: Referent) -> Iterator[str]:
    if one.known is None and not one.is_handle and MentionKind.PERSON not in one.kinds:
        for form in one.full:
            office = find_bare(form.text, form.language)
            if office is not None:
                yield office
