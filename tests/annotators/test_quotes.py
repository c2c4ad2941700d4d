"""Quotes and their speakers, in sentences of our own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from quoting import find_quotes, make_article, told

from tidings.annotators.quotes import QuotesAnnotator

DIRECT = [
    ("en", "“The bridge is closed until May,” said Anna Berg.", "Anna Berg"),
    ("en", "“The bridge is closed until May,” Anna Berg said on Monday.", "Anna Berg"),
    ("en", 'Anna Berg, the mayor, said: "The bridge is closed until May."', "Anna Berg"),
    ("de", "„Die Brücke bleibt bis Mai gesperrt“, sagte Anna Berg am Montag.", "Anna Berg"),
    ("de", "»Die Brücke bleibt bis Mai gesperrt«, teilte Anna Berg mit.", "Anna Berg"),
    ("ru", "«Мост закрыт до самого мая», — сказала Анна Берг.", "Анна Берг"),
    ("ru", '"Мост закрыт до самого мая", - отметила Берг.', "Берг"),
    ("ru", "Анна Берг заявила: «Мост закрыт до самого мая».", "Анна Берг"),
    ("uk", "«Міст зачинено до самого травня», — зазначила Анна Берг.", "Анна Берг"),
    ("fr", "« Le pont est fermé jusqu'en mai », a déclaré Anna Berg.", "Anna Berg"),
    ("fr", "« Le pont est fermé jusqu'en mai », explique-t-elle.", "elle"),
    ("es", "“El puente está cerrado hasta mayo”, dijo Anna Berg.", "Anna Berg"),
    ("es", "Anna Berg añadió: «El puente está cerrado hasta mayo».", "Anna Berg"),
    ("it", "«Il ponte è chiuso fino a maggio», ha detto Anna Berg.", "Anna Berg"),
    ("pl", "„Most jest zamknięty do maja” – powiedziała Anna Berg.", "Anna Berg"),
]


@pytest.mark.parametrize(("language", "text", "speaker"), DIRECT)
def test_who_said_what_is_in_marks(language: str, text: str, speaker: str) -> None:
    found = told(text, language)
    assert [(kind, who) for kind, _, who in found] == [("direct", speaker)]
    assert found[0][1].strip(".") in text


REPORTED = [
    ("en", "Anna Berg said that the bridge would stay closed.", "the bridge would stay closed"),
    ("en", "According to Anna Berg, the bridge is closed.", "the bridge is closed"),
    ("en", "The bridge is closed, Anna Berg said on Monday.", "The bridge is closed"),
    ("de", "Anna Berg teilte mit, dass die Brücke gesperrt ist.", "die Brücke gesperrt ist"),
    ("de", "Wie Anna Berg mitteilte, ist die Brücke gesperrt.", "ist die Brücke gesperrt"),
    ("ru", "Анна Берг сообщила, что мост закрыт до мая.", "мост закрыт до мая"),
    ("ru", "По словам Анны Берг, мост закрыт до мая.", "мост закрыт до мая"),
    ("ru", "Мост закрыт до мая, сообщила Анна Берг.", "Мост закрыт до мая"),
    ("uk", "За словами Анни Берг, міст зачинено до травня.", "міст зачинено до травня"),
    ("fr", "Selon Anna Berg, le pont est fermé.", "le pont est fermé"),
    ("es", "Anna Berg dijo que el puente está cerrado.", "el puente está cerrado"),
    ("es", "Según Anna Berg, el puente está cerrado.", "el puente está cerrado"),
]


@pytest.mark.parametrize(("language", "text", "content"), REPORTED)
def test_reported_speech_has_its_speaker(language: str, text: str, content: str) -> None:
    (found,) = told(text, language)
    assert found[:2] == ("reported", content)
    assert found[2] is not None
    assert "Ber" in found[2] or "Бер" in found[2]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Компания «Северный мост» купила завод."),
        ("ru", "«Северный мост» сообщил о покупке завода."),
        ("en", 'The film "Long Bridge" opens on Friday.'),
        ("de", "Das Schiff „Anna Berg“ liegt im Hafen."),
        ("fr", "Le film « Le Pont » sort vendredi."),
    ],
)
def test_names_between_marks_are_no_quotes(language: str, text: str) -> None:
    assert told(text, language) == []


def test_one_quote_may_be_broken_by_its_cue() -> None:
    (found,) = told("«Мост закрыт, — сказала Анна Берг. — Он откроется в мае».", "ru")
    assert found == ("direct", "Мост закрыт … Он откроется в мае", "Анна Берг")


def test_a_quote_goes_on_behind_its_cue() -> None:
    text = "“The bridge is closed,” said Anna Berg. “It will open in May.”"
    (found,) = told(text, "en")
    assert found == ("direct", "The bridge is closed … It will open in May.", "Anna Berg")


def test_words_in_marks_within_what_is_reported_are_partial() -> None:
    text = "Anna Berg said the bridge was “a danger to all” and would be closed."
    assert told(text, "en") == [
        ("reported", "the bridge was “a danger to all” and would be closed", "Anna Berg"),
        ("partial", "a danger to all", "Anna Berg"),
    ]


def test_she_is_who_spoke_last() -> None:
    text = "“The bridge is closed,” said Anna Berg. She added: “It will open in May.”"
    names = [quote.speaker.name.text for quote in find_quotes(text, "en")
             if quote.speaker and quote.speaker.name]  # fmt: skip
    assert names == ["Anna Berg", "Anna Berg"]


def test_a_language_without_cues_has_no_quotes() -> None:
    assert told("“La ponto estas fermita,” diris Anna Berg.", "eo") == []


SIGNS = "«»„“”\"'‘’—–-,.:;!? \nabсказал said sagte dit que что that Berg "


@given(
    st.sampled_from(["en", "de", "ru", "uk", "fr", "es", "it"]),
    st.lists(st.sampled_from(["said ", "сказал ", "sagte ", "dit ", "que ", *SIGNS]), max_size=60),
)
def test_all_places_lie_in_the_text(language: str, pieces: list[str]) -> None:
    text = "".join(pieces)
    for quote in find_quotes(text, language):
        places = [quote.evidence, *quote.parts, quote.cue]
        places += [quote.speaker.evidence, quote.speaker.name] if quote.speaker else []
        for place in places:
            assert place is None or text[place.start : place.end] == place.text != ""
        ends = [(part.start, part.end) for part in quote.parts]
        assert ends == sorted(ends)
        assert quote.evidence.start == ends[0][0]
        assert quote.evidence.end == ends[-1][1]


@given(st.text(alphabet=SIGNS, max_size=200))
def test_the_same_text_gives_the_same_quotes(text: str) -> None:
    article = make_article(text, "ru")
    once, again = (list(QuotesAnnotator().annotate(article, ())) for _ in range(2))
    assert once == again
