"""A post that cites or shares an article: the article stands behind the post."""

from __future__ import annotations

import pytest
from tests.annotators.test_sources import find

from tidings.model import SourceKind


@pytest.mark.parametrize(
    ("language", "text", "through"),
    [
        ("en", "“Robbery,” Tove Lind wrote on Bluesky, citing a report in the Alma Courier.",
         "Tove Lind"),
        ("fr", "Mardi, la députée Maëlle Corr a partagé sur X l'article du Courrier du Détroit.",
         "Maëlle Corr"),
        ("en", "“I am tired,” Tove Lind wrote on Bluesky. The toll doubles, Reuters says.",
         None),
    ],
)  # fmt: skip
def test_an_outlet_through_a_post(language: str, text: str, through: str | None) -> None:
    found = find(text, language)
    assert SourceKind.POST in {one.kind for one in found}
    assert [one.through for one in found if one.kind is SourceKind.PUBLISHER] == [through]
