"""What a name is known to be by itself or by the words beside it: of the gazetteer, a people's
country, or an organ of a state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from tidings.model import Evidence
from tidings.story.entities.gazetteer import Known, get_gazetteer
from tidings.story.entities.offices import find_office, find_seat, make_office, tell_organ
from tidings.story.entities.peoples import find_people


def find_known(place: Evidence, language: str, text: str) -> Known | None:
    """``text`` is the article's."""
    found = get_gazetteer().find(place.text, language) or find_people(place.text, language)
    if found is not None:
        return found
    office = find_office(place.text, language)
    if office is None:
        return None
    seat = office.place or find_seat(office.id, text, (place.start, place.end), language)
    return make_office(office.id, seat) if seat else None


def find_bare(name: str, language: str) -> str | None:
    """The office, where its state isn't told."""
    office = find_office(name, language)
    return office.id if office and office.place is None else None


def find_seated(known: Sequence[Known | None]) -> dict[str, Known]:
    """Of an article's names: the offices that one state alone has in it, with its organ."""
    found: defaultdict[str, set[Known]] = defaultdict(set)
    for one in known:
        organ = tell_organ(one) if one else None
        if one and organ:
            found[organ[0]].add(one)
    return {office: next(iter(organs)) for office, organs in found.items() if len(organs) == 1}
