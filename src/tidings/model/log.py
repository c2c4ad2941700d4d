"""Stories: what is decided, kept and listed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tidings.model.digests import Digest
from tidings.model.ids import ArticleId, StoryId
from tidings.model.pages import Outcome, Page
from tidings.times import Interval


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


class CopyKind(StrEnum):
    """How a text stands to an earlier one."""

    EXACT = "exact"  # the same words
    NEAR = "near"  # most word 5-grams of both are the same
    WITHIN = "within"  # a shorter form: its 5-grams are the other's
    AROUND = "around"  # a longer form: the other's 5-grams are in it


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """An article whose text is in large part the earliest held article's."""

    article: ArticleId
    of: ArticleId  # the earliest held one
    kind: CopyKind
    share: float  # Jaccard of word 5-grams; of WITHIN and AROUND the share of the shorter's


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What one transaction writes: all of it or nothing."""

    pages: tuple[Page, ...]  # bytes not held yet
    outcomes: tuple[Outcome, ...]
    digests: tuple[Digest, ...]
    decisions: tuple[Decision, ...]
    copies: tuple[Copy, ...] = ()


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
    is_latest: bool = True  # no later version of it is held
