"""Articles with mentions by hand: names are marked in the text, ``[PER Kaja Kallas]``."""

from __future__ import annotations

import re

from tidings.model import (
    Article,
    ArticleId,
    Block,
    Evidence,
    Mention,
    MentionKind,
    Role,
    hash_page,
)
from tidings.times import unknown

_MARKED = re.compile(r"\[(?:(PER|ORG|LOC|HANDLE) )?([^\[\]]+)\]")
_KINDS = {
    None: MentionKind.NAME,
    "PER": MentionKind.PERSON,
    "ORG": MentionKind.ORGANISATION,
    "LOC": MentionKind.PLACE,
    "HANDLE": MentionKind.HANDLE,
}
UNKNOWN = unknown("made for a test")

Named = tuple[Article, tuple[Mention, ...]]


def mark(name: str, language: str, marked: str) -> Named:
    """``[Kaja Kallas]`` is a name of no told kind."""
    text, mentions, at = "", [], 0
    for match in _MARKED.finditer(marked):
        text += marked[at : match.start()]
        evidence = Evidence(
            article=ArticleId(name), start=len(text), end=len(text + match[2]), text=match[2]
        )
        kind = _KINDS[match[1]]
        mentions.append(
            Mention(evidence=evidence, kind=kind, value=match[2], score=0.9, rule="test/1")
        )
        text += match[2]
        at = match.end()
    text += marked[at:]
    return make_article(name, language, text), tuple(mentions)


def make_article(name: str, language: str, text: str) -> Article:
    return Article(
        id=ArticleId(name),
        page=hash_page(name.encode()),
        position=0,
        url=None,
        publisher=None,
        published=UNKNOWN,
        modified=None,
        language=language,
        headline="",
        byline=(),
        text=text,
        blocks=(Block(role=Role.BODY, start=0, end=len(text)),),
        links=(),
        is_cut=False,
        extractor="test/1",
        grounds=(),
    )
