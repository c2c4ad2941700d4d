"""What people are described as: own texts in six languages, and traps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from story.naming import Named, mark
from tidings.model import ArticleId, MentionKind
from tidings.story.entities import Entities, resolve
from tidings.story.entities.describing import describe


def read(*named: Named) -> Entities:
    return describe(resolve(named), [article for article, _ in named])


def told(entities: Entities) -> dict[str, list[str]]:
    """By id, texts with their counts."""
    return {
        one.id: sorted(f"{alias.text}: {alias.count}" for alias in one.descriptions)
        for one in entities
        if one.descriptions
    }


@pytest.mark.parametrize(
    ("language", "marked", "text"),
    [
        (
            "en",
            "[PER Kaja Kallas], the EU's foreign policy chief, spoke.",
            "EU's foreign policy chief",
        ),
        ("en", "So said EU foreign policy chief [PER Kaja Kallas].", "EU foreign policy chief"),
        ("en", "The president of Estonia, [PER Alar Karis], spoke.", "president of Estonia"),
        (
            "en",
            "[LOC Estonia]'s prime minister [PER Kristen Michal] left.",
            "Estonia's prime minister",
        ),
        (
            "de",
            "Die Außenbeauftragte der EU, [PER Kaja Kallas], sprach.",
            "Außenbeauftragte der EU",
        ),
        ("de", "Das sagte die EU-Außenbeauftragte [PER Kaja Kallas].", "EU-Außenbeauftragte"),
        ("de", "Der estnische Präsident [PER Alar Karis] kam.", "estnische Präsident"),
        (
            "fr",
            "[PER Kaja Kallas], haute représentante de l'UE, a parlé.",
            "haute représentante de l'UE",
        ),
        ("fr", "Le président français [PER Emmanuel Macron] est venu.", "président français"),
        ("es", "El presidente de Francia, [PER Emmanuel Macron], habló.", "presidente de Francia"),
        (
            "es",
            "La jefa de la diplomacia europea, [PER Kaja Kallas], habló.",
            "jefa de la diplomacia europea",
        ),
        ("ru", "Об этом сказала глава евродипломатии [PER Кая Каллас].", "глава евродипломатии"),
        ("ru", "Премьер-министр Эстонии [PER Кристен Михал] уехал.", "Премьер-министр Эстонии"),
        ("ru", "[PER Кая Каллас], глава дипломатии ЕС, приехала.", "глава дипломатии ЕС"),
        ("uk", "Про це сказав президент Естонії [PER Алар Каріс].", "президент Естонії"),
        ("uk", "Очільниця євродипломатії [PER Кая Каллас] приїхала.", "Очільниця євродипломатії"),
    ],
)
def test_what_stands_beside_a_full_name_describes_it(language: str, marked: str, text: str) -> None:
    entities = read(mark("a", language, marked))
    person = next(one for one in entities if one.kind is MentionKind.PERSON)
    assert told(entities) == {person.id: [f"{text}: 1"]}
    place = person.descriptions[0].places[0]
    article, _ = mark("a", language, marked)
    assert article.text[place.start : place.end] == place.text == text
    assert person.descriptions[0].kind is MentionKind.DESCRIPTION


@pytest.mark.parametrize(
    ("language", "marked"),
    [
        ("en", "Former EU foreign policy chief [PER Josep Borrell] spoke."),
        ("en", "Ex-French President [PER Nicolas Sarkozy] spoke."),
        ("en", "The successor of the French president, [PER Jane Roe], spoke."),
        ("en", "The spokesman of the president of Estonia, [PER John Doe], spoke."),
        ("en", "The wife of the French president, [PER Brigitte Macron], came."),
        ("en", "US Vice President [PER Mike Pence] spoke."),
        ("en", "The president met [PER Jane Roe] of Estonia."),
        ("en", "[PER Jane Roe], the French president, and [PER John Doe] met."),
        ("de", "Der frühere französische Präsident [PER Nicolas Sarkozy] sprach."),
        ("de", "Der Sprecher des estnischen Präsidenten, [PER Max Muster], sprach."),
        ("de", "US-Vizepräsident [PER Mike Pence] sprach."),
        ("fr", "L'ancien président français [PER Nicolas Sarkozy] est venu."),
        ("fr", "Le porte-parole du président français, [PER Jean Dupont], a parlé."),
        ("es", "El portavoz del presidente de Francia, [PER Juan Pérez], habló."),
        ("es", "El expresidente de Francia [PER Nicolas Sarkozy] habló."),
        ("ru", "Пресс-секретарь президента России [PER Дмитрий Песков] ответил."),
        ("ru", "Бывший президент Украины [PER Петр Порошенко] ответил."),
        ("ru", "Пятый президент Украины [PER Петр Порошенко] ответил."),
        ("ru", "Вице-премьер Украины [PER Иван Петренко] ответил."),
        ("uk", "Речник президента України [PER Іван Петренко] відповів."),
        ("uk", "П'ятий президент України [PER Петро Порошенко] відповів."),
        ("uk", "Заступник міністра закордонних справ України [PER Іван Петренко] відповів."),
    ],
)
def test_another_s_office_describes_nobody(language: str, marked: str) -> None:
    assert told(read(mark("a", language, marked))) == {}


TOLD = mark("a", "en", "EU foreign policy chief [PER Kaja Kallas] called on Tuesday.")


def test_the_same_words_elsewhere_mean_the_same_person() -> None:
    bare = mark("b", "en", "The EU's foreign policy chief said that she would call again.")
    entities = read(TOLD, bare)
    assert told(entities) == {
        "kaja-kallas": ["EU foreign policy chief: 1", "EU's foreign policy chief: 1"]
    }
    found = entities.find(ArticleId("b"), 0, len("The EU's foreign policy chief"))
    assert found is not None
    assert found.id == "kaja-kallas"


@pytest.mark.parametrize("asked", ["EU", "policy chief said"])
def test_a_part_of_a_description_is_not_who_is_described(asked: str) -> None:
    bare = mark("b", "en", "The [ORG EU]'s foreign policy chief said that she would call again.")
    start = bare[0].text.index(asked)
    found = read(TOLD, bare).find(ArticleId("b"), start, start + len(asked))
    assert found is None or found.id != "kaja-kallas"


def test_who_works_for_somebody_described_is_another() -> None:
    bare = mark("b", "en", "A spokesman of the EU's foreign policy chief said so.")
    found = read(TOLD, bare).find(ArticleId("b"), 0, bare[0].text.index(" said"))
    assert found is None


def test_one_office_of_two_people_is_nobody_s() -> None:
    other = mark("b", "en", "EU foreign policy chief [PER Josep Borrell] called on Friday.")
    bare = mark("c", "en", "The EU's foreign policy chief said so.")
    assert told(read(TOLD, other, bare)) == {}


def test_one_office_of_two_states_is_two() -> None:
    both = mark(
        "a",
        "en",
        "French President [PER Emmanuel Macron] met Estonian President [PER Alar Karis]. "
        "The French president smiled. The president of Estonia did not.",
    )
    assert told(read(both)) == {
        "alar-karis": ["Estonian President: 1", "president of Estonia: 1"],
        "emmanuel-macron": ["French President: 1", "French president: 1"],
    }


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "He was elected as the French president."),
        ("en", "The French president, Jane Roe, spoke."),
        ("en", "Former French president said so."),
        ("en", "The French presidents of old."),
        ("ru", "Он стал президентом Франции."),
        ("ru", "Выборы президента Франции прошли."),
        ("ru", "Экс-президент Франции сказал так."),
        ("ru", "Кандидат в президенты Франции сказал так."),
        ("uk", "Посада президента Франції вільна."),
    ],
)
def test_the_office_itself_is_nobody(language: str, text: str) -> None:
    named = mark("a", "en", "French President [PER Emmanuel Macron] called on Tuesday.")
    entities = read(named, mark("b", language, text))
    assert told(entities) == {"emmanuel-macron": ["French President: 1"]}


def test_an_office_is_the_same_in_another_language() -> None:
    bare = mark("b", "ru", "Глава МИД Украины приехал. С главой украинского МИД говорили.")
    named = mark("a", "en", "The Ukrainian foreign minister [PER Andrii Sybiha] came.")
    texts = ["Глава МИД Украины", "Ukrainian foreign minister", "главой украинского МИД"]
    assert told(read(named, bare)) == {"andrii-sybiha": sorted(f"{one}: 1" for one in texts)}


def test_names_and_counts_stay_as_they_were() -> None:
    named = [TOLD, mark("b", "en", "The EU's foreign policy chief said so to [PER Ann Lee].")]
    plain = resolve(named)
    for one in describe(plain, [article for article, _ in named]):
        assert one.aliases == plain.get(one.id).aliases


PIECES = st.sampled_from(
    [
        "EU foreign policy chief [PER Kaja Kallas] spoke. ",
        "French President [PER Emmanuel Macron] spoke. ",
        "The French president spoke. ",
        "[PER Alar Karis], president of Estonia, spoke. ",
        "Former French president [PER Nicolas Sarkozy] spoke. ",
        "French President [PER Jane Roe] spoke. ",
        "[LOC Estonia]'s president, the EU's foreign policy chief, and others\n",
        "president, of the, EU's Karis ",
    ]
)


@given(st.lists(st.lists(PIECES, min_size=1, max_size=5), min_size=1, max_size=4))
def test_every_description_is_printed_and_is_one_person_s(texts: list[list[str]]) -> None:
    named = [mark(str(at), "en", "".join(pieces)) for at, pieces in enumerate(texts)]
    entities = read(*named)
    held = {article.id: article.text for article, _ in named}
    owners: dict[tuple[str, int], str] = {}
    for one in entities:
        for alias in one.descriptions:
            assert alias.count == len(alias.places) > 0
            assert one.kind is MentionKind.PERSON
            for place in alias.places:
                assert held[place.article][place.start : place.end] == place.text
                assert owners.setdefault((place.article, place.start), one.id) == one.id


@given(st.permutations(range(4)))
def test_the_order_of_articles_is_irrelevant(order: list[int]) -> None:
    named = [
        TOLD,
        mark("b", "en", "The EU's foreign policy chief said so."),
        mark("c", "en", "French President [PER Emmanuel Macron] called."),
        mark("d", "ru", "Президент Франции сказал."),
    ]
    articles = [article for article, _ in named]
    entities = resolve(named)
    shuffled = describe(entities, [articles[at] for at in order])
    assert told(shuffled) == told(describe(entities, articles))
