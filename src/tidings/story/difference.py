"""What two versions of an article have that the other has not, with the places in both."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tidings.model import Article, Evidence, Role
from tidings.story.alignment import Gap, find_gaps
from tidings.text import sentences

BODY = (Role.STANDFIRST, Role.BODY, Role.QUOTE_BOX)
ALIKE = 0.5
"""Share of words in common (Dice) from which one sentence is another's new wording. Our own."""
CELLS = 2_500  # pairs of sentences in one gap that are compared; larger gaps are removed and added
LONG = 20_000  # code points: longer sentences are told to be changed as a whole

_TOKEN = re.compile(
    "[\u0e00-\u0eff\u2e80-\u9fff\uac00-\ud7a3]|[^\\W_]+(?:['’ʼ\\-‑][^\\W_]+)*|[^\\w\\s]|_"
)
Span = tuple[int, int]


class Change(StrEnum):
    """What became of a sentence."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words that took others' place. A span is empty where nothing stood or stands."""

    earlier: Span
    later: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A sentence of the body."""

    change: Change
    earlier: Evidence | None  # None of what was added
    later: Evidence | None  # None of what was removed
    words: tuple[Words, ...] = ()  # of a changed sentence, code points into the two texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """From one version to a later one."""

    earlier: Article
    later: Article
    headline: tuple[Words, ...]  # code points into the two headlines
    edits: tuple[Edit, ...]  # in the order of the later text; what was removed in its place
    paragraphs_added: int  # all of whose sentences were
    paragraphs_removed: int
    sentences_added: int  # in other paragraphs
    sentences_removed: int
    share: float  # of the words of both, headlines apart, that only one has; 0..1

    @property
    def is_empty(self) -> bool:
        return not self.headline and not self.edits

    @property
    def summary(self) -> str:
        """``3 words of the headline, 1 paragraph added, 2 sentences changed``."""
        return _summarise(self)


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    end: int
    paragraph: int
    text: str  # white space as one space

    def prove(self, article: Article) -> Evidence:
        text = article.text[self.start : self.end]
        return Evidence(article=article.id, start=self.start, end=self.end, text=text)


def difference(earlier: Article, later: Article) -> Difference:
    """Exact where few sentences differ; of long passages that differ wholly the sentences are
    told as removed and added. About linear."""
    old, new = list(_read(earlier)), list(_read(later))
    edits = _join_moved(list(_compare(earlier, later, old, new)))
    added = _count_whole(new, [e.later for e in edits if e.change is Change.ADDED])
    removed = _count_whole(old, [e.earlier for e in edits if e.change is Change.REMOVED])
    total = sum(len(_tokens(one.text)) for one in (*old, *new))
    changed = sum(_count_changed(edit) for edit in edits)
    return Difference(
        earlier=earlier,
        later=later,
        headline=_compare_words(earlier.headline, later.headline, 0, 0),
        edits=tuple(edits),
        paragraphs_added=added[0],
        paragraphs_removed=removed[0],
        sentences_added=added[1],
        sentences_removed=removed[1],
        share=round(changed / total, 4) if total else 0.0,
    )


def _read(article: Article) -> Iterator[_Sentence]:
    """Of the body. A paragraph is a line."""
    paragraph = 0
    for block in article.blocks:
        if block.role not in BODY:
            continue
        start = block.start
        for line in article.text[block.start : block.end].split("\n"):
            for a, b in sentences(line):
                yield _Sentence(start + a, start + b, paragraph, " ".join(line[a:b].split()))
            paragraph += 1
            start += len(line) + 1


def _compare(
    earlier: Article, later: Article, old: Sequence[_Sentence], new: Sequence[_Sentence]
) -> Iterator[Edit]:
    for gap in find_gaps([one.text for one in old], [one.text for one in new]):
        for a, b in _pair(old, new, gap):
            first = old[a].prove(earlier) if a is not None else None
            second = new[b].prove(later) if b is not None else None
            if first and second:
                words = _compare_words(first.text, second.text, first.start, second.start)
                yield Edit(change=Change.CHANGED, earlier=first, later=second, words=words)
            else:
                change = Change.REMOVED if first else Change.ADDED
                yield Edit(change=change, earlier=first, later=second)


def _pair(
    old: Sequence[_Sentence], new: Sequence[_Sentence], gap: Gap
) -> Iterator[tuple[int | None, int | None]]:
    """Sentences of a gap that are each other's wording, in order, and those that are alone."""
    i, j, k, end = gap
    pairs = _match(old[i:j], new[k:end]) if (j - i) * (end - k) <= CELLS else []
    for a, b in [*pairs, (j - i, end - k)]:
        while i < gap[0] + a:
            yield i, None
            i += 1
        while k < gap[2] + b:
            yield None, k
            k += 1
        if i < j and k < end:
            yield i, k
            i, k = i + 1, k + 1


