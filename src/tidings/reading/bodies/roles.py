"""What each piece of a page is: body, what belongs to it, or what stands around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tidings.model import Role
from tidings.reading.bodies.marks import HEADINGS, Page, describe_piece
from tidings.reading.bodies.pieces import Piece
from tidings.reading.bodies.trim import clutter
from tidings.reading.byline import is_byline
from tidings.reading.lines import Line
from tidings.reading.lines import is_byline as is_said_byline
from tidings.reading.markup import parse_key

Part = tuple[Role, str]

NEAR = 12  # pieces between a headline and the first paragraph under it
LONGEST_LEAD = 1_200  # code points
SHORTEST_SUMMARY = 40  # letters by which a summary is known
KNOWN_BY = 60
_APART = frozenset(("nav", "footer", "aside", "form"))
_MARKED = {
    ".caption": Role.CAPTION,
    "figure": Role.CAPTION,
    "figcaption": Role.CAPTION,
    ".advertising": Role.ADVERTISING,
    "aside": Role.RELATED,
    ".apart": Role.RELATED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of the page beside its pieces."""

    headline: str
    summary: str
    names: Sequence[str]  # of the byline and the publisher


def assign_roles(page: Page, scores: Sequence[float], known: Known) -> Iterator[Part]:
    """In page order; what is neither body nor between headline and the body's end nor taken by any
    extractor is left out, and so is the headline where it is repeated. Nothing where no extractor
    takes a piece of the body."""
    headline = parse_key(known.headline)
    repeated = {at for at, piece in enumerate(page.pieces) if _is_repeated(piece, headline)}
    chosen = [at for at, score in enumerate(scores) if score > 0 and at not in repeated]
    body = sorted(set(chosen).difference(clutter(page, chosen))) or chosen
    held = set(body)
    taken = [any(column) for column in zip(*page.votes.values(), strict=True)]
    if not any(taken[at] for at in body):
        return
    start = max((at for at in repeated if body[0] - NEAR < at < body[0]), default=body[0])
    lead = _find_lead(page, body, known)
    for at, piece in enumerate(page.pieces):
        if at in repeated:
            continue
        if at == lead or at in held:
            yield _choose_body_role(piece, known, is_lead=at == lead), piece.text
        elif start < at < body[-1] or taken[at]:
            yield _choose_outer_role(piece, describe_piece(page, at), known), piece.text


def _is_repeated(piece: Piece, headline: str) -> bool:
    """Whether it is the headline once more, or no word at all."""
    return not piece.key or piece.key == headline


def _choose_body_role(piece: Piece, known: Known, *, is_lead: bool) -> Role:
    if is_lead:
        return Role.STANDFIRST
    if is_byline(piece.text, known.names):
        return Role.BYLINE
    return Role.QUOTE_BOX if "blockquote" in piece.within else Role.BODY


def _choose_outer_role(piece: Piece, line: Line, known: Known) -> Role:
    """By the words of the line, else by the markup around it."""
    if line.label or line.fixed:
        return line.label or line.fixed or Role.FOOTER
    if is_byline(piece.text, known.names) or is_said_byline(piece.text):
        return Role.BYLINE
    for mark, role in _MARKED.items():
        if mark in piece.near or piece.tag == mark:
            return role
    return Role.RELATED if line.is_listed and piece.linked > 0.5 else Role.FOOTER


def _find_lead(page: Page, body: Sequence[int], known: Known) -> int | None:
    """The standfirst: a paragraph up to the first of the body that the page's own summary repeats,
    else the first where markup sets it apart from the second."""
    summary = parse_key(known.summary)[:KNOWN_BY]
    for at in range(body[0] + 1) if len(summary) >= SHORTEST_SUMMARY else ():
        piece = page.pieces[at]
        if piece.key.startswith(summary) and not piece.within & _APART:
            return at if len(piece.text) <= LONGEST_LEAD else None
    first = page.pieces[body[0]]
    after = page.pieces[body[1]] if len(body) > 1 else None
    if after is None or len(first.text) > LONGEST_LEAD or first.kind == after.kind:
        return None
    return body[0] if ".lead" in first.near - after.near or first.tag in HEADINGS else None
