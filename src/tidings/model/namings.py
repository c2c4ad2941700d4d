"""What one article calls by which names: rows of the index that entities are found by."""

from __future__ import annotations

from dataclasses import dataclass

from tidings.model.ids import ArticleId, StoryId
from tidings.model.notes import MentionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """One way in which an article prints somebody or something."""

    name: str  # the article's form that tells whom: of the gazetteer its id
    language: str  # primary subtag, of the article
    is_known: bool  # by the gazetteer
    text: str  # as printed
    kind: MentionKind
    is_full: bool  # whether ``text`` alone tells whom
    count: int  # places
    start: int  # of the first of them
    end: int
    keys: tuple[
        str, ...
    ]  # sorted, what ``name`` and ``text`` are found by: story/entities/indexing


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A naming with where it is held."""

    number: int  # of the name, by arrival of the first article that has it
    article: ArticleId
    story: StoryId
    naming: Naming  # without its keys
