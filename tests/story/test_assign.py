"""The laws of assignment, and what a person would expect of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from sketching import make_sketch, streams

from tidings.model import Sketch, StoryId, Verb
from tidings.story.assign import Assigner, AssignOptions
from tidings.story.fold import fold
from tidings.story.identity import choose_story_id

SMALL = AssignOptions(window=7, block=3)


@given(streams())
def test_each_sketch_gets_one_decision_in_order(sketches: list[Sketch]) -> None:
    log = Assigner(SMALL).assign(sketches)
    decisions = [one for one in log if one.verb is not Verb.MOVED]
    assert [one.article for one in decisions] == [one.article for one in sketches]
    assert sum(len(story.articles) for story in fold(log).values()) == len(sketches)
    opened = {one.story: one.article for one in decisions if one.verb is Verb.OPENED}
    for one in decisions:
        assert 0 <= one.score <= 1
        assert one.reason
        assert list(one.signals) == sorted(one.signals)
        assert one.by == "assign/2"
        assert (one.verb is Verb.OPENED) == (opened.get(one.story) == one.article)


def test_a_story_from_outside_is_taken_as_it_is() -> None:
    """Such as a user's."""
    assigner = Assigner()
    assigner.replay(make_sketch(1), StoryId("theirs"))
    (decision,) = assigner.assign([make_sketch(2)])
    assert (decision.verb, decision.story) == (Verb.JOINED, "theirs")


def test_alike_articles_join_and_others_open() -> None:
    call = {"terms": ("n:kls", "n:rub"), "text": ""}
    first, second, third = Assigner().assign(
        [
            make_sketch(1, (1, 0, 0), hours=0, language="ru", **call),
            make_sketch(2, (5, 1, 0), hours=2, language="en", **call),
            make_sketch(3, (0, 0, 1), hours=2),
        ]
    )
    assert (first.verb, second.verb, third.verb) == (Verb.OPENED, Verb.JOINED, Verb.OPENED)
    assert second.story == first.story
    assert second.nearest == "a1"
    assert "shares 2 names" in second.reason
    assert "2 h apart" in second.reason


def test_a_story_out_of_reach_in_time_is_no_candidate() -> None:
    options = AssignOptions(days=2)
    first, late, timeless = Assigner(options).assign(
        [make_sketch(1), make_sketch(2, hours=24 * 3), make_sketch(3, hours=None)]
    )
    assert late.verb is Verb.OPENED
    assert timeless.story in (first.story, late.story)


def test_what_has_left_the_window_is_forgotten() -> None:
    options = AssignOptions(window=2)
    sketches = [make_sketch(1), make_sketch(2, (0, 1, 0)), make_sketch(3, (0, 0, 1))]
    *_, again = Assigner(options).assign([*sketches, make_sketch(4)])
    assert again.verb is Verb.OPENED


def test_an_id_that_is_taken_is_passed_over() -> None:
    usual = choose_story_id(make_sketch(1).article)
    (decision,) = Assigner(is_taken=lambda story: story == usual).assign([make_sketch(1)])
    assert decision.story != usual
    assert len(decision.story) == len(usual)


def test_no_articles_give_no_decisions() -> None:
    assert Assigner().assign([]) == []


@pytest.mark.parametrize("size", [1, 2])
def test_a_window_may_be_tiny(size: int) -> None:
    decisions = Assigner(AssignOptions(window=size)).assign([make_sketch(n) for n in range(5)])
    assert len({one.story for one in decisions}) == 1
