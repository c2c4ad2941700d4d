from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tidings.reading import digests
from tidings.reading.peel import peel_page
from tidings.reading.snippets import Snippet, choose_snippets, snippets

CALL = (
    "Kaja Kallas for the European Union and Marco Rubio for the United States went over the war "
    "in Ukraine, Iran and China in their first telephone call on Tuesday, officials said."
)
AGAIN = (
    "Marco Rubio rang Kaja Kallas in his first week as US Secretary of State to talk about the "
    "war in Ukraine in a first telephone call, an official in Brussels said on Tuesday."
)
BROKEN = (
    "The European Union extended its economic sanctions on Russia on Monday after Hungary dropped "
    "its objections in return for a declaration on ener"
)
NAMED = (
    "Alexander Lukashenko won a seventh term in a presidential election that the European Union "
    "called a sham. Read more at harbourcourier.example."
)
FOLLOWING = (
    "She had taken up the post in December, after three years as prime minister of Estonia.",
    "But the two have yet to meet, and neither office has named a date for a visit to Washington.",
    "This week's meeting of ministers was the first since the change of government there.",
)


def judge(text: str) -> bool:
    return digests.judge(snippets(text), peel_page(text)).is_digest


def split(text: str) -> tuple[Snippet, ...]:
    return choose_snippets(snippets(text))


def is_digest(*paragraphs: str, gap: str = "\n") -> bool:
    return judge(gap.join(paragraphs))


def test_snippets_are_told_from_paragraphs() -> None:
    for gap in ("\n", "\n\n"):
        assert is_digest(CALL, BROKEN, NAMED, AGAIN, gap=gap)
        assert not is_digest(CALL, *FOLLOWING, gap=gap)
        assert not is_digest("Kallas and Rubio hold first call", CALL, *FOLLOWING, gap=gap)


def test_one_paragraph_is_no_digest() -> None:
    assert not is_digest(NAMED)
    assert not is_digest("")


def test_tail_names_the_publisher() -> None:
    call, broken, named = split("\n".join((CALL, BROKEN, NAMED)))
    assert (call.publisher, call.tail, call.is_cut) == (None, "", False)
    assert broken.is_cut
    assert named.publisher == "harbourcourier.example"
    assert named.tail == "Read more at harbourcourier.example."
    assert named.body.endswith("sham.")


def test_tail_in_other_languages() -> None:
    for tail in (
        "Читать далее на vestnik.example",
        "Докладніше на hvylia.example.",
        "Weiterlesen auf www.nordbote.example",
        "Lire la suite sur gazette.example",
        "Leer más en https://faro.example/a/1",
    ):
        (snippet,) = split(f"{CALL} {tail}")
        assert snippet.publisher is not None
        assert snippet.publisher.endswith(".example")
        assert not snippet.publisher.startswith("www.")
        assert snippet.body == CALL


def test_tail_on_its_own_line_belongs_to_the_snippet_above() -> None:
    text = f"{CALL}\nRead more at meridianwire.example\n\n{BROKEN}\n\n{AGAIN}"
    assert [snippet.publisher for snippet in split(text)] == ["meridianwire.example", None, None]


def test_a_cited_address_is_no_publisher() -> None:
    (snippet,) = split(f"{CALL} See https://agency.example/a")
    assert snippet.publisher is None


@given(st.text(max_size=400))
def test_any_text_is_survived(text: str) -> None:
    judge(text)
    for snippet in split(text):
        assert snippet.body or snippet.tail


def test_headlines_of_their_own() -> None:
    text = "\n\n".join(
        f"{headline}\n{body}"
        for headline, body in (
            ("Kallas and Rubio hold first call", CALL),
            ("Sanctions are extended again", BROKEN),
            ("A seventh term in Minsk", NAMED),
        )
    )
    found = split(text)
    assert [snippet.headline for snippet in found] == [
        "Kallas and Rubio hold first call",
        "Sanctions are extended again",
        "A seventh term in Minsk",
    ]
    assert found[0].body == CALL
    assert judge(text)


def test_names_and_marks_before_and_behind_the_snippets() -> None:
    names = {"El Faro": CALL, "The Wire": AGAIN, "Volna": CALL}
    named = "\n\n".join(f"{name}: {body}" for name, body in names.items())
    assert [each.publisher for each in split(named)] == ["El Faro", "The Wire", "Volna"]
    credited = "\n".join(f"{each} (The Wire)" for each in (CALL, AGAIN, CALL))
    assert [each.publisher for each in split(credited)] == ["The Wire"] * 3
    marked = "\n".join(f"{n}. {each}" for n, each in enumerate((CALL, BROKEN, AGAIN), start=1))
    assert [each.body for each in split(marked)] == [CALL, BROKEN, AGAIN]
    assert all(each.is_marked for each in split(marked))


def test_one_name_before_a_snippet_is_its_text() -> None:
    text = f"Brussels: {CALL}\n\n{BROKEN}\n\n{AGAIN}"
    assert [each.publisher for each in split(text)] == [None, None, None]


def test_capitals_before_a_snippet_are_its_headline() -> None:
    text = "\n".join(f"CALL BETWEEN MINISTERS: {each}" for each in (CALL, BROKEN, AGAIN))
    assert [each.headline for each in split(text)] == ["CALL BETWEEN MINISTERS"] * 3


def test_a_subheaded_article_is_no_digest() -> None:
    pieces = [f"{FOLLOWING[at % 3]} {FOLLOWING[(at + 1) % 3]}" for at in range(6)]
    text = "\n\n".join(f"Chapter {at} of the talks\n\n{each}" for at, each in enumerate(pieces))
    assert not judge(text)
