from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.model import Role
from tidings.reading.clutter import judge_lines
from tidings.reading.cues import find_label, get_cues
from tidings.reading.furniture import is_break, is_call, is_furniture, is_tags
from tidings.reading.lines import describe

LEAD = (
    "The keepers of the eleven lighthouses voted on Tuesday to go back to work after the board "
    "had promised them new lamps."
)
NEXT = (
    "The strike had lasted for nineteen days, and three ferries had stayed in port for all of "
    "that time, the board said."
)
OTHERS = (
    "Ferries wait for the spring tide",
    "A new lamp for the old tower",
    "Museum of the coast counts its visitors",
    "Why the harbour needs another pilot",
)


def roles(lines: Sequence[str]) -> list[Role]:
    return judge_lines([describe(line) for line in lines])


def test_prose_and_subheadings_stay() -> None:
    lines = (LEAD, "A long winter", NEXT, "“We are tired”, she said.", LEAD)
    assert roles(lines) == [Role.BODY] * 5


def test_a_list_at_the_end_needs_no_label() -> None:
    assert roles((LEAD, NEXT, *OTHERS, *OTHERS[:2]))[2:] == [Role.RELATED] * 6


def test_a_box_ends_where_prose_goes_on() -> None:
    found = roles((LEAD, "More on this topic", *OTHERS[:2], NEXT))
    assert found == ["body", "related", "related", "related", "body"]


def test_a_list_that_the_text_announces_is_text() -> None:
    lines = (LEAD, "The board gave the names of these harbours:", *OTHERS, NEXT)
    assert roles(lines) == [Role.BODY] * len(lines)


def test_times_before_headlines_make_them_latest() -> None:
    timed = [f"1{n}:30 {other}" for n, other in enumerate(OTHERS)]
    assert roles((LEAD, NEXT, "Latest", *timed))[2:] == [Role.LATEST] * 5


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Other stories on the same subject", Role.RELATED),
        ("Ещё материалы по этой теме:", Role.RELATED),
        ("Інші новини за темою", Role.RELATED),
        ("Weitere Artikel zu diesem Thema", Role.RELATED),
        ("D'autres articles sur ce sujet", Role.RELATED),
        ("Více článků k tématu", None),
        ("Najpopularniejsze dziś", Role.LATEST),
        ("The board and the keepers", None),
    ],
)
def test_labels_are_known_by_their_words(line: str, role: Role | None) -> None:
    assert find_label(line) is role


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Estimated reading time: 7 minutes", "reading-time"),
        ("Čas čtení: 4 minuty", "reading-time"),
        ("(Image credit: Harbour Museum)", "caption"),
        ("Archive photo. Credit: Ann Lee", "caption"),
        ("Фото автора", "caption"),
        ("Photo Getty Images", "caption"),
        ("Follow us on Telegram for more", "footer"),
        ("Подпишитесь на наш канал в Telegram!", "footer"),
        ("Bizi Instagram'da takip edin", "footer"),
        ("Facebook Twitter WhatsApp", "footer"),
        ("Schlagworte: Hafen, Fähren", "footer"),
        ("#harbour #ferries", "footer"),
        ("Story continues below the advertisement", "advertising"),
        ("Čtěte také: Přístav znovu otevřen", "related"),
        ("Olvassa el ezt is: Újra járnak a kompok", "related"),
        ("اقرأ أيضا: الميناء يفتح أبوابه", "related"),
        ("延伸閱讀：渡輪明日恢復航班", "related"),
        ("こちらもおすすめ：灯台の新しい灯り", "related"),
    ],
)
def test_lines_that_are_the_same_everywhere(line: str, role: str | None) -> None:
    assert describe(line).fixed == role


def test_advertising_as_a_subject_is_no_break() -> None:
    assert not is_break("Advertising in the harbour")
    assert not is_tags("Theme of the day: the harbour board is still waiting.")
    assert not is_furniture("The museum asks visitors to share what they know of the lighthouse.")


def test_a_call_has_its_channel_in_the_same_sentence() -> None:
    assert is_call("Want more? Sign up for our newsletter.")
    assert not is_call("Sign up now. The newsletter was the oldest on the coast, they said.")


def test_every_language_has_what_labels_need() -> None:
    assert len(get_cues().vocabularies) >= 45


@given(st.lists(st.sampled_from((LEAD, NEXT, *OTHERS, "Latest", "12:30", "Share")), max_size=30))
def test_one_role_a_line_and_prose_without_labels_is_text(lines: list[str]) -> None:
    found = roles(lines)
    assert len(found) == len(lines)
    prose = [line for line in lines if line in (LEAD, NEXT)]
    random.Random(1).shuffle(prose)  # noqa: S311 - the order is irrelevant
    assert roles(prose) == [Role.BODY] * len(prose)


@given(st.lists(st.text(max_size=120), max_size=20))
def test_any_lines_are_survived(lines: list[str]) -> None:
    assert len(roles(lines)) == len(lines)
