"""The nouns. Values only: frozen, without behaviour beyond what a field implies.

Offsets are code points into ``Article.text``, which is NFC. Languages are BCP 47
(``und`` where unknown). Scores are 0..1, higher is surer.
"""

from __future__ import annotations

from tidings.model.articles import Article, Block, Role, Timestamp, Timing
from tidings.model.digests import Digest, Sketch
from tidings.model.ids import ArticleId, PageId, Signature, StoryId, Vector, hash_page
from tidings.model.log import Batch, Copy, CopyKind, Decision, Story, Summary, Verb
from tidings.model.namings import Naming, Placed
from tidings.model.notes import (
    Anonymity,
    Evidence,
    Manner,
    Medium,
    Mention,
    MentionKind,
    Note,
    Quote,
    QuoteKind,
    SourceKind,
    SourceLink,
    Speaker,
)
from tidings.model.pages import Ending, Outcome, Page, Reason, Rejected, Served, Tally

__all__ = [
    "Anonymity",
    "Article",
    "ArticleId",
    "Batch",
    "Block",
    "Copy",
    "CopyKind",
    "Decision",
    "Digest",
    "Ending",
    "Evidence",
    "Manner",
    "Medium",
    "Mention",
    "MentionKind",
    "Naming",
    "Note",
    "Outcome",
    "Page",
    "PageId",
    "Placed",
    "Quote",
    "QuoteKind",
    "Reason",
    "Rejected",
    "Role",
    "Served",
    "Signature",
    "Sketch",
    "SourceKind",
    "SourceLink",
    "Speaker",
    "Story",
    "StoryId",
    "Summary",
    "Tally",
    "Timestamp",
    "Timing",
    "Vector",
    "Verb",
    "hash_page",
]
