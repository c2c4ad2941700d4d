"""What the articles of one publisher have in common: lines that it puts on every page.

Our own, measured by bench/clutter. A line that stands on several pages, whose texts differ
otherwise, belongs to the publisher's page and not to the article.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import blake2b

from tidings.model import Article, Block, Role
from tidings.text import fold

BODY = (Role.STANDFIRST, Role.BODY, Role.QUOTE_BOX)
_NUMBER = re.compile(r"\d+")
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
    headline: frozenset[str]  # its words

    @property
    def total(self) -> int:
        return sum(self.sizes.values())


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
        self._earlier.append(self._lines(article))

    def peel(self, article: Article) -> Article:
        """The article, its furniture in role footer. One that would have no body left stays."""
        counts = self._count(self._lines(article))
        blocks = [self._judge(article, block, counts) for block in article.blocks]
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

    def _judge(self, article: Article, block: Block, counts: Counter[bytes]) -> Block:
        if block.role not in BODY or block.end - block.start > self._options.longest:
            return block
        key = self._key(article.text[block.start : block.end])
        is_furniture = bool(key) and counts[key] + 1 >= self._options.pages
        return replace(block, role=Role.FOOTER) if is_furniture else block

    def _lines(self, article: Article) -> Lines:
        sizes: dict[bytes, int] = {}
        for block in article.blocks:
            if block.role is not Role.HEADLINE:
                key = self._key(article.text[block.start : block.end])
                if key:
                    sizes[key] = block.end - block.start
        return Lines(
            sizes=sizes, headline=frozenset(_MARKS.sub(" ", fold(article.headline)).split())
        )

    def _key(self, line: str) -> bytes:
        """Of the line folded and without marks; empty for one without a letter."""
        plain = _MARKS.sub(" ", fold(line)).strip()
        if len(line) <= self._options.numbered:
            plain = _NUMBER.sub("0", plain)
        if not any(sign.isalpha() for sign in plain):
            return b""
        return blake2b(plain.encode("utf-8", "replace"), digest_size=8).digest()
