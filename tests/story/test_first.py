"""Who was first: laws over drawn times and orders, and cases that are decided by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.story.chances import find_chances, find_density
from tidings.story.clocks import Bounds, Publication
from tidings.story.first import First, Ground, Verdict, find_first
from tidings.story.ordering import Clash, Order, order_publications
from tidings.story.verdicts import explain, list_deciders, say_chance, tell_contradiction
from tidings.times import Interval, day, local_span, moment, unknown

NOON = datetime(2024, 5, 14, 12, tzinfo=UTC)
OPEN = Bounds(start=None, end=None)


def publish(
    name: str,
    at: datetime | Interval | None = None,
    *,
    is_anchor: bool = False,
    is_held: bool = True,
    changed: datetime | None = None,
) -> Publication:
    interval = at if isinstance(at, Interval) else moment(at, "made") if at else unknown("made")
    return Publication(
        id=name,
        name=name,
        published=interval,
        is_anchor=is_anchor,
        is_held=is_held,
        changed=changed,
    )


def follow(*pairs: str) -> list[Order]:
    """'b<a': b has it from a."""
    split = (pair.split("<") for pair in pairs)
    return [Order(later=later, earlier=earlier, reason="cites") for later, earlier in split]


def ask(publications: list[Publication], *orders: str) -> First:
    first = find_first(publications, follow(*orders))
    assert first is not None
    return first


def post(name: str, at: datetime) -> Publication:
    exact = moment(at, "made", timedelta(milliseconds=1))
    return publish(name, exact, is_anchor=True, is_held=False)


def test_nothing_has_no_first() -> None:
    assert find_first([], []) is None


def test_alone_is_first() -> None:
    first = ask([publish("a", NOON)])
    assert (first.verdict, first.who, first.ground) == (Verdict.PROVED, ("a",), Ground.ALONE)


def test_words_outweigh_clocks() -> None:
    first = ask([publish("a", NOON), publish("b", NOON - timedelta(hours=3))], "b<a")
    assert (first.verdict, first.who, first.ground) == (Verdict.PROVED, ("a",), Ground.WORDS)
    (contradiction,) = first.contradictions
    assert (contradiction.earlier, contradiction.later) == ("a", "b")
    assert contradiction.gap == timedelta(hours=3) - timedelta(seconds=1)


def test_words_of_somebody_in_between_order_too() -> None:
    first = ask([publish("a"), publish("c")], "c<b", "b<a")
    assert (first.verdict, first.who) == (Verdict.PROVED, ("a",))


@pytest.mark.parametrize(
    ("minutes", "verdict"),
    [(0, Verdict.OPEN), (5, Verdict.OPEN), (60, Verdict.LIKELY), (24 * 60, Verdict.LIKELY)],
)
def test_clocks_of_pages_prove_nothing(minutes: int, verdict: Verdict) -> None:
    first = ask([publish("b", NOON + timedelta(minutes=minutes)), publish("a", NOON)])
    assert first.verdict is verdict
    assert first.who[0] == "a"


def test_days_apart_are_proved() -> None:
    early, late = day(date(2024, 5, 14), "made"), day(date(2024, 5, 17), "made")
    first = ask([publish("b", late), publish("a", early)])
    assert (first.verdict, first.who, first.ground) == (Verdict.PROVED, ("a",), Ground.TIMES)


def test_platforms_clocks_prove_to_the_millisecond() -> None:
    first = ask([post("b", NOON + timedelta(milliseconds=2)), post("a", NOON)])
    assert (first.verdict, first.who) == (Verdict.PROVED, ("a",))


def test_a_day_and_a_moment_within_it_are_open() -> None:
    page = publish("page", day(date(2024, 5, 14), "made"), is_held=False)
    first = ask(
        [page, post("post", NOON), publish("c", NOON + timedelta(days=1))], "c<page", "c<post"
    )
    assert (first.verdict, set(first.who)) == (Verdict.OPEN, {"page", "post"})
    held = {"page": page, "post": post("post", NOON)}
    assert list_deciders(first, held) == [
        "the time of day at which page published it: only the day is told"
    ]


def test_an_unknown_zone_is_named_as_what_would_decide() -> None:
    local = NOON.replace(tzinfo=None)
    a = publish("a", local_span(local, local + timedelta(minutes=1), "made"))
    b = publish("b", NOON + timedelta(hours=1))
    first = ask([a, b])
    assert first.verdict is Verdict.OPEN
    assert list_deciders(first, {"a": a, "b": b}) == ["the zone of the clock of a"]


def test_who_is_not_dated_leaves_it_open() -> None:
    late = publish("c", NOON + timedelta(hours=9))
    first = ask([publish("a", NOON), publish("b"), late])
    assert (first.verdict, first.ground) == (Verdict.OPEN, Ground.UNDATED)
    assert first.known is not None
    assert (first.known.verdict, first.known.who) == (Verdict.LIKELY, ("a",))


def test_one_alone_with_a_time_is_not_told_as_first() -> None:
    first = ask([publish("a", NOON), publish("b")])
    assert (first.verdict, first.known, first.chances) == (Verdict.OPEN, None, {})


def test_a_circle_orders_nothing_and_is_told() -> None:
    first = ask([publish("a", NOON), publish("b", NOON)], "a<b", "b<a")
    assert (first.verdict, set(first.who)) == (Verdict.OPEN, {"a", "b"})
    assert first.circles == (("a", "b"),)


def test_the_clock_that_speaks_against_most_is_not_believed() -> None:
    """A wrong clock at the root is found by those that quote it."""
    publications = [
        publish("a", NOON),
        publish("b", NOON - timedelta(hours=3)),
        publish("c", NOON - timedelta(hours=2)),
        publish("d", NOON - timedelta(hours=1)),
    ]
    ordering = order_publications(publications, follow("b<a", "c<a"))
    assert ordering.believed["a"].published.start is None
    assert ordering.believed["b"].published.start is not None
    assert ordering.soft["a"].end is not None
    assert ordering.soft["a"].end < NOON - timedelta(hours=2)


def test_what_was_changed_since_may_have_been_taken_in_then() -> None:
    late = publish("b", NOON - timedelta(hours=3), changed=NOON + timedelta(hours=1))
    held = [publish("a", NOON), late]
    first = ask(held, "b<a")
    assert (first.verdict, first.who) == (Verdict.LIKELY, ("b",))
    (contradiction,) = first.contradictions
    assert contradiction.clash is Clash.UPDATE
    assert "changed since" in tell_contradiction(contradiction, {one.id: one for one in held})


def test_a_bare_link_orders_nothing_but_speaks_against_a_clock() -> None:
    link = Order(later="b", earlier="a", reason="links", is_weak=True)
    held = [publish("a", NOON), publish("b", NOON - timedelta(days=300))]
    first = find_first(held, [link])
    assert first is not None
    assert (first.verdict, set(first.who)) == (Verdict.OPEN, {"a", "b"})
    (contradiction,) = first.contradictions
    assert contradiction.clash is Clash.LINK
    assert "links to" in tell_contradiction(contradiction, {one.id: one for one in held})
    after = [publish("a", NOON), publish("b", NOON + timedelta(hours=9))]
    agreed = find_first(after, [link])
    assert agreed is not None
    assert (agreed.verdict, agreed.contradictions) == (Verdict.LIKELY, ())


def test_the_platforms_clock_is_the_right_one() -> None:
    held = [post("post", NOON), publish("a", NOON - timedelta(hours=3))]
    first = ask(held, "a<post")
    told = tell_contradiction(first.contradictions[0], {one.id: one for one in held})
    assert "the platform's own" in told


def test_chances_are_what_they_are_by_hand() -> None:
    """Of two intervals of a day each, half overlapping, the earlier is first at 7/8."""
    early = Interval(start=NOON, end=NOON + timedelta(days=4), reason="made")
    late = Interval(start=NOON + timedelta(days=2), end=NOON + timedelta(days=6), reason="made")
    densities = {
        name: density
        for name, span in (("a", early), ("b", late))
        if (density := find_density(publish(name, span, is_anchor=True), OPEN))
    }
    assert find_chances(densities)["a"] == pytest.approx(7 / 8)


def test_nobody_is_certain() -> None:
    assert say_chance(1.0) == "probability 0.99"


SPANS = st.builds(
    lambda start, width: Interval(
        start=NOON + timedelta(minutes=start),
        end=NOON + timedelta(minutes=start + width),
        reason="drawn",
    ),
    st.integers(0, 4000),
    st.integers(1, 3000),
)
SOMETIMES = st.one_of(SPANS, st.just(unknown("drawn")))
NAMES = "abcdef"


@st.composite
def stories(draw: st.DrawFn) -> tuple[list[Publication], list[Order]]:
    names = NAMES[: draw(st.integers(1, len(NAMES)))]
    publications = [
        publish(name, draw(SOMETIMES), is_anchor=draw(st.booleans()), is_held=draw(st.booleans()))
        for name in names
    ]
    ends = st.sampled_from(names)
    pairs = draw(st.lists(st.tuples(ends, ends), max_size=6))
    return publications, follow(*(f"{later}<{earlier}" for later, earlier in pairs))


@given(stories(), st.randoms(use_true_random=False))
def test_the_order_of_publications_is_irrelevant(
    story: tuple[list[Publication], list[Order]], shuffler: object
) -> None:
    publications, orders = story
    first = find_first(publications, orders)
    again = find_first(publications[::-1], orders[::-1])
    assert first is not None
    assert again is not None
    assert (first.verdict, first.who, first.ground) == (again.verdict, again.who, again.ground)


@given(stories())
def test_what_has_it_from_another_is_never_first(
    story: tuple[list[Publication], list[Order]],
) -> None:
    """Except in a circle."""
    publications, orders = story
    ordering = order_publications(publications, orders)
    first = find_first(publications, orders)
    assert first is not None
    assert first.who
    assert all(not ordering.before[key] for key in first.who)
    if first.verdict is not Verdict.OPEN:
        assert len(first.who) == 1
    held = {one.id: one for one in publications}
    assert explain(first, held)


@given(st.lists(SPANS, min_size=1, max_size=8))
def test_chances_sum_to_one(spans: list[Interval]) -> None:
    densities = {
        str(at): density
        for at, span in enumerate(spans)
        if (density := find_density(publish(str(at), span), OPEN))
    }
    chances = find_chances(densities)
    assert sum(chances.values()) == pytest.approx(1)
    assert all(0 <= chance <= 1 for chance in chances.values())


@given(st.lists(SPANS, min_size=2, max_size=5), st.integers(1, 600))
def test_later_is_never_likelier(spans: list[Interval], minutes: int) -> None:
    """To move one's interval on takes from its chance."""

    def chance(own: Interval) -> float:
        made = [own, *spans[1:]]
        densities = {
            str(at): density
            for at, span in enumerate(made)
            if (density := find_density(publish(str(at), span), OPEN))
        }
        return find_chances(densities)["0"]

    gap = timedelta(minutes=minutes)
    first = spans[0]
    assert first.start is not None
    assert first.end is not None
    moved = Interval(start=first.start + gap, end=first.end + gap, reason="drawn")
    assert chance(moved) <= chance(first) + 1e-9


