"""The log folds into stories; ranking and reasons."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from sketching import make_sketch

from tidings.model import ArticleId, Decision, StoryId, Summary, Verb
from tidings.story.fold import fold
from tidings.story.headlines import choose_headline
from tidings.story.identity import choose_story_id
from tidings.story.rank import weigh
from tidings.story.why import explain_article, explain_pair
from tidings.times import moment, unknown


def decide(verb: str, article: str, story: str, by: str = "assign/1") -> Decision:
    return Decision(
        verb=Verb(verb),
        article=ArticleId(article),
        story=StoryId(story),
        score=1.0,
        reason=f"{verb}: because",
        by=by,
        nearest=None,
        signals=(),
    )


def show(decisions: list[Decision]) -> dict[str, tuple[str, ...]]:
    return {story: told.articles for story, told in fold(decisions).items()}


LINES = st.lists(
    st.builds(
        decide,
        st.sampled_from(("opened", "joined", "moved")),
        st.sampled_from("abcd"),
        st.sampled_from("STU"),
        st.sampled_from(("assign/1", "user")),
    )
)


@given(LINES)
def test_each_decided_article_is_in_one_story(decisions: list[Decision]) -> None:
    placed = [article for articles in show(decisions).values() for article in articles]
    assert sorted(placed) == sorted({one.article for one in decisions})
    assert all(show(decisions).values())


@given(LINES, LINES)
def test_the_engine_never_undoes_a_user(before: list[Decision], after: list[Decision]) -> None:
    engine = [one for one in after if one.by != "user"]
    log = [*before, decide("moved", "a", "S", "user"), *engine]
    assert "a" in show(log)["S"]


def test_moving_keeps_the_order_and_drops_what_is_empty() -> None:
    log = [
        decide("opened", "a", "S"),
        decide("opened", "b", "T"),
        decide("joined", "c", "S"),
        decide("moved", "b", "S", "user"),
    ]
    assert show(log) == {"S": ("a", "b", "c")}


def test_ids_are_short_and_the_same_again() -> None:
    story = choose_story_id(ArticleId("x"))
    assert story == choose_story_id(ArticleId("x"))
    assert len(story) == 8
    assert story.isalnum()
    assert choose_story_id(ArticleId("x"), lambda taken: taken == story) != story


def summary(article: str, publisher: str | None = None, **told: object) -> Summary:
    values: dict[str, object] = {
        "headline": f"Report {article}",
        "lead": "",
        "language": "en",
        "published": unknown("not told"),
        **told,
    }
    return Summary(
        article=ArticleId(article), story=StoryId("S"), url=None, publisher=publisher, **values
    )  # type: ignore[arg-type]


def test_copies_and_repeats_of_an_outlet_are_one_voice() -> None:
    lead = "one agency text that two outlets printed word by word on their pages"
    articles = [
        summary("a", "One", lead=lead),
        summary("b", "Two", lead=lead),
        summary("c", "Two", lead="something else"),
        summary("d", "Three", lead="a text of its own"),
        summary("e"),
    ]
    weight = weigh(articles)
    assert (weight.voices, weight.publishers) == (3, 3)
    assert "3 voices of 3 publishers in 1 language" in weight.reason


def test_newer_and_wider_rank_higher() -> None:
    old = moment(datetime(2025, 1, 1, tzinfo=UTC), "made up")
    new = moment(datetime(2025, 1, 3, tzinfo=UTC), "made up")
    one = weigh([summary("a", "One", published=old)])
    wide = weigh([summary("a", "One", published=old), summary("b", "Two", published=old)])
    fresh = weigh([summary("a", "One", published=new)])
    timeless = weigh([summary("a", "One"), summary("b", "Two")])
    assert timeless.score < one.score < wide.score < fresh.score


def test_the_headline_is_the_one_most_agree_on_in_the_language_asked_for() -> None:
    articles = [
        summary("a", headline=""),
        summary("b", headline="Odd one out"),
        summary("c", headline="EU and US agree on pressure"),
        summary("d", headline="EU and US agree on sanctions"),
        summary("e", headline="ЕС и США договорились", language="ru"),
    ]
    assert choose_headline(articles).article == "c"
    assert choose_headline(articles, "ru").article == "e"
    assert choose_headline(articles, "de").article == "c"
    assert choose_headline([summary("a", headline="")]).article == "a"


def test_reasons_say_what_was_decided_and_what_holds() -> None:
    log = [decide("opened", "a1", "S"), decide("moved", "a1", "T", "user")]
    assert explain_article(log).splitlines()[-1].startswith("so it is in T")
    a = make_sketch(1, terms=("n:kls",), text="the same words in both of them")
    b = make_sketch(2, hours=3, terms=("n:kls",), text="the same words in both of them")
    told = explain_pair(a, b, [*log, decide("joined", "a2", "T")])
    first = told.splitlines()[0]
    assert first.startswith("both in T: cosine 1.00, near-copies (100% of word runs)")
    assert first.endswith("shares a name, 3 h apart")
