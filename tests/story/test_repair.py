"""What has come to be one story is made one, by further lines of the log."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from sketching import make_sketch, streams

from tidings.model import Decision, Sketch, StoryId, Verb
from tidings.story.assign import Assigner, AssignOptions
from tidings.story.fold import fold
from tidings.story.repair import RULE as REPAIR
from tidings.story.repair import is_due
from tidings.story.similarity import Nearness, Ruler, find_gap
from tidings.story.sums import Cluster, gather, hold, language_of, sum_gaps
from tidings.story.traits import weigh_traits
from tidings.story.window import Window

Hours = NDArray[np.float64]
hours = st.lists(st.floats(0, 1e6), max_size=6).map(lambda one: np.array(one, dtype=np.float64))

EAGER = AssignOptions(window=9, block=4, nearness=Nearness(threshold=0.24))
EAST, WEST, BETWEEN = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (1.0, 1.0, 0.0)


def place(sketches: list[Sketch], options: AssignOptions = EAGER) -> list[Decision]:
    return Assigner(options).assign(sketches)


def test_an_article_between_two_stories_makes_them_one() -> None:
    east, west, between = make_sketch(1, EAST), make_sketch(2, WEST), make_sketch(3, BETWEEN)
    first, second, third, *moves = place([east, west, between])
    assert (first.verb, second.verb, third.verb) == (Verb.OPENED, Verb.OPENED, Verb.JOINED)
    assert [(one.verb, one.by) for one in moves] == [(Verb.MOVED, REPAIR)]
    (story,) = fold([first, second, third, *moves]).values()
    assert set(story.articles) == {"a1", "a2", "a3"}
    assert moves[0].reason.startswith("moved: story ")


def test_the_larger_story_gives_the_id() -> None:
    sketches = [
        make_sketch(1, WEST),
        make_sketch(2, EAST),
        make_sketch(3, EAST),
        make_sketch(4, EAST),
    ]
    options = replace(EAGER, nearness=Nearness(threshold=0.1))
    decisions = place([*sketches, make_sketch(5, (1.0, 1.3, 0.0))], options)
    (story,) = fold(decisions).values()
    assert story.id == decisions[1].story


def test_a_story_of_two_parts_is_parted_and_the_larger_keeps_its_id() -> None:
    """As a user's store may have it from an older rule."""
    assigner = Assigner(EAGER)
    for number, direction in enumerate((WEST, EAST, EAST, EAST), start=1):
        assigner.replay(make_sketch(number, direction), StoryId("s"))
    joined, moved = assigner.assign([make_sketch(5, EAST)])
    assert (joined.verb, joined.story) == (Verb.JOINED, "s")
    assert (moved.verb, moved.article, moved.by) == (Verb.MOVED, "a1", REPAIR)
    assert moved.story != "s"
    assert "only" in moved.reason


def test_what_a_user_put_together_stays() -> None:
    assigner = Assigner(EAGER)
    assigner.keep({StoryId("s")})
    for number, direction in enumerate((WEST, EAST, EAST, EAST), start=1):
        assigner.replay(make_sketch(number, direction), StoryId("s"))
    assigner.replay(make_sketch(6, EAST), StoryId("other"))
    decisions = assigner.assign([make_sketch(number, EAST) for number in range(10, 30)])
    assert all(one.verb is Verb.JOINED for one in decisions)


@given(st.integers(0, 200), st.integers(0, 200), st.integers(0, 200))
def test_a_growth_in_steps_passes_what_one_step_passes(one: int, two: int, three: int) -> None:
    low, middle, high = sorted((one, two, three))
    assert is_due(low, high) == (is_due(low, middle) or is_due(middle, high))
    assert not is_due(high, low)


@given(streams())
def test_the_log_says_where_the_window_has_each_article(sketches: list[Sketch]) -> None:
    assigner = Assigner(EAGER)
    decisions = assigner.assign(sketches)
    said = {one.article: one.story for one in decisions}
    held = list(assigner._window._held)
    assert {one.sketch.article: one.cluster.id for one in held} == {
        one.sketch.article: said[one.sketch.article] for one in held
    }


