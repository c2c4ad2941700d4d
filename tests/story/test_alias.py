"""A story that lost its articles leads to one that has some."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from logs import LOGS, decide

from tidings.model import Decision, StoryId
from tidings.story.alias import find_alias, find_aliases, tell_alias
from tidings.story.fold import find_holding, fold


@given(LOGS)
def test_every_id_that_ever_was_leads_to_one_story_with_articles(log: list[Decision]) -> None:
    stories = fold(log)
    for line in log:
        alias = find_alias(line.story, log)
        assert (alias is None) == (line.story in stories)
        now = alias.now if alias else line.story
        assert stories[now].articles
        assert find_alias(now, log) is None


@given(LOGS)
def test_all_at_once_are_those_of_each(log: list[Decision]) -> None:
    named = dict.fromkeys(line.story for line in log)
    each = [alias for story in named if (alias := find_alias(story, log))]
    assert find_aliases(log) == each


@given(LOGS, st.sampled_from("STUV"))
def test_the_lines_about_its_articles_are_enough(log: list[Decision], story: str) -> None:
    own = {line.article for line in log if line.story == story}
    part = [line for line in log if line.article in own]
    assert find_alias(StoryId(story), part) == find_alias(StoryId(story), log)


@given(LOGS)
def test_the_line_that_holds_is_where_the_article_is(log: list[Decision]) -> None:
    for story in fold(log).values():
        for article in story.articles:
            lines = [line for line in log if line.article == article]
            assert find_holding(lines).story == story.id


def test_it_leads_to_where_the_opening_article_went() -> None:
    log = [decide("a", "S"), decide("b", "S"), decide("b", "T"), decide("a", "U", "user")]
    alias = find_alias(StoryId("S"), log)
    assert alias is not None
    assert tell_alias(alias) == "story S is now U, by you: one event"
    assert find_alias(StoryId("never"), log) is None
