from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from tidings.text import fold, is_cased, is_dense, is_ended, sentences, sentences_apart, tidy, words


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def test_sentences_in_several_scripts() -> None:
    assert cut("Mr. Rubio spoke. So did J. D. Vance!") == [
        "Mr. Rubio spoke.",
        "So did J. D. Vance!",
    ]
    assert cut("В 2025 г. подписали. «Всё?» — спросил он.") == [
        "В 2025 г. подписали.",
        "«Всё?» — спросил он.",
    ]
    assert cut("新线通车。首日免费！") == ["新线通车。", "首日免费！"]
    assert cut("Am 27. januar kam z. B. Regen") == ["Am 27. januar kam z. B. Regen"]


def apart(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences_apart(text)]


def test_sentences_end_where_a_break_was_lost() -> None:
    assert apart("Міст зачинено цього року.Про це пише «Порт».Його відкриють.") == [
        "Міст зачинено цього року.",
        "Про це пише «Порт».",
        "Його відкриють.",
    ]
    assert apart("Is it shut?Yes. “It is.”The mayor left.") == [
        "Is it shut?",
        "Yes.",
        "“It is.”",
        "The mayor left.",
    ]


def test_a_stop_within_a_name_ends_no_sentence() -> None:
    for text in (
        "Port.ru and Quay.com, U.S.Navy and St.Petersburg",
        "г.Киев, ул.Ленина, А.С.Берг и Дж.Линд",
        "see http://port.example/Quay/Wall.Map here",
    ):
        assert apart(text) == [text]


def test_words_keep_apostrophes_and_hyphens() -> None:
    text = "L'Union's vice-président п'ять"
    assert [text[a:b] for a, b in words(text)] == ["L'Union's", "vice-président", "п'ять"]


def test_normal_forms() -> None:
    assert fold("Ёлка") == fold("елка")
    assert fold("ORBÁN") == "orban"
    assert tidy("a\r\nb\u00a0c\u200bd\x00") == "a\nb cd"
    assert is_ended("He said so.”")
    assert not is_ended("and so o")
    assert is_dense("新地铁线通车")
    assert not is_cased("新地铁")


@given(st.text(max_size=300))
def test_sentences_cover_all_that_is_not_space(text: str) -> None:
    assert "".join("".join(cut(text)).split()) == "".join(text.split())


@given(st.text(alphabet="aBж.Я!?”» \n", max_size=60))
def test_sentences_apart_lie_in_sentences(text: str) -> None:
    wholes = sentences(text)
    assert "".join("".join(apart(text)).split()) == "".join(text.split())
    assert all(any(a <= c and d <= b for a, b in wholes) for c, d in sentences_apart(text))


@given(st.text(max_size=100))
def test_tidy_is_nfc_and_stays(text: str) -> None:
    once = tidy(text)
    assert unicodedata.is_normalized("NFC", once)
    assert tidy(once) == once
