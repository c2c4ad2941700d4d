"""Whether a page is a digest: snippets of several texts against one article in paragraphs.

Snippets do not follow one another: they break off, name their publisher, introduce the same people
anew, tell the same fact twice, and never start with "he" or "but". Our own, measured by
bench/plain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tidings.model import Role
from tidings.reading.cues import bare, get_cues
from tidings.reading.lines import describe
from tidings.reading.peel import Part, stems
from tidings.reading.snippets import Snippet, is_telling, is_whole
from tidings.text import fold, is_dense, sentences, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Weights of the evidence and the sum from which a page is a digest: a logistic regression on
    1,800 articles of a day, with and without headline, and 1,000 digests put together from leads,
    rounded; one article in two hundred is split. Guarded by bench/plain."""

    fewest: int = 3  # snippets
    shortest: int = 60  # code points of a snippet
    cut_from: int = 100  # code points of one that breaks off: what is shorter may be a heading
    stem: int = 5  # first letters by which names are compared
    telling: int = 10  # words of a paragraph, from which it can tell the same
    back: int = 60  # earlier paragraphs looked at: the cost stays linear
    same: float = 0.4  # shared words of the shorter paragraph, from which it tells the same
    cut: float = 4.8  # share of pieces that break off, weighed
    more: float = 3.5  # share of pieces that name their publisher or where they go on
    own: float = 2.2  # share of pieces with a headline of their own
    marked: float = 2.2  # share of pieces with a number, bullet or time before them
    repeated: float = 4.4  # share of pieces that tell what an earlier one told
    apart: float = 2.5  # share of neighbours that have next to no word in common
    anew: float = 1.1  # share of pieces that introduce a known person in full again
    new: float = 1.7  # share of pieces that introduce a new person in full
    following: float = 3.7  # share of pieces that start by pointing back
    long: float = 7.3  # share of pieces of more than three sentences
    brief: float = 1.0  # share of pieces shorter than ``brief_below``
    brief_below: int = 110  # code points
    headed: float = 2.5  # a headline above them speaks for one article
    framed: float = 1.5  # so does each of dateline, byline, reading time and list of headlines
    titled: float = 3.0  # a title that says "digest" speaks against one
    least: float = 3.0


DEFAULTS = Options()

_INSIDE = (Role.HEADLINE, Role.STANDFIRST, Role.BODY, Role.QUOTE_BOX)
_KEY = 40  # code points at the end by which a part and a piece are matched
_FRAME = {Role.DATELINE, Role.BYLINE, Role.READING_TIME, Role.LATEST, Role.RELATED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a page is a digest, and the evidence in one line."""

    is_digest: bool
    why: str


def judge(found: Sequence[Snippet], parts: Sequence[Part], title: str = "") -> Verdict:
    """Weigh the evidence of a text's pieces; ``parts`` is what the peeler makes of the text,
    ``title`` what stands above it as the subject of a mail."""
    ends = {end for each in found if is_whole(each) for end in _ends(each)}
    outside = {part for role, part in parts if role not in _INSIDE and part[-_KEY:] not in ends}
    pieces = [each for each in found if is_whole(each) or each.body not in outside]
    above = _find_headline(pieces)
    first = int(bool(above) and pieces[0].body == above)
    told = [each for each in pieces[first:] if is_telling(each) and _is_long(each)]
    if len(told) < DEFAULTS.fewest or len(told) * 2 < len(pieces):
        return Verdict(is_digest=False, why="too few paragraphs that could be snippets")
    evidence = weigh(told)
    evidence["stand under a headline"] = -DEFAULTS.headed * bool(above)
    evidence["stand under a title of digests"] = DEFAULTS.titled * _is_digest(f"{title}\n{above}")
    frame = {role for role, part in parts if role in _FRAME and part in outside}
    evidence["stand in the frame of a page"] = -DEFAULTS.framed * len(frame)
    total = sum(evidence.values())
    shown = ", ".join(f"{name} {value:+.2f}" for name, value in evidence.items() if value)
    return Verdict(is_digest=total >= DEFAULTS.least, why=f"{total:+.2f}: {shown or 'nothing'}")


def weigh(told: Sequence[Snippet]) -> dict[str, float]:
    """What the pieces themselves say."""
    prose = [each.body for each in told]
    return {
        "break off": DEFAULTS.cut * _cut(told),
        "name where to read on": DEFAULTS.more
        * _share(each.publisher is not None for each in told),
        "have headlines of their own": DEFAULTS.own * _share(bool(each.headline) for each in told),
        "are marked": DEFAULTS.marked * _share(each.is_marked for each in told),
        "tell the same again": DEFAULTS.repeated * _repeated(prose),
        "have nothing in common with the next": DEFAULTS.apart * _apart(prose),
        "introduce a person again": DEFAULTS.anew * _anew(prose),
        "introduce a new person": DEFAULTS.new * _new(prose),
        "run on": -DEFAULTS.long * _share(len(sentences(text)) > 3 for text in prose),
        "are brief": -DEFAULTS.brief * _share(len(text) < DEFAULTS.brief_below for text in prose),
        "point back": -DEFAULTS.following * _following(prose),
    }


def _ends(piece: Snippet) -> Iterator[str]:
    for text in (piece.headline, piece.body, *piece.tail.split("\n")):
        yield text[-_KEY:]
    yield f"{piece.body} {piece.tail}"[-_KEY:]


def _find_headline(pieces: Sequence[Snippet]) -> str:
    """What stands above all of them: a first piece that is a headline, or a headline that only
    the first piece has."""
    if not pieces:
        return ""
    if pieces[0].headline and sum(bool(each.headline) for each in pieces) * 2 <= len(pieces):
        return pieces[0].headline
    line = describe(pieces[0].body)
    free = not pieces[0].headline and not pieces[0].tail and not pieces[0].is_marked
    is_headline = not line.is_prose and not line.is_ended and 3 <= line.words <= 25
    return pieces[0].body if free and is_headline else ""


def _is_digest(title: str) -> bool:
    return bool(get_cues().digest.search(fold(title)))


def _is_long(piece: Snippet) -> bool:
    return len(piece.body) >= DEFAULTS.shortest * _scale(piece.body)


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


def _repeated(prose: Sequence[str]) -> float:
    """The share of paragraphs most of whose words an earlier one holds."""
    sets = [stems(piece) for piece in prose]
    hits = sum(
        any(_is_same(own, other) for other in sets[max(0, at - DEFAULTS.back) : at])
        for at, own in enumerate(sets)
        if at
    )
    return hits / len(sets)


def _apart(prose: Sequence[str]) -> float:
    """The share of neighbours with at most one word in common."""
    pairs = list(pairwise(map(stems, prose)))
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


def _new(prose: Sequence[str]) -> float:
    """The share of pieces after the first with a full name that none before them has."""
    known: set[tuple[str, str]] = set()
    hits = 0
    for at, piece in enumerate(prose):
        pairs = _pairs(piece)
        hits += bool(at and pairs - known)
        known |= pairs
    return hits / max(1, len(prose) - 1)


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
    for start in prose[1:]:
        found = words(start[:40])
        first = bare(start[found[0][0] : found[0][1]]) if found else ""
        hits += first in anaphora or start[:1] in "\"«„“‘'—–-"
    return hits / max(1, len(prose) - 1)