@given(stories())
def test_contradictory_clocks_leave_somebody_to_be_first(
    story: tuple[list[Publication], list[Order]],
) -> None:
    """Whatever the orders and clocks, bounds that are left agree with one another."""
    publications, orders = story
    ordering = order_publications(publications, orders)
    for bounds in ordering.hard.values():
        assert bounds.start is None or bounds.end is None or bounds.start < bounds.end


def test_a_link_to_a_clock_that_is_not_believed_takes_away_no_belief() -> None:
    """The page was changed late and is dated so; three say that they have it from there."""
    changed = publish("a", NOON + timedelta(hours=9))
    quoting = [publish(name, NOON + timedelta(hours=at)) for at, name in enumerate("bcd")]
    linking = publish("e", NOON - timedelta(hours=1))
    link = Order(later="e", earlier="a", reason="links", is_weak=True)
    ordering = order_publications(
        [changed, *quoting, linking], [*follow("b<a", "c<a", "d<a"), link]
    )
    assert ordering.distrusted == {"a"}
    assert ("a", "e") in {(one.earlier, one.later) for one in ordering.contradictions}


def test_what_is_open_among_the_dated_too_is_told_once() -> None:
    publications = [publish("a", NOON), publish("b", NOON), publish("c")]
    first = ask(publications, "b<c")
    assert (first.verdict, first.known) == (Verdict.OPEN, None)
