"""What an annotator says of one article, each with the characters that prove it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tidings.model.ids import ArticleId


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The characters that prove a line: ``article.text[start:end] == text``, 0 <= start < end."""

    article: ArticleId
    start: int
    end: int
    text: str


class MentionKind(StrEnum):
    """What is named."""

    NAME = "name"  # of a person, organisation or place, not told apart
    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    HEADLINE = "headline"  # of another article, listed on this page without a date
    HANDLE = "handle"  # @name on a platform
    LINK = "link"  # an address printed in the text
    CREDIT = "credit"  # of the agency whose text it is: '(AP)'
    DESCRIPTION = "description"  # an office with whose it is; of aliases, no annotator's


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Something named in an article's text."""

    evidence: Evidence
    kind: MentionKind
    value: str  # normal form: the name in NFC as printed, the address canonical
    score: float
    rule: str  # the rule or model that made it, with version: 'capitals/1'


class QuoteKind(StrEnum):
    """How an article prints what somebody said."""

    DIRECT = "direct"  # between marks, whole clauses
    PARTIAL = "partial"  # between marks, some words within the article's own sentence
    REPORTED = "reported"  # without marks: 'she said that …'


class Medium(StrEnum):
    """Where it was said."""

    POST = "post"
    INTERVIEW = "interview"
    BRIEFING = "briefing"
    STATEMENT = "statement"
    SPEECH = "speech"
    LETTER = "letter"
    CALL = "call"
    BROADCAST = "broadcast"
    DOCUMENT = "document"
    COURT = "court"


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who is said to have said it."""

    evidence: Evidence  # as printed beside the quote: 'Ms Kallas', 'she', 'the minister'
    name: Evidence | None  # where this article names whom that means; None where it isn't safe


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Reported words with a speaker."""

    evidence: Evidence  # from the first quoted character to the last, without the marks
    parts: tuple[Evidence, ...]  # the quoted words alone, where a cue stands between them
    kind: QuoteKind
    cue: Evidence | None  # 'said', 'сообщил', 'laut'
    speaker: Speaker | None  # None where nobody is named, or none safely
    addressee: Evidence | None
    medium: Medium | None
    occasion: Evidence | None  # the words that say the medium: 'in an interview with Bild'
    link: str | None  # canonical address of what is quoted
    score: float
    rule: str


class Manner(StrEnum):
    """How an article has something from a source."""

    CREDITS = "credits"  # signs it as the source's text: '(AP)', 'Source: EFE'
    CITES = "cites"  # names it: 'says Reuters', 'сообщило агентство Bloomberg'
    LINKS = "links"  # gives its address
    QUOTES = "quotes"  # prints its words, an embedded post among them
    COPIES = "copies"  # has its text
    TRANSLATES = "translates"
    WITNESSES = "witnesses"  # has it by itself: 'our correspondent', 'told this newspaper'


class SourceKind(StrEnum):
    """What a source is."""

    PUBLISHER = "publisher"  # an outlet or agency
    PERSON = "person"
    ORGANISATION = "organisation"  # a ministry, a company, a police force
    DOCUMENT = "document"
    POST = "post"
    LAW = "law"
    COURT = "court"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True, kw_only=True)
class Anonymity:
    """What is told of somebody who is not named. At least one is there."""

    role: Evidence | None  # 'an EU official'
    origin: Evidence | None  # nationality or employer within the role: 'EU'
    condition: Evidence | None  # 'who asked not to be named'
    calling: str = ""  # of the role, the same in every language: 'official', 'diplomat'
    seat: str = ""  # of the origin: a code of CLDR ('EU', 'US'); "" where none is told or known


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLink:
    """That an article, or a source of it, has something from a source."""

    evidence: Evidence  # the words that say so, cue and name
    manner: Manner
    kind: SourceKind
    source: str  # a publisher's name or domain, a canonical address, a name or role as printed
    name: Evidence | None  # the source as printed; None where only an address tells it
    scope: Evidence | None  # what is had from it; None: the article as a whole
    through: str | None  # ``source`` of the link whose source has it from this one; None: the
    # article itself has it
    url: str | None  # canonical, of the very thing cited
    anonymity: Anonymity | None
    score: float
    rule: str
    paper: str = ""  # type of a document, law or ruling, the same in every language: 'report'


Note = Mention | Quote | SourceLink
"""What an annotator makes."""
