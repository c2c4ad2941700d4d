"""Organs of states under several names: one of each state, and never two states' as one."""

from __future__ import annotations

import pytest
from naming import mark

from tidings.story.entities import resolve
from tidings.story.entities.offices import find_office, get_known, make_office, tell_organ
from tidings.story.entities.peoples import find_people

OFFICES = [
    ("МВД Грузии", "ru", "georgia-interior-ministry"),
    ("Министерства внутренних дел Грузии", "ru", "georgia-interior-ministry"),
    ("Ministry of Internal Affairs of Georgia", "en", "georgia-interior-ministry"),
    ("Міністерством оборони України", "uk", "ukraine-defence-ministry"),
    ("британское министерство обороны", "ru", "united-kingdom-defence-ministry"),
    ("British Ministry of Defence", "en", "united-kingdom-defence-ministry"),
    ("Ministère de l'Intérieur", "fr", None),
    ("Ministerio del Interior de España", "es", "spain-interior-ministry"),
    ("US-Außenministerium", "de", "us-state-department"),
    ("Vrhovno sodišče ZDA", "sl", "united-states-supreme-court"),
    ("СБУ", "uk", "ukraine-security-service"),
    ("Bundesregierung", "de", "germany-government"),
    ("Interior Ministry", "en", None),
    ("Moscow police", "en", "moscow-police"),
]


@pytest.mark.parametrize(("name", "language", "organ"), OFFICES)
def test_office_and_state_are_read_from_the_name(
    name: str, language: str, organ: str | None
) -> None:
    office = find_office(name, language)
    assert office is not None
    assert (make_office(office.id, office.place).id if office.place else None) == organ


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("Police Federation of England", "en"),
        ("Interior Design Ministry", "en"),
        ("Владимир", "ru"),
        ("Moscow Ministry of Defence", "en"),  # a city has none
        ("", "en"),
    ],
)
def test_what_has_other_words_is_no_office(name: str, language: str) -> None:
    assert find_office(name, language) is None


def test_an_organ_is_found_again_by_its_id() -> None:
    known = get_known("georgia-interior-ministry")
    assert known is not None
    assert tell_organ(known) == ("interior-ministry", "georgia")
    assert get_known("nowhere-interior-ministry") is None
    department = get_known("us-state-department")
    assert department is not None
    assert tell_organ(department) == ("foreign-ministry", "united-states")


@pytest.mark.parametrize(
    ("word", "language", "place"),
    [
        ("американскими", "ru", "united-states"),
        ("Britské", "cs", "united-kingdom"),
        ("Français", "fr", "france"),
        ("германските", "bg", "germany"),
        ("Germanic", "en", None),
        ("русалочка", "ru", None),
        ("американизированными", "ru", None),
        ("американских", "en", None),
    ],
)
def test_a_people_is_its_country(word: str, language: str, place: str | None) -> None:
    found = find_people(word, language)
    assert (found.id if found else None) == place


def test_one_ministry_in_a_story_under_many_names() -> None:
    entities = resolve(
        [
            mark("a", "ru", "Как сообщило [МВД] [Грузии], ведётся следствие. В [МВД] ждут."),
            mark("b", "ru", "[ORG Министерство внутренних дел Грузии] молчит."),
            mark("c", "en", "In [Georgia] the [ORG Interior Ministry] said so."),
            mark("d", "en", "The [ORG Interior Ministry of Georgia] said so again."),
        ]
    )
    own = entities.get("georgia-interior-ministry")
    assert {alias.text for alias in own.aliases} == {
        "МВД",
        "Министерство внутренних дел Грузии",
        "Interior Ministry",
        "Interior Ministry of Georgia",
    }


def test_of_two_states_it_is_two_and_the_untold_one_is_neither() -> None:
    entities = resolve(
        [
            mark("a", "ru", "[МВД Грузии] и [МВД России] спорят. В [МВД] молчат."),
            mark("b", "en", "The [ORG Interior Ministry] of nobody knows where said nothing."),
        ]
    )
    texts = [{alias.text for alias in one.aliases} for one in entities]
    assert {"МВД Грузии"} in texts
    assert {"МВД России"} in texts
    assert not any("МВД" in one and len(one) > 2 for one in texts)


def test_an_untold_office_of_a_page_that_names_no_state_stays_apart() -> None:
    entities = resolve(
        [
            mark("a", "ru", "[МВД Грузии] сообщило о деле."),
            mark("b", "ru", "[МВД] сообщило о деле в [Тбилиси]."),
        ]
    )
    assert {alias.text for alias in entities.get("georgia-interior-ministry").aliases} == {
        "МВД Грузии"
    }
