"""All commands, one function each, over the same Engine.

Each gives its exit status: 0 when all went well, 1 when something was rejected or not found.
"""

from __future__ import annotations

import sys
from importlib.resources import as_file, files
from pathlib import Path

import click

from tidings.engine import Engine
from tidings.serve import (
    articles,
    asking,
    correcting,
    fetching,
    filling,
    firsts,
    naming,
    quoting,
    sourcing,
)
from tidings.serve.options import make_engine, name_command, open_engine, read_settings, shared
from tidings.serve.terminal import line, notice, say

DEMO_STORE = Path("tidings-demo.db")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tidings")
def cli() -> None:
    """News pages in any language become stories, each line traced to its source."""


for command in (
    *(filling.add, fetching.fetch, filling.rejections, filling.rebuild),
    *(asking.stories, articles.articles, asking.search, asking.export, firsts.first),
    *(sourcing.sources, naming.entity, naming.entities, quoting.quotes),
):
    cli.add_command(command)
for command in (correcting.tell_log, correcting.merge, correcting.split, correcting.move):
    asking.stories.add_command(command)


@cli.command()
@click.option("--port", type=int, default=8080, show_default=True, help="For the page; 0: any.")
@click.option("--serve/--no-serve", "offer", default=None, help="Offer the page, or don't.")
@shared
def demo(port: int, offer: bool | None, store: Path | None, as_json: bool, quiet: bool) -> int:
    """Try it on the bundled example pages.

    Reads them, prints their stories, and offers the local page."""
    store = store or DEMO_STORE
    with as_file(files("tidings") / "examples") as folder:
        paths = (str(folder),)
        with make_engine(store, paths) as engine:
            filling.read_pages(engine, paths, as_json=as_json, quiet=quiet)
            asking.print_stories(engine, as_json=as_json, quiet=quiet)
            if offer is None:
                offer = sys.stdin.isatty() and sys.stdout.isatty() and not as_json
            if offer:
                serve_page(engine, "127.0.0.1", port, quiet=quiet)
            elif not quiet:
                command = name_command("serve", engine, store)
                notice(f"look at them in a browser: {command}")
    return 0


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=int, default=8080, show_default=True, help="0: any that is free.")
@shared
def serve(host: str, port: int, store: Path | None, as_json: bool, quiet: bool) -> int:
    """The local page, for a browser.

    Stories by weight, each with its articles by language and publisher, its sources and quotes."""
    del as_json
    with open_engine(store) as engine:
        serve_page(engine, host, port, quiet=quiet)
    return 0


def serve_page(engine: Engine, host: str, port: int, *, quiet: bool) -> None:
    from tidings.serve.web.run import run  # noqa: PLC0415 - its libraries load slowly

    run(engine, host, port, ready=(lambda _: None) if quiet else announce)


def announce(url: str) -> None:
    say(f"open {url} in a browser; Ctrl-C ends it")


@cli.command()
@shared
def doctor(store: Path | None, as_json: bool, quiet: bool) -> int:
    """What is here and what is missing.

    Ends with 1 where something is missing."""
    findings = read_settings(store).examine()
    for finding in findings:
        if as_json:
            line({"part": finding.part, "ok": finding.ok, "detail": finding.detail})
        elif not (quiet and finding.ok):
            say(f"{'ok' if finding.ok else 'missing':8} {finding.part}: {finding.detail}")
    return 0 if all(finding.ok for finding in findings) else 1
