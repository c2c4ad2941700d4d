"""What the articles of one publisher have in common: lines that it puts on every page.

Our own, measured by bench/clutter. A line that stands on several pages, whose texts differ
otherwise, belongs to the publisher's page and not to the article.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

from tidings.model import Article, Block, Role

BODY = (Role.STANDFIRST, Role.BODY, Role.QUOTE_BOX)
_NUMBER = re.compile(r"\d+(?:[.,:\s]\d+)*")
_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class HabitOptions:
    """Guarded by bench/clutter."""

    earlier: int = 20  # articles of the publisher that are looked back on
    pages: int = 3  # that hold a line, this one among them, make it furniture
    longest: int = 400  # code points of such a line
    numbered: int = 60  # code points up to which lines that differ in figures only are the same
    alike: float = 0.5  # of the signs of two articles in common, and of the words of their
    # headlines: one is a copy or version of the other
    same: float = 0.8  # of the signs in common: it is, whatever the headlines say


DEFAULTS = HabitOptions()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """An article's lines outside its headline, by key, with their sizes in code points."""

    sizes: dict[bytes, int]
    total: int  # of the sizes
    headline: frozenset[str]  # its words


def find_outlet(article: Article) -> str | None:
    """By what the articles of one publisher are told: its domain, else its name."""
    return article.domain or article.publisher


class Habits:
    """The last articles of one publisher. What it says of an article depends on those alone."""

    def __init__(self, articles: Iterable[Article] = (), options: HabitOptions = DEFAULTS) -> None:
        self._options = options
        self._earlier: deque[Lines] = deque(maxlen=options.earlier)
        for article in articles:
            self.learn(article)

    def learn(self, article: Article) -> None:
        self._earlier.append(_gather(article, self._find_keys(article)))

    def peel(self, article: Article) -> Article:
        """The article, its furniture in role footer. One that would have no body left stays."""
        keys = self._find_keys(article)
        counts = self._count(_gather(article, keys))
        blocks = [
            replace(block, role=Role.FOOTER)
            if self._may_be(block) and counts[key] + 1 >= self._options.pages
            else block
            for block, key in zip(article.blocks, keys, strict=True)
        ]
        if tuple(blocks) == article.blocks or not any(block.role in BODY for block in blocks):
            return article
        seen = sum(old != new for old, new in zip(article.blocks, blocks, strict=True))
        ground = f"{seen} seen on other pages of the publisher"
        kept = [g for g in article.grounds if g[0] != "blocks"]
        old_ground = next((g[1] for g in article.grounds if g[0] == "blocks"), "")
        why = f"{old_ground}; {ground}" if old_ground else ground
        grounds = tuple(sorted((*kept, ("blocks", why))))
        return replace(article, blocks=tuple(blocks), grounds=grounds)

    def _count(self, own: Lines) -> Counter[bytes]:
        """How many earlier articles have each line; its copies and versions tell nothing."""
        counts: Counter[bytes] = Counter()
        for lines in self._earlier:
            common = own.sizes.keys() & lines.sizes.keys()
            if common and not self._are_copies(own, lines, common):
                counts.update(common)
        return counts

    def _are_copies(self, a: Lines, b: Lines, common: set[bytes]) -> bool:
        shared = sum(a.sizes[key] for key in common)
        least = min(a.total, b.total)
        if shared < self._options.alike * least:
            return False
        words = len(a.headline & b.headline)
        is_retitled = words < self._options.alike * min(len(a.headline), len(b.headline))
        return shared >= self._options.same * least or not is_retitled

    def _may_be(self, block: Block) -> bool:
        return block.role in BODY and block.end - block.start <= self._options.longest

    def _find_keys(self, article: Article) -> list[bytes]:
        """Of each block."""
        return [self._key(article.text[block.start : block.end]) for block in article.blocks]

    def _key(self, line: str) -> bytes:
        """Of the line in small letters, without marks; empty for one without a letter."""
        is_short = len(line) <= self._options.numbered
        plain = _plain(_NUMBER.sub("0", line) if is_short else line)
        if not any(sign.isalpha() for sign in plain):
            return b""
        return blake2b(plain.encode("utf-8", "replace"), digest_size=8).digest()


def _gather(article: Article, keys: Sequence[bytes]) -> Lines:
    sizes = {
        key: block.end - block.start
        for block, key in zip(article.blocks, keys, strict=True)
        if key and block.role is not Role.HEADLINE
    }
    words = frozenset(_plain(article.headline).split())
    return Lines(sizes=sizes, total=sum(sizes.values()), headline=words)


def _plain(line: str) -> str:
    return _MARKS.sub(" ", line.casefold()).strip()
