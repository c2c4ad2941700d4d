"""Notes come back as they were, whatever their fields."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tidings.model import (
    Anonymity,
    ArticleId,
    Evidence,
    Manner,
    Medium,
    Mention,
    MentionKind,
    Note,
    Quote,
    QuoteKind,
    SourceKind,
    SourceLink,
    Speaker,
)
from tidings.stores.sqlite.note_rows import parse_notes, render_notes

TEXT = "Die Ministerin sagte der Zeitung: „Es gibt keinen Aufschub“, und ging."
NAMED = ArticleId("a")
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
scores = st.floats(0, 1)


@st.composite
def proofs(draw: st.DrawFn) -> Evidence:
    start = draw(st.integers(0, len(TEXT) - 1))
    end = draw(st.integers(start + 1, len(TEXT)))
    text = draw(st.sampled_from([TEXT[start:end], "printed otherwise"]))
    return Evidence(article=NAMED, start=start, end=end, text=text)


maybe = st.none() | proofs()
speakers = st.builds(Speaker, evidence=proofs(), name=maybe)
mentions = st.builds(
    Mention,
    evidence=proofs(),
    kind=st.sampled_from(MentionKind),
    value=words,
    score=scores,
    rule=words,
)
quotes = st.builds(
    Quote,
    evidence=proofs(),
    parts=st.lists(proofs(), max_size=3).map(tuple),
    kind=st.sampled_from(QuoteKind),
    cue=maybe,
    speaker=st.none() | speakers,
    addressee=maybe,
    medium=st.none() | st.sampled_from(Medium),
    occasion=maybe,
    link=st.none() | words,
    score=scores,
    rule=words,
)
links = st.builds(
    SourceLink,
    evidence=proofs(),
    manner=st.sampled_from(Manner),
    kind=st.sampled_from(SourceKind),
    source=words,
    name=maybe,
    scope=maybe,
    through=st.none() | words,
    url=st.none() | words,
    anonymity=st.none() | st.builds(Anonymity, role=maybe, origin=maybe, condition=maybe),
    score=scores,
    rule=words,
)


@given(st.lists(mentions | quotes | links, max_size=5).map(tuple))
def test_notes_come_back(notes: tuple[Note, ...]) -> None:
    assert parse_notes(render_notes(notes, TEXT), NAMED, TEXT) == notes
