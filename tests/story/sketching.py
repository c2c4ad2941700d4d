"""Small sketches for the laws of assignment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache

import numpy as np
from hypothesis import strategies as st

from tidings.model import ArticleId, Sketch
from tidings.story import shingles
from tidings.times import Interval, moment, unknown

DIRECTIONS = ((1, 0, 0), (0, 1, 0), (0, 0, 1), (2, 1, 0), (1, 2, 1), (3, 1, 1), (0, 0, 0))
TERMS = ("#:1300", "n:kls", "n:rub", "u:example.org/a", "w:en:call", "w:ru:звон")
sign = cache(shingles.sign)
START = datetime(2025, 1, 28, tzinfo=UTC)


def make_sketch(
    number: int,
    direction: Sequence[float] = (1, 0, 0),
    *,
    hours: int | None = 0,
    language: str = "en",
    terms: Sequence[str] = (),
    text: str = "",
) -> Sketch:
    length = float(np.linalg.norm(direction)) or 1.0
    vector = np.round(np.array(direction) / length * 4000).astype(np.int16)
    published: Interval = unknown("not told")
    if hours is not None:
        published = moment(START + timedelta(hours=hours), "made up")
    return Sketch(
        article=ArticleId(f"a{number}"),
        published=published,
        language=language,
        publisher=None,
        terms=tuple(sorted(terms)),
        signature=sign(text),
        vector=vector,
    )


@st.composite
def streams(draw: st.DrawFn) -> list[Sketch]:
    """Up to 24 articles that are often alike."""
    count = draw(st.integers(1, 24))
    return [
        make_sketch(
            number,
            draw(st.sampled_from(DIRECTIONS)),
            hours=draw(st.none() | st.integers(0, 500)),
            language=draw(st.sampled_from(("en", "ru", "uk-UA"))),
            terms=draw(st.sets(st.sampled_from(TERMS), max_size=4)),
            text=draw(st.sampled_from(("", "one text of no more than ten words in all"))),
        )
        for number in range(count)
    ]
