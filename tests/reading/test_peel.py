from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.model import Role
from tidings.reading.lines import bylines
from tidings.reading.peel import peel_page, split_mail
from tidings.reading.wrapping import paragraphs

LEAD = (
    "The keepers of the eleven lighthouses voted on Tuesday to go back to work after the board "
    "had promised them new lamps."
)
NEXT = (
    "The strike had lasted for nineteen days, and three ferries had stayed in port for all of "
    "that time, the board said."
)


def roles(*lines: str) -> list[Role]:
    return [role for role, _ in peel_page("\n\n".join(lines))]


def test_plain_article() -> None:
    assert roles("Keepers vote to end the strike", LEAD, NEXT) == ["headline", "body", "body"]


def test_without_headline() -> None:
    assert roles(LEAD, NEXT) == ["body", "body"]


def test_the_headline_is_what_the_body_takes_up() -> None:
    found = roles("News from the coast every day", "Sport", "Lighthouse keepers vote", LEAD, NEXT)
    assert found == ["footer", "footer", "headline", "body", "body"]


def test_body_goes_on_after_a_box() -> None:
    box = ("Read also", "Ferries wait for the spring tide", "A new lamp for the old tower")
    found = roles("Keepers vote to end the strike", LEAD, *box, NEXT)
    assert found == ["headline", "body", "related", "related", "related", "body"]


def test_teasers_in_a_long_list_do_not_take_the_body_up() -> None:
    listed = [f"Headline number {n} of the list" for n in range(8)]
    found = roles("Keepers vote to end the strike", LEAD, "Latest news", *listed[:6], LEAD, *listed)
    assert found[3:] == ["latest"] * 15


def test_a_list_without_label_at_the_end() -> None:
    listed = [f"Another headline of the day, number {n}" for n in range(4)]
    assert roles("Keepers vote to end it", LEAD, NEXT, *listed)[3:] == ["related"] * 4


def test_standfirst_is_set_off_by_byline() -> None:
    found = roles("Keepers vote to end the strike", LEAD, "By Ann Lee", NEXT)
    assert found == ["headline", "standfirst", "byline", "body"]


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("3 min read", "reading-time"),
        ("Время чтения: 2 минуты", "reading-time"),
        ("Lesezeit: 2 Min.", "reading-time"),
        ("Автор: Ирина Лаптева", "byline"),
        ("Von Jutta Brandis", "byline"),
        ("© 2025 The Harbour Courier", "footer"),
        ("12 comments", "footer"),
        ("ADVERTISEMENT", "advertising"),
        ("РЕКЛАМА", "advertising"),
        ("Source: https://agency.example/a", "source-list"),
        ("https://agency.example/a", "source-list"),
        ("Фото: пресс-служба", "caption"),
        ("Lire aussi : la grève est finie", "related"),
        ("28 January 2025", "dateline"),
    ],
)
def test_lines_that_are_the_same_everywhere(line: str, role: str) -> None:
    assert roles("Keepers vote to end the strike", line, LEAD, NEXT)[1] == role
    assert roles("Keepers vote to end the strike", LEAD, NEXT, line)[3] == role


def test_mail_fields() -> None:
    head = "From: a@b.example\nDate: Tue, 28 Jan 2025 19:05:00 +0100\nSubject: Keepers vote"
    parts, rest = split_mail(f"{head}\n\n{LEAD}\n\n{NEXT}")
    assert parts[2] == (Role.HEADLINE, "Keepers vote")
    assert rest == f"{LEAD}\n\n{NEXT}"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ann Lee and Bo Li", ("Ann Lee", "Bo Li")),
        ("Автор: Ольга Коваленко", ("Ольга Коваленко",)),
        ("Texto: Ana Silva | Fotografias: Bo Li", ("Ana Silva",)),
        ("撰文：溫小明｜圖片：港務處", ("溫小明",)),
        ("（文：陈小明）", ("陈小明",)),
        ("Written by", ()),
        ("By Staff Writer", ()),
    ],
)
def test_a_byline_names_people_alone(line: str, names: tuple[str, ...]) -> None:
    assert bylines(line) == names


def test_broken_lines_are_joined() -> None:
    broken = (
        "The keepers of the eleven lighthouses on the northern coast voted\n"
        "on Tuesday to go back to work after the harbour board promised\n"
        "them new lamps. The strike had lasted for nineteen days, and three\n"
        "ferries had stayed in port.\n\n"
        "A second paragraph stands by itself and is broken by the mailer as\n"
        "well, so that both of them are read as whole paragraphs."
    )
    assert len(paragraphs(broken)) == 2


@given(st.lists(st.text(max_size=90), max_size=30))
def test_nothing_is_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = "".join(part for _, part in peel_page(text))
    assert "".join(found.split()) == "".join(text.split())
