"""The commands of `tidings stories` about a story's life: log, merge, split, move."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from tidings.engine import Engine
from tidings.model import Decision
from tidings.serve import describe, show, show_life
from tidings.serve.options import open_engine, shared
from tidings.serve.terminal import line

note_option = click.option("--note", default="", help="Why; kept in the log for ever.")


@click.command("log")
@click.argument("story")
@shared
def tell_log(story: str, store: Path | None, as_json: bool, quiet: bool) -> int:
    """A STORY's life, oldest first.

    Who opened it, who joined, came and left, why and by whom."""
    del quiet
    with open_engine(store) as engine:
        life = engine.life(story)
        if as_json:
            for record in describe.life(life):
                line(record)
        else:
            show_life.life(life, 0 if life.alias else len(engine.story(story).articles))
    return 0


@click.command()
@click.argument("story")
@click.argument("into")
@note_option
@shared
def merge(story: str, into: str, note: str, store: Path | None, **said: bool) -> int:
    """Put all articles of STORY into the story INTO.

    STORY's id leads there from then on."""
    return change(lambda engine: engine.merge(story, into, note), store, **said)


@click.command()
@click.argument("story")
@click.argument("articles", metavar="ARTICLE...", nargs=-1, required=True)
@note_option
@shared
def split(
    story: str, articles: tuple[str, ...], note: str, store: Path | None, **said: bool
) -> int:
    """Take ARTICLEs out of STORY into a new one.

    All of them into one, each with its versions."""
    return change(lambda engine: engine.split(story, articles, note), store, **said)


@click.command()
@click.argument("articles", metavar="ARTICLE...", nargs=-1, required=True)
@click.argument("story")
@note_option
@shared
def move(articles: tuple[str, ...], story: str, note: str, store: Path | None, **said: bool) -> int:
    """Put each ARTICLE, with its versions, into STORY."""
    return change(lambda engine: engine.move(articles, story, note), store, **said)


def change(
    act: Callable[[Engine], list[Decision]], store: Path | None, *, as_json: bool, quiet: bool
) -> int:
    with open_engine(store) as engine:
        lines = act(engine)
        if as_json:
            for one in lines:
                line(describe.decision(one))
        elif not quiet:
            show_life.changed(lines, show.label(engine.story(lines[0].story).headline))
    return 0
