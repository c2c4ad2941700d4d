"""Paragraphs of plain text: lines, or what a mailer broke into lines, joined again."""

from __future__ import annotations

from dataclasses import dataclass

from tidings.text import is_ended


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """A mailer breaks at 65 to 80 columns (RFC 3676, section 4.2)."""

    widest: int = 90  # a page with a longer line is not broken by a mailer
    filled: int = 45  # a broken line is not shorter
    share: float = 0.6  # of the lines that another follows at once, that are filled


DEFAULTS = Options()


def paragraphs(text: str) -> list[str]:
    """In order, none empty, without the space around them."""
    groups = line_groups(text)
    if not _is_wrapped(groups):
        return [line for group in groups for line in group]
    return [paragraph for group in groups for paragraph in _join(group)]


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
    inner = [line for group in groups for line in group[:-1]]
    if len(inner) < 3 or max(len(line) for group in groups for line in group) > DEFAULTS.widest:
        return False
    filled = [line for line in inner if len(line) >= DEFAULTS.filled and not is_ended(line)]
    return len(filled) >= DEFAULTS.share * len(inner)


def _join(group: list[str]) -> list[str]:
    """A line that is not filled, before the last one, ends a paragraph."""
    joined: list[str] = []
    goes_on = False
    for line in group:
        if goes_on:
            joined[-1] += " " + line
        else:
            joined.append(line)
        goes_on = len(line) >= DEFAULTS.filled
    return joined
