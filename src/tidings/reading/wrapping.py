"""Paragraphs of plain text: lines, or what a mailer broke into lines, joined again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from tidings.text import is_ended

LINK = re.compile(r"[<(\[]?(?P<address>(?:https?://|www\.)[^\s<>\"«»“”]+?)[>)\]]?", re.IGNORECASE)
"""An address and nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """A mailer breaks at 65 to 80 columns (RFC 3676, section 4.2)."""

    widest: int = 90  # a page with a longer line is not broken by a mailer
    filled: int = 45  # a broken line is not shorter
    strict: float = 0.8  # of such lines without room for the next word: all are held to it then
    share: float = 0.6  # of the lines that another follows at once, that are filled


DEFAULTS = Options()


def paragraphs(text: str) -> list[str]:
    """In order, none empty, without the space around them."""
    return [paragraph for group in paragraph_groups(text) for paragraph in group]


def paragraph_groups(text: str) -> list[list[str]]:
    """The paragraphs between blank lines; an address alone on its line is one."""
    groups = line_groups(text)
    if not _is_wrapped(groups):
        return groups
    width = max(len(line) for group in groups for line in group if not LINK.fullmatch(line))
    pairs = [pair for group in groups for pair in pairwise(group)]
    full = sum(_is_full(line, after, width) for line, after in pairs)
    strict = width if full >= DEFAULTS.strict * len(pairs) else 0
    return [_join(group, strict) for group in groups]


def line_groups(text: str) -> list[list[str]]:
    """The runs of lines between blank lines."""
    groups: list[list[str]] = [[]]
    for raw in text.split("\n"):
        line = raw.strip()
        if line:
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def _is_wrapped(groups: list[list[str]]) -> bool:
    held = [[line for line in group if not LINK.fullmatch(line)] for group in groups]
    inner = [line for group in held for line in group[:-1]]
    if len(inner) < 3 or max(len(line) for group in held for line in group) > DEFAULTS.widest:
        return False
    filled = [line for line in inner if len(line) >= DEFAULTS.filled and not is_ended(line)]
    return len(filled) >= DEFAULTS.share * len(inner)


def _is_full(line: str, after: str, width: int) -> bool:
    """The next line's first word would not have fitted."""
    return len(line) + 1 + len(after.partition(" ")[0]) > width


def _join(group: list[str], width: int) -> list[str]:
    """A line that is not filled, before the last one, ends a paragraph: one shorter than breaks
    usually are, or, where the page's width is known, one that had room for the next word."""
    joined: list[str] = []
    goes_on = False
    for line, after in zip_longest(group, group[1:], fillvalue=""):
        if goes_on and not LINK.fullmatch(line):
            joined[-1] += " " + line
        else:
            joined.append(line)
        goes_on = len(line) >= DEFAULTS.filled and not LINK.fullmatch(line)
        goes_on = goes_on and (not width or _is_full(line, after, width))
    return joined
