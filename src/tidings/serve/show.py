"""How answers look on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from tidings.engine import Report
from tidings.model import Article, Outcome, Summary, Tally
from tidings.questions import Hit, StoryView
from tidings.serve import when
from tidings.serve.terminal import notice, say, styled, visible

LANGUAGES = 8  # shown of a story in the list


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
            words = f"{count(tally.read, 'page')}, {count(tally.articles, 'article')}"
            bar.update(task, description=words, completed=share)

        yield report


def count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def tally(counted: Tally) -> None:
    copies = f"{counted.copies:,} {'copy' if counted.copies == 1 else 'copies'}"
    reasons = ", ".join(f"{number:,} {reason}" for reason, number in counted.reasons)
    say(
        f"{count(counted.read, 'page')} read: {counted.accepted:,} accepted "
        f"({count(counted.articles, 'article')}), {copies}, "
        f"{counted.held:,} held already, {counted.rejected:,} rejected"
        + (f" ({reasons})" if reasons else "")
    )


def describe_end(outcome: Outcome) -> str:
    return f"{outcome.name}: {outcome.reason}: {outcome.detail}"


def rejections(listed: Iterable[Outcome]) -> None:
    for outcome in listed:
        say(describe_end(outcome))


def absent_language(language: str | None, views: Iterable[StoryView]) -> None:
    """Says so where no article has the language that was asked for."""
    held = {one for view in views for one in view.languages}
    if language is not None and held and language not in held:
        notice(f"no article is in language {language!r}; there are: {', '.join(sorted(held))}")


def label(summary: Summary, width: int = 200) -> str:
    """The headline, or the first words of the body in quotes where none is printed."""
    text = summary.headline or f"“{summary.lead}”"
    return text if len(text) <= width else text[: width - 1] + "…"


def publisher_of(one: Article | Summary) -> str:
    return one.publisher or "publisher unknown"


def stories(views: Iterable[StoryView]) -> None:
    for view in views:
        say(label(view.headline), "bold")
        more = " …" if len(view.languages) > LANGUAGES else ""
        told = (
            count(len(view.articles), "article"),
            count(len(view.publishers), "publisher"),
            " ".join(view.languages[:LANGUAGES]) + more,
            when.say_span(summary.published for summary in view.articles).words,
        )
        rest = ": " + " · ".join(told)
        styled(Text.assemble("  story ", (visible(view.id), "cyan"), visible(rest)))


def story(view: StoryView) -> None:
    say(label(view.headline), "bold")
    say(f"story {view.id}: {view.weight.reason}", "dim")
    for language in view.languages:
        say()
        say(language, "bold cyan")
        for summary in view.articles:
            if summary.language == language:
                time = when.say(summary.published).words
                say(f"  {label(summary)}")
                say(f"    {publisher_of(summary)} · {time} · {summary.article}", "dim")


def summaries(listed: Iterable[Summary]) -> None:
    for summary in listed:
        time = when.say(summary.published).words
        told = (summary.article, summary.language, publisher_of(summary), time)
        say(label(summary))
        say("  " + " · ".join((*told, f"story {summary.story}")))


def hits(found: Sequence[Hit]) -> None:
    for hit in found:
        ways = {"words": hit.by_words, "meaning": hit.by_meaning}
        how = " and ".join(f"by {way} ({rank})" for way, rank in ways.items() if rank)
        told = (hit.article.article, hit.article.language, publisher_of(hit.article))
        say(label(hit.article))
        say("  " + " · ".join((*told, f"story {hit.article.story}", how)))


def lines(text: str) -> None:
    """Of an answer that has several."""
    for one in text.split("\n"):
        say(one)
