"""An article with all that is derived from it alone."""

from __future__ import annotations

from dataclasses import dataclass

from tidings.model.articles import Article
from tidings.model.ids import ArticleId, Signature, Vector
from tidings.model.namings import Naming
from tidings.model.notes import Note
from tidings.times import Interval


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
    """An article with its notes, and what it is found and compared by."""

    article: Article
    notes: tuple[Note, ...]
    lexemes: tuple[str, ...]  # stems of headline and body, in order: the text index
    sketch: Sketch
    namings: tuple[Naming, ...] = ()
