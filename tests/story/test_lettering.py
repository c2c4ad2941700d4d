"""Acronyms across a story's articles."""

from __future__ import annotations

from naming import Named, mark

from tidings.story.entities import Entities, resolve


def find_texts(entities: Entities, text: str) -> list[set[str]]:
    """Of each entity that is printed so, all that it is called."""
    found = [{alias.text for alias in one.aliases} for one in entities]
    return [one for one in found if text in one]


LONG: Named = mark("a", "en", "The [ORG Harbour Safety Board] ([ORG HSB]) said so.")


def test_an_acronym_that_one_article_explains_is_that_in_all() -> None:
    entities = resolve([LONG, mark("b", "de", "[ORG HSB] schwieg."), mark("c", "en", "[ORG HSB].")])
    assert find_texts(entities, "HSB") == [{"Harbour Safety Board", "HSB"}]


def test_names_in_several_languages_for_one_acronym_are_one() -> None:
    entities = resolve(
        [LONG, mark("b", "de", "Die [ORG Aufsicht für Hafensicherheit] ([ORG HSB]) schwieg.")]
    )
    assert find_texts(entities, "HSB") == [
        {"Harbour Safety Board", "Aufsicht für Hafensicherheit", "HSB"}
    ]


def test_an_acronym_of_two_in_one_language_is_neither() -> None:
    entities = resolve(
        [
            LONG,
            mark("b", "en", "The [ORG High Street Bank] ([ORG HSB]) closed."),
            mark("c", "de", "[ORG HSB] schwieg."),
        ]
    )
    assert {"Harbour Safety Board", "HSB"} in find_texts(entities, "HSB")
    assert {"High Street Bank", "HSB"} in find_texts(entities, "HSB")
    assert len(find_texts(entities, "HSB")) == 3


def test_letters_of_another_script_or_size_are_the_same() -> None:
    entities = resolve(
        [
            mark("a", "ru", "Сообщает [ORG ТАСС]."),
            mark("b", "cs", "Řekla [ORG TASS]."),
            mark("c", "sl", "Poroča [ORG Tass]."),
        ]
    )
    assert find_texts(entities, "ТАСС") == [{"ТАСС", "TASS", "Tass"}]


def test_two_letters_of_two_scripts_are_not() -> None:
    entities = resolve([mark("a", "ru", "[ORG ЮВ] молчит."), mark("b", "en", "[ORG YUV] too.")])
    assert len(find_texts(entities, "ЮВ")) == len(find_texts(entities, "YUV")) == 1
    assert find_texts(entities, "ЮВ") != find_texts(entities, "YUV")


def test_what_has_no_capital_is_nobodys_family_name() -> None:
    entities = resolve(
        [mark("a", "cs", "O [novém koronaviru] i o [starém koronaviru] mluvili. [koronavirus] je.")]
    )
    assert find_texts(entities, "koronavirus") == [{"koronavirus"}]
