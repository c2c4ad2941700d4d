"""The commands that fill a store, and say what went into it."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import click

from tidings.engine import Engine
from tidings.model import Tally
from tidings.serve import describe, show
from tidings.serve.options import limit_option, make_engine, name_command, open_engine, shared
from tidings.serve.terminal import line, notice, say

SHOWN = 5  # rejections after a run


@click.command()
@click.argument("paths", nargs=-1, required=True)
@shared
def add(paths: tuple[str, ...], store: Path | None, as_json: bool, quiet: bool) -> int:
    """Read pages into the store: files, folders, archives, JSON Lines, or - for standard input."""
    with make_engine(store, paths) as engine:
        before = sum(1 for _ in engine.rejections())
        tally = read_pages(engine, paths, as_json=as_json, quiet=quiet)
        if not (quiet or as_json):
            new = sum(1 for _ in engine.rejections()) - before
            tell_rejections(engine, tally, new, name_command("rejections", engine, store))
        return 1 if tally.rejected else 0


def read_pages(engine: Engine, paths: tuple[str, ...], *, as_json: bool, quiet: bool) -> Tally:
    with show.progress(quiet=quiet or as_json) as report:
        tally = engine.add(paths, report)
    if as_json:
        line(describe.tally(tally))
    elif not quiet:
        show.tally(tally)
    return tally


def tell_rejections(engine: Engine, tally: Tally, new: int, command: str) -> None:
    """``new`` is how many this run rejected for the first time: the newest of all."""
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
    """The rejected pages, newest first: name, reason, and what to do."""
    with open_engine(store) as engine:
        found = engine.rejections()
        listed = list(islice(found, limit))
        if as_json:
            for outcome in listed:
                line(describe.rejection(outcome))
            return 0
        show.rejections(listed)
        rest = sum(1 for _ in found)
        if rest and not quiet:
            notice(f"{rest:,} more: --limit {limit + rest}")
        if not listed:
            notice("no page was rejected")
    return 0


@click.command()
@shared
def rebuild(store: Path | None, as_json: bool, quiet: bool) -> int:
    """Make everything derived again from the pages and the log; the same bytes come out."""
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
