"""Which article stands for a story."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.model import ArticleId, StoryId, Summary
from tidings.story.headlines import choose_headline, find_faults, measure_nearness
from tidings.times import moment

NOON = datetime(2024, 5, 12, 12, tzinfo=UTC)


def tell(number: int, headline: str, language: str = "en") -> Summary:
    return Summary(
        article=ArticleId(f"a{number}"),
        story=StoryId("s"),
        headline=headline,
        lead="Dock workers in the harbour of Gdansk stopped work on Sunday.",
        url=None,
        publisher=f"p{number}",
        language=language,
        published=moment(NOON + timedelta(hours=number), "test"),
    )


STRIKE = "Dock workers stop work in the harbour of Gdansk"


@pytest.mark.parametrize(
    "worse",
    [
        "LIVE: Dock workers stop work in the harbour of Gdansk",
        "Dock workers stop work in the harbour of Gdansk – video",
        "Opinion: Dock workers stop work in the harbour of Gdansk",
        "Will dock workers stop work in the harbour of Gdansk?",
        "DOCK WORKERS STOP WORK IN THE HARBOUR OF GDANSK",
        "Dock workers stop work in the harbour of…",
        "Dock workers stop work: what you need to know about the harbour of Gdansk",
        "Gdansk",
    ],
)
def test_what_a_desk_would_not_print_is_set_back(worse: str) -> None:
    assert find_faults(worse) > find_faults(STRIKE)
    assert choose_headline([tell(0, worse), tell(1, STRIKE)]).headline == STRIKE


def test_a_name_alone_tells_nothing() -> None:
    told = [tell(0, "Gdansk"), tell(1, "Dockers strike in Gdansk"), tell(2, "Gdansk")]
    assert choose_headline(told).article == "a1"
    assert find_faults("格但斯克") == find_faults("格但斯克罢工")


def test_a_headline_says_what_the_others_say() -> None:
    told = [
        tell(0, "A union leader with a long history looks back"),
        tell(1, "Dockers strike in the harbour of Gdansk"),
        tell(2, "Strike of dockers halts the harbour of Gdansk"),
    ]
    assert choose_headline(told).article in {"a1", "a2"}


def test_of_headlines_alike_that_of_the_article_in_the_middle_is_taken() -> None:
    told = [tell(0, "Strike in the port begins today"), tell(1, "Ferries stay in port all day")]
    assert choose_headline(told, None, {told[1].article: 0.9, told[0].article: 0.1}) is told[1]
    assert choose_headline(told, None, {told[1].article: 0.1, told[0].article: 0.9}) is told[0]


def test_nearness_is_highest_in_the_middle() -> None:
    rows = {"a": (4000, 0), "b": (2800, 2800), "c": (0, 4000), "none": (0, 0)}
    vectors = {ArticleId(name): np.array(row, dtype=np.int16) for name, row in rows.items()}
    near = measure_nearness(vectors)
    assert max(near, key=lambda name: near[name]) == "b"
    assert near[ArticleId("none")] == 0


languages = st.sampled_from(("en", "de", "zh", "uk-UA", "und"))


@given(st.lists(st.tuples(st.text(max_size=60), languages), min_size=1, max_size=8), languages)
def test_whatever_is_printed_one_of_the_articles_stands_for_the_story(
    printed: list[tuple[str, str]], asked: str
) -> None:
    told = [tell(at, headline, language) for at, (headline, language) in enumerate(printed)]
    chosen = choose_headline(told, asked)
    assert chosen in told
    if any(one.headline for one in told):
        assert chosen.headline or len(told) == 1
    if any(one.headline and one.language == asked for one in told):
        assert chosen.language == asked
