"""One party under several names is one node, and what nothing makes one stays two."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from chaining import make_link, make_report, pairs, roots

from tidings.model import SourceKind, SourceLink
from tidings.story.chain import Chain, build_chain


def chain_of(*names: str, kind: SourceKind = SourceKind.ORGANISATION) -> Chain:
    """Of articles that each have it from one of these."""
    return build_chain(
        [make_report(f"a{at}", make_link(f"a{at}", name, kind)) for at, name in enumerate(names)]
    )


@pytest.mark.parametrize(
    "names",
    [
        ("МВД Грузии", "Министерство внутренних дел Грузии", "МВД"),
        ("police", "die Polizei", "policía", "полиции"),
        ("Контрольный комитет Солонцов", "Контрольного комитета Солонцов"),
    ],
)
def test_one_body_under_several_names(names: tuple[str, ...]) -> None:
    assert {len(roots(chain_of(*order))) for order in permutations(names)} == {1}


def test_two_states_have_two_ministries() -> None:
    assert len(roots(chain_of("МВД Грузии", "МВД Украины"))) == 2


def test_an_entity_is_one_whatever_it_is_called() -> None:
    links = [
        make_link(name, name, SourceKind.PERSON) for name in ("Inés Robledo", "la Jefa", "Ost")
    ]
    reports = [make_report(link.evidence.article, link) for link in links]

    def whose(link: SourceLink) -> str | None:
        return None if link.source == "Ost" else "robledo"

    assert len(roots(build_chain(reports, whose=whose))) == 2
    assert len(roots(build_chain(reports))) == 3


def test_a_document_is_one_by_its_type_and_its_issuer_speaks_through_it() -> None:
    def paper(article: str, name: str, issuer: str = "") -> tuple[SourceLink, ...]:
        link = replace(make_link(article, name, SourceKind.DOCUMENT), paper="report")
        if not issuer:
            return (link,)
        return link, make_link(article, issuer, SourceKind.ORGANISATION, through=name)

    reports = [
        make_report("a", *paper("a", "report by the Audit Office", "Audit Office")),
        make_report("b", *paper("b", "the report")),
        make_report("c", *paper("c", "Bericht des Wasseramts", "Wasseramt")),
    ]
    chain = build_chain(reports)
    assert len(roots(chain)) == 2
    document = dict(pairs(chain))["a"]
    assert ("b", document) in pairs(chain)
    assert ("c", document) not in pairs(chain)
