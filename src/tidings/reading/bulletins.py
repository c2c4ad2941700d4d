"""Newsletters: the items of a mail that lists articles, each with headline, text and address.

Told by its markup: three or more headlines that each lead to an address of their own, with text
beneath them that makes up most of the mail. Our own, held by tests/reading/test_mails.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tidings.reading.lines import describe
from tidings.reading.prose import Paragraph, unwrap
from tidings.text import is_dense


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Sizes in code points, of scripts with spaces between words."""

    fewest: int = 3  # items
    longest_headline: int = 200
    shortest_headline: int = 15
    shortest_body: int = 40
    covered: float = 0.8  # share of a headline that its link covers
    told: float = 0.5  # share of the mail's text that is in items


DEFAULTS = Options()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    headline: str
    body: str  # paragraphs parted by blank lines
    url: str  # as linked to: may be a redirector's


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletin:
    items: tuple[Item, ...]
    before: tuple[Paragraph, ...]  # what stands above the first item


def find_bulletin(paragraphs: Sequence[Paragraph]) -> Bulletin | None:
    """None of a mail that is one text."""
    counted = Counter(each.text for each in paragraphs)
    repeated = frozenset(text for text, count in counted.items() if count > 1)
    starts = [at for at in range(len(paragraphs)) if _is_start(paragraphs, at, repeated)]
    if len(starts) < DEFAULTS.fewest:
        return None
    spans = list(zip(starts, [*starts[1:], len(paragraphs)], strict=True))
    groups = [(paragraphs[start], paragraphs[start + 1 : end]) for start, end in spans]
    most = max((len(_kept(rest)) for _, rest in groups[:-1]), default=0)
    items = []
    for number, (head, rest) in enumerate(groups, start=1):
        kept = _kept(rest)[: most if number == len(groups) else None]
        item = Item(
            headline=" ".join(head.text.split()),
            body="\n\n".join(each.text for each in kept),
            url=_address(head, rest) or "",
        )
        items += [item] if item.url and _size(item.body) >= DEFAULTS.shortest_body else []
    told = sum(len(item.headline) + len(item.body) for item in items)
    is_told = told >= DEFAULTS.told * sum(len(each.text) for each in paragraphs)
    if not is_told or len({item.url for item in items}) < DEFAULTS.fewest:
        return None
    return Bulletin(items=tuple(items), before=tuple(paragraphs[: starts[0]]))


def _is_start(paragraphs: Sequence[Paragraph], at: int, repeated: frozenset[str]) -> bool:
    """A headline by its form, with text beneath it that is none."""
    each = paragraphs[at]
    if not DEFAULTS.shortest_headline <= _size(each.text) <= DEFAULTS.longest_headline:
        return False
    if each.text in repeated or not (each.is_heading or _is_linked(each)):
        return False
    if describe(each.text).fixed or at + 1 == len(paragraphs):
        return False
    beneath = paragraphs[at + 1]
    return not (beneath.is_heading or _is_linked(beneath))


def _kept(rest: Sequence[Paragraph]) -> list[Paragraph]:
    """Without links that only lead on, and lines that are furniture anywhere."""
    lines = (each for each in rest if not _is_linked(each))
    return [each for each in lines if not (describe(each.text).fixed or describe(each.text).label)]


def _address(head: Paragraph, rest: Sequence[Paragraph]) -> str | None:
    return next((unwrap(link) for each in (head, *rest) for _, link in each.links), None)


def _is_linked(each: Paragraph) -> bool:
    """Whether one address is behind nearly all of it."""
    first = each.links[0][1] if each.links else None
    covered = sum(len(anchor) for anchor, link in each.links if link == first)
    return covered >= DEFAULTS.covered * len(" ".join(each.text.split()))


def _size(text: str) -> float:
    return len(text) * (2.5 if is_dense(text) else 1)
