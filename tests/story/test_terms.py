"""Stems, names, terms, near-copies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.story.lexemes import stem_words
from tidings.story.lookalikes import CopyIndex
from tidings.story.names import fold_name
from tidings.story.shingles import compare, is_blank, sign
from tidings.story.terms import choose_terms

LANGUAGES = ("ar", "be", "de", "el", "en", "fi", "hi", "hr", "ja", "ru", "sr", "th", "uk", "und")


@pytest.mark.parametrize(
    "same",
    [
        "Каллас Каллас's Kallas Каллас’s Kallas'",
        "Рубио Рубіо Rubio Rubio's",
        "Зеленский Зеленського Зеленским Zelensky Zelenskyy Selenskyj",
        "Лукашенко Лукашенка Lukashenko Lukaschenko",
        "Макрон Макроном Macron",
        "Эрдоган Эрдогана Erdogan Erdoğan",
    ],
)
def test_a_name_has_one_key_in_every_script_and_case(same: str) -> None:
    assert len({fold_name(word) for word in same.split()}) == 1


@given(st.text(max_size=40))
def test_name_keys_are_plain(word: str) -> None:
    key = fold_name(word)
    assert key == "" or (key.isascii() and key.isalnum())


@given(st.text(max_size=200), st.sampled_from(LANGUAGES))
def test_stems_are_plain_words(text: str, language: str) -> None:
    for stem in stem_words(text, language):
        assert stem.isalnum()
        assert stem == stem.lower() or len(stem.lower()) != len(stem)


@pytest.mark.parametrize(
    ("language", "a", "b"),
    [
        ("ru", "переговоры", "переговоров"),
        ("uk", "переговори", "переговорів"),
        ("uk", "комп'ютери", "комп’ютера"),
        ("en", "sanctions", "sanction"),
        ("de", "Häuser", "Häusern"),
        ("ru", "ёлка", "елки"),
    ],
)
def test_forms_of_a_word_share_a_stem(language: str, a: str, b: str) -> None:
    assert stem_words(a, language) == stem_words(b, language)


def test_unspaced_scripts_give_bigrams() -> None:
    assert stem_words("新华社报道", "zh") == ("新华", "华社", "社报", "报道")


def test_terms_say_their_kind() -> None:
    terms = choose_terms(
        "Kallas spoke to Rubio",
        "The two spoke for 45 minutes about 1,300 sanctions, said Марко Рубио.",
        "en-GB",
        ("Kaja Kallas",),
        ("https://www.Example.org/", "https://www.example.org/posts/2025/call?utm=2"),
    )
    assert list(terms) == sorted(set(terms))
    wanted = {"#:45", "#:1300", "n:kls", "n:rub", "u:example.org/posts/2025/call", "w:en:sanction"}
    assert wanted <= set(terms)
    assert not any(term == "u:example.org" for term in terms)


def test_title_case_is_not_taken_for_names() -> None:
    terms = choose_terms(
        "Criminal Charges Expected For Kallas", "Later, Kallas spoke.", "en", (), ()
    )
    assert [term for term in terms if term.startswith("n:")] == ["n:kls"]


@given(st.text(max_size=300), st.text(max_size=3000), st.lists(st.text(max_size=30), max_size=50))
def test_terms_are_few_and_sorted(headline: str, body: str, names: list[str]) -> None:
    terms = choose_terms(headline, body, "ru", names, names)
    assert len(terms) <= 96
    assert list(terms) == sorted(set(terms))
    assert {term[:2] for term in terms} <= {"w:", "n:", "#:", "u:"}


WORDS = st.lists(st.sampled_from(["alpha", "beta", "gamma", "delta", "epsilon"]), max_size=30)


@given(WORDS)
def test_a_text_is_its_own_copy_whatever_its_case_and_marks(words: list[str]) -> None:
    a, b = sign(" ".join(words)), sign(", ".join(words).upper() + "!")
    assert (a == b).all()
    assert compare(a, b).jaccard == (1.0 if words else 0.0)
    assert is_blank(a) == (not words)


@given(st.lists(WORDS, min_size=1, max_size=8), st.integers(0, 7))
def test_the_index_forgets_what_is_removed(texts: list[list[str]], gone: int) -> None:
    index, fresh = CopyIndex(), CopyIndex()
    signatures = [sign(" ".join(words)) for words in texts]
    for member, signature in enumerate(signatures):
        index.add(member, signature)
        if member != gone:
            fresh.add(member, signature)
    index.remove(gone)
    for signature in signatures:
        assert index.find_alike(signature) == fresh.find_alike(signature)
