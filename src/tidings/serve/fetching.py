"""The command that asks the network."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from tidings.engine import Engine, Report
from tidings.errors import NotFound
from tidings.model import Rejected, Tally
from tidings.serve import describe, show
from tidings.serve.filling import count_rejections, tell_rejections
from tidings.serve.options import make_engine, name_command, shared
from tidings.serve.terminal import line, notice, say

if TYPE_CHECKING:
    from tidings.readers.web import FetchOptions, FetchTally, Planned, Watch

NO_CONTACT = (
    "no contact is named, so those who are asked can't write to you: "
    "give --contact with a mail or web address, or set contact in tidings.toml"
)
NOTHING = "nothing is due; name something to ask for: tidings fetch ADDRESS"
WAYS = (
    click.option(
        "--contact",
        metavar="ADDRESS",
        help="Mail or web address of who asks, sent with each request.",
    ),
    click.option(
        "--entries/--no-entries",
        default=True,
        help="Ask for the pages that feeds and sitemaps name, too.  [default: entries]",
    ),
    click.option(
        "--limit",
        type=click.IntRange(min=1),
        default=100,
        show_default=True,
        help="Pages of one feed or sitemap, newest first.",
    ),
    click.option(
        "--gap",
        type=click.FloatRange(min=0.0),
        default=1.0,
        show_default=True,
        help="Seconds between two requests to one host; robots.txt may ask for more.",
    ),
    click.option("--allow-private", is_flag=True, help="Ask addresses of private networks, too."),
    click.option("--dry-run", is_flag=True, help="Say what would be asked, and when; ask nothing."),
    click.option("--forget", is_flag=True, help="Ask for ADDRESS no more by itself."),
)


def with_ways(command: Any) -> Any:
    for option in reversed(WAYS):
        command = option(command)
    return command


@click.command()
@click.argument("addresses", metavar="[ADDRESS]...", nargs=-1)
@with_ways
@shared
def fetch(
    addresses: tuple[str, ...], store: Path | None, as_json: bool, quiet: bool, **ways: Any
) -> int:
    """Ask for pages, feeds and sitemaps, politely, and add what they answer.

    ADDRESS is one, or a file of addresses: an outline (OPML), a sitemap, a text with one a line; -
    is standard input. Feeds and sitemaps are remembered: without ADDRESS those are asked for that
    are due. Every answer is kept as WARC in the folder STORE.warc.
    """
    with make_engine(store, ()) as engine:
        if ways.pop("forget"):
            return forget(engine, addresses)
        if ways.pop("dry_run"):
            return tell_plan(engine, addresses, build_options(ways), as_json=as_json)
        before = count_rejections(engine)
        fetched, tally = run(engine, addresses, ways, quiet=quiet or as_json)
        if as_json:
            line({**describe.tally(tally), "fetch": describe.tally(fetched)})
        elif not quiet:
            tell(fetched, tally, bool(addresses))
            tell_rejections(engine, tally, before, name_command("rejections", engine, store))
        return 1 if tally.rejected or fetched.rejected else 0


def build_options(ways: dict[str, Any]) -> FetchOptions:
    from tidings.readers.web import FetchOptions  # noqa: PLC0415 - slow to load

    options = FetchOptions(contact=ways.pop("contact") or "")
    return replace(options, **ways)


def run(
    engine: Engine, addresses: tuple[str, ...], ways: dict[str, Any], *, quiet: bool
) -> tuple[FetchTally, Tally]:
    options = build_options(ways)
    if not (options.contact or engine.settings.contact or quiet):
        notice(NO_CONTACT)
    with progress(quiet=quiet) as (watch, report):
        return engine.fetch(addresses, options, report, watch)


@contextmanager
def progress(*, quiet: bool) -> Iterator[tuple[Watch, Report]]:
    """What was asked and read so far, on standard error, where that is a terminal."""
    console = Console(stderr=True, quiet=quiet)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=quiet or not console.is_terminal) as bar:
        task = bar.add_task("asking", total=None)

        def watch(tally: FetchTally) -> None:
            ended = tally.fetched + tally.unchanged + tally.repeated + tally.rejected
            bar.update(task, description=f"asking: {ended:,} of {tally.asked:,}")

        def report(tally: Tally, share: float) -> None:
            words = f"{show.count(tally.read, 'page')}, {show.count(tally.articles, 'article')}"
            bar.update(task, description=f"reading: {words} ({share:.0%})")

        yield watch, report


def tell(fetched: FetchTally, tally: Tally, is_named: bool) -> None:
    if not fetched.asked and not fetched.waiting and not is_named:
        say(NOTHING)
        return
    waiting = f"; {fetched.waiting:,} not due yet" if fetched.waiting else ""
    say(
        f"{fetched.asked:,} asked: {fetched.fetched:,} fetched, {fetched.unchanged:,} unchanged, "
        f"{fetched.repeated:,} repeated, {fetched.rejected:,} rejected{waiting}"
    )
    show.tally(tally)


def tell_plan(
    engine: Engine, addresses: tuple[str, ...], options: FetchOptions, *, as_json: bool
) -> int:
    with closing(engine.settings.open_fetch(options)) as session:
        session.take_up(() if addresses else engine.lists())
        planned = session.plan(addresses)
    if not planned and not as_json:
        say(NOTHING)
    for one in planned:
        if as_json:
            line(describe_planned(one))
        elif isinstance(one, Rejected):
            notice(f"rejected: {one.name}: {one.reason}: {one.detail}")
        else:
            say(f"{one.at:%Y-%m-%d %H:%M} UTC  {one.kind:8} {one.url}")
    return 1 if any(isinstance(one, Rejected) for one in planned) else 0


def describe_planned(one: Planned | Rejected) -> dict[str, Any]:
    if isinstance(one, Rejected):
        return {"url": one.name, "reason": one.reason, "detail": one.detail}
    return {"url": one.url, "kind": one.kind, "at": one.at.isoformat()}


def forget(engine: Engine, addresses: tuple[str, ...]) -> int:
    with closing(engine.settings.open_fetch(build_options({"contact": ""}))) as session:
        unknown = [one for one in addresses if not session.forget(one)]
    if unknown or not addresses:
        name = repr(unknown[0]) if unknown else "no address"
        raise NotFound(f"{name} is not remembered; list what is: tidings export --format opml")
    return 0
