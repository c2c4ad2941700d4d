"""Pieces, votes, scores and roles, on markup of our own."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.model import Role
from tidings.reading.bodies.choice import SHUT, score_pieces
from tidings.reading.bodies.hints import parse_hints
from tidings.reading.bodies.marks import Page
from tidings.reading.bodies.pieces import HIDDEN, Piece, pieces
from tidings.reading.bodies.roles import Known, assign_roles
from tidings.reading.bodies.said import find_said
from tidings.reading.bodies.votes import count_votes
from tidings.reading.bodies.weights import WEIGHTS
from tidings.reading.markup import parse_key, parse_tree

TEXT = (
    "The ministers of both countries met in the capital on Monday and talked for three hours.",
    "They agreed on a commission that is to draw the border anew, a spokesman told the press.",
    "The commission will sit for the first time in March, and its members are not named yet.",
)
COUNCIL = ("fast", "justext", "resiliparse", "standard")
KNOWN = Known(headline="Two countries draw their border", summary="", names=["Ann Lee"])


def cut(markup: str) -> list[Piece]:
    return list(pieces(parse_tree(markup)[0]))


def texts(markup: str) -> list[str]:
    return [piece.text for piece in cut(markup)]


def judge(markup: str, taken: Sequence[str], lost: Sequence[str] = ()) -> list[tuple[Role, str]]:
    """Roles where all of the council take ``taken``, and all but one ``lost``."""
    found = cut(markup)
    full = [*taken, *lost]
    votes = count_votes(found, dict.fromkeys(COUNCIL, full) | {"justext": taken})
    page = Page(pieces=found, votes=votes, headline=KNOWN.headline, summary=KNOWN.summary)
    return list(assign_roles(page, score_pieces(page), KNOWN))


def article(*inner: str) -> str:
    return f"<body><article><h1>{KNOWN.headline}</h1>{''.join(inner)}</article></body>"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>One <b>bold</b> word</p>", ["One bold word"]),
        ("<p>one\n line</p>", ["one line"]),
        ("<div>one<p>two</p>three</div>", ["one", "two", "three"]),
        ("<div>one<br>two<br><br>three</div>", ["one\ntwo", "three"]),
        ("<pre>one\ntwo</pre>", ["one\ntwo"]),
        ("<ul><li>one<li>two</ul>", ["one", "two"]),
        ("<p>one<script>no</script> two</p><button>no</button>", ["one two"]),
        ("<p>so\u00adft</p>", ["soft"]),
        ("<table><tr><td>a<td>b</table>", ["a", "b"]),
        ("<x-card>one</x-card>two", ["one", "two"]),
    ],
)
def test_what_markup_sets_apart(markup: str, expected: list[str]) -> None:
    assert texts(markup) == expected


def test_what_markup_says_of_a_piece() -> None:
    markup = (
        "<article class='story'><p>one <a href='/'>two</a></p>"
        "<div class='relatedBox'><p>three</p></div><p hidden>four</p></article>"
    )
    one, three, four = cut(markup)
    assert one.linked == pytest.approx(0.5)
    assert {"article", ".text"} <= one.within
    assert ".apart" in three.near
    assert HIDDEN in four.within
    assert one.container == four.container != three.container


def test_hints_are_read_in_any_spelling() -> None:
    assert ".apart" in parse_hints("readMore", "")
    assert ".caption" in parse_hints("photo_caption", "")
    assert parse_hints("", "") == frozenset()


@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<div>", "</div>", "<a href=x>", "</a>", "<br>", "<li>"])
        | st.text(st.characters(codec="ascii", categories=["L", "Zs"]), max_size=8),
        max_size=30,
    ).map("".join)
)
def test_no_word_is_lost_and_shares_are_shares(markup: str) -> None:
    tree, _ = parse_tree(f"<body>{markup}<p>end</p></body>")
    found = list(pieces(tree))
    assert parse_key("".join(p.text for p in found)) == parse_key(tree.text_content())
    assert all(0 <= piece.linked <= 1 and piece.text.strip() for piece in found)


def test_votes_are_told_by_line_part_and_words() -> None:
    found = cut(f"<p>{TEXT[0]}</p><p>{TEXT[1]}</p><p>Yes</p><p>{TEXT[2]}</p>")
    outputs = {
        "whole": [TEXT[0], "Yes"],
        "joined": [f"{TEXT[0]} {TEXT[1]}"],
        "changed": [TEXT[2].replace("first", "very first")],
    }
    assert count_votes(found, outputs) == {
        "whole": (True, False, True, False),
        "joined": (True, True, False, False),
        "changed": (False, False, False, True),
    }


def test_a_first_paragraph_that_one_lost_stays() -> None:
    parts = judge(article(*(f"<p>{text}</p>" for text in TEXT)), TEXT[1:], TEXT[:1])
    assert parts == [(Role.BODY, text) for text in TEXT]


def test_what_stands_around_the_body_keeps_a_role_of_its_own() -> None:
    credit = "The border bridge at noon, seen from the northern bank of the river"
    markup = article(
        "<p class='byline'>By Ann Lee</p>",
        f"<p>{TEXT[0]}</p><figure><figcaption>{credit}</figcaption></figure>",
        f"<blockquote><p>{TEXT[1]}</p></blockquote>",
        "<div class='related'><a href='/1'>Another bridge opens in the south</a></div>",
        f"<p>{TEXT[2]}</p>",
    )
    parts = judge(markup, TEXT)
    assert parts == [
        (Role.BYLINE, "By Ann Lee"),
        (Role.BODY, TEXT[0]),
        (Role.CAPTION, credit),
        (Role.QUOTE_BOX, TEXT[1]),
        (Role.RELATED, "Another bridge opens in the south"),
        (Role.BODY, TEXT[2]),
    ]


LINK = "<a href='/other'>Three towns ask for a bridge of their own</a>"


@pytest.mark.parametrize(
    ("markup", "line", "is_kept"),
    [
        ("<p>Estimated reading time: 7 minutes</p>", "Estimated reading time: 7 minutes", False),
        ("<p>Advertisement</p>", "Advertisement", False),
        ("<p>Read also: Three towns ask</p>", "Read also: Three towns ask", False),
        (f"<p>{LINK}</p>", "Three towns ask for a bridge of their own", False),
        (f"<p>{LINK} by May.</p>", "Three towns ask for a bridge of their own by May.", True),
        (f"<h2>{LINK}</h2>", "Three towns ask for a bridge of their own", True),
        (f"<ul><li>{LINK}</ul>", "Three towns ask for a bridge of their own", True),
    ],
)
def test_lines_that_all_took_are_judged_by_words_and_links(
    markup: str, line: str, is_kept: bool
) -> None:
    first, *others = (f"<p>{text}</p>" for text in TEXT)
    parts = judge(article(first, markup, *others), [*TEXT, line])
    body = [text for role, text in parts if role is Role.BODY]
    assert set(TEXT) <= set(body)
    assert (line in body) is is_kept


def test_a_list_of_links_is_text_only_inside_the_text() -> None:
    parts = judge(article(*(f"<p>{text}</p>" for text in TEXT), f"<ul><li>{LINK}</ul>"), [*TEXT])
    assert [text for role, text in parts if role is Role.BODY] == list(TEXT)


def test_where_nothing_but_links_was_chosen_they_stay() -> None:
    line = "Three towns ask for a bridge of their own"
    rows = "".join(f"<p><a href='/{n}'>{line}, part {n}</a></p>" for n in range(3))
    parts = judge(article(rows), [f"{line}, part {n}" for n in range(3)])
    assert [role for role, _ in parts] == [Role.BODY] * 3


def test_far_from_both_ends_of_a_very_long_page_words_are_not_asked() -> None:
    rows = ["<p>Advertisement</p>", *("<p>So they said.</p>" * 3_000, "<p>Advertisement</p>")]
    rows.insert(2, "<p>Advertisement</p>" + "<p>So they said.</p>" * 3_000)
    parts = judge(article(*rows), ["Advertisement", "So they said."])
    assert [text for role, text in parts if role is Role.BODY].count("Advertisement") == 1


def test_a_lead_set_apart_is_a_standfirst() -> None:
    markup = article(f"<div class='lead'>{TEXT[0]}</div>", *(f"<p>{t}</p>" for t in TEXT[1:]))
    assert judge(markup, TEXT)[0] == (Role.STANDFIRST, TEXT[0])


def test_without_votes_nothing_is_body() -> None:
    found = cut("<nav><a href='/'>Home</a></nav>")
    votes = dict.fromkeys(COUNCIL, (False,))
    page = Page(pieces=found, votes=votes, headline="", summary="")
    assert score_pieces(page) == [SHUT]
    assert list(assign_roles(page, [SHUT], KNOWN)) == []


def test_an_empty_page_has_no_scores() -> None:
    page = Page(pieces=[], votes={"resiliparse": ()}, headline="", summary="")
    assert score_pieces(page) == []


def test_every_council_weighs_the_same_marks() -> None:
    plain = [{name for name in table if not name.startswith("vote ")} for table in WEIGHTS.values()]
    assert all(names == plain[0] for names in plain)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (None, []),
        ("short", []),
        ("<p>" + TEXT[0] + "</p><p>" + " ".join(TEXT) + "</p>", [TEXT[0], " ".join(TEXT)]),
        ("&nbsp;Q&amp;A: &quot;Yes&quot; " + " ".join(TEXT), ['Q&A: "Yes" ' + " ".join(TEXT)]),
    ],
)
def test_the_body_that_json_ld_gives(body: str | None, expected: list[str]) -> None:
    assert find_said({"articleBody": body}) == expected
