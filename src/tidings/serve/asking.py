"""The commands that ask: stories, search, export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tidings.engine import Engine
from tidings.errors import WrongUse
from tidings.serve import describe, show, show_life
from tidings.serve.exports import EXPORTS, OPML, render_feeds
from tidings.serve.listing import Listing, print_listed
from tidings.serve.options import language_option, limit_option, open_engine, shared
from tidings.serve.relating import related, story_line
from tidings.serve.terminal import line, notice, say


@click.group(invoke_without_command=True)
@language_option
@limit_option
@shared
@click.pass_context
def stories(context: click.Context, /, **options: Any) -> int | None:
    """The stories, newest and most widely reported first."""
    if context.invoked_subcommand is not None:
        return None
    with open_engine(options["store"]) as engine:
        names = ("as_json", "quiet", "limit", "language")
        print_stories(engine, **{name: options[name] for name in names})
    return 0


stories.add_command(related)
stories.add_command(story_line)

STORIES = Listing(
    describe=describe.story,
    show=show.stories,
    nothing="no story yet; add pages: tidings add PATH",
)


def print_stories(
    engine: Engine, *, as_json: bool, quiet: bool, limit: int = 20, language: str | None = None
) -> None:
    views = engine.stories(language)
    show.absent_language(language, views)
    print_listed(STORIES, iter(views), limit, as_json=as_json, quiet=quiet)


@stories.command("show")
@click.argument("story")
@language_option
@shared
def show_story(
    story: str, language: str | None, store: Path | None, as_json: bool, quiet: bool
) -> int:
    """One story: its articles by language and publisher."""
    del quiet
    with open_engine(store) as engine:
        show_life.alias(engine.find_alias(story))
        view = engine.story(story, language)
        show.absent_language(language, [view])
        if as_json:
            for summary in view.articles:
                line(describe.summary(summary))
        else:
            show.story(view)
    return 0


@stories.command()
@click.argument("article")
@click.argument("other", required=False)
@shared
def why(article: str, other: str | None, store: Path | None, as_json: bool, quiet: bool) -> int:
    """Why an ARTICLE is in its story.

    With OTHER: why the two are in one story, or are not."""
    del quiet
    if article == other:
        raise WrongUse(f"{article!r} is named twice; name two different articles, or one")
    with open_engine(store) as engine:
        if as_json:
            print_reasons(engine, article, other)
        else:
            show.lines(engine.why(article, other))
    return 0


def print_reasons(engine: Engine, article: str, other: str | None) -> None:
    decisions = engine.decisions(article)
    if other is None:
        for decision in decisions:
            line(describe.decision(decision))
    else:
        told = engine.why(article, other)
        line(describe.pair((article, other), told, decisions + engine.decisions(other)))


@click.command()
@click.argument("query")
@limit_option
@shared
def search(query: str, limit: int, store: Path | None, as_json: bool, quiet: bool) -> int:
    """Articles by words and meaning together, across languages."""
    del quiet
    if not query.strip():
        raise WrongUse("an empty query; give words to look for: tidings search WORDS")
    with open_engine(store) as engine:
        found = engine.search(query, limit)
        if as_json:
            for hit in found:
                line(describe.hit(hit))
        else:
            show.hits(found)
    if not found:
        notice(f"no article is near {query!r}; try other words")
    return 0 if found else 1


@click.command()
@click.option("--format", "form", type=click.Choice(sorted((*EXPORTS, OPML))), required=True)
@shared
def export(form: str, store: Path | None, as_json: bool, quiet: bool) -> int:
    """Write everything to standard output.

    As JSON Lines, or the remembered feeds as OPML."""
    del as_json, quiet
    with open_engine(store) as engine:
        if form == OPML:
            for text in render_feeds(engine.subscriptions()).decode().splitlines():
                say(text)
            return 0
        for record in EXPORTS[form](engine):
            line(record)
    return 0
