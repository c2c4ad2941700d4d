"""The commands about a story beside others: stories related, stories line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from rich.text import Text

from tidings.model import Evidence
from tidings.relations import LineStep, RelatedStory
from tidings.serve import describe, when
from tidings.serve.options import language_option, open_engine, shared
from tidings.serve.show import count, label
from tidings.serve.terminal import line, notice, say, styled, visible

NOTHING = "no other story that is held belongs to one affair with it"


@click.command()
@click.argument("story")
@language_option
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True)
@shared
def related(story: str, **options: Any) -> int:
    """Other stories of the same affair.

    Likeliest first, each with what shows it."""
    with open_engine(options["store"]) as engine:
        found = engine.related(story, options["language"], options["limit"])
        for one in found:
            if options["as_json"]:
                line(describe_related(one))
            else:
                show_related(one)
    if not found and not options["quiet"]:
        notice(NOTHING)
    return 0


@click.command("line")
@click.argument("story")
@language_option
@shared
def story_line(
    story: str, language: str | None, store: Path | None, as_json: bool, quiet: bool
) -> int:
    """STORY and those related to it, oldest first.

    Each tied to the earlier one that it hangs on most."""
    with open_engine(store) as engine:
        steps = engine.line(story, language)
        for step in steps:
            if as_json:
                line(describe_step(step))
            else:
                show_step(step)
    if len(steps) == 1 and not quiet:
        notice(NOTHING)
    return 0


def show_related(one: RelatedStory) -> None:
    view = one.story
    say(label(view.headline), "bold")
    told = f": {count(len(view.articles), 'article')} · {one.reason}"
    styled(Text.assemble("  story ", (visible(view.id), "cyan"), visible(told)))


def show_step(step: LineStep) -> None:
    view = step.story
    begun = when.say_span(one.published for one in view.articles).words
    mark = "●" if step.is_asked else "○"
    styled(Text.assemble(f"{mark} ", (visible(begun), "dim")))
    say(f"│ {label(view.headline)}", "bold")
    told = f": {count(len(view.articles), 'article')}"
    styled(Text.assemble("│ story ", (visible(view.id), "cyan"), visible(told)))
    if step.tie:
        say(f"│ story {step.tie.story.id} {step.tie.reason}", "dim")


def describe_related(one: RelatedStory) -> dict[str, Any]:
    link = one.link
    return describe.story(one.story) | {
        "kind": link.kind,
        "score": round(link.score, 4),
        "hours": None if link.hours is None else round(link.hours, 2),
        "pair": list(link.pair),
        "cosine": round(link.cosine, 4),
        "printed": [[describe_place(place) for place in pair] for pair in one.printed],
        "why": one.reason,
    }


def describe_place(evidence: Evidence) -> dict[str, Any]:
    return {
        "article": evidence.article,
        "start": evidence.start,
        "end": evidence.end,
        "text": evidence.text,
    }


def describe_step(step: LineStep) -> dict[str, Any]:
    tie = None if step.tie is None else describe_related(step.tie)
    return describe.story(step.story) | {"asked": step.is_asked, "tie": tie}
