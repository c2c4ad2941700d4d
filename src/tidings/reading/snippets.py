"""The digest splitter: snippets of several texts on one page, against one article in paragraphs.

Snippets do not follow one another: they break off, name their publisher, introduce the same people
anew, tell the same fact twice, and never start with "he" or "but". Our own, measured by
bench/plain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tidings.model import Role
from tidings.reading.cues import bare, get_cues
from tidings.reading.lines import describe
from tidings.reading.peel import Part
from tidings.reading.wrapping import line_groups, paragraphs
from tidings.text import CLOSERS, fold, is_dense, is_ended, words

_SITE = r"(?:https?://)?(?:www\.)?(?P<site>(?:[\w-]+\.)+[^\W\d_]{2,})(?:/\S*)?"
_TAIL = re.compile(
    rf"[(\[]?(?P<words>[^\n.!?…]{{2,60}}?)[:\s]\s*{_SITE}[)\].…]*\s*$", re.IGNORECASE
)
_NUMBERED = re.compile(r"^(?:\(?\d{1,2}[.)]\s+|[•·▪►*–—-]\s+)(?=\S)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Weights of the evidence and the sum from which a page is a digest: a logistic regression on
    2,000 articles of a day, with and without headline, and 500 digests put together from leads,
    rounded; less than one article in a hundred is split. Guarded by bench/plain."""

    fewest: int = 3  # snippets
    shortest: int = 60  # code points of a snippet
    cut_from: int = 100  # code points of one that breaks off: what is shorter may be a heading
    stem: int = 5  # first letters by which words are compared
    telling: int = 10  # words of a paragraph, from which it can tell the same
    back: int = 60  # earlier paragraphs looked at: the cost stays linear
    same: float = 0.4  # shared words of the shorter paragraph, from which it tells the same
    cut: float = 7.5  # share of paragraphs that break off, weighed
    more: float = 8.0  # share of paragraphs that name where they go on
    repeated: float = 6.0  # share of paragraphs that tell what an earlier one told
    apart: float = 2.0  # share of neighbours that have next to no word in common, weighed
    anew: float = 0.6  # share of paragraphs that introduce a known person in full again
    following: float = 4.5  # share of paragraphs that start by pointing back
    headed: float = 3.0  # a headline above them speaks for one article
    framed: float = 3.4  # so does each of dateline, byline, reading time and list of headlines
    least: float = 3.2


DEFAULTS = Options()

