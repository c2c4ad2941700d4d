"""Documents, laws and rulings as sources, with who put them out; and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.annotators.test_sources import find

from tidings.model import SourceKind

CITED = [
    ("en", "The mayor took 40 boxes, according to the indictment.", "indictment", ""),
    ("en", "Bridges rust, according to a report released Monday by the Audit Office.", "report",
     "Audit Office"),
    ("en", "Court documents show that the mayor was paid.", "filing", ""),
    ("de", "Laut einem Bericht des Rechnungshofs fehlen 40 Fähren.", "report", "Rechnungshofs"),
    ("de", "Der Mann soll zahlen. Das geht aus der Anklageschrift hervor.", "indictment", ""),
    ("fr", "La route est coupée, selon un communiqué de la préfecture.", "release",
     "la préfecture"),
    ("fr", "Le maire est mis en cause, selon l'acte d'accusation.", "indictment", ""),
    ("es", "Faltan 18 hornos, según un informe de la Oficina de Estadística.", "report",
     "Oficina de Estadística"),
    ("ru", "Мост строили без плана, говорится в отчёте Счётной палаты.", "report",
     "Счётной палаты"),
    ("ru", "Согласно материалам дела, мост строили без плана.", "filing", ""),
    ("uk", "Міст збудували без плану, йдеться у звіті Рахункової палати.", "report",
     "Рахункової палати"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "paper", "issuer"), CITED)
def test_a_document_and_who_put_it_out(language: str, text: str, paper: str, issuer: str) -> None:
    found = find(text, language)
    document = next(one for one in found if one.kind is SourceKind.DOCUMENT)
    assert document.paper == paper
    issuers = [one.source for one in found if one.through == document.source]
    assert issuers == ([issuer] if issuer else [])


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("de", "Laut dem neuen Badegesetz braucht es Aufsicht.", SourceKind.LAW),
        ("ru", "Согласно закону, мост закроют.", SourceKind.LAW),
        ("es", "El puerto debe pagar, señala la sentencia.", SourceKind.COURT),
    ],
)
def test_laws_and_rulings(language: str, text: str, kind: SourceKind) -> None:
    assert [one.kind for one in find(text, language)] == [kind]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Smith said in a statement that the bridge was safe."),
        ("en", "The report by Reuters says the bridge is safe."),
        ("en", "The bill was signed. The report is long."),
        ("en", "A study was published in the journal Nature, according to the authors."),
        ("de", "Nach dem Urteil ging er nach Hause. Der Bericht ist lang."),
        ("ru", "Он подписал закон. Суд изучил материалы дела."),
    ],
)
def test_what_is_no_document_that_it_is_had_from(language: str, text: str) -> None:
    kinds = {one.kind for one in find(text, language)}
    assert not kinds & {SourceKind.DOCUMENT, SourceKind.LAW, SourceKind.COURT}


LINE = "according to the report of by Audit Office indictment said law laut Bericht des . , « says"
WORDS = st.sampled_from(LINE.split())


@given(st.lists(WORDS, max_size=14), st.sampled_from(("en", "de", "fr", "es", "ru", "uk", "ja")))
def test_evidence_lies_in_the_text(words: list[str], language: str) -> None:
    text = " ".join(words)
    for one in find(text, language):
        places = [place for place in (one.evidence, one.name, one.scope) if place]
        assert all(text[place.start : place.end] == place.text != "" for place in places)


def test_a_court_that_decides_is_the_source() -> None:
    found = find("The Regional Court of Alma has decided that the port must pay 41 boats.", "en")
    assert [(one.kind, one.source) for one in found] == [
        (SourceKind.COURT, "Regional Court of Alma")
    ]
    assert not find("The port may go to the Regional Court of Alma, ordered or not.", "en")
