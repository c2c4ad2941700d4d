"""How answers look on a terminal."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from tidings.engine import Report
from tidings.model import Decision, Summary, Tally
from tidings.questions import Hit, StoryView
from tidings.times import Interval


def line(value: dict[str, Any]) -> None:
    click.echo(json.dumps(value, ensure_ascii=False))


@contextmanager
def progress(*, quiet: bool) -> Iterator[Report]:
    """A bar on standard error, where that is a terminal; otherwise nothing."""
    console = Console(stderr=True, quiet=quiet)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, disable=quiet or not console.is_terminal) as bar:
        task = bar.add_task("reading", total=1.0)

        def report(tally: Tally, share: float) -> None:
            words = f"{tally.read:,} pages, {tally.articles:,} articles"
            bar.update(task, description=words, completed=share)

        yield report


def tally(counted: Tally, *, as_json: bool, quiet: bool) -> None:
    if as_json:
        line(
            {
                "read": counted.read,
                "accepted": counted.accepted,
                "copies": counted.copies,
                "held": counted.held,
                "rejected": counted.rejected,
                "articles": counted.articles,
                "reasons": dict(counted.reasons),
            }
        )
    elif not quiet:
        reasons = ", ".join(f"{count:,} {reason}" for reason, count in counted.reasons)
        click.echo(
            f"{counted.read:,} pages read: {counted.accepted:,} accepted "
            f"({counted.articles:,} articles), {counted.copies:,} copies, "
            f"{counted.held:,} held already, {counted.rejected:,} rejected"
            + (f" ({reasons})" if reasons else "")
        )


def interval(span: Interval) -> str:
    """A time no more exactly than it is known, in UTC."""
    if span.start is None or span.end is None:
        return "time unknown"
    hours = (span.end - span.start).total_seconds() / 3600
    middle = span.middle or span.start
    if hours <= 1:
        return f"{span.start:%Y-%m-%d %H:%M}"
    if hours <= 24:
        return f"{middle:%Y-%m-%d}"
    return f"{middle:%Y-%m-%d} ±{hours / 2:.0f} h"


def label(summary: Summary, width: int = 200) -> str:
    """The headline, or the first words of the body in quotes where none is printed."""
    text = summary.headline or f"“{summary.lead}”"
    return text if len(text) <= width else text[: width - 1] + "…"


def describe_story(view: StoryView) -> dict[str, Any]:
    return {
        "story": view.id,
        "headline": view.headline.headline or view.headline.lead,
        "articles": [summary.article for summary in view.articles],
        "publishers": list(view.publishers),
        "languages": list(view.languages),
        "first": view.published.start.isoformat() if view.published.start else None,
        "last": view.published.end.isoformat() if view.published.end else None,
        "score": round(view.weight.score, 4),
        "why": view.weight.reason,
    }


def stories(views: Iterable[StoryView]) -> None:
    console = Console(soft_wrap=True)
    for view in views:
        console.print(Text(label(view.headline), style="bold"))
        shown = " ".join(view.languages[:8]) + (" …" if len(view.languages) > 8 else "")
        told = (
            count(len(view.articles), "article"),
            count(len(view.publishers), "publisher"),
            shown,
            interval_span(view),
        )
        console.print(Text.assemble("  story ", (view.id, "cyan"), ": ", " · ".join(told)))


def count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def interval_span(view: StoryView) -> str:
    """From the first article's time to the last one's, of those with a known time."""
    known = [s.published for s in view.articles if s.published.middle]
    if not known:
        return "time unknown"
    first, last = interval(known[0]), interval(known[-1])
    return first if first == last else f"{first} to {last}"


def story(view: StoryView) -> None:
    console = Console(soft_wrap=True)
    console.print(Text(label(view.headline), style="bold"))
    console.print(Text(f"story {view.id}: {view.weight.reason}", style="dim"))
    for language in view.languages:
        console.print()
        console.print(Text(language, style="bold cyan"))
        for summary in view.articles:
            if summary.language == language:
                publisher = summary.publisher or "publisher unknown"
                console.print(Text(f"  {label(summary)}"))
                told = f"    {publisher} · {interval(summary.published)} · {summary.article}"
                console.print(Text(told, style="dim"))


def describe_summary(summary: Summary) -> dict[str, Any]:
    return {
        "id": summary.article,
        "story": summary.story,
        "headline": summary.headline,
        "url": summary.url,
        "publisher": summary.publisher,
        "language": summary.language,
        "published": [
            bound.isoformat() if bound else None
            for bound in (summary.published.start, summary.published.end)
        ],
    }


def summaries(listed: Iterable[Summary]) -> None:
    for summary in listed:
        publisher = summary.publisher or "publisher unknown"
        click.echo(f"{label(summary)}")
        told = (summary.article, summary.language, publisher, interval(summary.published))
        click.echo("  " + " · ".join((*told, f"story {summary.story}")))


def hits(found: Sequence[Hit]) -> None:
    for hit in found:
        ways = {"words": hit.by_words, "meaning": hit.by_meaning}
        how = " and ".join(f"by {way} ({rank})" for way, rank in ways.items() if rank)
        publisher = hit.article.publisher or "publisher unknown"
        click.echo(label(hit.article))
        told = (hit.article.article, hit.article.language, publisher)
        click.echo("  " + " · ".join((*told, f"story {hit.article.story}", how)))


def describe_hit(hit: Hit) -> dict[str, Any]:
    found = {"score": round(hit.score, 4), "by_words": hit.by_words, "by_meaning": hit.by_meaning}
    return describe_summary(hit.article) | found


def describe_decision(decision: Decision) -> dict[str, Any]:
    return {
        "verb": decision.verb,
        "article": decision.article,
        "story": decision.story,
        "score": decision.score,
        "reason": decision.reason,
        "by": decision.by,
        "nearest": decision.nearest,
        "signals": dict(decision.signals),
    }
