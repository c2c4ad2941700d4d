"""Cues of telling: our own sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.reading.cited import CueKind, find_cues, find_lexicon, read_lexicons, split_words


def cues(text: str, language: str) -> list[tuple[str, CueKind]]:
    lexicon = find_lexicon(language)
    assert lexicon is not None
    found = find_cues(text, split_words(text), lexicon)
    return [(text[cue.start : cue.tail], cue.kind) for cue in found]


@pytest.mark.parametrize(
    ("language", "text", "found", "kind"),
    [
        ("en-GB", "The harbour is shut, the mayor said.", "said", CueKind.SAYS),
        ("en", "According to the mayor it is shut.", "According to", CueKind.ACCORDING),
        ("ru", "Порт закрыт, сообщила мэрия.", "сообщила", CueKind.SAYS),
        ("ru", "По её словам, порт закрыт.", "По её словам", CueKind.ACCORDING),
        ("uk", "Порт зачинено, зазначив мер.", "зазначив", CueKind.SAYS),
        ("fr", "Le port est fermé, a-t-il ajouté.", "ajouté", CueKind.SAYS),
        ("fr", "D’après la mairie, le port est fermé.", "D’après", CueKind.ACCORDING),
        ("es", "El puerto ha sido cerrado, añadió.", "añadió", CueKind.SAYS),
        ("de", "Das teilte die Stadt, also ihr Amt, mit.", "teilte die Stadt, also ihr Amt, mit",
         CueKind.SAYS),
        ("de", "Der Hafen hat, so das Amt, unter Berufung auf dpa", "unter Berufung auf",
         CueKind.CITING),
    ],
)  # fmt: skip
def test_a_cue_is_found_as_it_stands(language: str, text: str, found: str, kind: CueKind) -> None:
    assert (found, kind) in cues(text, language)


def test_a_participle_alone_is_none() -> None:
    assert cues("Le port déclaré ouvert", "fr") == []
    assert cues("Die Stadt hat den Hafen geschlossen", "de") == []


def test_a_particle_inside_a_clause_is_none() -> None:
    assert cues("Die Stadt teilte mit dem Land die Kosten", "de") == []


def test_a_language_without_a_list_has_no_lexicon() -> None:
    assert find_lexicon("eo") is None


@given(st.sampled_from(sorted(read_lexicons())), st.text(max_size=80))
def test_cues_lie_in_the_text_in_order(language: str, text: str) -> None:
    lexicon = read_lexicons()[language]
    last = 0
    for cue in find_cues(text, split_words(text), lexicon):
        assert last <= cue.start < cue.end <= cue.tail <= len(text)
        last = cue.end