def _match(old: Sequence[_Sentence], new: Sequence[_Sentence]) -> list[tuple[int, int]]:
    """The pairs in rising order with the greatest sum of likeness (Needleman, Wunsch 1970)."""
    bags = [[_count(one.text) for one in side] for side in (old, new)]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    likeness = [[_likeness(a, b) for b in bags[1]] for a in bags[0]]
    for a in range(len(old) - 1, -1, -1):
        for b in range(len(new) - 1, -1, -1):
            paired = likeness[a][b] + best[a + 1][b + 1] if likeness[a][b] >= ALIKE else 0.0
            best[a][b] = max(best[a + 1][b], best[a][b + 1], paired)
    pairs, a, b = [], 0, 0
    while a < len(old) and b < len(new):
        if best[a][b] == best[a + 1][b]:
            a += 1
        elif best[a][b] == best[a][b + 1]:
            b += 1
        else:
            pairs.append((a, b))
            a, b = a + 1, b + 1
    return pairs


def _count(text: str) -> Counter[str]:
    return Counter(_tokens(text.casefold()))


def _likeness(a: Counter[str], b: Counter[str]) -> float:
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 0.0


def _join_moved(edits: list[Edit]) -> list[Edit]:
    """The same sentence removed in one place and added in another is moved."""
    added: defaultdict[str, list[int]] = defaultdict(list)
    for at, edit in enumerate(edits):
        if edit.change is Change.ADDED and edit.later:
            added[" ".join(edit.later.text.split())].append(at)
    moved, gone = dict[int, Edit](), set[int]()
    for at, edit in enumerate(edits):
        if edit.change is not Change.REMOVED or not edit.earlier:
            continue
        places = added.get(" ".join(edit.earlier.text.split()))
        if places:
            to = places.pop(0)
            later = edits[to].later
            moved[to] = Edit(change=Change.MOVED, earlier=edit.earlier, later=later)
            gone.add(at)
    return [moved.get(at, edit) for at, edit in enumerate(edits) if at not in gone]


def _compare_words(a: str, b: str, offset_a: int, offset_b: int) -> tuple[Words, ...]:
    if len(a) + len(b) > LONG and a != b:
        return (Words(earlier=(offset_a, offset_a + len(a)), later=(offset_b, offset_b + len(b))),)
    first, second = list(_TOKEN.finditer(a)), list(_TOKEN.finditer(b))
    gaps = find_gaps([one.group() for one in first], [one.group() for one in second])
    return tuple(
        Words(earlier=_span(first, i, j, offset_a), later=_span(second, k, end, offset_b))
        for i, j, k, end in gaps
    )


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)


def _span(tokens: Sequence[re.Match[str]], start: int, end: int, offset: int) -> Span:
    """Empty after the word before, where there are none."""
    if start < end:
        return offset + tokens[start].start(), offset + tokens[end - 1].end()
    at = offset + tokens[start - 1].end() if start else offset
    return at, at


def _count_changed(edit: Edit) -> int:
    """Words of both sides that the other has not."""
    if edit.change is Change.MOVED:
        return 0
    if edit.change is not Change.CHANGED:
        return sum(len(_tokens(side.text)) for side in (edit.earlier, edit.later) if side)
    return sum(
        len(_tokens(side.text[a - side.start : b - side.start]))
        for words in edit.words
        for side, (a, b) in ((edit.earlier, words.earlier), (edit.later, words.later))
        if side
    )


def _count_whole(read: Sequence[_Sentence], changed: Sequence[Evidence | None]) -> tuple[int, int]:
    """Paragraphs all of whose sentences are among ``changed``; and the other changed ones."""
    starts = {one.start for one in changed if one}
    sizes = Counter(one.paragraph for one in read)
    hits = Counter(one.paragraph for one in read if one.start in starts)
    whole = [size for paragraph, size in sizes.items() if hits[paragraph] == size]
    return len(whole), len(starts) - sum(whole)


def _summarise(told: Difference) -> str:
    words = sum(
        max(
            len(_tokens(told.earlier.headline[slice(*one.earlier)])),
            len(_tokens(told.later.headline[slice(*one.later)])),
        )
        for one in told.headline
    )
    counts = Counter(edit.change for edit in told.edits)
    parts = (
        (words, "word", " of the headline"),
        (told.paragraphs_added, "paragraph", " added"),
        (told.paragraphs_removed, "paragraph", " removed"),
        (told.sentences_added, "sentence", " added"),
        (told.sentences_removed, "sentence", " removed"),
        (counts[Change.CHANGED], "sentence", " changed"),
        (counts[Change.MOVED], "sentence", " moved"),
    )
    said = [
        f"{number:,} {noun}{'' if number == 1 else 's'}{rest}"
        for number, noun, rest in parts
        if number
    ]
    return ", ".join(said) or "the same words"
