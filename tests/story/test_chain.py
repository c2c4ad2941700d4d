from __future__ import annotations

from chaining import make_link, make_report, pairs, roots
from hypothesis import given
from hypothesis import strategies as st

from tidings.model import ArticleId, Copy, CopyKind, Manner, SourceKind
from tidings.story.chain import Chain, Ground, NodeKind, build_chain


def copy(article: str, of: str) -> Copy:
    return Copy(article=ArticleId(article), of=ArticleId(of), kind=CopyKind.NEAR, share=0.9)


def test_page_from_an_agency_from_an_unnamed_official_and_a_post() -> None:
    page = make_report(
        "page",
        make_link("page", "Bloomberg"),
        make_link("page", "official of EU", SourceKind.ANONYMOUS, through="Bloomberg"),
        make_link("page", "Kaja Kallas", SourceKind.POST),
    )
    chain = build_chain([page, make_report("silent", publisher="Silent Post")])
    agency = "publisher:outlet:Bloomberg"
    assert ("page", agency) in pairs(chain)
    assert (agency, "anonymous:official:EU") in pairs(chain)
    assert {origin.ground for origin in chain.origins} == {Ground.SAID}
    assert len(chain.origins) == 2
    assert chain.unstated == ("silent",)


def test_what_is_said_in_an_article_is_said_to_the_one_publisher_it_is_from() -> None:
    minister = make_link("a", "Minister Novak", SourceKind.PERSON)
    chain = build_chain([make_report("a", make_link("a", "Reuters"), minister)])
    assert roots(chain) == {"person:mnstr+nvk"}


def test_unnamed_people_who_cannot_be_told_apart_are_one() -> None:
    some = make_report("a", make_link("a", "official of EU", SourceKind.ANONYMOUS))
    same = make_report("b", make_link("b", "official", SourceKind.ANONYMOUS))
    other = make_report("c", make_link("c", "official of US", SourceKind.ANONYMOUS))
    assert len(build_chain([some, same]).origins) == 1
    assert len(build_chain([some, other]).origins) == 2


def test_a_source_of_a_publisher_is_the_official_whom_it_cites() -> None:
    vague, *told = (
        make_report(
            str(at),
            make_link(str(at), "Reuters"),
            make_link(str(at), words, SourceKind.ANONYMOUS, through="Reuters"),
        )
        for at, words in enumerate(["source", "official of EU", "diplomat of EU", "official of US"])
    )
    assert len(build_chain([vague, *told]).origins) == 3
    assert len(build_chain([*told, vague]).origins) == 3
    alone = make_report("5", make_link("5", "source", SourceKind.ANONYMOUS))
    assert len(build_chain([*told, alone]).origins) == 4


def test_a_cited_publisher_is_the_held_article_that_is_not_later() -> None:
    early = make_report("early", publisher="Northern Courier", hour=8)
    late = make_report("late", publisher="Northern Courier", hour=20)
    citing = make_report("citing", make_link("citing", "Northern Courier"), hour=12)
    chain = build_chain([early, citing])
    assert pairs(chain) == {("citing", "early")}
    assert roots(chain) == {"early"}
    assert build_chain([late, citing]).nodes[-1].kind is NodeKind.PUBLISHER


def test_two_articles_that_fit_are_none() -> None:
    twins = [make_report(name, publisher="Northern Courier", hour=8) for name in ("a", "b")]
    citing = make_report("citing", make_link("citing", "Northern Courier"), hour=12)
    assert "publisher:" in build_chain([*twins, citing]).edges[0].parent


def test_copies_of_one_text_are_one_root_that_is_unstated() -> None:
    chain = build_chain(
        [make_report("a", hour=8), make_report("b", hour=9), make_report("c", hour=10)],
        [copy("b", "a"), copy("c", "a")],
    )
    assert chain.unstated == ("a",)
    assert chain.origins == ()


def test_a_copy_that_names_the_other_is_later_whatever_the_clocks_say() -> None:
    credited = make_link("early", "Northern Courier", manner=Manner.CREDITS)
    early = make_report("early", credited, hour=8)
    late = make_report("late", publisher="Northern Courier", hour=8)
    chain = build_chain([early, late], [copy("late", "early")])
    assert pairs(chain) == {("early", "late")}


def test_a_copy_of_a_text_that_an_agency_signs_is_from_the_agency() -> None:
    credited = make_report("a", make_link("a", "Reuters", manner=Manner.CREDITS), hour=9)
    chain = build_chain([make_report("b", hour=8), credited], [copy("a", "b")])
    agency = "publisher:outlet:Reuters"
    assert pairs(chain) == {("a", agency), ("b", agency)}
    assert [origin.articles for origin in chain.origins] == [("b", "a")]


def test_two_that_were_there_are_two_origins() -> None:
    there = [
        make_report(name, make_link(name, "our reporter", manner=Manner.WITNESSES))
        for name in ("a", "b")
    ]
    chain = build_chain(there)
    assert roots(chain) == {"a", "b"}
    assert {origin.ground for origin in chain.origins} == {Ground.WITNESSED}


def test_a_circle_is_broken_and_said() -> None:
    a = make_report("a", make_link("a", "Southern Herald"), publisher="Northern Courier")
    b = make_report("b", make_link("b", "Northern Courier"), publisher="Southern Herald")
    chain = build_chain([a, b])
    assert len(chain.edges) == 1
    assert len(chain.dropped) == 1
    assert "left out" in chain.dropped[0].reason


NAMES = ["Northern Courier", "Southern Herald", "Eastern Gazette", "Western Mail", "Reuters"]


@st.composite
def stories(draw: st.DrawFn) -> Chain:
    """Some that name each other, at any hours, and copy each other."""
    count = draw(st.integers(1, 5))
    reports = []
    for at in range(count):
        cited = draw(st.lists(st.sampled_from(NAMES), max_size=3, unique=True))
        links = [make_link(f"r{at}", name) for name in cited]
        hour = draw(st.none() | st.integers(0, 23))
        reports.append(make_report(f"r{at}", *links, publisher=NAMES[at], hour=hour))
    names = st.sampled_from([f"r{at}" for at in range(count)])
    copies = [copy(a, b) for a, b in draw(st.lists(st.tuples(names, names), max_size=4))]
    return build_chain(reports, copies)


@given(stories())
def test_no_circle_and_every_article_rests_on_something(chain: Chain) -> None:
    parents: dict[str, set[str]] = {}
    for edge in chain.edges:
        parents.setdefault(edge.child, set()).add(edge.parent)
    ends = roots(chain) | set(chain.unstated)
    for node in chain.nodes:
        above, waiting = set(), [node.id]
        while waiting:
            for one in parents.get(waiting.pop(), set()) - above:
                above.add(one)
                waiting.append(one)
        assert node.id not in above
        assert ({node.id} | above) & ends


@given(stories())
def test_an_unstated_end_is_no_origin(chain: Chain) -> None:
    assert not roots(chain) & set(chain.unstated)
