from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tidings.annotators.listed import ListedAnnotator
from tidings.annotators.names import NamesAnnotator
from tidings.extractors.plain import PlainExtractor
from tidings.model import Article, MentionKind, Page, Rejected

Maker = Callable[[str], Page]


def extract(page: Page) -> Article:
    made = PlainExtractor().extract(page)
    assert not isinstance(made, Rejected)
    return made[0]


def names(article: Article, kind: MentionKind = MentionKind.NAME) -> list[str]:
    notes = NamesAnnotator().annotate(article, ())
    return [note.value for note in notes if note.kind is kind]


def test_capitals_at_the_start_of_a_sentence_say_nothing(make_page: Maker) -> None:
    text = (
        "Talks went on in Brussels until late at night. Diplomats hoped that Kaja Kallas and Marco "
        "Rubio would meet soon. Kallas had called him on Tuesday, said J. D. Vance of the US."
    )
    assert names(extract(make_page(text))) == [
        "Brussels",
        "Kaja Kallas",
        "Marco Rubio",
        "Kallas",
        "J. D. Vance",
        "US",
    ]


def test_particles_stay_inside(make_page: Maker) -> None:
    text = (
        "Am Abend sprach Ursula von der Leyen mit Alexander Van der Bellen. Die Minister berieten "
        "im Anschluss lange über die Lage, wie es in der Mitteilung an die Presse hieß."
    )
    found = names(extract(make_page(text)))
    assert "Ursula von der Leyen" in found
    assert "Anschluss" not in found


def test_possessives_and_elisions(make_page: Maker) -> None:
    text = (
        "They quoted Kallas's post and O'Brien's reply from Tallinn, where the ministers had met, "
        "and where the former prime minister lives when she is not in Brussels."
    )
    assert names(extract(make_page(text))) == ["Kallas", "O'Brien", "Tallinn", "Brussels"]
    text = (
        "Selon un responsable, l'Iran et d'Estonie à l'Ukraine, tout fut évoqué pendant l'échange "
        "que les deux dirigeants ont eu mardi soir par téléphone."
    )
    assert names(extract(make_page(text))) == ["Iran", "Estonie", "Ukraine"]


def test_handles_and_addresses(make_page: Maker) -> None:
    text = (
        "Спасибо за беседу, @SecRubio, написала Каллас, и приложила снимок экрана с телефоном, "
        "на котором видно время, а ответы шли на почту press@agency.example.\n\n"
        "Источник: https://www.agency.example/a?utm_source=x."
    )
    article = extract(make_page(text))
    assert names(article, MentionKind.HANDLE) == ["@SecRubio"]
    (link,) = names(article, MentionKind.LINK)
    assert link.startswith("https://")
    assert "utm_source" not in link


def test_listed_headlines(make_page: Maker) -> None:
    body = (
        "The keepers of the eleven lighthouses voted on Tuesday to go back to work after the board "
        "had promised them new lamps."
    )
    text = f"{body}\n\nLatest news\n\n12:30 Storm closes two ports\n\n12:10\n\n- Ferries run again"
    notes = list(ListedAnnotator().annotate(extract(make_page(text)), ()))
    assert [note.value for note in notes] == ["Storm closes two ports", "Ferries run again"]
    assert {note.rule for note in notes} == {"listed/1"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=3, max_size=300))
def test_evidence_lies_in_the_text(make_page: Maker, text: str) -> None:
    made = PlainExtractor().extract(make_page(text))
    if isinstance(made, Rejected):
        return
    for article in made:
        for annotator in (NamesAnnotator(), ListedAnnotator()):
            for note in annotator.annotate(article, ()):
                evidence = note.evidence
                assert article.text[evidence.start : evidence.end] == evidence.text
                assert evidence.start < evidence.end
                assert 0 <= note.score <= 1
