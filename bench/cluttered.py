"""Pages of known parts for bench/clutter: articles of the day with clutter around and inside them.

The clutter is of three kinds: lines that stand in three or more articles of the same publisher
(real furniture), headlines of other articles of that publisher with and without labels and times,
and lines of our own writing (bench/phrasings.toml). Nothing of it comes from the cue files.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import random
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import Any

from tidings.text import is_ended, tidy

TUNED = frozenset(("ru", "en", "uk", "de", "fr", "es"))
HERE = Path(__file__).parent
NAMES = ("Maria Lindqvist", "Ann Lee", "Jutta Brandis", "Pavel Novak", "Irina Lapteva")


@dataclass(frozen=True, kw_only=True)
class Part:
    """A line, and what it is: 'headline', 'body', or a kind of clutter."""

    kind: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Site:
    """A publisher's day in one language."""

    name: str
    language: str
    headlines: list[str]
    furniture: list[str]  # lines in three or more of its articles
    articles: list[tuple[str, list[str]]]  # clean ones: headline and lines


@dataclass(frozen=True, kw_only=True)
class Built:
    """A page of known parts. ``group``: 'tuned', 'held sites' or 'held languages'."""

    group: str
    language: str
    headline: str
    parts: tuple[Part, ...]
    gap: str = "\n\n"
    site: Site | None = None

    @property
    def text(self) -> str:
        return self.gap.join(part.text for part in self.parts)

    @property
    def body(self) -> list[str]:
        return [part.text for part in self.parts if part.kind == "body"]

    @property
    def clutter(self) -> list[Part]:
        return [part for part in self.parts if part.kind not in ("body", "headline")]


def read_sites(path: Path, languages: Iterable[str]) -> list[Site]:
    wanted = set(languages)
    groups: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            if row["lang"] in wanted and row["site"]:
                groups[row["site"], row["lang"]].append(row)
    return [_site(*key, rows) for key, rows in sorted(groups.items()) if len(rows) >= 8]


def _site(name: str, language: str, rows: list[dict[str, Any]]) -> Site:
    texts = [
        [line for line in map(str.strip, tidy(row["text"]).split("\n")) if line] for row in rows
    ]
    counts = Counter(line for lines in texts for line in set(lines))
    headlines = list(dict.fromkeys(" ".join(tidy(row["title"] or "").split()) for row in rows))
    headlines = [headline for headline in headlines if 20 <= len(headline) <= 160]
    listed = {*headlines, *(line for line, count in counts.items() if count > 1)}
    articles = [
        (" ".join(tidy(row["title"] or "").split()), lines)
        for row, lines in zip(rows, texts, strict=True)
        if row["title"] and _is_clean(lines, listed)
    ]
    furniture = [
        line for line, count in counts.items() if count >= 3 and _is_furniture(line, count)
    ]
    return Site(
        name=name,
        language=language,
        headlines=headlines,
        furniture=sorted(furniture)[:40],
        articles=articles,
    )


def _is_clean(lines: list[str], listed: set[str]) -> bool:
    """Text and nothing else, as far as can be told without cues: three paragraphs or more, what
    does not end in a stop only between two that do, nothing repeated, no other headline."""
    if not 3 <= len(lines) <= 40 or listed & set(lines):
        return False
    ended = [is_ended(line) and len(line) >= 40 for line in lines]
    if not (ended[0] and ended[-1]) or sum(ended) < 0.7 * len(lines):
        return False
    return all(one or other for one, other in pairwise(ended))


def _is_furniture(line: str, count: int) -> bool:
    """Repeated prose is often the background of the day's story, so it has to be very common."""
    if sum(sign.isalpha() for sign in line) < 3 or len(line) > 300:
        return False
    is_sentence = is_ended(line) and len(line) >= 60
    return not is_sentence or count >= 12 or any(sign in line for sign in "©@#")


def group_of(site: Site) -> str:
    if site.language not in TUNED:
        return "held languages"
    digest = hashlib.blake2b(site.name.encode(), digest_size=4).digest()
    return "tuned" if digest[0] % 2 else "held sites"


def build(sites: list[Site], count: int, seed: int) -> Iterator[Built]:
    """``count`` pages a group, drawn over the publishers."""
    phrasings = tomllib.loads((HERE / "phrasings.toml").read_text(encoding="utf-8"))
    useful = [site for site in sites if site.articles and len(site.headlines) >= 12]
    for group in ("tuned", "held sites", "held languages"):
        draw = random.Random(f"{group} {seed}")  # noqa: S311 - a fixed draw, no secret
        held = [site for site in useful if group_of(site) == group]
        for _ in range(count if held else 0):
            language = draw.choice(sorted({site.language for site in held}))
            site = draw.choice([site for site in held if site.language == language])
            yield _page(site, group, phrasings[language], draw)


def earlier(page: Built, count: int) -> Iterator[Built]:
    """Other pages of its publisher, made in the same way."""
    phrasings = tomllib.loads((HERE / "phrasings.toml").read_text(encoding="utf-8"))
    draw = random.Random(page.headline)  # noqa: S311 - a fixed draw, no secret
    site = page.site
    others = [each for each in site.articles if each[0] != page.headline] if site else []
    for _ in range(count if others and site else 0):
        yield _page(replace(site, articles=others), page.group, phrasings[page.language], draw)