_INSIDE = (Role.HEADLINE, Role.STANDFIRST, Role.BODY, Role.QUOTE_BOX)
_FRAME = {Role.DATELINE, Role.BYLINE, Role.READING_TIME, Role.LATEST, Role.RELATED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """One snippet: what it says, and the tail that names the publisher, "" where none does."""

    body: str
    tail: str
    publisher: str | None  # as printed in the tail, lower case, without www.
    is_cut: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a page is a digest, and the evidence in one line."""

    is_digest: bool
    why: str


def split(text: str) -> tuple[Snippet, ...]:
    """Each paragraph that is not furniture as a snippet."""
    return tuple(_snippet(each) for each in _pieces(text) if not _is_furniture(each))


def judge(text: str, parts: Sequence[Part]) -> Verdict:
    """Weigh the evidence of the paragraphs; ``parts`` is what the peeler makes of the text."""
    outside = {part for role, part in parts if role not in _INSIDE}
    pieces = [each for each in _pieces(text) if each not in outside]
    headed = _is_headed(pieces)
    prose = [each for each in pieces[headed:] if len(each) >= DEFAULTS.shortest * _scale(each)]
    if len(prose) < DEFAULTS.fewest or len(prose) * 2 < len(pieces):
        return Verdict(is_digest=False, why="too few paragraphs that could be snippets")
    snippets = [_snippet(each) for each in prose]
    evidence = {
        "break off": DEFAULTS.cut * _cut(snippets),
        "name where to read on": DEFAULTS.more
        * _share(snippet.publisher is not None for snippet in snippets),
        "tell the same again": DEFAULTS.repeated * _repeated(prose),
        "have nothing in common with the next": DEFAULTS.apart * _apart(prose),
        "introduce a person again": DEFAULTS.anew * _anew(prose),
        "point back": -DEFAULTS.following * _following(prose),
        "stand under a headline": -DEFAULTS.headed * headed,
        "stand in the frame of a page": -DEFAULTS.framed
        * len(_FRAME & {role for role, _ in parts}),
    }
    total = sum(evidence.values())
    shown = ", ".join(f"{name} {value:+.2f}" for name, value in evidence.items() if value)
    return Verdict(is_digest=total >= DEFAULTS.least, why=f"{total:+.2f}: {shown or 'nothing'}")


def _pieces(text: str) -> list[str]:
    """Paragraphs; groups of lines where blank lines part what a tail closes."""
    groups = line_groups(text)
    closed = sum(_find_tail(group[-1]) is not None for group in groups if len(group) > 1)
    if closed * 2 >= len(groups) >= DEFAULTS.fewest:
        return ["\n".join(group) for group in groups]
    joined: list[str] = []
    for each in paragraphs(text):
        tail = _find_tail(each)
        if joined and tail is not None and tail.start() == 0:
            joined[-1] += "\n" + each
        else:
            joined.append(each)
    return joined


def _snippet(piece: str) -> Snippet:
    tail = _find_tail(piece)
    body = piece[: tail.start()].rstrip() if tail else piece
    body = _NUMBERED.sub("", body)
    return Snippet(
        body=body,
        tail=piece[tail.start() :].strip() if tail else "",
        publisher=tail["site"].lower().removeprefix("www.") if tail else None,
        is_cut=is_broken_off(body),
    )


def is_broken_off(text: str) -> bool:
    """No stop at its end, or dots that stand for the rest."""
    bare_end = text.rstrip().rstrip(CLOSERS).rstrip("] [)")
    return not is_ended(text) or bare_end.endswith(("…", "..."))


def _find_tail(piece: str) -> re.Match[str] | None:
    """``Read more at example.org.``: at the end, and with the words for it."""
    start = max(0, len(piece) - 140)
    for match in re.finditer(r"(?:^|(?<=[.!?…\s\])\"”»]))(?=\S)", piece[start:]):
        found = _TAIL.match(piece, start + match.end())
        if found and get_cues().read_more.fullmatch(bare(found["words"])):
            return found
    return None


def _is_furniture(piece: str) -> bool:
    line = describe(piece)
    return bool(line.label or line.fixed) or len(piece) < 25


def _scale(text: str) -> float:
    return 0.4 if is_dense(text) else 1.0


def _share(flags: Iterable[bool]) -> float:
    values = list(flags)
    return sum(values) / len(values) if values else 0.0


def _cut(snippets: Sequence[Snippet]) -> float:
    """The share of long ones before the last that break off in a word or at a comma."""
    cut = [each.body.rstrip() for each in snippets[:-1] if each.is_cut]
    long = [body for body in cut if len(body) >= DEFAULTS.cut_from * _scale(body)]
    return sum(body[-1:].isalnum() or body[-1:] in ",;" for body in long) / len(snippets)


def _is_headed(pieces: Sequence[str]) -> bool:
    if not pieces:
        return False
    line = describe(pieces[0])
    return not line.is_prose and not line.is_ended and 3 <= line.words <= 18


def _stems(piece: str) -> list[str]:
    found = (fold(piece[a:b]) for a, b in words(piece))
    return [word[: DEFAULTS.stem] for word in found if len(word) >= 4]


def _repeated(prose: Sequence[str]) -> float:
    """The share of paragraphs most of whose words an earlier one holds."""
    sets = [set(_stems(piece)) for piece in prose]
    hits = sum(
        any(_is_same(own, other) for other in sets[max(0, at - DEFAULTS.back) : at])
        for at, own in enumerate(sets)
        if at
    )
    return hits / len(sets)


def _apart(prose: Sequence[str]) -> float:
    """The share of neighbours with at most one word in common."""
    pairs = list(pairwise(set(_stems(piece)) for piece in prose))
    return sum(len(one & other) <= 1 for one, other in pairs) / max(1, len(pairs))


def _is_same(one: set[str], other: set[str]) -> bool:
    smaller = min(len(one), len(other))
    return smaller >= DEFAULTS.telling and len(one & other) >= DEFAULTS.same * smaller


def _anew(prose: Sequence[str]) -> float:
    """Of the paragraphs, those that give a known person's full name less those that give the
    last word of it alone, as one article does."""
    known: set[tuple[str, str]] = set()
    total = 0
    for piece in prose:
        pairs = _pairs(piece)
        full = bool(pairs & known)
        here = {stem for pair in pairs for stem in pair}
        lasts = {last for _, last in known} - here
        total += full or -bool(lasts & set(_capitals(piece)))
        known |= pairs
    return total / len(prose)


def _capitals(piece: str) -> list[str]:
    found = (piece[a:b] for a, b in words(piece))
    return [fold(w)[: DEFAULTS.stem] for w in found if w[:1].isupper() and not w.isupper()]


def _pairs(piece: str) -> set[tuple[str, str]]:
    """Two capitalised words in a row."""
    pairs = set()
    for (a, b), (c, d) in pairwise(words(piece)):
        first, second = piece[a:b], piece[c:d]
        titled = first[:1].isupper() and second[:1].isupper()
        if piece[b:c] == " " and titled and not first.isupper() and not second.isupper():
            pairs.add((fold(first)[: DEFAULTS.stem], fold(second)[: DEFAULTS.stem]))
    return pairs


def _following(prose: Sequence[str]) -> float:
    """The share of paragraphs, the first left out, that start with a word that points back, a
    dash of speech or a quotation."""
    anaphora = get_cues().anaphora
    hits = 0
    for piece in prose[1:]:
        start = _NUMBERED.sub("", piece)
        found = words(start[:40])
        first = bare(start[found[0][0] : found[0][1]]) if found else ""
        hits += first in anaphora or start[:1] in "\"«„“‘'—–-"
    return hits / max(1, len(prose) - 1)
