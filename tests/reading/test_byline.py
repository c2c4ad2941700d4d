"""Names of people in a byline."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from tidings.reading.byline import choose_byline, is_byline
from tidings.reading.compose import NO_XML
from tidings.reading.people import parse_people


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("By Ann Lee", ["Ann Lee"]),
        ("Von Anna Beispiel und Bernd Muster", ["Anna Beispiel", "Bernd Muster"]),
        ("Автор: Анна Пример", ["Анна Пример"]),
        ("Ann Lee, Bo Li and Cy Day", ["Ann Lee", "Bo Li", "Cy Day"]),
        ("Ann Lee, Agency", ["Ann Lee"]),
        ("Lee, Ann", ["Lee, Ann"]),
        ("Ann Lee / Agency", ["Ann Lee"]),
        ("Ann Lee/AFP", ["Ann Lee"]),
        ("By ANN LEE and BOB RAY", ["ANN LEE", "BOB RAY"]),
        ("Por Ana Ejemplo y Luis Muestra", ["Ana Ejemplo", "Luis Muestra"]),
        ("Текст: Анна Пример, Иван Образец", ["Анна Пример", "Иван Образец"]),
        ("Ann Lee, Political Editor", ["Ann Lee"]),
        ("Ann Lee, Bo Li, London", ["Ann Lee", "Bo Li"]),
        ("Dr. Ann Lee", ["Ann Lee"]),
        ("ann.lee@paper.example Ann Lee", ["Ann Lee"]),
        ("By Ann Lee28 Jan 2025", ["Ann Lee"]),
        ("By Ann Lee, January 28, 2025 3:46 pm", ["Ann Lee"]),
        ("28. Januar 2025 von Anna Beispiel", ["Anna Beispiel"]),
        ("Published | By Ann Lee | January 28", ["Ann Lee"]),
        ("Verfasst von: Anna Beispiel", ["Anna Beispiel"]),
        ("View all posts by Ann Lee", ["Ann Lee"]),
        ("AuthorAnn Lee", ["Ann Lee"]),
        ("T. V. Lee", ["T. V. Lee"]),
        ("Ludwig van Beispiel", ["Ludwig van Beispiel"]),
        ("Staff Writer", []),
        ("Редакция", []),
        ("dpa", []),
        ("Sid Lee, Ria Day", ["Sid Lee", "Ria Day"]),
        ("SANA LEE", ["SANA LEE"]),
        ("dpa Berlin", []),
        ("Укринформ", []),
        ("Web Desk", []),
        ("mayo de 2022", []),
        ("Jos&eacute; Muestra", ["José Muestra"]),
        ("Ann Lee, https://social.example/ann", ["Ann Lee"]),
        ("ann@paper.example", []),
        ("user_17", []),
        ("28 January 2025", []),
        ("", []),
    ],
)
def test_people_are_parted(value: str, names: list[str]) -> None:
    assert list(parse_people(value)) == names


def test_a_byline_has_nothing_but_known_names() -> None:
    names = ["Ann Lee", "The Example"]
    assert is_byline("by ANN LEE", names)
    assert is_byline("Ann Lee | The Example", names)
    assert not is_byline("Ann Lee said so", names)
    assert not is_byline("", names)
    assert not is_byline("Ann Lee " * 40, names)


@given(st.text())
def test_names_have_letters_and_no_address(value: str) -> None:
    for name in parse_people(value):
        assert 1 < len(name) <= 60
        assert "@" not in name


def _choose(page: str, *own: str) -> tuple[str, tuple[str, ...]]:
    return choose_byline(html.fromstring(page), [], own)


def test_a_mark_by_the_headline_is_the_byline_and_others_are_not() -> None:
    page = """<body><aside><a rel="author">Zoe Other</a></aside>
    <div><h1>Talks go on</h1><span class="post-author">By <a>Ann Lee</a> and <a>Bo Ray</a></span>
    <p>Text.</p><ol class="comments"><li class="comment-author">Cy Day</li></ol></div></body>"""
    assert _choose(page) == ("author mark", ("Ann Lee", "Bo Ray"))


def test_links_to_authors_pages_and_lines_are_the_last_resort() -> None:
    linked = '<body><h1>Talks</h1><p><a href="/authors/ann-lee">Ann Lee</a></p></body>'
    assert _choose(linked) == ("author page", ("Ann Lee",))
    line = "<body><h1>Talks</h1><p>By Ann Lee</p><p>By noon all had left the room.</p></body>"
    assert _choose(line) == ("line after the headline", ("Ann Lee",))
    assert _choose("<body><h1>Talks</h1><p>By noon all had left.</p></body>") == ("", ())


def test_a_full_name_beats_a_nickname_and_the_publisher_is_nobody() -> None:
    page = html.fromstring('<body><h1>Talks</h1><i class="author">Ann Lee</i></body>')
    places = [("meta author", ["The Example"]), ("meta byl", ["ann"])]
    assert choose_byline(page, places, ["The Example"]) == ("author mark", ("Ann Lee",))
    bare = html.fromstring("<body><h1>Talks</h1></body>")
    assert choose_byline(bare, places, ["The Example"]) == ("meta byl", ("ann",))


@given(st.text(), st.text())
def test_any_mark_is_read(value: str, name: str) -> None:
    page = html.Element("body")
    mark = etree.SubElement(page, "p", {"class": "author"})
    mark.text = NO_XML.sub(" ", f"{value} {name}")
    ground, names = choose_byline(page, [], [])
    assert bool(ground) == bool(names)