def _page(site: Site, group: str, own: dict[str, list[str]], draw: random.Random) -> Built:
    headline, lines = draw.choice(site.articles)
    others = [other for other in site.headlines if other != headline]
    draw.shuffle(others)
    maker = _Maker(own=own, others=others * 3, site=site, draw=draw)
    parts = list(maker.head(headline))
    spot = draw.randrange(1, len(lines)) if draw.random() < 0.6 else -1
    for at, line in enumerate(lines):
        if at == spot:
            parts += maker.middle()
        parts.append(Part(kind="body", text=line))
    parts += maker.tail()
    gap = draw.choice(("\n", "\n\n"))
    return Built(
        group=group,
        language=site.language,
        headline=headline,
        parts=tuple(parts),
        gap=gap,
        site=site,
    )


@dataclass(frozen=True, kw_only=True)
class _Maker:
    own: dict[str, list[str]]
    others: list[str]
    site: Site
    draw: random.Random

    def phrase(self, kind: str) -> Part:
        text = self.draw.choice(self.own[kind])
        number = self.draw.randint(2, 9)
        day = self.draw.choice(("18.11.2019", "18.11.2019, 14:30", "2019-11-18 09:05"))
        filled = (
            text.replace("{n}", str(number))
            .replace("{d}", day)
            .replace("{a}", self.draw.choice(NAMES))
            .replace("{h}", self.others.pop() if "{h}" in text else "")
        )
        return Part(kind=f"own {kind}", text=filled)

    def listed(self, kind: str, count: int) -> list[Part]:
        return [Part(kind=kind, text=self.others.pop()) for _ in range(count)]

    def head(self, headline: str) -> Iterator[Part]:
        before, after = self.draw.random(), self.draw.random()
        if before < 0.4:
            yield self.phrase("head")
        if before < 0.1:
            yield self.phrase("related")
            yield from self.listed("list before", 3)
        yield Part(kind="headline", text=headline)
        for _ in range(self.draw.randint(0, 2) if after < 0.6 else 0):
            yield self.phrase("head")
        if after < 0.2:
            yield self.phrase("credit")

    def middle(self) -> list[Part]:
        kind = self.draw.choice(("inline", "inline", "ad", "credit", "box"))
        if kind != "box":
            return [self.phrase(kind)]
        return [self.phrase("related"), *self.listed("box", self.draw.randint(1, 3))]

    def tail(self) -> list[Part]:
        makers = [self._related, self._bare, self._timed, self._furniture, self._own]
        self.draw.shuffle(makers)
        return [part for make in makers[: self.draw.randint(1, 4)] for part in make()]

    def _related(self) -> list[Part]:
        return [self.phrase("related"), *self.listed("related list", self.draw.randint(2, 5))]

    def _bare(self) -> list[Part]:
        return self.listed("list without label", self.draw.randint(3, 6))

    def _timed(self) -> list[Part]:
        parts: list[Part] = []
        is_apart = self.draw.random() < 0.4
        for _ in range(self.draw.randint(3, 6)):
            time = f"{self.draw.randint(0, 23):02}:{self.draw.randint(0, 59):02}"
            other = self.others.pop() if self.others else "…"
            if is_apart:
                parts += [Part(kind="time", text=time), Part(kind="timed list", text=other)]
            else:
                parts.append(Part(kind="timed list", text=f"{time} {other}"))
        return parts

    def _furniture(self) -> list[Part]:
        held = self.site.furniture
        chosen = self.draw.sample(held, min(len(held), self.draw.randint(2, 6)))
        return [Part(kind="real furniture", text=line) for line in chosen]

    def _own(self) -> list[Part]:
        kinds = self.draw.choices(("tail", "tail", "source", "ad", "credit"), k=4)
        parts = {part.text: part for part in map(self.phrase, kinds)}
        return list(parts.values())


def to_html(page: Built) -> str:
    """The same lines in simple markup, all in one container: lists as links in lists or
    paragraphs, most other clutter in paragraphs like the text, the rest in ``div``."""
    rows = []
    for part in page.parts:
        text = escape(part.text)
        chance = hashlib.blake2b(part.text.encode(), digest_size=4)
        link, draw = chance.hexdigest(), chance.digest()[0] % 10
        if part.kind == "headline":
            rows.append(f"<h1>{text}</h1>")
        elif "list" in part.kind or part.kind == "box":
            anchor = f'<a href="/news/{link}">{text}</a>'
            rows.append(f"<ul><li>{anchor}</li></ul>" if draw < 5 else f"<p>{anchor}</p>")
        elif part.kind == "own related":
            rows.append(f"<h3>{text}</h3>" if draw < 5 else f"<p><b>{text}</b></p>")
        elif part.kind == "body":
            is_heading = not is_ended(part.text) and len(part.text) < 80
            rows.append(f"<h2>{text}</h2>" if is_heading else f"<p>{text}</p>")
        else:
            rows.append(f"<p>{text}</p>" if draw < 7 else f"<div>{text}</div>")
    joined = "\n".join(rows)
    title = escape(page.headline)
    return (
        f'<!DOCTYPE html><html lang="{page.language}"><head><meta charset="utf-8">'
        f"<title>{title}</title></head><body><main><article>\n{joined}\n"
        "</article></main></body></html>"
    )
