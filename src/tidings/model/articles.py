"""Articles and their parts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tidings.model.ids import ArticleId, PageId
from tidings.times import Interval


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
    language: str | None = None  # where it is not the article's


class Timing(StrEnum):
    """What a timestamp tells of an article."""

    PUBLISHED = "published"
    MODIFIED = "modified"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timestamp:
    """One place where a page, or what it came with, says when."""

    timing: Timing
    ground: str  # 'JSON-LD datePublished', 'dateline', 'address', 'feed', 'HTTP Last-Modified'
    printed: str  # as it stands there
    interval: Interval
    zone: str | None  # as printed there: '+03:00', 'MSK'; None where none is


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
    domain: str | None = None  # registrable, of the page's own address
    section: str | None = None  # as the page names it
    is_free: bool | None = None  # schema.org isAccessibleForFree; None where nothing is said
    timestamps: tuple[Timestamp, ...] = ()  # all that were found, contradictions too
    supersedes: ArticleId | None = None  # the version of the same article held before

    @property
    def body(self) -> str:
        """The blocks of role body (with standfirst and quote boxes), parted by blank lines."""
        kept = (Role.STANDFIRST, Role.BODY, Role.QUOTE_BOX)
        return "\n\n".join(self.text[b.start : b.end] for b in self.blocks if b.role in kept)
