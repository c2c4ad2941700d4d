"""What stands between quotation marks, of any of the styles that news is printed in."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 4_000
"""Code points between two marks of one pair; more is a mark that was left open."""

_CLOSES = {
    "«": "»",
    "»": "«",
    "„": '“”"„',
    "‚": "‘’",
    "“": '”"',
    "”": "”",
    "‟": "”",
    "‘": "’",
    '"': '"“”',
    "'": "'",
    "‹": "›",
    "›": "‹",
    "「": "」",
    "『": "』",
    "《": "》",
    "〝": "〞",
}
_MARK = re.compile("''|``|’’|‘‘|,,(?=\\w)|[«»„‚“”‟‘’\"'‹›「」『』《》〝〞]")
_SAME = {"''": '"', "``": '"', "’’": '"', "‘‘": '"', ",,": "„"}
_ALWAYS_OPEN = frozenset("„‚「『《〝‟")
_ALWAYS_CLOSE = frozenset("」』》〞")
_BEFORE_OPENER = frozenset(" \t\n\u00a0([{—–-/:;,.…!?¿¡=>")
_SINGLE = frozenset("‘’'‚")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """``text[start:end]`` is with the marks, ``text[inner:stop]`` without."""

    start: int
    end: int
    inner: int
    stop: int
    depth: int  # 0: in no other pair of marks
    is_open: bool = False  # the paragraph ends before it does


@dataclass(slots=True)
class _Open:
    mark: str
    start: int
    inner: int


def find_marked(text: str, start: int, end: int) -> list[Marked]:
    """Of one paragraph, in order of their start. A mark without a partner is passed over, unless
    it opens the paragraph: then what it opens goes to the paragraph's end, and is open."""
    stack: list[_Open] = []
    found: list[tuple[int, int, int, int]] = []
    for match in _MARK.finditer(text, start, end):
        mark = _SAME.get(match.group(), match.group())
        _take(text, match.span(), mark, stack, found)
    spans = [_nest(span, found) for span in sorted(found)]
    is_left_open = bool(stack) and stack[0].start == start and stack[0].mark in '«„“"'
    if is_left_open and stack[0].inner < end and all(span[0] != start for span in found):
        first = stack[0]
        opened = Marked(
            start=first.start, end=end, inner=first.inner, stop=end, depth=0, is_open=True
        )
        spans = [opened, *(_deepen(one) for one in spans)]
    return spans


def _deepen(one: Marked) -> Marked:
    return Marked(start=one.start, end=one.end, inner=one.inner, stop=one.stop, depth=one.depth + 1)


def _take(
    text: str,
    place: tuple[int, int],
    mark: str,
    stack: list[_Open],
    found: list[tuple[int, int, int, int]],
) -> None:
    at, stop = place
    before = text[at - 1] if at else " "
    after = text[stop] if stop < len(text) else " "
    held = _find_held(mark, stack)
    if held is not None and _closes(mark, before, after):
        opened = stack[held]
        if at - opened.inner <= LONGEST and at > opened.inner:
            found.append((opened.start, stop, opened.inner, at))
        del stack[held:]
    elif _opens(mark, before, after, stack):
        stack.append(_Open(mark, at, stop))


def _find_held(mark: str, stack: list[_Open]) -> int | None:
    """The innermost open mark that this one can close."""
    for at in range(len(stack) - 1, -1, -1):
        if mark in _CLOSES[stack[at].mark]:
            return at
    return None


def _closes(mark: str, before: str, after: str) -> bool:
    if mark in _ALWAYS_CLOSE:
        return True
    if mark in _SINGLE:
        return not before.isspace() and not after.isalnum()
    if mark in '"„':  # opens as well
        return not before.isspace() and not (before in "([—–" and after.isalnum())
    if mark in "“”":
        return not (before.isspace() and after.isalnum())
    return not (mark in "«»" and before.isspace() and after.isalnum())


def _opens(mark: str, before: str, after: str, stack: list[_Open]) -> bool:
    if mark in _ALWAYS_OPEN:
        return not after.isspace()
    if mark == "«":
        return True
    if mark in _ALWAYS_CLOSE or mark == "’":
        return False
    is_begun = before in _BEFORE_OPENER or (mark != "»" and before in "«„“\"'‘")
    if mark == "»":  # opens in German and Danish, never in a text with «such»
        return is_begun and after.isalnum() and not stack
    if mark in "‘'":
        return is_begun and after.isalnum()
    return is_begun and not after.isspace()


def _nest(span: tuple[int, int, int, int], found: list[tuple[int, int, int, int]]) -> Marked:
    start, end, inner, stop = span
    depth = sum(other[0] < start and end <= other[1] for other in found)
    return Marked(start=start, end=end, inner=inner, stop=stop, depth=depth)
