"""Whom to ask for the body: two cheap extractors first, dearer ones where they disagree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from tidings.extractors.html.libraries import LIBRARIES, Source
from tidings.reading.bodies.pieces import Piece
from tidings.reading.bodies.votes import Votes, count_votes

LANE = ("resiliparse",)
CHEAP = ("fast", "resiliparse")
DEAR = ("justext", "standard")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Guarded by bench/extraction: from .7 to .97 of agreement its F1 hardly changes."""

    agreement: float = 0.7  # of the signs that either took, the share that both did
    fast: int = 30_000  # elements of a page above which resiliparse alone is asked
    dear: int = 10_000  # elements above which the dearer ones are not


def vote(source: Source, pieces: Sequence[Piece], gate: Gate | None) -> Votes:
    """``gate`` None: resiliparse alone."""
    size = sum(1 for _ in source.tree.iter(etree.Element))
    if gate is None or size > gate.fast:
        return _ask(source, pieces, LANE)
    votes = _ask(source, pieces, CHEAP)
    if size > gate.dear or _agreement(pieces, votes) >= gate.agreement:
        return votes
    return {**votes, **_ask(source, pieces, DEAR)}


def _ask(source: Source, pieces: Sequence[Piece], names: Sequence[str]) -> Votes:
    return count_votes(pieces, {name: LIBRARIES[name](source) for name in names})


def _agreement(pieces: Sequence[Piece], votes: Votes) -> float:
    """Headlines aside: where nothing else is taken, nothing is agreed on."""
    both = either = 0
    for at, piece in enumerate(pieces):
        if piece.tag == "h1":
            continue
        taken = [row[at] for row in votes.values()]
        both += len(piece.text) * all(taken)
        either += len(piece.text) * any(taken)
    return both / either if either else 0.0
