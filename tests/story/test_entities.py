"""Whose names are: across scripts, cases and articles."""

from __future__ import annotations

from naming import Named, mark

from tidings.model import MentionKind
from tidings.story.entities import Entities, resolve

CALL: tuple[Named, ...] = (
    mark(
        "en",
        "en",
        "[Kaja Kallas] spoke with [Marco Rubio]. Ms [Kallas] wrote as [HANDLE @kajakallas] that "
        "the [European Union] ([EU]) and the [US] agree.",
    ),
    mark("ru", "ru", "[Каллас] позвонил [Марко Рубио]. [Кая Каллас] довольна, в [ЕС] ждут."),
    mark("ru2", "ru", "Об этом сообщили [Калласу]. [Евросоюз] молчит."),
    mark("uk", "uk", "За словами [Каї Каллас], [Європейський Союз] і [США] згодні."),
    mark("fr", "fr", "[Kaja Kallas] est d'accord, l'[UE] aussi."),
)


def find(entities: Entities, named: Named, text: str, nth: int = 0) -> str | None:
    """The id of whom the nth place of ``text`` means."""
    article = named[0]
    start = -1
    for _ in range(nth + 1):
        start = article.text.index(text, start + 1)
    found = entities.find(article.id, start, start + len(text))
    return found.id if found else None


def test_one_person_in_two_scripts_three_cases_and_a_handle() -> None:
    entities = resolve(CALL)
    places = [
        *((CALL[0], text) for text in ("Kaja Kallas", "@kajakallas")),
        *((CALL[1], text) for text in ("Каллас", "Кая Каллас")),
        (CALL[2], "Калласу"),
        (CALL[3], "Каї Каллас"),
        (CALL[4], "Kaja Kallas"),
    ]
    assert {find(entities, *place) for place in places} == {"kaja-kallas"}
    assert find(entities, CALL[0], "Kallas", 1) == "kaja-kallas"
    assert find(entities, CALL[1], "Марко Рубио") == find(entities, CALL[0], "Marco Rubio")


def test_a_body_in_four_languages() -> None:
    entities = resolve(CALL)
    assert entities.get("european-union").kind is MentionKind.ORGANISATION
    assert find(entities, CALL[0], "EU") == "european-union"
    assert find(entities, CALL[1], "ЕС") == "european-union"
    assert find(entities, CALL[2], "Евросоюз") == "european-union"
    assert find(entities, CALL[3], "Європейський Союз") == "european-union"
    assert find(entities, CALL[4], "UE") == "european-union"


def test_one_family_name_and_two_people() -> None:
    article = mark("a", "en", "[Siim Kallas] is the father of [Kaja Kallas].")
    entities = resolve([article, mark("b", "en", "[Kallas] said so.")])
    assert find(entities, article, "Siim Kallas") != find(entities, article, "Kaja Kallas")
    assert entities.find_name("Kallas") is None


def test_a_span_with_a_title_finds_the_person() -> None:
    entities = resolve(CALL)
    text = CALL[0][0].text
    start = text.index("Ms Kallas")
    found = entities.find(CALL[0][0].id, start, start + len("Ms Kallas"))
    assert found is not None
    assert found.id == "kaja-kallas"


def test_found_by_any_name_in_any_case() -> None:
    entities = resolve(CALL)
    for name in ("kaja kallas", "Каї Каллас", "@KajaKallas", "kaja-kallas", "Калласу"):
        found = entities.find_name(name)
        assert found is not None, name
        assert found.id == "kaja-kallas", name


def test_aliases_are_what_the_pages_print() -> None:
    texts = {named[0].id: named[0].text for named in CALL}
    for entity in resolve(CALL):
        assert entity.name in {alias.text for alias in entity.aliases}
        for place in entity.places():
            assert texts[place.article][place.start : place.end] == place.text


def test_a_country_that_a_partys_name_ends_with_is_still_the_country() -> None:
    entities = resolve([mark("a", "ru", "[ORG Европейская Грузия] и власти [Грузии] спорят.")])
    assert "Грузии" in {alias.text for alias in entities.get("georgia").aliases}


def test_an_agency_in_brackets_behind_a_place_is_not_the_place() -> None:
    entities = resolve([mark("a", "en", "[LOC Hong Kong] ([AP]) - A march began.")])
    (place,) = (one for one in entities if one.id == "hong-kong-sar-china")
    assert {alias.text for alias in place.aliases} == {"Hong Kong"}


def test_a_thing_has_no_family_name_where_people_are_told() -> None:
    article = mark("a", "en", "[PER Bill Ford] drove the [Mach Mustang]. The [Mustang] was fast.")
    entities = resolve([article])
    assert find(entities, article, "Mustang", 1) != find(entities, article, "Mach Mustang")
