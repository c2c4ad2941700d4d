"""Whom an article has it from, by its own words, in many languages; and what is no source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.annotators.credits import CreditsAnnotator
from tidings.annotators.names import NamesAnnotator
from tidings.annotators.sources import SourcesAnnotator
from tidings.model import (
    Article,
    ArticleId,
    Block,
    Manner,
    Note,
    PageId,
    Role,
    SourceKind,
    SourceLink,
)
from tidings.times import unknown


def make_article(text: str, language: str, publisher: str | None = None) -> Article:
    """Of one body; blank lines part its paragraphs."""
    return Article(
        id=ArticleId("a"), page=PageId("p"), position=0, url=None, publisher=publisher,
        published=unknown("not told"), modified=None, language=language, headline="", byline=(),
        text=text, blocks=(Block(role=Role.BODY, start=0, end=len(text)),) if text else (),
        links=(), is_cut=False, extractor="made", grounds=(),
    )  # fmt: skip


def find(text: str, language: str, publisher: str | None = None) -> list[SourceLink]:
    article = make_article(text, language, publisher)
    notes: tuple[Note, ...] = ()
    for annotator in (NamesAnnotator(), CreditsAnnotator()):
        notes += tuple(annotator.annotate(article, notes))
    return list(SourcesAnnotator().annotate(article, notes))


def cited(text: str, language: str, publisher: str | None = None) -> list[str]:
    found = find(text, language, publisher)
    return [one.source for one in found if one.kind is SourceKind.PUBLISHER]


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("en", "The bridge will close in May, Reuters reported on Monday.", ["Reuters"]),
        ("en", "The bridge will close in May, according to the Guardian.", ["the Guardian"]),
        ("en", "The bridge will close, says Reuters, and stay closed.", ["Reuters"]),
        ("en", "The mayor told the Polish newspaper Kurier Zatoki it was safe.", ["Kurier Zatoki"]),
        ("en", "As first reported by Politico, the bridge will close.", ["Politico"]),
        ("en", "The bridge will close (via The Verge).", ["The Verge"]),
        ("en", "The bridge will close.\n\nSource: Reuters, BBC", ["BBC", "Reuters"]),
        ("de", "Die Brücke wird im Mai gesperrt, wie der Spiegel berichtet.", ["Spiegel"]),
        ("de", "Laut dpa wird die Brücke im Mai gesperrt.", ["dpa"]),
        ("de", "Die Brücke ist dpa zufolge gesperrt.", ["dpa"]),
        ("de", "Das sagte sie der Süddeutschen Zeitung.", ["Süddeutschen Zeitung"]),
        ("fr", "Selon l'AFP, le pont fermera en mai.", ["AFP"]),
        ("fr", "Le pont fermera en mai, rapporte Le Monde.", ["Le Monde"]),
        ("fr", "Le pont fermera, a déclaré la maire au micro de France Inter.", ["France Inter"]),
        ("es", "El puente cerrará en mayo, según EFE.", ["EFE"]),
        ("es", "El puente cerrará en mayo, informó el diario El Cabo Libre.", ["El Cabo Libre"]),
        ("it", "Il ponte chiuderà a maggio, riferisce l'agenzia Ansa.", ["Ansa"]),
        ("pt", "A ponte fecha em maio, segundo a Lusa.", ["Lusa"]),
        ("pl", "Most zostanie zamknięty, podaje PAP.", ["PAP"]),
        ("nl", "De brug gaat dicht, meldt persbureau ANP.", ["ANP"]),
        ("ru", "Мост закроют в мае, сообщило агентство Bloomberg.", ["Bloomberg"]),
        ("ru", "Мост закроют в мае. Об этом пишет «Береговой листок».", ["Береговой листок"]),
        ("ru", "Мост закроют, рассказал Петров газете «Заречье».", ["Заречье"]),
        ("ru", "Мост закроют в мае.\n\nИсточник: Фонтанка", ["Фонтанка"]),
        ("uk", "Міст закриють у травні, повідомляє Укрінформ.", ["Укрінформ"]),
        ("uk", "Про це йдеться в матеріалі видання «Лиманська хвиля».", ["Лиманська хвиля"]),
    ],
)
def test_publishers_are_cited(language: str, text: str, names: list[str]) -> None:
    assert cited(text, language) == names


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The news agency Reuters is leaving its office at the harbour."),
        ("en", "Time will tell, she said, and the sun said nothing."),
        ("en", "Photo: Reuters"),
        ("en", "He bought shares of Bloomberg and a copy of the Guardian."),
        ("de", "Die Zeit drängt, sagte sie, und die Welt sieht zu."),
        ("ru", "В газете «Заречье» сменился редактор."),
        ("ru", "Известия о пожаре пришли утром, сообщил мэр."),
        ("fr", "Le Monde est petit."),
        ("es", "El Mundo cambia, dijo la alcaldesa."),
    ],
)
def test_what_is_no_source(language: str, text: str) -> None:
    assert cited(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "first", "second"),
    [
        ("ru", "Мост закроют, передаёт ТАСС со ссылкой на Reuters.", "ТАСС", "Reuters"),
        ("en", "Citing Reuters, the BBC reported that it would close.", "BBC", "Reuters"),
        ("uk", "Про це пише «Хвиля» з посиланням на Reuters.", "Хвиля", "Reuters"),
    ],
)
def test_one_through_another(language: str, text: str, first: str, second: str) -> None:
    through = {one.source: one.through for one in find(text, language)}
    assert through == {first: None, second: first}


@pytest.mark.parametrize(
    ("language", "text", "calling", "seat"),
    [
        ("en", "It will close, an EU official who asked not to be named said.", "official", "EU"),
        ("en", "It will close, a senior US diplomat told reporters.", "diplomat", "US"),
        ("en", "Sources close to the mayor said it would close.", "source", ""),
        ("ru", "Мост закроют, сообщил чиновник ЕС на условиях анонимности.", "official", "EU"),
        ("ru", "Мост закроют, сообщил источник в мэрии.", "source", ""),
        ("uk", "Міст закриють, сказав чиновник ЄС на умовах анонімності.", "official", "EU"),
        ("de", "Das sagte ein Diplomat, der anonym bleiben wollte.", "diplomat", ""),
        ("fr", "Le pont fermera, a dit un diplomate sous couvert d'anonymat.", "diplomat", ""),
        ("es", "Cerrará, dijo un funcionario que pidió no ser identificado.", "official", ""),
    ],
)
def test_people_without_a_name(language: str, text: str, calling: str, seat: str) -> None:
    (link,) = find(text, language)
    assert link.kind is SourceKind.ANONYMOUS
    assert link.anonymity is not None
    assert (link.anonymity.calling, link.anonymity.seat) == (calling, seat)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The official said the bridge would close."),
        ("en", "Officials opened the bridge."),
        ("en", "An official visit, the mayor said, is planned."),
        ("ru", "Чиновник Иван Петров сообщил о закрытии."),
        ("ru", "Источник воды пересох, сказал мэр."),
    ],
)
def test_who_is_named_or_says_nothing_is_not_unnamed(language: str, text: str) -> None:
    assert [one for one in find(text, language) if one.kind is SourceKind.ANONYMOUS] == []


@pytest.mark.parametrize(
    ("language", "text", "source"),
    [
        ("ru", "Мост закроют, пишет «Хвиля» со ссылкой на источник.", "источник"),
        ("ru", "По данным источников, мост закроют.", "источников"),
    ],
)
def test_the_words_that_cite_are_no_part_of_who_is_cited(
    language: str, text: str, source: str
) -> None:
    assert source in [one.source for one in find(text, language)]


def test_an_unnamed_person_of_a_publisher_is_through_it() -> None:
    told = "an EU official who asked not to be named"
    text = f"The bridge will close, Bloomberg reported, citing {told}."
    links = {one.kind: one for one in find(text, "en")}
    assert links[SourceKind.PUBLISHER].through is None
    assert links[SourceKind.ANONYMOUS].through == "Bloomberg"


def test_a_post_with_its_address() -> None:
    text = (
        'Mayor Nora Vik wrote on X: "It was me."\n\n'
        "https://x.com/nora_vik/status/1884298044398792704"
    )
    (link,) = find(text, "en")
    assert link.kind is SourceKind.POST
    assert link.source == "Nora Vik"
    assert link.url == "https://x.com/nora_vik/status/1884298044398792704"


def test_an_address_alone_on_its_line_is_a_source() -> None:
    (link,) = find("The bridge will close.\n\nhttps://harbour-gazette.example.org/bridge", "en")
    assert (link.manner, link.source) == (Manner.LINKS, "example.org")


def test_an_agency_that_signs_is_credited() -> None:
    text = "NEUHAFEN (dpa) - Die Brücke wird im Mai gesperrt. Das dauert lange."
    (link,) = find(text, "de")
    assert (link.manner, link.source) == (Manner.CREDITS, "dpa")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Our correspondent saw smoke at noon."),
        ("en", "The mayor told the Harbour Gazette that it was over."),
        ("de", "Unsere Reporterin sah am Morgen Rauch."),
        ("ru", "Наш корреспондент увидел дым."),
    ],
)
def test_what_an_outlet_saw_or_was_told_itself(language: str, text: str) -> None:
    links = find(text, language, publisher="Harbour Gazette")
    assert [link.manner for link in links] == [Manner.WITNESSES]


def test_scope_is_the_sentence_where_the_publisher_is_named_late() -> None:
    early = "The bridge will close, Reuters reported."
    rest = " It is old. It is long. It is grey. It is steep. "
    late = "It cost a million, according to the BBC."
    scopes = {one.source: one.scope for one in find(early + rest + late, "en")}
    assert scopes["Reuters"] is None
    assert scopes["BBC"] is not None
    assert scopes["BBC"].text == late


WORDS = [
    "Reuters",
    "said",
    "according to",
    "сообщает",
    "«Фонтанка»",
    "source",
    "(",
    ")",
    ".",
    "\n",
    "an official",
    "на условиях анонимности",
    "X",
    "on X",
    "«",
    "»",
    "laut",
    "dpa",
    "İ",
    "агентство",
]


@given(
    st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join),
    st.sampled_from(["en", "ru", "de", "xx"]),
)
def test_evidence_lies_inside_the_text(text: str, language: str) -> None:
    for link in find(text, language):
        for words in (link.evidence, link.name, link.scope):
            if words is not None:
                assert text[words.start : words.end] == words.text
                assert words.text