@given(streams(), st.integers(1, 9))
def test_sums_are_those_of_the_articles_held(sketches: list[Sketch], size: int) -> None:
    assigner = Assigner(AssignOptions(window=size, nearness=Nearness(threshold=0.3)))
    assigner.assign(sketches)
    window = assigner._window
    afresh = Window(size, 4)
    for held in window._held:
        afresh.add(hold(held.sketch), held.cluster.id)
    for story, cluster in afresh._clusters.items():
        _check_equal(window.story(story), cluster)
    for language in {language_of(held.sketch) for held in window._held}:
        means = [one.usual.means()[one.usual.row(language)] for one in (window, afresh)]
        assert np.array_equal(*means)


def _check_equal(one: Cluster, other: Cluster) -> None:
    assert [held.sketch.article for held in one.members] == [
        held.sketch.article for held in other.members
    ]
    for name in ("squares", "alike", "apart", "gaps", "languages", "traits"):
        assert getattr(one, name) == getattr(other, name), name
    assert one.totals.keys() == other.totals.keys()
    assert all(np.array_equal(one.totals[key], other.totals[key]) for key in one.totals)


@given(streams())
def test_nearness_is_the_same_both_ways(sketches: list[Sketch]) -> None:
    window = Window(50, 4)
    clusters = [
        window.add(hold(sketch), StoryId(f"s{number % 3}"))
        for number, sketch in enumerate(sketches)
    ]
    for one, other in pairwise(clusters):
        if one is not other:
            (there,) = Ruler(one, [other], window, Nearness()).measure()
            (back,) = Ruler(other, [one], window, Nearness()).measure()
            assert abs(there.near - back.near) < 1e-9


@given(streams())
def test_a_story_is_measured_the_same_in_any_company(sketches: list[Sketch]) -> None:
    window = Window(50, 4)
    for number, sketch in enumerate(sketches):
        window.add(hold(sketch), StoryId(f"s{number % 4}"))
    first, *others = window._clusters.values()
    together = Ruler(first, others, window, Nearness()).measure()
    alone = [Ruler(first, [one], window, Nearness()).measure() for one in others]
    assert [[one] for one in together] == alone


@given(hours, st.lists(hours, max_size=4))
def test_gaps_are_summed_over_all_pairs(ours: Hours, others: list[Hours]) -> None:
    found = sum_gaps(ours, others)
    assert found == [
        sum(round(1000 * float(np.log1p(abs(a - b)))) for a in ours for b in other)
        for other in others
    ]


@given(hours, hours)
def test_the_gap_is_between_the_nearest(ours: Hours, theirs: Hours) -> None:
    one, other = (Cluster(id=StoryId("s"), slot=0, hours=times) for times in (ours, theirs))
    nearest = min((abs(a - b) for a in ours for b in theirs), default=0)
    assert find_gap(one, other) == nearest


def test_a_story_is_as_near_to_its_like_as_can_be() -> None:
    window = Window(50, 4)
    cluster = window.add(hold(make_sketch(1, terms=("n:kls", "w:en:call"))), StoryId("s"))
    single = gather([hold(make_sketch(2, terms=("n:kls", "w:en:call")))])
    (likeness,) = Ruler(single, [cluster], window, Nearness()).measure()
    assert abs(likeness.near - 1) < 1e-9


def test_common_terms_weigh_nothing_and_kinds_are_weighed_apart() -> None:
    assert "#:10" not in weigh_traits(("#:10", "n:kls"))
    alone = weigh_traits(("n:kls",))["n:kls"]
    assert weigh_traits(("n:kls", "w:ru:небывалость"))["n:kls"] == alone
    assert weigh_traits(("n:kls", "n:zzkqv"))["n:kls"] < alone
