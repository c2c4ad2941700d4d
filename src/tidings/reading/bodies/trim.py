"""Lines of the chosen body that their own words or links show to be none of it.

The fit of ``weights`` trusts votes over words where the markup is plain and all extractors take
everything. What a line says of itself is surer there. Our own, measured by bench/clutter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tidings.model import Role
from tidings.reading.bodies.marks import HEADINGS, Page, describe_piece
from tidings.reading.bodies.pieces import Piece
from tidings.reading.lines import Line, is_byline

_HELD = HEADINGS | {"blockquote", "table"}  # linked lines in them are parts of the text


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Guarded by bench/clutter, and by bench/extraction against losses."""

    linked: float = 0.9  # share of signs in links above which a line names another article
    notice: int = 200  # size from which a notice may be the text's own: it stays to the fit


DEFAULTS = Options()


def clutter(page: Page, body: Sequence[int]) -> Iterator[int]:
    """Those of the body's places, given in page order, that are none of it."""
    lines = [describe_piece(page, at) for at in body]
    prose = [at for at, line in zip(body, lines, strict=True) if line.is_prose]
    first, last = (prose[0], prose[-1]) if prose else (body[0], body[-1]) if body else (0, 0)
    for at, line in zip(body, lines, strict=True):
        piece = page.pieces[at]
        is_outer = not first < at < last
        if _is_labelled(line, is_outer=is_outer) or _names_another(piece, line, is_after=at > last):
            yield at


def _is_labelled(line: Line, *, is_outer: bool) -> bool:
    """A date by itself inside the text is a line of a list or a note, outside it a dateline."""
    if line.label or is_byline(line.text):
        return True
    if line.fixed is Role.DATELINE:
        return is_outer
    return line.fixed is not None and (line.fixed is not Role.FOOTER or line.size < DEFAULTS.notice)


def _names_another(piece: Piece, line: Line, *, is_after: bool) -> bool:
    """Nothing but a link and shaped like a headline; a list inside the text may be its own."""
    if piece.linked <= DEFAULTS.linked or not line.is_listed:
        return False
    return piece.tag not in _HELD and not piece.within & _HELD and (piece.tag != "li" or is_after)
