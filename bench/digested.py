"""Digests of known pieces for bench/plain: leads of articles of the day, laid out as people do."""

from __future__ import annotations

import random
import re
import textwrap
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tidings.text import is_dense, sentences

HERE = Path(__file__).parent
TAILS = ("", "", "", "more", "link", "<link>", "credit", "name")
HEADS = ("", "", "line", "line", "capitals")
MARKS = ("", "", "", "number", "bullet", "time")


@dataclass(frozen=True, kw_only=True)
class Item:
    """One piece: what it says, and the headline and address that the page prints with it."""

    body: str
    headline: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Laid:
    """A digest, and how its pieces are laid out."""

    language: str
    tail: str
    head: str
    mark: str
    is_mail: bool
    items: tuple[Item, ...]
    text: str

    @property
    def is_bare(self) -> bool:
        return not (self.tail or self.head or self.mark or self.is_mail)


def lay(pools: dict[str, list[dict[str, Any]]], count: int, seed: int) -> Iterator[Laid]:
    """``pools``: records of a language; those of one digest are drawn at random, or follow one
    another in the pool, where the same event stands together."""
    phrasings = tomllib.loads((HERE / "phrasings.toml").read_text(encoding="utf-8"))
    draw = random.Random(seed)  # noqa: S311 - a fixed draw, no secret
    tongues = sorted(set(pools) & set(phrasings))
    while count:
        language = draw.choice(tongues)
        pool = pools[language]
        size = draw.randint(4, 10)
        start = draw.randrange(max(1, len(pool) - 40))
        records = draw.sample(pool[start : start + 40] if draw.random() < 0.5 else pool, size)
        items = [item for item in (_item(record, draw) for record in records) if item]
        if len(items) >= 4:
            count -= 1
            yield _laid(items, language, phrasings[language], draw)


def _item(record: dict[str, Any], draw: random.Random) -> Item | None:
    flat = " ".join(record["text"].split())
    spans = sentences(flat[:1_500])
    if not spans:
        return None
    body = flat[: spans[min(draw.randint(0, 2), len(spans) - 1)][1]]
    if draw.random() < 0.2:
        body = body[: draw.randint(110, 230)]
    headline = " ".join(record["title"].split())
    if not 70 <= len(body) <= 700 or not 20 <= len(headline) <= 120:
        return None
    return Item(body=body, headline=headline, url=record["url"])


def _laid(
    items: Sequence[Item], language: str, own: dict[str, list[str]], draw: random.Random
) -> Laid:
    tail, head, mark = draw.choice(TAILS), draw.choice(HEADS), draw.choice(MARKS)
    if head == "capitals" and (is_dense(items[0].body) or language == "ar"):
        head = ""
    is_mail = draw.random() < 0.3
    inner = draw.choice(("\n", "\n\n")) if is_mail else "\n"
    pieces = [
        inner.join(_lines(item, at, (tail, head, mark), own, draw)) for at, item in enumerate(items)
    ]
    is_parted = is_mail or bool(tail or head) or draw.random() < 0.6
    text = ("\n\n" if is_parted else "\n").join(pieces)
    if is_mail:
        text = _mailed(text, own, is_wrapped=draw.random() < 0.5 and language != "zh")
    return Laid(
        language=language,
        tail=tail,
        head=head,
        mark=mark,
        is_mail=is_mail,
        items=tuple(items),
        text=text,
    )


def _lines(
    item: Item,
    at: int,
    layout: tuple[str, str, str],
    own: dict[str, list[str]],
    draw: random.Random,
) -> Iterator[str]:
    tail, head, mark = layout
    site = re.sub(r"^https?://(www\.)?|/.*$", "", item.url)
    body = item.body
    body = f"{item.headline.upper()}: {body}" if head == "capitals" else body
    body = f"{site.partition('.')[0].title()}: {body}" if tail == "name" else body
    body = f"{body} ({site.partition('.')[0].title()})" if tail == "credit" else body
    body = f"{body} {draw.choice(own['more']).format(s=site)}" if tail == "more" else body
    lines = [item.headline, body] if head == "line" else [body]
    time = f"{draw.randint(0, 23):02}:{draw.randint(0, 59):02}"
    signs = {"": "", "number": f"{at + 1}. ", "bullet": "• ", "time": f"{time} "}
    lines[0] = signs[mark] + lines[0]
    yield from lines
    if "link" in tail:
        yield f"<{item.url}>" if "<" in tail else item.url


def _mailed(text: str, own: dict[str, list[str]], *, is_wrapped: bool) -> str:
    if is_wrapped:
        text = "\n".join(
            textwrap.fill(line, 72, break_long_words=False, break_on_hyphens=False)
            for line in text.split("\n")
        )
    head = (
        "From: Morning desk <desk@harbourcourier.example>\nTo: reader@post.example\n"
        "Subject: Monday, 18 November\nDate: Mon, 18 Nov 2019 07:05:00 +0100"
    )
    return "\n\n".join((head, own["mail"][0], text, own["mail"][1]))
