"""The log → one story's life: who came, from where, and who left, oldest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tidings.model import Decision, StoryId
from tidings.story.fold import USER, Move, trace


class StepKind(StrEnum):
    """What a line of the log is to one story."""

    OPENED = "opened"
    JOINED = "joined"  # an article that was in no story yet
    TOOK_IN = "took-in"  # from another story
    LEFT = "left"  # for another story
    KEPT = "kept"  # a user says that it belongs where it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of the log, as the story sees it."""

    kind: StepKind
    line: Decision
    other: StoryId | None  # the story that the article came from or went to


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Steps in a row that are one happening: a merge, a split."""

    kind: StepKind
    other: StoryId | None
    steps: tuple[Step, ...]  # at least one

    @property
    def by(self) -> str:
        return self.steps[0].line.by


def trace_life(story: StoryId, decisions: Iterable[Decision]) -> tuple[Step, ...]:
    """``decisions``: at least all lines about each article that was ever put into the story, in
    the log's order. Lines that do not hold are left out."""
    steps: list[Step] = []
    for move in trace(decisions):
        kind = _find_kind(story, move, is_first=not steps)
        if kind is not None:
            away = kind is StepKind.LEFT
            other = move.line.story if away else move.left if move.left != story else None
            steps.append(Step(kind=kind, line=move.line, other=other))
    return tuple(steps)


def _find_kind(story: StoryId, move: Move, *, is_first: bool) -> StepKind | None:
    """None for a line that changes nothing for the story."""
    if move.line.story != story:
        return StepKind.LEFT if move.left == story else None
    if move.left == story:
        return StepKind.KEPT if move.line.by == USER else None
    if is_first:
        return StepKind.OPENED
    return StepKind.JOINED if move.left is None else StepKind.TOOK_IN


def gather_turns(steps: Sequence[Step]) -> tuple[Turn, ...]:
    """Neighbours that came from one story or went to one, by one rule, are one turn."""
    turns: list[Turn] = []
    for step in steps:
        if turns and _belongs(step, turns[-1]):
            last = turns.pop()
            turns.append(Turn(kind=last.kind, other=last.other, steps=(*last.steps, step)))
        else:
            turns.append(Turn(kind=step.kind, other=step.other, steps=(step,)))
    return tuple(turns)


def _belongs(step: Step, turn: Turn) -> bool:
    """What a split takes along is of the turn that opened the story."""
    goes_on = step.kind is turn.kind or (
        step.kind is StepKind.TOOK_IN and turn.kind is StepKind.OPENED
    )
    is_same = step.other is not None and step.other == turn.other and step.line.by == turn.by
    return goes_on and is_same
