"""What one article means by some names: mentions, put together by referring.py."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from tidings.model import ArticleId, Evidence, MentionKind
from tidings.story.entities.forms import Form
from tidings.story.entities.gazetteer import Known

NAMES = (MentionKind.NAME, MentionKind.PERSON, MentionKind.ORGANISATION, MentionKind.PLACE)
LOOKED_AT = (*NAMES, MentionKind.HANDLE)
BODIES = (MentionKind.NAME, MentionKind.ORGANISATION)
PERSONAL = (MentionKind.NAME, MentionKind.PERSON)


@dataclass(frozen=True, slots=True)
class Seen:
    """One mention with what can be told of it alone."""

    evidence: Evidence
    kind: MentionKind
    form: Form
    known: Known | None
    count: int = 1  # places; of the index the first stands for all of one article


@dataclass(slots=True)
class Referent:
    """What one article means by some names. ``full`` are the forms that tell it from others."""

    known: Known | None = None
    full: dict[Form, None] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    candidates: tuple[Referent, ...] = ()  # of a short form that fits several, these
    number: int | None = None  # of its name in the index

    def add(self, seen: Seen, *, is_full: bool = False) -> None:
        self.seen.append(seen)
        if is_full:
            self.full[seen.form] = None

    @property
    def kinds(self) -> Counter[MentionKind]:
        counts: Counter[MentionKind] = Counter()
        for one in self.seen:
            counts[one.kind] += one.count
        return counts

    @property
    def article(self) -> ArticleId:
        return self.seen[0].evidence.article

    @property
    def count(self) -> int:
        """Places in all."""
        return sum(one.count for one in self.seen)

    @property
    def is_handle(self) -> bool:
        """Known by handles alone."""
        return all(one.kind is MentionKind.HANDLE for one in self.seen)

    @property
    def is_telling(self) -> bool:
        """Whether it has a name of several words, or one that the gazetteer knows."""
        if self.known is not None:
            return True
        if self.candidates or self.is_handle:
            return False
        return any(form.is_telling for form in self.full)

    @property
    def is_personal(self) -> bool:
        """Whether it may be a person: nothing says otherwise, and it has a capital."""
        if any(one.kind not in (*PERSONAL, MentionKind.HANDLE) for one in self.seen):
            return False
        return self.is_handle or not all(one.evidence.text.islower() for one in self.seen)

    @property
    def start(self) -> int:
        return min(one.evidence.start for one in self.seen)
