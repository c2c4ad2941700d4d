"""Who is said to have said it, where the verb has more than its subject beside it."""

from __future__ import annotations

import pytest
from quoting import find_quotes, told

BESIDE = [
    ("en", "“The bridge is closed,” she told a crowd of drivers.", "she"),
    ("en", "“The bridge is closed,” Anna Berg, 52, told the council.", "Anna Berg"),
    ("en", "The mayor, Anna Berg, said: “The bridge is closed until May.”", "The mayor, Anna Berg"),
    (
        "en",
        "In answer to Tom Lind, she thanked the drivers, saying: “The bridge is closed.”",
        "she",
    ),
    (
        "en",
        "None of this surprised engineer Anna Berg: “The bridge has been weak for many years.”",
        "Anna Berg",
    ),
    ("de", "Als Grund nannte ein Sprecher: „Die Brücke ist seit Mai gesperrt.“", "ein Sprecher"),
    (
        "de",
        "Die Stadträtin Anna Berg (Grüne) sagte am Samstag: „Die Brücke bleibt gesperrt.“",
        "Die Stadträtin Anna Berg",
    ),
    ("de", "„Die Brücke bleibt noch lange gesperrt“, so Anna Berg weiter.", "Anna Berg"),
    ("de", "„Die Brücke bleibt noch lange gesperrt“, schreibt die „Küstenpost“.", "Küstenpost"),
    ("de", "In dem Antrag heißt es wörtlich: „Die Brücke bleibt gesperrt.“", "dem Antrag"),
    ("de", "Zornig fügte Anna Berg hinzu: „Die Brücke bleibt gesperrt.“", "Anna Berg"),
    ("de", "„Die Brücke bleibt gesperrt“, nennt Anna Berg ein Beispiel.", "Anna Berg"),
    ("es", "“El puente está cerrado”, declaró a la AFP Anna Berg.", "Anna Berg"),
    ("fr", "« Le pont est fermé depuis mai », témoignait ce dernier.", "ce dernier"),
    ("uk", "«Міст зачинено до травня», — повідомили «Вістям» у пресслужбі порту.", "пресслужбі"),
    ("ru", "«Мост закрыт», — прокомментировали информацию в порту.", "порту"),
]


@pytest.mark.parametrize(("language", "text", "speaker"), BESIDE)
def test_who_speaks_beside_other_words(language: str, text: str, speaker: str) -> None:
    (quote,) = find_quotes(text, language)
    assert quote.kind == "direct"
    assert quote.speaker is not None
    assert speaker in quote.speaker.evidence.text
    assert len(quote.speaker.evidence.text) < len(speaker) + 12


REPORTED = [
    ("Die Stadt teilte mit, die Brücke sei gesperrt.", "die Brücke sei gesperrt", "Die Stadt"),
    (
        "Die Stadt kündigte an, die Brücke im Mai zu öffnen.",
        "die Brücke im Mai zu öffnen",
        "Die Stadt",
    ),
    ("Der Hafen meint, dass die Brücke hält.", "die Brücke hält", "Der Hafen"),
    ("Laut Anna Berg aus Kiel ist die Brücke zu.", "aus Kiel ist die Brücke zu", "Anna Berg"),
    ("Nach Ansicht der Stadt ist die Brücke zu.", "ist die Brücke zu", "der Stadt"),
    ("Nach Medienberichten ist die Brücke zu.", "ist die Brücke zu", "Medienberichten"),
]


