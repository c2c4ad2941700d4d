"""Credits: where an agency signs a text, in many languages; never where a sentence cites it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.annotators.credits import CreditsAnnotator
from tidings.model import Article, ArticleId, Block, Mention, MentionKind, PageId, Role
from tidings.reading.agencies import find_agency, read_agencies
from tidings.times import unknown

REST = "The bridge was opened on Monday, and the first cars crossed it at noon."
END = "Nobody was hurt, the mayor said."


def make_article(parts: Sequence[tuple[Role, str]], language: str) -> Article:
    text, blocks = "", []
    for role, part in parts:
        text += "\n\n" if text else ""
        blocks.append(Block(role=role, start=len(text), end=len(text) + len(part)))
        text += part
    return Article(
        id=ArticleId("a"),
        page=PageId("p"),
        position=0,
        url=None,
        publisher=None,
        published=unknown("not told"),
        modified=None,
        language=language,
        headline="",
        byline=(),
        text=text,
        blocks=tuple(blocks),
        links=(),
        is_cut=False,
        extractor="test",
        grounds=(),
    )


def credits_of(*paragraphs: str, language: str = "en", role: Role = Role.BODY) -> list[Mention]:
    article = make_article([(role, "\n\n".join(paragraphs))], language)
    found = list(CreditsAnnotator().annotate(article, ()))
    for note in found:
        assert note.kind is MentionKind.CREDIT
        assert article.text[note.evidence.start : note.evidence.end] == note.evidence.text
    return found


@pytest.mark.parametrize(
    ("start", "language", "agency"),
    [
        ("(AP) — {}", "en", "Associated Press"),
        ("SPRINGFIELD, Ill. (AP) - {}", "en", "Associated Press"),
        ("LONDON, Nov 18 (Reuters) - {}", "en", "Reuters"),
        ("By Ann Example LONDON (Reuters) - {}", "en", "Reuters"),
        ("Nov. 18 (UPI) -- {}", "en", "United Press International"),
        ("Accra, Nov. 18, GNA - {}", "en", "GNA"),
        ("KUALA LUMPUR, Nov 18 (Bernama) -- {}", "ms", "Bernama"),
        ("JAKARTA (ANTARA) - {}", "id", "Antara"),
        ("Berlin (dpa) - {}", "de", "dpa"),
        ("Berlin (dpa/bb) - {}", "de", "dpa"),
        ("Wien (APA) - {}", "de", "APA"),
        ("Roma, 18 nov. (askanews) – {}", "it", "Askanews"),
        ("(ANSA) - ROMA, 18 NOV - {}", "it", "ANSA"),
        ("Madrid, 18 nov (EFE).- {}", "es", "EFE"),
        ("Lisboa, 18 nov 2019 (Lusa) – {}", "pt", "Lusa"),
        ("МОСКВА, 18 ноя — РИА Новости. {}", "ru", "RIA Novosti"),
        ("МОСКВА, 18 ноября. /ТАСС/. {}", "ru", "TASS"),
        ("Москва. 18 ноября. INTERFAX.RU - {}", "ru", "Interfax"),
        ("МИНСК (Рейтер) - {}", "ru", "Reuters"),
        ("КИЇВ, 18 листопада — Укрінформ. {}", "uk", "Ukrinform"),
        ("ANKARA (AA) - {}", "tr", "Anadolu"),
        ("أبوظبي (وام)", "ar", "WAM"),
        ("新华社北京11月18日电 {}", "zh", "Xinhua"),
        ("（中央社記者台北18日電）{}", "zh", "Central News Agency"),
        ("(서울=연합뉴스) {}", "ko", "Yonhap"),
    ],
)
def test_datelines(start: str, language: str, agency: str) -> None:
    found = credits_of(start.format(REST), REST, END, language=language)
    assert [note.value for note in found] == [agency]


@pytest.mark.parametrize(
    ("end", "language", "agencies"),
    [
        ("(AFP)", "en", ["Agence France-Presse"]),
        (f"{END} (dpa)", "de", ["dpa"]),
        (f"{END} (dpa/lbn)", "de", ["dpa"]),
        (f"{END} /dpa", "de", ["dpa"]),
        ("abc/dpa/AFP", "de", ["dpa", "Agence France-Presse"]),
        ("avec AFP", "fr", ["Agence France-Presse"]),
        ("(Com informações da AFP)", "pt", ["Agence France-Presse"]),
        ("(With inputs from PTI)", "en", ["Press Trust of India"]),
        ("Fuente: EFE.", "es", ["EFE"]),
        ("Источник: Интерфакс", "ru", ["Interfax"]),
        ("Джерело: УНІАН", "uk", ["UNIAN"]),
        ("(ČTK)", "cs", ["ČTK"]),
        ("(PAP)", "pl", ["PAP"]),
        ("Forrás: MTI", "hu", ["MTI"]),
        ("(©NTB)", "no", ["NTB"]),
        ("/ritzau/", "da", ["Ritzau"]),
        ("（共同）", "ja", ["Kyodo"]),
        ("Copyright 2019 The Associated Press. All rights reserved.", "en", ["Associated Press"]),
    ],
)
def test_signatures_and_labels(end: str, language: str, agencies: list[str]) -> None:
    found = credits_of(*[REST] * 5, end, language=language)
    assert [note.value for note in found] == agencies


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("He told Reuters that the bridge was safe.", "en"),
        ("The Associated Press (AP) reported on Monday that the bridge was open.", "en"),
        ("The mayor said so, according to Agence France-Presse (AFP).", "en"),
        ("О мосте сообщает ТАСС со ссылкой на мэра.", "ru"),
        ("Как сообщал Укринформ, мост открыли.", "ru"),
        ("Wie die Nachrichtenagentur dpa meldet, ist die Brücke offen.", "de"),
        ("Selon l'AFP, le pont est ouvert.", "fr"),
        ("(AP Photo/Ann Example)", "en"),
        ("Фото: Анна Пример/ТАСС", "ru"),
        ("(APA) the letters that another language means otherwise", "en"),
    ],
)
def test_cited_agencies_are_not_credited(sentence: str, language: str) -> None:
    assert credits_of(sentence, REST, language=language) == []
    assert credits_of(*[REST] * 4, sentence, language=language) == []


def test_authors() -> None:
    for line in ("Reuters", "By Ann Example, Associated Press", "Ann Example | AFP"):
        assert len(credits_of(line, role=Role.BYLINE)) == 1
    assert credits_of("By Ann Example and Bob Example", role=Role.BYLINE) == []


def test_lists_and_captions_are_passed_over() -> None:
    for role in (Role.CAPTION, Role.RELATED, Role.LATEST, Role.ADVERTISING):
        assert credits_of("(AP) — Some words of it.", "Source: AP", role=role) == []


def test_the_table_holds_names_once() -> None:
    forms, _ = read_agencies()
    assert all(form == form.strip() and form for form in forms)
    assert find_agency("APA", "de-AT") != find_agency("APA", "az")
    assert find_agency("APA", "pt") is None


AFFIXES = st.sampled_from(["(AP)", "/dpa/", "Reuters", "TASS", " - ", "(", "/", ")", "\n", "By "])


@given(st.lists(AFFIXES | st.text(max_size=20), max_size=30), st.sampled_from(["en", "de", "und"]))
def test_evidence_lies_in_the_text(parts: list[str], language: str) -> None:
    text = "".join(parts)
    if text.strip():
        credits_of(text, language=language)
