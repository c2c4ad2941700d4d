"""The nouns. Values only: frozen, without behaviour beyond what a field implies.

Offsets are code points into ``Article.text``, which is NFC. Languages are BCP 47
(``und`` where unknown). Scores are 0..1, higher is surer.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

import numpy as np
from numpy.typing import NDArray

from tidings.times import Interval

PageId = NewType("PageId", str)
ArticleId = NewType("ArticleId", str)
StoryId = NewType("StoryId", str)

Vector = NDArray[np.int16]
"""Shape (dimensions,): a unit vector times 4,000, rounded. Dot products of two such vectors are
whole numbers below 2**24, so float32 holds them exactly in whatever order they are summed: a
similarity does not depend on batch, thread or machine. Divide by 16e6 for the cosine."""

Signature = NDArray[np.uint32]
"""Shape (permutations,): a MinHash signature."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What was served, as it came."""

    id: PageId  # blake2b-128 of data, hexadecimal
    name: str  # where it came from: path, archive!member, file#line
    media_type: str  # text/html, text/plain, or application/json for one JSON record
    data: bytes


class Reason(StrEnum):
    """Why a page did not become an article."""

    EMPTY = "empty"
    BINARY = "binary"
    ENCODING = "encoding"
    TRUNCATED = "truncated"
    TOO_LARGE = "too-large"
    TOO_DEEP = "too-deep"
    NO_TEXT = "no-text"
    BAD_JSON = "bad-json"
    BAD_RECORD = "bad-record"
    UNSUPPORTED = "unsupported"
    UNREADABLE = "unreadable"
    TIMEOUT = "timeout"
    CRASHED = "crashed"
    ID_TAKEN = "id-taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A page's end, with the reason and one line that says what to do about it."""

    name: str
    reason: Reason
    detail: str


class Role(StrEnum):
    """What a block of a page's text is."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    DATELINE = "dateline"
    BYLINE = "byline"
    READING_TIME = "reading-time"
    BODY = "body"
    QUOTE_BOX = "quote-box"
    CAPTION = "caption"
    SOURCE_LIST = "source-list"
    RELATED = "related"
    LATEST = "latest"
    ADVERTISING = "advertising"
    FOOTER = "footer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A run of lines of ``Article.text`` with one role. Blocks are in order and don't overlap;
    between two blocks there is only white space."""

    role: Role
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One published text (schema.org NewsArticle)."""

    id: ArticleId
    page: PageId
    position: int  # 0-based place among the page's articles
    url: str | None
    publisher: str | None  # as named by the record or page, else the registrable domain
    published: Interval
    modified: Interval | None
    language: str
    headline: str  # "" where none is printed
    byline: tuple[str, ...]
    text: str  # all that is kept of the page, NFC, blocks parted by blank lines
    blocks: tuple[Block, ...]
    links: tuple[str, ...]  # addresses cited, in order, each once
    is_cut: bool  # the text breaks off in mid-sentence
    extractor: str  # rule or library with version that made it: 'html/1 trafilatura 2.3.1'
    grounds: tuple[tuple[str, str], ...]  # (field, what its value rests on), field order

    @property
    def body(self) -> str:
        """The blocks of role body (with standfirst and quote boxes), parted by blank lines."""
        kept = (Role.STANDFIRST, Role.BODY, Role.QUOTE_BOX)
        return "\n\n".join(self.text[b.start : b.end] for b in self.blocks if b.role in kept)


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


class Verb(StrEnum):
    """What a line of the story log does."""

    OPENED = "opened"
    JOINED = "joined"
    MOVED = "moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One line of the append-only log."""

    verb: Verb
    article: ArticleId
    story: StoryId
    score: float  # how sure, 0..1
    reason: str  # a sentence that a person can check
    by: str  # rule with version, 'assign/1', or 'user'
    nearest: ArticleId | None  # the held article that weighed most
    signals: tuple[tuple[str, float], ...]  # (name, value), name order


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The articles about one event: a fold over the log."""

    id: StoryId
    articles: tuple[ArticleId, ...]  # in the order in which they came


class Ending(StrEnum):
    """How a page ended."""

    ACCEPTED = "accepted"  # it gave one article or several
    COPY = "copy"  # its bytes are held under another name
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The end of one page under one name; kept for ever, so that no page is lost or read twice."""

    name: str
    page: PageId | None  # None where no bytes could be had
    ending: Ending
    reason: Reason | None  # of a rejection
    detail: str  # what the reason rests on; of a copy, the name that it is held under


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What one transaction writes: all of it or nothing."""

    pages: tuple[Page, ...]  # bytes not held yet
    outcomes: tuple[Outcome, ...]
    digests: tuple[Digest, ...]
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a list shows of an article."""

    article: ArticleId
    story: StoryId
    headline: str
    lead: str  # the first 200 characters of the body
    url: str | None
    publisher: str | None
    language: str
    published: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How the pages of one run ended. ``read`` is the sum of the four below it."""

    read: int = 0
    accepted: int = 0  # pages that gave one article or several
    copies: int = 0  # pages whose bytes are held under another name
    held: int = 0  # pages held already under this name
    rejected: int = 0
    articles: int = 0  # articles from the accepted pages
    reasons: tuple[tuple[Reason, int], ...] = ()  # of the rejected, by name
