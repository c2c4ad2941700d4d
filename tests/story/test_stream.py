"""One stream, however it is cut: in one call, in pieces, one by one, with the engine started anew
in between, the log is the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st
from sketching import DIRECTIONS, make_sketch, streams

from tidings.model import ArticleId, Copy, CopyKind, Decision, Sketch, StoryId
from tidings.story.assign import Assigner, AssignOptions
from tidings.story.fold import fold
from tidings.story.similarity import Nearness


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """Articles in order of arrival, and whose text each has."""

    sketches: list[Sketch]
    copies: Mapping[ArticleId, Copy]
    options: AssignOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """After so many articles; whether the engine was started anew there."""

    after: int
    is_restart: bool


@st.composite
def drifting(draw: st.DrawFn) -> list[Sketch]:
    """Two subjects that come nearer to one another step by step, with strays between them: what
    was apart may become one."""
    count = draw(st.integers(4, 24))
    sketches = []
    for number in range(count):
        turn = number * draw(st.integers(1, 4))
        near = draw(st.sampled_from(((100, turn, 0), (turn, 100, 0), *DIRECTIONS)))
        terms = draw(st.sets(st.sampled_from(("n:kls", "n:rub", "w:en:call")), max_size=2))
        language = draw(st.sampled_from(("en", "ru")))
        sketches.append(make_sketch(number, near, hours=number, language=language, terms=terms))
    return sketches


NEARNESSES = st.sampled_from(
    (Nearness(), Nearness(threshold=0.2), Nearness(threshold=0.3, slack=-0.1))
)
"""As shipped; one that makes large stories; one that parts what it has just made one."""


@st.composite
def copied(draw: st.DrawFn) -> Stream:
    """Some articles have the text of an earlier one, which may have left the window since."""
    sketches = draw(streams() | drifting())
    copies = {}
    for place, sketch in enumerate(sketches[1:], start=1):
        if draw(st.integers(0, 3)):
            continue
        first = sketches[draw(st.integers(0, place - 1))].article
        kind = draw(st.sampled_from(tuple(CopyKind)))
        copies[sketch.article] = Copy(article=sketch.article, of=first, kind=kind, share=0.75)
    window = draw(st.sampled_from((1, 2, 7, 50)))
    options = AssignOptions(
        window=window, block=draw(st.sampled_from((1, 3, 128))), nearness=draw(NEARNESSES)
    )
    return Stream(sketches=sketches, copies=copies, options=options)


CUTS = st.lists(st.builds(Cut, after=st.integers(0, 24), is_restart=st.booleans()), max_size=8)


def start(stream: Stream, decided: list[Decision]) -> Assigner:
    """An engine that goes on where the log ends, which grows meanwhile: the window's articles,
    each in the story of its last line."""
    assigner = Assigner(stream.options, lambda story: any(line.story == story for line in decided))
    stories = {one: story.id for story in fold(decided).values() for one in story.articles}
    held = [sketch for sketch in stream.sketches if sketch.article in stories]
    for sketch in held[-stream.options.window :]:
        assigner.replay(sketch, stories[sketch.article])
    return assigner


def run(stream: Stream, cuts: list[Cut]) -> list[Decision]:
    decided: list[Decision] = []
    assigner, done = start(stream, decided), 0
    for cut in sorted(cuts, key=lambda cut: cut.after):
        decided += assigner.assign(stream.sketches[done : cut.after], stream.copies)
        done = max(done, min(cut.after, len(stream.sketches)))
        if cut.is_restart:
            assigner = start(stream, decided)
    return decided + list(assigner.assign(stream.sketches[done:], stream.copies))


@given(copied(), CUTS)
def test_a_stream_gives_one_log_however_it_is_cut(stream: Stream, cuts: list[Cut]) -> None:
    assert run(stream, cuts) == run(stream, [])


@given(copied(), st.booleans())
def test_one_by_one_gives_the_log_of_all_at_once(stream: Stream, is_restart: bool) -> None:
    each = [Cut(after=after, is_restart=is_restart) for after in range(len(stream.sketches))]
    assert run(stream, each) == run(stream, [])


@given(copied())
def test_each_article_ends_in_one_story(stream: Stream) -> None:
    """Whatever is moved later on: nothing is lost, nothing is in two places."""
    stories = fold(run(stream, []))
    placed = sorted(article for story in stories.values() for article in story.articles)
    assert placed == sorted(sketch.article for sketch in stream.sketches)


@given(copied())
def test_a_story_that_was_emptied_is_never_filled_again(stream: Stream) -> None:
    """Its id leads to where its articles went."""
    places: dict[ArticleId, StoryId] = {}
    emptied: set[StoryId] = set()
    for line in run(stream, []):
        assert line.story not in emptied
        left = places.get(line.article)
        places[line.article] = line.story
        if left is not None and left not in places.values():
            emptied.add(left)
