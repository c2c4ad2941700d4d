"""Laws of names: sounds, cases, ids, and the index."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from naming import Named, mark

from tidings.model import MentionKind, Placed, StoryId
from tidings.story.entities import resolve
from tidings.story.entities.compare import is_same_person
from tidings.story.entities.endings import find_bases
from tidings.story.entities.forms import parse_form
from tidings.story.entities.gathering import gather
from tidings.story.entities.gazetteer import get_gazetteer
from tidings.story.entities.ids import slug
from tidings.story.entities.indexing import index, restore
from tidings.story.entities.joining import join
from tidings.story.entities.sounds import key, sounds_like

WORDS = st.text(
    alphabet="abcdefghijklmnopqrstuvwxyzšéабвгдежзийклмнопрстуфхцчшяьіїєñøßαβγ", max_size=9
)
LANGUAGES = st.sampled_from(["en", "ru", "uk", "de", "pl", "cs", "bg", "hu", "zh", "und"])
NAMES_LINE = (
    "Kaja Kallas|Siim Kallas|Kallas|Кая Каллас|Калласу|Donald Tusk|Trump|EU|Дональд Трамп|Трампа|"
    "Donald Trump|ЕС|Brussels|J. Biden|Joe Biden"
)
PEOPLE = st.sampled_from(NAMES_LINE.split("|"))


@given(WORDS, WORDS)
def test_sounding_alike_has_no_direction(a: str, b: str) -> None:
    assert sounds_like(a, b) == sounds_like(b, a)


@given(WORDS.filter(bool))
def test_a_word_sounds_like_itself_and_has_its_own_key(word: str) -> None:
    assert sounds_like(word, word)
    assert key(word) == key(word.strip())


@given(WORDS.filter(bool), LANGUAGES)
def test_the_first_base_is_the_word(word: str, language: str) -> None:
    assert find_bases(word, language)[0] == word
    assert all(find_bases(word, language))


@given(st.text(max_size=40))
def test_ids_are_plain(name: str) -> None:
    assert slug(name).isascii()
    assert slug(name) == slug(slug(name)) != ""


@given(PEOPLE, PEOPLE, LANGUAGES, LANGUAGES)
def test_being_one_person_has_no_direction(a: str, b: str, one: str, other: str) -> None:
    first, second = parse_form(a, one), parse_form(b, other)
    assert is_same_person(first, second) == is_same_person(second, first)


def articles_of(names: list[list[str]]) -> list[Named]:
    texts = [" said. ".join(f"[{name}]" for name in some) for some in names]
    return [mark(f"a{n}", "ru" if n % 2 else "en", text) for n, text in enumerate(texts)]


STORIES = st.lists(st.lists(PEOPLE, min_size=1, max_size=5), min_size=1, max_size=5).map(
    articles_of
)


@given(STORIES)
def test_no_place_is_two_entities(named: list[Named]) -> None:
    places = [place for entity in resolve(named) for place in entity.places()]
    assert len(places) == len(set(places))
    held = {mention.evidence for _, mentions in named for mention in mentions}
    assert set(places) <= held


@given(STORIES)
def test_ids_are_distinct_and_found(named: list[Named]) -> None:
    entities = resolve(named)
    assert len({one.id for one in entities}) == len(entities)
    for one in entities:
        assert entities.get(one.id) is one
        assert one.name in {alias.text for alias in one.aliases}


@given(STORIES)
def test_what_comes_later_changes_no_id(named: list[Named]) -> None:
    """Of names in full: a short one, or one with initials, may be told apart later."""
    before, after = resolve(named[:-1]), resolve(named)
    for one in before:
        place = next(one.places())
        is_full = parse_form(place.text, "en").is_telling
        later = after.find(place.article, place.start, place.end)
        if is_full and later is not None and " " in one.name:
            assert later.id == one.id


@given(STORIES)
def test_the_index_gives_the_same_entities(named: list[Named]) -> None:
    numbers: dict[tuple[str, str, bool], int] = {}
    rows = []
    for article, mentions in named:
        for naming in index(article, mentions):
            name = (naming.name, "" if naming.is_known else naming.language, naming.is_known)
            number = numbers.setdefault(name, len(numbers))
            story = StoryId("s")
            rows.append(Placed(number=number, article=article.id, story=story, naming=naming))
    own = {one.id: sum(alias.count for alias in one.aliases) for one in resolve(named)}
    held = {
        one.id: sum(alias.count for alias in one.aliases) for one in gather(join(restore(rows)))
    }
    assert held == own


def test_the_gazetteer_knows_cases_but_no_small_words() -> None:
    gazetteer = get_gazetteer()
    for name, language, own in (
        ("Евросоюза", "ru", "european-union"),
        ("Unii Europejskiej", "pl", "european-union"),
        ("Spojených států", "cs", "united-states"),
        ("Wien", "de", "vienna"),
        ("Вене", "ru", "vienna"),
    ):
        known = gazetteer.find(name, language)
        assert known is not None, name
        assert known.id == own
    assert gazetteer.find("us", "en") is None
    assert gazetteer.find("Каллас", "ru") is None


def test_a_place_in_another_case_is_parted_from_the_name_behind_it() -> None:
    named = mark("a", "ru", "Об этом сказал министр [Украины Иван Петренко] вчера.")
    entities = resolve([named])
    assert {one.kind for one in entities} == {MentionKind.PLACE, MentionKind.NAME}
    assert {one.name for one in entities} == {"Украины", "Иван Петренко"}


def test_a_surname_of_two_is_whose_name_is_printed_much_more_or_nobodys() -> None:
    many = [mark(f"m{n}", "en", "[PER Anna Berg] spoke.") for n in range(6)]
    one = mark("o", "en", "[PER Otto Berg] and [PER Anna Berg] came. Then [PER Berg] spoke.")
    start = one[0].text.index("Then Berg") + len("Then ")
    alone = resolve([one]).find(one[0].id, start, start + len("Berg"))
    among = resolve([*many, one]).find(one[0].id, start, start + len("Berg"))
    assert alone is None
    assert among is not None
    assert among.id == "anna-berg"
