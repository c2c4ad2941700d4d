"""The command that tells who said what."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

import click
from rich.text import Text

from tidings.quoting import Choice, QuoteLine
from tidings.serve.options import limit_option, open_engine, shared
from tidings.serve.relating import describe_place
from tidings.serve.show import count, publisher_of
from tidings.serve.terminal import line, notice, say, styled, visible
from tidings.story.ledger import Entry, Original, Variant, VariantKind

LONGEST = 400  # characters of a quote
SIDE = 5  # variants shown of a line; the rest is counted
MARKED = tuple(kind for kind in VariantKind if kind is not VariantKind.REPORTED)


@click.command()
@click.argument("story", required=False)
@click.option("--by", help="What this one said; any name that the story prints.")
@click.option("--language", help="Lines that are printed in this language (en, uk, …).")
@limit_option
@shared
def quotes(story: str | None, **options: Any) -> int:
    """Who said what, in STORY or in all.

    Each quote with its wordings in all languages side by side, those that most articles print
    first."""
    choice = Choice(by=options["by"], language=options["language"])
    with open_engine(options["store"]) as engine:
        found = list(islice(engine.quoting.quotes(story, choice), options["limit"] + 1))
        for one in found[: options["limit"]]:
            if options["as_json"]:
                line(describe(one))
            else:
                show(one)
    if not found and not options["quiet"]:
        notice("nobody is quoted so; see all: tidings quotes")
    if len(found) > options["limit"] and not (options["quiet"] or options["as_json"]):
        notice(f"there are more: --limit {2 * options['limit']}")
    return 0 if found else 1


def show(told: QuoteLine) -> None:
    who = told.speaker or "nobody named"
    detail = f": {count(told.line.articles, 'article')} · story {told.story}"
    styled(Text.assemble((visible(who), "bold"), visible(detail)))
    for variant in told.line.variants[:SIDE]:
        say(f"  {_mark(variant)}")
        say(f"    {_about(variant)}", "dim")
    rest = len(told.line.variants) - SIDE
    if rest > 0:
        say(f"  and {rest} more wordings", "dim")
    for text in _originals(told):
        say(f"  {text}", "dim")


def _mark(variant: Variant) -> str:
    text = variant.entry.text.replace("\n", " ")
    text = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    return f"“{text}”" if variant.kind in MARKED else text


def _about(variant: Variant) -> str:
    entry = variant.entry
    quote = entry.quote
    told = [variant.kind.value, entry.language, count(len(variant.entries), "article")]
    if quote.speaker:
        told.append(f"by {quote.speaker.evidence.text}")
    if quote.medium:
        told.append(quote.medium.value)
    if quote.addressee:
        told.append(f"to {quote.addressee.text}")
    if quote.link:
        told.append(quote.link)
    return " · ".join((*told, publisher_of(entry.article), entry.article.id))


def _originals(told: QuoteLine) -> Iterable[str]:
    if told.line.original is Original.HELD:
        yield "the original is held"
    elif told.line.original is Original.NOT_HELD:
        yield "the original is not held"
    is_translated = any(one.kind is VariantKind.TRANSLATED for one in told.line.variants)
    if is_translated and told.seat:
        yield f"translated: the speaker's office is of {told.seat.place.text!r}"


def describe(told: QuoteLine) -> dict[str, Any]:
    return {
        "story": told.story,
        "speaker": told.speaker,
        "who": told.line.who,
        "articles": told.line.articles,
        "original": told.line.original,
        "seat": {"id": told.seat.id, **describe_place(told.seat.place)} if told.seat else None,
        "variants": [
            {
                "kind": variant.kind,
                "language": variant.entry.language,
                "text": variant.entry.text,
                "places": [describe_entry(entry) for entry in variant.entries],
            }
            for variant in told.line.variants
        ],
    }


def describe_entry(entry: Entry) -> dict[str, Any]:
    quote = entry.quote
    speaker = quote.speaker
    return {
        **describe_place(quote.evidence),
        "parts": [describe_place(part) for part in quote.parts],
        "cue": quote.cue and describe_place(quote.cue),
        "speaker": speaker and describe_place(speaker.evidence),
        "name": describe_place(speaker.name) if speaker and speaker.name else None,
        "addressee": quote.addressee and describe_place(quote.addressee),
        "medium": quote.medium,
        "occasion": quote.occasion and describe_place(quote.occasion),
        "link": quote.link,
        "post": entry.post,
        "score": quote.score,
        "rule": quote.rule,
    }
