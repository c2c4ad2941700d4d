"""What a publisher puts on every page is told from what its articles say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tidings.model import Article, ArticleId, PageId, Role
from tidings.reading.compose import compose
from tidings.reading.habits import BODY, DEFAULTS, Habits
from tidings.times import unknown

FURNITURE = "Our app has all sailings, also at night"
OWN = [f"The {ship} left the port at noon on Sunday." for ship in ("Aurora", "Bremen", "Castor")]
NAMES = ["Ferries stop", "A comet is seen", "The budget passes"]


def make(headline: str, *lines: str) -> Article:
    text, blocks = compose([(Role.HEADLINE, headline), *((Role.BODY, line) for line in lines)])
    return Article(
        id=ArticleId("a"),
        page=PageId("p"),
        position=0,
        url=None,
        publisher=None,
        published=unknown("not printed"),
        modified=None,
        language="en",
        headline=headline,
        byline=(),
        text=text,
        blocks=blocks,
        links=(),
        is_cut=False,
        extractor="test/1",
        grounds=(),
    )


def told(article: Article) -> list[str]:
    return [article.text[b.start : b.end] for b in article.blocks if b.role in BODY]


def test_the_third_page_with_a_line_shows_it_as_furniture() -> None:
    habits = Habits()
    kept = []
    for name, own in zip(NAMES, OWN, strict=True):
        article = habits.peel(make(name, own, FURNITURE))
        habits.learn(article)
        kept.append(told(article))
    assert kept == [[OWN[0], FURNITURE], [OWN[1], FURNITURE], [OWN[2]]]


def test_counters_are_one_line() -> None:
    earlier = [make(NAMES[at], OWN[at], f"Comments: {at}") for at in range(2)]
    found = Habits(earlier).peel(make(NAMES[2], OWN[2], "Comments: 1,024"))
    assert told(found) == [OWN[2]]


def test_versions_of_one_article_are_no_furniture() -> None:
    versions = [make(NAMES[0], *OWN[:2], f"{count} ferries lie still.") for count in ("Two", "Ten")]
    article = make(NAMES[0], *OWN[:2], "All ferries sail again.")
    assert Habits(versions).peel(article) == article


def test_what_is_all_furniture_stays() -> None:
    article = make("Another notice", FURNITURE)
    earlier = [make(name, own, FURNITURE) for name, own in zip(NAMES, OWN, strict=True)]
    assert Habits(earlier).peel(article) == article


lines = st.lists(st.sampled_from([*OWN, FURNITURE, "Read also", "12", "—"]), min_size=1, max_size=5)


@given(bodies=st.lists(lines, min_size=1, max_size=30), last=lines)
def test_only_roles_change_by_the_last_pages_alone(
    bodies: list[list[str]], last: list[str]
) -> None:
    earlier = [make(f"Number {at}", *body) for at, body in enumerate(bodies)]
    article = make("The last", *last)
    found = Habits(earlier).peel(article)
    assert found == Habits(earlier[-DEFAULTS.earlier :]).peel(article)
    assert found.text == article.text
    assert found.blocks[0].role is Role.HEADLINE
    assert any(block.role in BODY for block in found.blocks)
    spans = [(block.start, block.end) for block in article.blocks]
    assert [(block.start, block.end) for block in found.blocks] == spans
