"""Values for the store's tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import blake2b

import numpy as np

from tidings.model import (
    Article,
    ArticleId,
    Batch,
    Block,
    Decision,
    Digest,
    Ending,
    Evidence,
    Mention,
    MentionKind,
    Outcome,
    Page,
    PageId,
    Reason,
    Role,
    Sketch,
    StoryId,
    Verb,
)
from tidings.times import moment, unknown

AT = datetime(2025, 1, 28, 17, 50, 37, 6000, tzinfo=UTC)


def make_page(number: int) -> Page:
    data = f"<p>Page {number}</p>".encode()
    page = PageId(blake2b(data, digest_size=16).hexdigest())
    return Page(id=page, name=f"pages/{number}.html", media_type="text/html", data=data)


def make_article(number: int, text: str | None = None) -> Article:
    text = f"Headline {number}\n\nКая Каллас сказала {number}." if text is None else text
    start = text.find("\n\n") + 2 if "\n\n" in text else 0
    return Article(
        id=ArticleId(f"a{number}"),
        page=make_page(number).id,
        position=0,
        url=f"https://example.org/{number}",
        publisher=None,
        published=moment(AT, "printed"),
        modified=None,
        language="ru",
        headline=f"Headline {number}",
        byline=("A. Writer", "B. Writer"),
        text=text,
        blocks=(Block(role=Role.BODY, start=start, end=len(text)),),
        links=("https://example.org/x",),
        is_cut=False,
        extractor="test/1",
        grounds=(("headline", "h1"), ("language", "letters")),
    )


def make_digest(number: int, lexemes: Sequence[str] = ("call",), text: str | None = None) -> Digest:
    article = make_article(number, text)
    end = min(4, len(article.text))
    note = Mention(
        evidence=Evidence(article=article.id, start=0, end=end, text=article.text[:end]),
        kind=MentionKind.NAME,
        value="Head",
        score=0.5,
        rule="test/1",
    )
    sketch = Sketch(
        article=article.id,
        published=unknown("not printed"),
        language="ru",
        publisher="Example",
        terms=("n:kallas", "w:call"),
        signature=np.arange(number, number + 128, dtype=np.uint32),
        vector=np.arange(-192, 192, dtype=np.int16) * (number % 7),
    )
    return Digest(article=article, notes=(note,), lexemes=tuple(lexemes), sketch=sketch)


def make_decision(
    number: int, story: str, verb: Verb = Verb.OPENED, by: str = "assign/1"
) -> Decision:
    return Decision(
        verb=verb,
        article=ArticleId(f"a{number}"),
        story=StoryId(story),
        score=0.75,
        reason="names the same call",
        by=by,
        nearest=None,
        signals=(("cosine", 0.5),),
    )


def accept(page: Page) -> Outcome:
    return Outcome(name=page.name, page=page.id, ending=Ending.ACCEPTED, reason=None, detail="")


def refuse(name: str, reason: Reason = Reason.UNREADABLE) -> Outcome:
    return Outcome(
        name=name, page=None, ending=Ending.REJECTED, reason=reason, detail="no permission"
    )


def make_batch(*numbers: int, per_story: int = 2) -> Batch:
    """A page with an article for each number; ``per_story`` neighbours share a story."""
    pages = tuple(make_page(number) for number in numbers)
    return Batch(
        pages=pages,
        outcomes=tuple(accept(page) for page in pages),
        digests=tuple(make_digest(number, ("call", f"word{number}")) for number in numbers),
        decisions=tuple(make_decision(n, f"s{n // per_story}") for n in numbers),
    )


def make_log(*decisions: Decision) -> Batch:
    return Batch(pages=(), outcomes=(), digests=(), decisions=decisions)
