"""A story's life in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from tidings.model import ArticleId, StoryId, Summary
from tidings.questions import Life
from tidings.serve import when
from tidings.story.alias import tell_reason, tell_who
from tidings.story.life import StepKind, Turn, gather_turns

SHOWN = 200  # characters of a headline


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An article of a turn."""

    article: ArticleId
    headline: str  # or the first words where none is printed
    about: str  # publisher and time
    reason: str  # where it is not that of the whole turn; else empty


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One turn: ``articles``, then ``deed``, then ``other`` make a sentence."""

    articles: tuple[Named, ...]
    deed: str  # "joined", "came from story"
    other: StoryId | None
    reason: str  # empty where each article has its own
    by: str  # "assign/1, score 0.87", or "you"


ALONE = {
    StepKind.OPENED: "opened it",
    StepKind.JOINED: "joined",
    StepKind.KEPT: "was kept here",
}
BESIDE = {
    StepKind.OPENED: "opened it, out of story",
    StepKind.TOOK_IN: "came from story",
    StepKind.LEFT: "left for story",
}


def tell_life(life: Life) -> tuple[Told, ...]:
    return tuple(map(partial(tell_turn, summaries=life.summaries), gather_turns(life.steps)))


def tell_turn(turn: Turn, summaries: Mapping[ArticleId, Summary]) -> Told:
    lines = [step.line for step in turn.steps]
    reasons = [tell_reason(line) for line in lines]
    is_shared = len(set(reasons)) == 1
    scores = sorted(line.score for line in lines)
    return Told(
        articles=tuple(
            _name(line.article, summaries.get(line.article), "" if is_shared else reason)
            for line, reason in zip(lines, reasons, strict=True)
        ),
        deed=(ALONE if turn.other is None else BESIDE)[turn.kind],
        other=turn.other,
        reason=reasons[0] if is_shared else "",
        by=tell_by(turn.by, scores[0], scores[-1]),
    )


def tell_by(by: str, least: float, most: float) -> str:
    """A person gives no score."""
    who = tell_who(by)
    if who != by:
        return who
    score = f"{least:.2f}" if least == most else f"{least:.2f} to {most:.2f}"
    return f"{by}, score {score}"


def _name(article: ArticleId, summary: Summary | None, reason: str) -> Named:
    if summary is None:  # its page was read anew and has no article now
        return Named(article=article, headline="(no longer held)", about="", reason=reason)
    text = summary.headline or summary.lead
    return Named(
        article=article,
        headline=text if len(text) <= SHOWN else f"{text[:SHOWN]}…",
        about=f"{summary.publisher or 'publisher unknown'} · {when.say(summary.published).words}",
        reason=reason,
    )
