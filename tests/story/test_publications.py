"""From a chain to publications and orders."""

from __future__ import annotations

from datetime import UTC, datetime

from chaining import make_report

from tidings.model import ArticleId, Evidence, Manner
from tidings.story.chain import Chain, Edge, Node, NodeKind
from tidings.story.publications import draw_orders, draw_publications, drop_background

NOW = datetime(2026, 1, 1, tzinfo=UTC)
REPORT = make_report("a", publisher="Alma Courier", hour=9)
ARTICLE = Node(id="a", kind=NodeKind.ARTICLE, name="Alma Courier", article=ArticleId("a"), url=None)


def make_node(kind: NodeKind, name: str, url: str | None = None) -> Node:
    return Node(id=f"{kind}:{name}", kind=kind, name=name, article=None, url=url)


def make_edge(parent: Node, start: int, manner: Manner = Manner.CITES) -> Edge:
    words = Evidence(article=ArticleId("a"), start=start, end=start + 1, text="x")
    return Edge(
        child="a", parent=parent.id, manner=manner, evidence=(words,), score=0.9, reason="made"
    )


def make_chain(nodes: list[Node], edges: list[Edge]) -> Chain:
    return Chain(
        nodes=(ARTICLE, *nodes), edges=tuple(edges), origins=(), unstated=(), ends=(), dropped=()
    )


def names(chain: Chain) -> set[str]:
    drawn = draw_publications(chain, {ArticleId("a"): [REPORT.article]}, NOW)
    return {one.name for one in drop_background({one.id: one for one in drawn}, chain).values()}


def test_whom_only_the_depth_of_a_text_names_is_background() -> None:
    near, far = (make_node(NodeKind.PUBLISHER, name) for name in ("Near", "Far"))
    chain = make_chain([near, far], [make_edge(near, 100), make_edge(far, 3000)])
    assert names(chain) == {"Alma Courier", "Near"}


def test_what_has_a_time_is_never_background() -> None:
    url = "https://x.com/nora/status/1884298044398792782"
    post = make_node(NodeKind.POST, "Nora", url)
    page = make_node(NodeKind.PUBLISHER, "Far", "https://far.example/2025/03/09/bridge")
    chain = make_chain([post, page], [make_edge(post, 3000), make_edge(page, 3000)])
    assert names(chain) == {"Alma Courier", "@nora on X", "Far"}


def test_who_says_it_publishes_nothing() -> None:
    person = make_node(NodeKind.PERSON, "Nora Vik")
    assert names(make_chain([person], [make_edge(person, 0)])) == {"Alma Courier"}


def test_a_copy_that_names_nobody_orders_nothing() -> None:
    other = make_node(NodeKind.PUBLISHER, "Other")
    told = make_edge(other, 0, Manner.COPIES)
    silent = Edge(
        child="a", parent=other.id, manner=Manner.COPIES, evidence=(), score=0.9, reason="made"
    )
    assert len(draw_orders(make_chain([other], [told]))) == 1
    assert draw_orders(make_chain([other], [silent])) == []
