"""The commands that fill a store, and say what went into it."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import click

from tidings.engine import Engine
from tidings.model import Tally
from tidings.serve import describe, show
from tidings.serve.listing import Listing, print_listed
from tidings.serve.options import limit_option, make_engine, name_command, open_engine, shared
from tidings.serve.terminal import line, notice, say

SHOWN = 5  # rejections after a run
REJECTIONS = Listing(
    describe=describe.rejection, show=show.rejections, nothing="no page was rejected"
)


@click.command()
@click.argument("paths", nargs=-1, required=True)
@shared
def add(paths: tuple[str, ...], store: Path | None, as_json: bool, quiet: bool) -> int:
    """Read pages into the store.

    PATHS are files, folders, archives, feeds, mails, WARC, JSON Lines, or - for standard input."""
    with make_engine(store, paths) as engine:
        before = count_rejections(engine)
        tally = read_pages(engine, paths, as_json=as_json, quiet=quiet)
        if not (quiet or as_json):
            tell_rejections(engine, tally, before, name_command("rejections", engine, store))
        return 1 if tally.rejected else 0


def read_pages(engine: Engine, paths: tuple[str, ...], *, as_json: bool, quiet: bool) -> Tally:
    with show.progress(quiet=quiet or as_json) as report:
        tally = engine.add(paths, report)
    if as_json:
        line(describe.tally(tally))
    elif not quiet:
        show.tally(tally)
    return tally


def count_rejections(engine: Engine) -> int:
    return sum(1 for _ in engine.rejections())


def tell_rejections(engine: Engine, tally: Tally, before: int, command: str) -> None:
    """``before``: how many there were before the run. Those that are new are the newest of all."""
    new = count_rejections(engine) - before
    for outcome in islice(engine.rejections(), min(SHOWN, new)):
        notice(f"rejected: {show.describe_end(outcome)}")
    if new > SHOWN:
        notice(f"{new - SHOWN:,} more: {command}")
    if tally.rejected > new:
        notice(f"{tally.rejected - new:,} rejected again, as in an earlier run: {command}")


@click.command()
@limit_option
@shared
def rejections(limit: int, store: Path | None, as_json: bool, quiet: bool) -> int:
    """The rejected pages, newest first.

    Each with its name, the reason, and what to do."""
    with open_engine(store) as engine:
        print_listed(REJECTIONS, engine.rejections(), limit, as_json=as_json, quiet=quiet)
    return 0


@click.command()
@shared
def rebuild(store: Path | None, as_json: bool, quiet: bool) -> int:
    """Make again all that is derived.

    From the pages and the log; the same bytes come out."""
    with open_engine(store) as engine:
        with show.progress(quiet=quiet or as_json) as report:
            before, after = engine.rebuild(report)
        same = before == after
        if as_json:
            line({"before": before, "after": after, "same": same})
        elif not quiet:
            end = f"unchanged: {after}" if same else f"changed: {before} → {after}"
            say(f"rebuilt; content {end}")
    return 0
