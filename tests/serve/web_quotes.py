"""The quotes of stories as an engine made by hand tells them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from tidings.model import Article, Evidence, Medium, Quote, QuoteKind, Speaker, StoryId
from tidings.quoting import Choice, QuoteLine
from tidings.story.ledger import Entry, build_ledger

WORDS = "We agreed to stay in close contact,"


def make_quote(article: Article) -> Quote:
    at = article.text.find(WORDS)
    said = Evidence(article=article.id, start=at, end=at + len(WORDS), text=WORDS)
    by = article.text.find("Kallas wrote")
    speaker = Evidence(article=article.id, start=by, end=by + 6, text="Kallas")
    return Quote(
        evidence=said,
        parts=(said,),
        kind=QuoteKind.DIRECT,
        cue=None,
        speaker=Speaker(evidence=speaker, name=speaker),
        addressee=None,
        medium=Medium.POST,
        occasion=None,
        link="https://example.org/post",
        score=0.9,
        rule="test/1",
    )


class FakeQuotes:
    """All articles of a story print the same words of one speaker."""

    def __init__(self, read: Callable[[StoryId], Sequence[Article]]) -> None:
        self._read = read

    def quotes(self, story: str, choice: Choice) -> Iterator[QuoteLine]:
        held = [one for one in self._read(StoryId(story)) if WORDS in one.text]
        entries = [Entry(article=one, quote=make_quote(one), who="kallas") for one in held]
        for line in build_ledger(entries):
            yield QuoteLine(story=StoryId(story), line=line, speaker="Kallas", seat=None)
