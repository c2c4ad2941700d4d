"""The sources of a story as an engine made by hand tells them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from tidings.firsts import Ask, FirstView, tell
from tidings.model import Article, ArticleId, Evidence, Manner
from tidings.questions import StoryView
from tidings.sourcing import Sources
from tidings.story.chain import Chain, Edge, Ground, Node, NodeKind, Origin
from tidings.story.first import find_first
from tidings.story.publications import draw_orders, draw_publications

OFFICIAL = Node(
    id="anonymous:official",
    kind=NodeKind.ANONYMOUS,
    name="an <b>official</b>",
    article=None,
    url=None,
)


def prove(article: Article, words: str) -> Evidence:
    start = article.text.find(words)
    return Evidence(article=article.id, start=start, end=start + len(words), text=words)


def tell_sources(view: StoryView, held: Mapping[str, Article]) -> Sources:
    """All but the last article have it from the first, that one from an official."""
    ids = [one.article for one in view.articles]
    words = prove(held[ids[0]], held[ids[0]].headline)
    others = ids[1:-1]
    edges = (
        _edge(ids[0], OFFICIAL.id, words),
        *(_edge(one, ids[0], prove(held[one], held[one].headline)) for one in others),
    )
    nodes = tuple(
        Node(
            id=one,
            kind=NodeKind.ARTICLE,
            name=held[one].publisher or "",
            article=one,
            url=held[one].url,
        )
        for one in ids
    )
    rest = (ids[0], *others)
    return Sources(
        story=view,
        chain=Chain(
            nodes=(*nodes, OFFICIAL),
            edges=edges,
            origins=(
                Origin(node=OFFICIAL.id, ground=Ground.SAID, evidence=(words,), articles=rest),
            ),
            unstated=tuple(ids[-1:]) if len(ids) > 1 else (),
            ends=((ids[-1],),) if len(ids) > 1 else (),
            dropped=(),
        ),
    )


def _edge(child: str, parent: str, words: Evidence) -> Edge:
    return Edge(
        child=child,
        parent=parent,
        manner=Manner.CITES,
        evidence=(words,),
        score=0.9,
        reason="names it",
    )


def tell_first(sources: Sources, held: Mapping[str, Article], now: datetime) -> FirstView:
    versions = {ArticleId(one): [article] for one, article in held.items()}
    drawn = {one.id: one for one in draw_publications(sources.chain, versions, now)}
    found = find_first(list(drawn.values()), draw_orders(sources.chain))
    if found is None:
        raise ValueError("a story without articles")
    return FirstView(
        sources=sources,
        ask=Ask(),
        told=tell(found, drawn),
        known=tell(found.known, drawn) if found.known else None,
        contradictions=("one clock is <i>wrong</i>",),
        publications=drawn,
        orders=(),
    )
