"""Which stories belong to one affair, and which came first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from sketching import make_sketch

from tidings.model import Sketch, StoryId
from tidings.story.lines import trace_line
from tidings.story.profiles import Profile, Profiles
from tidings.story.related import Kind, find_related, find_usual, make_link, tell_kind
from tidings.times import Interval, unknown

NOON = datetime(2025, 1, 28, 12, tzinfo=UTC)

# Directions: a harbour's strike and what follows from it lie close; a comet is far from both.
STRIKE, FERRIES, COMET = (1, 0, 0), (3, 2, 0), (0, 0, 1)
HARBOUR = ("n:gdnsk", "n:krlskrn")


def tell(number: int, story: str, direction: Sequence[float], **told: object) -> tuple:
    return make_sketch(number, direction, **told), StoryId(story)  # type: ignore[arg-type]


def strike_and_comet() -> list[tuple[Sketch, StoryId]]:
    told = [
        tell(0, "strike", STRIKE, hours=0, terms=HARBOUR),
        tell(1, "strike", STRIKE, hours=2, terms=HARBOUR),
        tell(2, "ferries", FERRIES, hours=30, terms=HARBOUR),
        tell(3, "comet", COMET, hours=1, terms=("n:tnrf",)),
    ]
    filler = np.random.default_rng(1).normal(size=(60, 3))
    return told + [
        tell(10 + at, f"other {at}", tuple(row), hours=3) for at, row in enumerate(filler)
    ]


def get(profiles: Profiles, story: str) -> Profile:
    found = profiles.find(StoryId(story))
    assert found is not None
    return found


def test_what_shares_names_and_meaning_is_related_and_the_rest_is_not() -> None:
    profiles = Profiles(strike_and_comet())
    links = find_related(profiles, get(profiles, "strike"), 10)
    assert links[0].story == "ferries"
    assert set(links[0].shared) == set(HARBOUR)
    assert links[0].pair[1] == "a2"
    assert links[0].kind is Kind.AFTER
    assert links[0].hours is not None
    assert 27 < links[0].hours < 29
    assert "comet" not in {link.story for link in links}


def test_names_in_common_raise_the_score() -> None:
    with_names = Profiles(strike_and_comet())
    without = Profiles(
        (make_sketch(at, (3, 2, 0) if place == "ferries" else (1, 0, 0), hours=0), place)
        for at, place in enumerate((StoryId("strike"), StoryId("ferries")))
    )
    scores = [
        make_link(get(held, "strike"), get(held, "ferries"), 0.3).score
        for held in (with_names, without)
    ]
    assert scores[0] > scores[1]


def test_where_many_are_alike_likeness_says_less() -> None:
    pair = [tell(0, "a", (5, 1, 0)), tell(1, "b", (5, 0, 1))]
    crowd = [tell(2 + at, f"c{at}", (50, at % 7, at % 5)) for at in range(60)]
    alone, amid = Profiles(pair), Profiles(pair + crowd)
    assert find_usual(amid, get(amid, "a")) > find_usual(alone, get(alone, "a"))


def span(start: int, end: int) -> Interval:
    first = NOON + timedelta(hours=start)
    return Interval(start=first, end=NOON + timedelta(hours=end), reason="test")


hours = st.integers(0, 48)
spans = st.builds(
    lambda start, length: span(start, start + length), hours, st.integers(1, 48)
) | st.just(unknown("test"))


@given(spans, spans)
def test_dates_tell_before_from_after_only_where_times_do_not_overlap(
    a: Interval, b: Interval
) -> None:
    kind, turned = tell_kind(a, b), tell_kind(b, a)
    opposite = {Kind.BEFORE: Kind.AFTER, Kind.AFTER: Kind.BEFORE}
    assert turned is opposite.get(kind, kind)
    if a.start and a.end and b.start and b.end:
        overlap = a.start < b.end and b.start < a.end
        assert (kind is Kind.ALONGSIDE) is overlap
    else:
        assert kind is Kind.UNDATED


def test_one_late_article_does_not_stretch_a_story() -> None:
    told = [tell(at, "strike", STRIKE, hours=at) for at in range(10)]
    late = tell(10, "strike", STRIKE, hours=400)
    profile = get(Profiles([*told, late]), "strike")
    assert profile.published.end is not None
    assert profile.published.end < datetime(2025, 1, 30, tzinfo=UTC)


@given(st.permutations(range(len(strike_and_comet()))))
def test_the_order_of_arrival_changes_no_likelihood(order: list[int]) -> None:
    told = strike_and_comet()
    first, second = Profiles(told), Profiles(told[at] for at in order)
    links = [
        [(link.story, link.score, link.shared) for link in find_related(p, get(p, "strike"), 10)]
        for p in (first, second)
    ]
    assert links[0] == links[1]


def test_a_line_is_in_order_of_time_and_each_step_hangs_on_an_earlier_one() -> None:
    told = [
        tell(0, "forecast", (4, 1, 0), hours=0, terms=HARBOUR),
        tell(1, "strike", (4, 2, 0), hours=30, terms=HARBOUR),
        tell(2, "reaction", (4, 3, 0), hours=60, terms=HARBOUR),
    ]
    profiles = Profiles(told)
    asked = get(profiles, "strike")
    steps = trace_line(profiles, asked, find_related(profiles, asked, 10))
    assert [step.story for step in steps] == ["forecast", "strike", "reaction"]
    ties = [step.link for step in steps if step.link]
    assert [tie.story for tie in ties] == ["strike", "forecast", "strike"]
    assert [tie.kind for tie in ties] == [Kind.AFTER, Kind.BEFORE, Kind.BEFORE]


def test_a_line_goes_by_the_first_article_of_each() -> None:
    early = [tell(at, "early", (4, 1, 0), hours=hour, terms=HARBOUR) for at, hour in LONG]
    late = [tell(50, "late", (4, 2, 0), hours=10, terms=HARBOUR)]
    profiles = Profiles([*late, *early])
    asked = get(profiles, "late")
    steps = trace_line(profiles, asked, find_related(profiles, asked, 10))
    assert [step.story for step in steps] == ["early", "late"]


LONG = tuple(enumerate((0, *range(20, 40))))  # one article, then nothing for long


def test_a_story_that_is_not_held_is_compared_all_the_same() -> None:
    profiles = Profiles(strike_and_comet())
    drawn = profiles.draw(StoryId("old"), [make_sketch(99, FERRIES, hours=9, terms=HARBOUR)])
    assert find_related(profiles, drawn, 1)[0].story in {"ferries", "strike"}


def test_nothing_held_gives_nothing() -> None:
    empty = Profiles([])
    lone = empty.draw(StoryId("one"), [make_sketch(1)])
    assert find_related(empty, lone, 10) == []
    assert [step.story for step in trace_line(empty, lone, [])] == ["one"]
