"""A story's life: its steps lead from nothing to what it is now."""

from __future__ import annotations

from hypothesis import given
from logs import LOGS, decide

from tidings.model import ArticleId, Decision, StoryId
from tidings.story.fold import fold
from tidings.story.life import StepKind, gather_turns, trace_life

STORY = StoryId("S")


@given(LOGS)
def test_its_steps_add_up_to_what_it_is(log: list[Decision]) -> None:
    steps = trace_life(STORY, log)
    held: set[ArticleId] = set()
    for step in steps:
        if step.kind is StepKind.LEFT:
            held.remove(step.line.article)
        elif step.kind is StepKind.KEPT:
            assert step.line.article in held
        else:
            assert step.line.article not in held
            held.add(step.line.article)
        assert step.other != STORY
    stories = fold(log)
    assert held == (set(stories[STORY].articles) if STORY in stories else set())
    assert [step.kind for step in steps].count(StepKind.OPENED) == min(len(steps), 1)


@given(LOGS)
def test_turns_are_the_steps_in_their_order(log: list[Decision]) -> None:
    steps = trace_life(STORY, log)
    turns = gather_turns(steps)
    assert tuple(step for turn in turns for step in turn.steps) == steps
    for turn in turns:
        assert {(step.other, step.line.by) for step in turn.steps} == {(turn.other, turn.by)}


def test_a_life_is_told_by_what_happened() -> None:
    log = [
        decide("a", "S"),
        decide("b", "S"),
        decide("c", "T"),
        decide("d", "T"),
        decide("c", "S", "repair/1"),
        decide("d", "S", "repair/1"),
        decide("a", "U", "user"),
        decide("a", "S", "repair/1"),  # does not hold
        decide("b", "S"),  # changes nothing
        decide("b", "S", "user"),
    ]
    turns = gather_turns(trace_life(STORY, log))
    assert [(str(turn.kind), turn.other, len(turn.steps)) for turn in turns] == [
        ("opened", None, 1),
        ("joined", None, 1),
        ("took-in", "T", 2),
        ("left", "U", 1),
        ("kept", None, 1),
    ]


def test_what_is_split_off_opens_a_story_together() -> None:
    log = [decide("a", "T"), decide("b", "T"), decide("a", "S", "user"), decide("b", "S", "user")]
    (turn,) = gather_turns(trace_life(STORY, log))
    assert (turn.kind, turn.other, len(turn.steps)) == (StepKind.OPENED, "T", 2)
