"""What speaks for a piece being body and what against, by name; ``weights`` says how much."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from tidings.model import Role
from tidings.reading.bodies.hints import HINTS
from tidings.reading.bodies.pieces import HIDDEN, Piece
from tidings.reading.bodies.said import SAID
from tidings.reading.bodies.votes import Votes
from tidings.reading.lines import Line, describe, describe_roughly
from tidings.reading.markup import parse_key

Mark = tuple[str, float]
"""A name and a value, most of them 1."""


HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_TAGS = frozenset(
    ("article", "aside", "nav", "footer", "header", "form", "figure", "table", "blockquote", "main")
)
_OWN_TAGS = frozenset(("h1", "p", "li", "td", "th", "figcaption"))
_LISTS = (Role.RELATED, Role.LATEST)
_MOST = 300  # signs of a piece that count in means: a long one does not outvote all others
_SMOOTH = 30  # signs by which a piece counts in the mean of its own group
_STRONG = 0.75  # share of votes that, with a line's length, marks where the body starts and ends
_LINE = 60
_LONGEST = 1_000  # code points of a line that are looked at: a longer one is prose
_MANY = 4_000  # pieces of a page above which the words of those far from both ends are not asked
_EDGE = 1_000
_NEAR = 8  # pieces after the headline that may be a standfirst


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All pieces with what the extractors and the page say of them."""

    pieces: Sequence[Piece]
    votes: Votes  # of the extractors, SAID among them where there is such a text
    headline: str
    summary: str  # of the page's own meta tags

    @property
    def voters(self) -> tuple[str, ...]:
        return tuple(name for name in self.votes if name != SAID)


class Marker:
    """Costs tenths of a millisecond for each piece that may be body."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._sizes = [min(len(piece.text), _MOST) for piece in page.pieces]
        self._means = _means(page)
        self._sums = _running(s * m for s, m in zip(self._sizes, self._means, strict=True))
        self._totals = _running(self._sizes)
        self._groups = {
            "own": self._grouped([piece.own for piece in page.pieces]),
            "parent": self._grouped([piece.container for piece in page.pieces]),
            "grandparent": self._grouped([piece.around for piece in page.pieces]),
            "kind": self._grouped([piece.kind for piece in page.pieces]),
        }
        self._shares = {
            "parent": self._shared([piece.container for piece in page.pieces]),
            "grandparent": self._shared([piece.around for piece in page.pieces]),
        }
        self._head = _find_headline(page)
        self._first, self._last = self._extent()
        self._summary = parse_key(page.summary)[:60]

    def is_open(self, at: int) -> bool:
        """Whether anything speaks for the piece at all: a vote for it, or for one like it."""
        near = self._head is not None and 0 < at - self._head <= _NEAR
        groups = ("parent", "kind")
        return near or self._means[at] > 0 or any(self._groups[g][at] > 0 for g in groups)

    def marks(self, at: int) -> Iterator[Mark]:
        """The cheap ones: votes, markup, place."""
        piece, mean = self._page.pieces[at], self._means[at]
        yield "constant", 1.0
        yield "length", math.log1p(min(len(piece.text), 1_000)) / 7
        yield "linked", piece.linked
        yield from self._vote_marks(at)
        yield from _markup_marks(piece, mean)
        yield from self._place_marks(at)
        yield from self._group_marks(at)

    def word_marks(self, at: int) -> Iterator[Mark]:
        """What the line's own words and signs say: a tenth of a millisecond."""
        mean, line = self._means[at], describe_piece(self._page, at)
        if line.label or line.fixed:
            yield "label" if line.label else "fixed", 1.0
        if line.label in _LISTS:
            yield "list label", 1.0
        if line.is_prose:
            yield "prose", 1.0
            yield "prose votes", mean
        elif not line.is_ended:
            yield "scrap votes", mean
        if line.is_listed:
            yield "listed", 1.0

    def _vote_marks(self, at: int) -> Iterator[Mark]:
        mean = self._means[at]
        for name in self._page.voters:
            if self._page.votes[name][at]:
                yield f"vote {name}", 1.0
        yield "votes", mean
        if mean in (0.0, 1.0):
            yield "all" if mean else "none", 1.0
        said = self._page.votes.get(SAID)
        if said and not said[at]:
            yield "not said", 1.0

    def _place_marks(self, at: int) -> Iterator[Mark]:
        mean = self._means[at]
        if at < self._first or at > self._last:
            side = "before" if at < self._first else "after"
            yield side, 1.0
            yield f"{side} votes", mean
        if self._head is not None:
            yield "below headline" if at >= self._head else "above headline", 1.0
            piece = self._page.pieces[at]
            if 0 < at - self._head <= _NEAR:
                if len(piece.text) > _LINE and piece.linked < 0.3:
                    yield "under headline", 1.0
                if ".lead" in piece.near:
                    yield "lead under headline", 1.0
        if self._summary and self._page.pieces[at].key.startswith(self._summary):
            yield "summary", 1.0

    def _group_marks(self, at: int) -> Iterator[Mark]:
        for name, values in self._groups.items():
            yield f"{name} votes", values[at]
        for name, values in self._shares.items():
            yield f"{name} share", values[at]
        if self._groups["parent"][at] < 0.2:
            yield "parent against", 1.0
        last = len(self._means) - 1
        yield "votes before", self._means[at - 1] if at else 0.0
        yield "votes after", self._means[at + 1] if at < last else 0.0
        is_heading = self._page.pieces[at].tag in HEADINGS
        if is_heading and (at == last or self._means[at + 1] < 0.3):
            yield "heading of nothing", 1.0
        for reach in (2, 6):
            yield f"votes within {reach}", self._window(at, reach)

    def _window(self, at: int, reach: int) -> float:
        """The mean vote of the pieces around one, without its own."""
        low, high = max(0, at - reach), min(len(self._means), at + reach + 1)
        size = self._sizes[at]
        votes = self._sums[high] - self._sums[low] - size * self._means[at]
        return votes / max(self._totals[high] - self._totals[low] - size, 1)

    def _grouped(self, keys: Sequence[Hashable]) -> list[float]:
        """By piece, the mean vote of its group; of the piece itself a few signs count."""
        votes: defaultdict[Hashable, float] = defaultdict(float)
        sizes: defaultdict[Hashable, float] = defaultdict(float)
        for key, size, mean in zip(keys, self._sizes, self._means, strict=True):
            votes[key] += size * mean
            sizes[key] += size
        return [
            (votes[key] - (size - _SMOOTH) * mean) / (sizes[key] - size + _SMOOTH)
            for key, size, mean in zip(keys, self._sizes, self._means, strict=True)
        ]

    def _shared(self, keys: Sequence[Hashable]) -> list[float]:
        """By piece, the part of all votes that its group has."""
        votes: defaultdict[Hashable, float] = defaultdict(float)
        for key, size, mean in zip(keys, self._sizes, self._means, strict=True):
            votes[key] += size * mean
        total = max(self._sums[-1], 1.0)
        return [votes[key] / total for key in keys]

    def _extent(self) -> tuple[int, int]:
        """The first and last line that most extractors took."""
        strong = [
            at
            for at, mean in enumerate(self._means)
            if mean >= _STRONG and len(self._page.pieces[at].text) >= _LINE
        ]
        return (strong[0], strong[-1]) if strong else (0, len(self._means) - 1)


