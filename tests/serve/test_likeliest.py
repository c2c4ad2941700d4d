"""Of many that may be first, and of many origins, a few are shown and the rest is counted."""

from __future__ import annotations

import pytest

from tidings.firsts import Told
from tidings.serve.firsts import LIKELIEST, choose_likeliest
from tidings.serve.sourcing import MOST, choose_origins
from tidings.story.first import First, Ground, Verdict
from tidings.story.graph import Chain, Origin
from tidings.story.graph import Ground as Rests


def tell(timed: int, others: int) -> Told:
    keys = [f"t{at}" for at in range(timed)], [f"o{at}" for at in range(others)]
    chances = dict.fromkeys(keys[0], 0.1)
    first = First(
        verdict=Verdict.OPEN, ground=Ground.CHANCES, who=(*keys[0], *keys[1]), chances=chances,
        contradictions=(), circles=(), distrusted=frozenset(),
    )  # fmt: skip
    return Told(first=first, why="", decides=())


@pytest.mark.parametrize(
    ("timed", "others", "shown"),
    [(1, 0, 1), (LIKELIEST + 1, 0, LIKELIEST + 1), (40, 0, LIKELIEST), (40, 2, LIKELIEST + 2),
     (40, 40, 2 * LIKELIEST), (2, 40, 2 + LIKELIEST)],
)  # fmt: skip
def test_the_likeliest_and_those_without_a_time(timed: int, others: int, shown: int) -> None:
    told = tell(timed, others)
    few = choose_likeliest(told)
    assert len(few) == shown
    assert [key for key in told.first.who if key in few] == list(few)
    assert {"t0", "o0"} & set(told.first.who) <= set(few)


@pytest.mark.parametrize(("held", "shown"), [(0, 0), (MOST + 1, MOST + 1), (MOST + 2, MOST)])
def test_origins_on_which_most_rests(held: int, shown: int) -> None:
    origins = tuple(
        Origin(node=f"n{at}", ground=Rests.SAID, evidence=(), articles=()) for at in range(held)
    )
    chain = Chain(nodes=(), edges=(), origins=origins, unstated=(), ends=(), dropped=())
    few, others = choose_origins(chain)
    assert len(few) == shown
    assert (*few, *others) == origins
