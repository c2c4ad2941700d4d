"""How a page is laid out in pieces: between blank lines, from mark to mark, from address to
address, from headline to headline, or line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tidings.model import Role
from tidings.reading.cues import bare, get_cues
from tidings.reading.lines import describe
from tidings.reading.wrapping import LINK

_SITE = r"(?P<address>(?:https?://)?(?:www\.)?(?P<site>(?:[\w-]+\.)+[^\W\d_]{2,})(?:/[^\s)\]]*)?)"
_TAIL = re.compile(
    rf"[(\[]?(?P<words>[^\n.!?…]{{2,60}}?)[:\s]\s*<?{_SITE}>?[)\].…]*\s*$", re.IGNORECASE
)
MARK = re.compile(
    r"(?:\(?\d{1,2}[.)]\s+|[•·▪►▶●■◆○*–—-]\s+|\[?\d{1,2}[:.]\d\d\]?(?:\s?[ap]m)?\s*[-–—|:]?\s+)(?=\S)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Guarded by bench/plain."""

    fewest: int = 3  # pieces
    usual: float = 0.6  # of the pieces, from which a way of parting them is the page's
    texts: float = 1.5  # paragraphs of text in a piece, on the mean


DEFAULTS = Options()


def arrange(groups: Sequence[Sequence[str]]) -> list[list[str]]:
    """The paragraphs of each piece; what a site or mail says about itself apart from them."""
    return [part for group in _arrange(groups) for part in _without_frame(group)]


def _arrange(groups: Sequence[Sequence[str]]) -> list[list[str]]:
    """The paragraphs of one piece together: those between blank lines, where that is how the
    pieces are parted; else from mark to mark, from address to address, from headline to headline;
    else each by itself."""
    if _are_pieces(groups):
        return _merged(groups)
    flat = [paragraph for group in groups for paragraph in group]
    prose = sum(describe(each).is_prose for each in flat)
    least = max(DEFAULTS.fewest, DEFAULTS.usual * prose)
    marked = [at for at, each in enumerate(flat) if MARK.match(each)]
    closed = [at + 1 for at, each in enumerate(flat) if is_close(each)]
    headed = [at for at in range(len(flat) - 1) if is_head(flat[at]) and is_text(flat[at + 1])]
    if len(marked) >= least:
        return _cut(flat, [*marked, *closed])
    if len(closed) >= least:
        return _cut(flat, closed)
    if len(headed) >= least and len(headed) >= DEFAULTS.usual * (len(flat) - len(headed)):
        return _cut(flat, [*headed, *closed])
    return _merged([[each] for each in flat])


def _without_frame(group: Sequence[str]) -> Iterator[list[str]]:
    """What a site or mail says about itself apart from the piece."""
    inside: list[str] = []
    for paragraph in group:
        if describe(paragraph).fixed is Role.FOOTER and len(group) > 1:
            yield [paragraph]
        else:
            inside.append(paragraph)
    if inside:
        yield inside


def _are_pieces(groups: Sequence[Sequence[str]]) -> bool:
    """Most groups hold one text, with a headline above or an address below."""
    many = [group for group in groups if len(group) > 1]
    texts = [sum(map(is_text, group)) for group in many]
    framed = sum(
        is_close(group[-1]) or is_head(group[0]) or bool(MARK.match(group[0])) for group in many
    )
    return (
        len(many) >= max(DEFAULTS.fewest, len(groups) / 2)
        and framed >= DEFAULTS.usual * len(many)
        and sum(texts) <= DEFAULTS.texts * len(many)
    )


def _merged(groups: Sequence[Sequence[str]]) -> list[list[str]]:
    """An address that stands apart belongs to the piece above it."""
    merged: list[list[str]] = []
    for group in groups:
        if merged and is_close(group[0]) and len(group) == 1:
            merged[-1].extend(group)
        else:
            merged.append(list(group))
    return merged


def _cut(flat: Sequence[str], starts: Sequence[int]) -> list[list[str]]:
    bounds = sorted({0, *starts, len(flat)})
    return [list(flat[a:b]) for a, b in pairwise(bounds)]


def is_text(paragraph: str) -> bool:
    line = describe(paragraph)
    return not line.label and not line.fixed and (line.is_prose or line.size >= 100)


def is_head(paragraph: str) -> bool:
    line = describe(MARK.sub("", paragraph, count=1))
    return not line.label and not line.fixed and not line.is_prose and line.is_listed


def is_close(paragraph: str) -> bool:
    """An address by itself, or words that say where to read on by themselves."""
    tail = find_tail(paragraph)
    return bool(LINK.fullmatch(paragraph)) or (tail is not None and tail.start() == 0)


def find_tail(piece: str) -> re.Match[str] | None:
    """``Read more at example.org.``: at the end, and with the words for it."""
    start = max(0, len(piece) - 200)
    for match in re.finditer(r"(?:^|(?<=[.!?…\s\])\"”»]))(?=\S)", piece[start:]):
        found = _TAIL.match(piece, start + match.end())
        if found and get_cues().read_more.fullmatch(bare(found["words"])):
            return found
    return None