def describe_piece(page: Page, at: int) -> Line:
    """What its words and signs say; next to nothing inside a page of very many pieces."""
    text, count = page.pieces[at].text[:_LONGEST], len(page.pieces)
    is_far = count > _MANY and _EDGE <= at < count - _EDGE
    return describe_roughly(text) if is_far else describe(text)


def _markup_marks(piece: Piece, mean: float) -> Iterator[Mark]:
    if piece.tag in HEADINGS:
        yield "heading", 1.0
    if piece.tag in _OWN_TAGS:
        yield piece.tag, 1.0
    if piece.tag == "li":
        yield "li votes", mean
    for tag in sorted(_TAGS & piece.within):
        yield f"in {tag}", 1.0
    yield from _hint_marks(piece)


def _hint_marks(piece: Piece) -> Iterator[Mark]:
    if HIDDEN in piece.within:
        yield "hidden", 1.0
    for hint in HINTS:
        if hint in piece.near:
            yield f"near {hint}", 1.0
        if hint in piece.within:
            yield f"in {hint}", 1.0


def _means(page: Page) -> list[float]:
    """By piece, the share of the extractors that took it."""
    votes = [page.votes[name] for name in page.voters]
    return [sum(column) / len(votes) for column in zip(*votes, strict=True)] if votes else []


def _find_headline(page: Page) -> int | None:
    """The place of the headline, else of the first h1."""
    key = parse_key(page.headline)
    h1s = [at for at, piece in enumerate(page.pieces) if piece.tag == "h1"]
    equal = [at for at in h1s if key and page.pieces[at].key == key]
    return next(iter(equal + h1s), None)


def _running(values: Iterable[float]) -> list[float]:
    sums = [0.0]
    for value in values:
        sums.append(sums[-1] + value)
    return sums
