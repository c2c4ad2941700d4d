"""Blocks in another language than their article; sentences of our own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.model import Role
from tidings.reading.compose import compose
from tidings.reading.language import identify
from tidings.reading.mixed import mark_languages

PARAGRAPHS = {
    "en": "The minister told reporters on Tuesday that the talks had been long and frank, and "
    "that the two governments would meet again before the end of the month.",
    "de": "Die Ministerin sagte am Dienstag vor der Presse, die Gespräche seien lang und offen "
    "gewesen, und man werde sich noch vor dem Ende des Monats wieder treffen.",
    "ru": "Министр рассказала журналистам, что переговоры были долгими и откровенными и что "
    "стороны снова встретятся до конца месяца, чтобы обсудить санкции.",
    "uk": "Міністерка розповіла журналістам, що переговори були довгими й відвертими та що "
    "сторони знову зустрінуться до кінця місяця, щоб обговорити санкції.",
    "bg": "Министърката каза пред журналисти, че разговорите са били дълги и откровени и че "
    "двете страни ще се срещнат отново преди края на месеца, за да обсъдят санкциите.",
    "ar": "قالت الوزيرة للصحفيين يوم الثلاثاء إن المحادثات كانت طويلة وصريحة وإن الحكومتين "
    "ستجتمعان مرة أخرى قبل نهاية الشهر لمناقشة العقوبات الجديدة.",
    "fa": "وزیر روز سه‌شنبه به خبرنگاران گفت که گفتگوها طولانی و صریح بوده و دو دولت پیش از "
    "پایان ماه دوباره برای بررسی تحریم‌های جدید دیدار خواهند کرد.",
    "el": "Η υπουργός είπε την Τρίτη στους δημοσιογράφους ότι οι συνομιλίες ήταν μακρές και "
    "ειλικρινείς και ότι οι δύο πλευρές θα συναντηθούν ξανά πριν από το τέλος του μήνα.",
    "zh": "部长星期二对记者说，会谈时间很长，也很坦率，"
    "两国政府将在月底之前再次会面，讨论新的制裁措施。",
}
PAIRS = [(own, other) for own in PARAGRAPHS for other in PARAGRAPHS if own != other]


@pytest.mark.parametrize(("own", "other"), PAIRS)
def test_one_block_in_another_language_is_marked(own: str, other: str) -> None:
    lines = [PARAGRAPHS[own], PARAGRAPHS[other], PARAGRAPHS[own], PARAGRAPHS[own]]
    text, blocks = compose((Role.BODY, line) for line in lines)
    assert identify("", text)[0] == own
    marked = mark_languages(text, blocks, own)
    assert [block.language for block in marked] == [None, other, None, None]


@pytest.mark.parametrize("own", sorted(PARAGRAPHS))
def test_the_language_of_most_of_the_body_is_the_article_s(own: str) -> None:
    other = "en" if own != "en" else "de"
    assert identify(PARAGRAPHS[other], "\n".join([PARAGRAPHS[own]] * 20))[0] == own


@pytest.mark.parametrize(
    "line",
    [
        "Apple iPhone 11 Pro Max, Samsung Galaxy S10, Huawei Mate 30 Pro, Google Pixel 4 XL",
        "https://news.example/2025/01/28/the-minister-told-reporters-that-the-talks-were-long",
        "Associated Press",
        "29.01.2025 03:52",
    ],
)
def test_names_and_addresses_are_in_no_language(line: str) -> None:
    text, blocks = compose([(Role.BODY, PARAGRAPHS["ru"]), (Role.BODY, line)])
    assert mark_languages(text, blocks, "ru") == blocks


def test_regions_are_the_same_language() -> None:
    text, blocks = compose([(Role.BODY, PARAGRAPHS["en"])])
    assert mark_languages(text, blocks, "en-GB") == blocks


@given(st.lists(st.text(max_size=200), max_size=4), st.sampled_from([*PARAGRAPHS, "und"]))
def test_marks_change_nothing_but_the_language(lines: list[str], language: str) -> None:
    text, blocks = compose((Role.BODY, line) for line in lines)
    marked = mark_languages(text, blocks, language)
    assert tuple(replace(block, language=None) for block in marked) == blocks
    assert all(block.language != language for block in marked)
