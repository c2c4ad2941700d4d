"""The command line: one function a command, all over the same Engine.

Ends with 0 when all went well, 1 when something was rejected or not found, 2 for wrong use.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import as_file, files
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import click

from tidings.engine import Engine
from tidings.errors import NotFound, TidingsError, WrongUse
from tidings.serve import show
from tidings.serve.exports import EXPORTS
from tidings.serve.web.run import run as run_web
from tidings.settings import SETTINGS_FILE, read_settings

Command = TypeVar("Command", bound=Callable[..., Any])

DEMO_STORE = Path("tidings-demo.db")


def shared(command: Command) -> Command:
    """The options that every command has."""
    for option in (
        click.option("--quiet", is_flag=True, help="Say nothing but results and errors."),
        click.option("--store", type=click.Path(path_type=Path), help="The store's file."),
        click.option("--json", "as_json", is_flag=True, help="One JSON object a line."),
    ):
        command = option(command)
    return command


language_option = click.option("--language", help="Headlines in this language where there are.")
limit_option = click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True)


def open_engine(store: Path | None, *, must_exist: bool = True) -> Engine:
    settings = read_settings(SETTINGS_FILE)
    if store is not None:
        settings = replace(settings, store=store)
    if must_exist and not settings.store.exists():
        raise NotFound(f"no store at {str(settings.store)!r}; make one: tidings add PATH")
    return Engine(settings)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tidings")
def cli() -> None:
    """News pages in any language become stories, each line traced to its source."""


@cli.command()
@click.argument("paths", nargs=-1, required=True)
@shared
def add(paths: tuple[str, ...], store: Path | None, as_json: bool, quiet: bool) -> int:
    """Read pages into the store: files, folders, archives, JSON Lines, or - for standard input."""
    with open_engine(store, must_exist=False) as engine:
        with show.progress(quiet=quiet or as_json) as report:
            tally = engine.add(paths, report)
        show.tally(tally, as_json=as_json, quiet=quiet)
        for outcome in islice(engine.rejections(), 0 if quiet or as_json else 5):
            click.echo(f"rejected: {outcome.name}: {outcome.reason}: {outcome.detail}", err=True)
        return 1 if tally.rejected else 0


@cli.command()
@click.option("--port", type=int, default=8080, show_default=True, help="For the page; 0: any.")
@click.option("--serve/--no-serve", "offer", default=None, help="Offer the page, or don't.")
@shared
def demo(port: int, offer: bool | None, store: Path | None, as_json: bool, quiet: bool) -> int:
    """Read the bundled example pages, print their stories, and offer the local page."""
    with open_engine(store or DEMO_STORE, must_exist=False) as engine:
        bundled = files("tidings") / "examples"
        with as_file(bundled) as folder, show.progress(quiet=quiet or as_json) as report:
            tally = engine.add([str(folder)], report)
        show.tally(tally, as_json=as_json, quiet=quiet)
        print_stories(engine, as_json=as_json, limit=20, language=None)
        if offer is None:
            offer = sys.stdin.isatty() and sys.stdout.isatty() and not as_json
        command = f"tidings serve --store {engine.settings.store}"
        if not offer:
            click.echo(f"look at them in a browser: {command}", err=True)
            return 0
        run_web(engine, "127.0.0.1", port, ready=announce)
    return 0


def announce(url: str) -> None:
    click.echo(f"open {url} in a browser; Ctrl-C ends it")


@cli.group(invoke_without_command=True)
@language_option
@limit_option
@shared
@click.pass_context
def stories(context: click.Context, /, **options: Any) -> int | None:
    """The stories, newest and most widely reported first."""
    if context.invoked_subcommand is not None:
        return None
    with open_engine(options["store"]) as engine:
        print_stories(
            engine,
            as_json=options["as_json"],
            limit=options["limit"],
            language=options["language"],
        )
    return 0


def print_stories(engine: Engine, *, as_json: bool, limit: int, language: str | None) -> None:
    views = engine.stories(language)
    if as_json:
        for view in views[:limit]:
            show.line(show.describe_story(view))
        return
    show.stories(views[:limit])
    if len(views) > limit:
        click.echo(f"{len(views) - limit:,} more: --limit {len(views)}", err=True)


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
        view = engine.story(story, language)
        if as_json:
            for summary in view.articles:
                show.line(show.describe_summary(summary))
        else:
            show.story(view)
    return 0


@stories.command()
@click.argument("article")
@click.argument("other", required=False)
@shared
def why(article: str, other: str | None, store: Path | None, as_json: bool, quiet: bool) -> int:
    """Why an ARTICLE is in its story; or why it is, or is not, in one with OTHER."""
    del quiet
    with open_engine(store) as engine:
        if as_json:
            for decision in engine.decisions(article):
                show.line(show.describe_decision(decision))
        else:
            click.echo(engine.why(article, other))
    return 0


@cli.command()
@limit_option
@shared
def articles(limit: int, store: Path | None, as_json: bool, quiet: bool) -> int:
    """The articles in order of arrival."""
    del quiet
    with open_engine(store) as engine:
        listed = islice(engine.summaries(), limit)
        if as_json:
            for summary in listed:
                show.line(show.describe_summary(summary))
        else:
            show.summaries(listed)
    return 0


@cli.command()
@click.argument("query")
@limit_option
@shared
def search(query: str, limit: int, store: Path | None, as_json: bool, quiet: bool) -> int:
    """Articles by words and meaning together, across languages."""
    del quiet
    with open_engine(store) as engine:
        found = engine.search(query, limit)
        if as_json:
            for hit in found:
                show.line(show.describe_hit(hit))
        else:
            show.hits(found)
    return 0 if found else 1


@cli.command()
@click.option("--format", "form", type=click.Choice(sorted(EXPORTS)), required=True)
@shared
def export(form: str, store: Path | None, as_json: bool, quiet: bool) -> int:
    """Write everything as JSON Lines to standard output."""
    del as_json, quiet
    with open_engine(store) as engine:
        for record in EXPORTS[form](engine):
            show.line(record)
    return 0


@cli.command()
@shared
def rebuild(store: Path | None, as_json: bool, quiet: bool) -> int:
    """Make everything derived again from the pages and the log; the same bytes come out."""
    with open_engine(store) as engine:
        with show.progress(quiet=quiet or as_json) as report:
            before, after = engine.rebuild(report)
        same = before == after
        if as_json:
            show.line({"before": before, "after": after, "same": same})
        elif not quiet:
            click.echo(
                f"rebuilt; content {'unchanged' if same else f'{before} → {after}'}: {after}"
            )
    return 0


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=int, default=8080, show_default=True, help="0: any that is free.")
@shared
def serve(host: str, port: int, store: Path | None, as_json: bool, quiet: bool) -> int:
    """The local page: stories by weight, each with its articles by language and publisher."""
    del as_json
    with open_engine(store) as engine:
        run_web(engine, host, port, ready=(lambda _: None) if quiet else announce)
    return 0


@cli.command()
@shared
def doctor(store: Path | None, as_json: bool, quiet: bool) -> int:
    """What is here and what is missing; ends with 1 where something is."""
    settings = read_settings(SETTINGS_FILE)
    if store is not None:
        settings = replace(settings, store=store)
    findings = settings.examine()
    for finding in findings:
        if as_json:
            show.line({"part": finding.part, "ok": finding.ok, "detail": finding.detail})
        elif not (quiet and finding.ok):
            click.echo(f"{'ok' if finding.ok else 'missing':8} {finding.part}: {finding.detail}")
    return 0 if all(finding.ok for finding in findings) else 1


def main() -> None:
    """Runs a command and exits; an error that was foreseen is one line on standard error."""
    try:
        status = cli.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        status = 2
    except click.Abort:
        click.echo("stopped; what was written stays", err=True)
        status = 130
    except TidingsError as error:
        click.echo(f"tidings: {error}", err=True)
        status = 2 if isinstance(error, WrongUse) else 1
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has seen enough
        status = 0
    sys.exit(status)