@pytest.mark.parametrize(("text", "content", "speaker"), REPORTED)
def test_german_reports(text: str, content: str, speaker: str) -> None:
    assert told(text, "de") == [("reported", content, speaker)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Die Kiesgruben, die den Ausbau im Mai bestätigten."),
        ("de", "Die Stadt öffnete die Brücke, um den Hafen zu entlasten."),
        ("en", "The ship had sailed to the United States on Monday."),
        ("en", "Anna Berg has broken many promises she made to the drivers."),
    ],
)
def test_nobody_says_anything(language: str, text: str) -> None:
    assert told(text, language) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "“El puente está cerrado hasta mayo”, detalló en una publicación."),
        ("es", "“El puente está cerrado hasta mayo”, afirmó a la revista Ola."),
    ],
)
def test_to_whom_or_where_is_not_who(language: str, text: str) -> None:
    (quote,) = find_quotes(text, language)
    assert quote.speaker is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Anna Berg a présenté le colloque sur le thème : « Des ponts pour la ville »."),
        ("ru", "Анна Берг выступила на тему: «Мосты и люди большого города»."),
    ],
)
def test_titles_are_not_said(language: str, text: str) -> None:
    assert told(text, language) == []


def test_what_nobody_is_said_to_say_ends_a_run() -> None:
    text = (
        "“The bridge is closed,” said Anna Berg.\nWork has begun.\n"
        "“It is the oldest of the three bridges.\n“It has stood for ninety years.”"
    )
    *_, third = find_quotes(text, "en")
    assert third.speaker is None


def test_a_quote_on_both_sides_of_its_cue_is_one() -> None:
    text = "“The bridge,” Anna Berg said, “will not open before May.”"
    assert told(text, "en") == [
        ("direct", "The bridge … will not open before May.", "Anna Berg"),
    ]


def test_a_sentence_behind_words_in_marks_is_another() -> None:
    text = "Anna Berg called the bridge “a danger.” She said the council would close it in May."
    found = told(text, "en")
    assert ("reported", "the council would close it in May", "She") in found


def test_who_spoke_last_goes_on_where_the_verb_needs_no_subject() -> None:
    text = "“El puente está cerrado hasta mayo”, dijo Anna Berg.\n“Se abrirá pronto”, agregó."
    _, second = find_quotes(text, "es")
    assert second.speaker is not None
    assert second.speaker.evidence.text == "Anna Berg"


NO_SPEAKER = [
    ("ru", "Город принял план, согласно которому мост будет закрыт до мая."),
    ("uk", "Місто має план, відповідно до якого міст буде зачинено до травня."),
    ("en", "Anna Berg will show Harbour Lights: Return of the Fleet to everybody in May."),
]


@pytest.mark.parametrize(("language", "text"), NO_SPEAKER)
def test_what_only_looks_like_telling(language: str, text: str) -> None:
    assert told(text, language) == []


def test_an_adverb_or_a_clause_is_no_speaker() -> None:
    ((_, _, there),) = told("Там отметили, что мост закрыт до конца мая.", "ru")
    assert there is None
    ((_, _, office),) = told("Позднее в порту сообщили, что мост закрыт до конца мая.", "ru")
    assert office == "порту"


def test_a_site_is_one_word() -> None:
    ((_, words, site),) = told("По данным Gavan.ru, мост закрыли до конца мая.", "ru")
    assert (words, site) == ("мост закрыли до конца мая", "Gavan.ru")


def test_a_report_ends_where_a_break_was_lost() -> None:
    text = "Анна Берг сообщила, что мост закрыт до мая.Работы идут."
    ((_, words, _),) = told(text, "ru")
    assert words == "мост закрыт до мая"


OWNED = [
    ("en", "A lawyer for Anna Berg said that the bridge was closed in May."),
    ("en", "Anna Berg's mother said that the bridge was closed in May."),
    ("ru", "Вчера мать Анны Берг сообщила, что мост закрыт до мая."),
]


@pytest.mark.parametrize(("language", "text"), OWNED)
def test_whose_mother_speaks_does_not_speak(language: str, text: str) -> None:
    (quote,) = find_quotes(text, language)
    assert quote.speaker is not None
    assert quote.speaker.name is None


def test_they_are_no_single_person() -> None:
    text = "“The bridge is closed,” said Anna Berg.\n“It opens in May,” they said."
    _, second = find_quotes(text, "en")
    assert second.speaker is not None
    assert second.speaker.name is None
