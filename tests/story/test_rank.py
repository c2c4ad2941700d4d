"""What comes first, and who speaks for a story."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tidings.model import ArticleId, StoryId, Summary
from tidings.story.headlines import choose_headline
from tidings.story.rank import weigh
from tidings.times import moment, unknown

NOON = datetime(2024, 5, 12, 12, tzinfo=UTC)


def tell(number: int, headline: str, **told: str) -> Summary:
    hours = float(told.get("hours", 0))
    return Summary(
        article=ArticleId(f"a{number}"),
        story=StoryId("s"),
        headline=headline,
        lead=told.get("lead", f"lead number {number}"),
        url=None,
        publisher=told.get("publisher", f"p{number}"),
        language=told.get("language", "en"),
        published=moment(NOON + timedelta(hours=hours), "test"),
    )


def test_the_headline_that_most_others_share_stands_for_the_story() -> None:
    told = [
        tell(1, "Live: all that we know"),
        tell(2, "Comet seen over Tenerife"),
        tell(3, "Comet is seen over island of Tenerife"),
        tell(4, "A comet over Tenerife"),
    ]
    assert "omet" in choose_headline(told).headline


def test_a_headline_in_the_language_asked_for_and_else_in_the_commonest() -> None:
    told = [
        tell(1, "Komet über Teneriffa", language="de"),
        tell(2, "Comet over Tenerife"),
        tell(3, "", language="en"),
    ]
    assert choose_headline(told).language == "en"
    assert choose_headline(told, "de").language == "de"
    assert choose_headline(told, "de-AT").language == "de"
    assert choose_headline(told, "fr").headline


def test_a_story_without_any_headline_has_an_article_to_show() -> None:
    assert choose_headline([tell(1, ""), tell(2, "")]).article == "a1"


def test_more_voices_weigh_more_and_newer_ones_too() -> None:
    one, two = [tell(1, "A")], [tell(1, "A"), tell(2, "A")]
    assert weigh(two).score > weigh(one).score
    assert weigh([tell(1, "A", hours="24")]).score > weigh(one).score
    assert weigh([tell(1, "A"), tell(2, "A", language="de")]).score > weigh(two).score


def test_agency_copy_is_one_voice() -> None:
    text = "one two three four five six seven eight nine ten eleven twelve thirteen"
    copies = [tell(number, "A", lead=text) for number in range(5)]
    assert weigh(copies).voices == 1
    assert weigh(copies).publishers == 5


@given(st.permutations(range(6)))
def test_the_order_of_arrival_changes_no_weight(order: list[int]) -> None:
    told = [tell(number, "A", publisher=f"p{number % 4}", hours=str(number)) for number in range(6)]
    assert weigh([told[at] for at in order]).score == weigh(told).score


def test_one_late_voice_makes_no_old_story_new() -> None:
    old = [tell(number, "A") for number in range(40)]
    late, new = tell(40, "A", hours="48"), [tell(50 + n, "A", hours="48") for n in range(20)]
    assert weigh([*old, late]).score < weigh(new).score
    assert weigh([*old, late]).score > weigh(old).score


@given(st.lists(st.integers(0, 24 * 20), min_size=1, max_size=12), st.integers(0, 24 * 20))
def test_a_further_voice_never_takes_weight_away(hours: list[int], further: int) -> None:
    told = [tell(at, "A", hours=str(hour)) for at, hour in enumerate(hours)]
    more = [*told, tell(99, "A", hours=str(further))]
    assert weigh(more).score > weigh(told).score


def test_what_is_printed_every_day_ranks_below_news_of_as_many_voices() -> None:
    news = [tell(number, f"Comet over Tenerife {number}") for number in range(4)]
    signs = [tell(number, f"Oroscopo di domani, segno {number}") for number in range(4)]
    assert weigh(signs).score < weigh(news[:1]).score
    assert "service" in weigh(signs).reason
    assert "service" not in weigh([*news, signs[0]]).reason


def test_a_beat_ranks_below_a_story_of_as_many_voices() -> None:
    told = [tell(number, f"Comet over Tenerife {number}") for number in range(4)]
    scores = [weigh(told, looseness).score for looseness in (0.0, 0.5, 1.0)]
    assert scores == sorted(scores, reverse=True)
    assert scores[2] < weigh(told[:1]).score
    assert "1.5 lower, being loosely tied" in weigh(told, 0.5).reason
    assert "tied" not in weigh(told).reason


def test_unknown_times_rank_below_known_ones() -> None:

    timeless = replace(tell(1, "A"), published=unknown("test"))
    assert weigh([timeless]).score < weigh([tell(2, "A")]).score
    assert "unknown" in weigh([timeless]).reason
