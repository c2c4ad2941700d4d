"""What is derived from one article alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tidings.model.articles import Article
from tidings.model.ids import ArticleId, Signature, Vector
from tidings.times import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The characters that prove a line: ``article.text[start:end] == text``, 0 <= start < end."""

    article: ArticleId
    start: int
    end: int
    text: str


class MentionKind(StrEnum):
    NAME = "name"  # of a person, organisation or place, not yet told apart
    HEADLINE = "headline"  # of another article, listed on this page without a date
    HANDLE = "handle"  # @name on a platform
    LINK = "link"  # an address printed in the text
    CREDIT = "credit"  # of the agency whose text it is: '(AP)'


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Something named in an article's text."""

    evidence: Evidence
    kind: MentionKind
    value: str  # normal form: the name in NFC as printed, the address canonical
    score: float
    rule: str  # the rule or model that made it, with version: 'capitals/1'


Note = Mention
"""What an annotator makes. Quotes, source links, claims and events join this union."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sketch:
    """All that the assignment looks at of an article; small, so that a window of 50,000 fits."""

    article: ArticleId
    published: Interval
    language: str
    publisher: str | None
    terms: tuple[str, ...]  # distinct, sorted; a letter says the kind: see story/terms.py
    signature: Signature
    vector: Vector


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Digest:
    """An article with all that is derived from it alone."""

    article: Article
    notes: tuple[Note, ...]
    lexemes: tuple[str, ...]  # stems of headline and body, in order: the text index
    sketch: Sketch
