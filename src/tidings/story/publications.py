"""A story's chain → its publications with their times, and who has it from whom, for ``first``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from tidings.idtimes import find_making
from tidings.model import Article, ArticleId, Evidence, Manner
from tidings.posts import Clock, find_post
from tidings.reading.live import is_live
from tidings.reading.stamps import parse_path
from tidings.story.chain import Chain, Edge, Node, NodeKind
from tidings.story.clocks import Doubt, Publication, is_zoned
from tidings.story.ordering import Order
from tidings.times import Interval, meet, unknown
from tidings.urls import canonical

Versions = Mapping[ArticleId, Sequence[Article]]
"""Of each article, by the newest one's id, all that are held, oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawOptions:
    score: float = 0.5
    """Of an edge, below which it orders nothing. Our own choice; guarded by bench/chains.py."""
    lead: int = 700
    """Code points from an article's start, behind which whom it names is background: a publisher
    that isn't held is then none that the story may be had from. Our own choice, by reading."""


DEFAULTS = DrawOptions()


def join_versions(chain: Chain, versions: Versions) -> Chain:
    """With one node for all versions of an article: that of the newest in the chain."""
    held = {node.article for node in chain.nodes if node.article}
    homes: dict[str, str] = {}
    for listed in versions.values():
        newest = [one.id for one in listed if one.id in held][-1:]
        homes |= {one.id: home for one in listed for home in newest}
    return replace(
        chain,
        nodes=tuple(node for node in chain.nodes if homes.get(node.id, node.id) == node.id),
        edges=tuple(_move(edge, homes) for edge in chain.edges),
        dropped=tuple(_move(edge, homes) for edge in chain.dropped),
    )


def draw_publications(chain: Chain, versions: Versions, now: datetime) -> list[Publication]:
    """Articles, posts, and publishers and documents that are named and not held. A time after
    ``now`` that a post's id would have is refused."""
    drawn = (draw_publication(node, versions, now) for node in chain.nodes)
    return [one for one in drawn if one]


def drop_background(
    drawn: Mapping[str, Publication], chain: Chain, options: DrawOptions = DEFAULTS
) -> dict[str, Publication]:
    """Without those that are not held, have no time, and that nobody names in the lead or in
    another article's name."""
    leading = {
        edge.parent
        for edge in chain.edges
        if edge.child not in drawn
        or not drawn[edge.child].is_held
        or any(words.start < options.lead for words in edge.evidence)
    }
    return {
        key: one
        for key, one in drawn.items()
        if one.is_held or one.url or one.published.start or key in leading
    }


def draw_publication(node: Node, versions: Versions, now: datetime) -> Publication | None:
    """None for what is published nowhere: somebody who said it, a court, a law."""
    if node.kind is NodeKind.ARTICLE:
        held = versions.get(node.article, ()) if node.article else ()
        return _draw_article(node, held) if held else None
    if node.kind is NodeKind.POST:
        return _draw_post(node, now)
    if node.kind is NodeKind.PUBLISHER or (node.kind is NodeKind.DOCUMENT and node.url):
        return Publication(
            id=node.id,
            name=node.name or node.url or node.id,
            published=_read_address(node.url),
            is_held=False,
            url=node.url,
        )
    return None


def draw_orders(chain: Chain, options: DrawOptions = DEFAULTS) -> list[Order]:
    """Those that closed a circle too: a circle is shown, not decided. Whose text a copy is that
    names nobody was told by the clocks, so that it orders nothing here."""
    return [
        Order(earlier=edge.parent, later=edge.child, reason=edge.manner, evidence=edge.evidence)
        for edge in (*chain.edges, *chain.dropped)
        if edge.child != edge.parent and edge.score >= options.score and _is_said(edge)
    ]


def draw_links(chain: Chain, versions: Versions) -> list[Order]:
    """Of articles to those of other publishers, by the addresses that they print: weak orders."""
    articles = {
        node.id: versions[node.article][-1]
        for node in chain.nodes
        if node.article and versions.get(node.article)
    }
    homes = {address: key for key, one in articles.items() if (address := canonical(one.url or ""))}
    return [
        Order(earlier=homes[link], later=key, reason="links", is_weak=True)
        for key, one in articles.items()
        for link in one.links
        if link in homes and _are_strangers(one, articles[homes[link]])
    ]


def draw_version(one: Publication, held: Sequence[Article], place: int) -> Publication:
    """Of what first stands in the version at ``place``: it came in after the one before, and not
    after the last change of this."""
    version = held[place]
    published = version.published if place == 0 else _since(held[place - 1], version)
    changed = version.modified.end if version.modified else None
    is_changed = bool(changed and published.end and changed > published.end)
    if not is_changed or published.start is None or one.doubt is Doubt.LIVE:
        kept = one.published if place == 0 else published
        return replace(one, article=version.id, published=kept)
    reason = f"{published.reason}; changed until {changed:%Y-%m-%d %H:%M} UTC"
    span = Interval(start=published.start, end=changed, reason=reason)
    return replace(one, article=version.id, published=span, doubt=Doubt.UPDATED)


def find_sources_of(place: Evidence, block: tuple[int, int], edges: Iterable[Edge]) -> list[str]:
    """Whom the paragraph in which it stands names: their nodes."""
    return [
        edge.parent
        for edge in edges
        for words in edge.evidence
        if words.article == place.article and block[0] <= words.start < block[1]
    ]


def _move(edge: Edge, homes: Mapping[str, str]) -> Edge:
    child, parent = (homes.get(end, end) for end in (edge.child, edge.parent))
    return replace(edge, child=child, parent=parent)


def _are_strangers(one: Article, other: Article) -> bool:
    """Of two publishers, as far as both are known."""
    names = (one.publisher, other.publisher)
    domains = (one.domain, other.domain)
    return None not in names and names[0] != names[1] and (None in domains or len(set(domains)) > 1)


def _is_said(edge: Edge) -> bool:
    return bool(edge.evidence) or edge.manner not in (Manner.COPIES, Manner.TRANSLATES)


def _draw_article(node: Node, held: Sequence[Article]) -> Publication:
    first = held[0]
    changes = [one.modified.end for one in held if one.modified]
    changes += [one.published.end for one in held[1:]]
    changed = max((at for at in changes if at), default=None)
    live = any(is_live(one.headline, one.url) for one in held)
    published = _not_before(first.url, first.published)
    if live and published.start:
        reason = f"{published.reason}, when the live page was opened"
        end = changed if changed and changed > published.start else None
        published = Interval(start=published.start, end=end, reason=reason)
    return Publication(
        id=node.id,
        name=node.name or f"article {first.id}",
        published=published,
        changed=changed,
        doubt=Doubt.LIVE if live else None,
        article=first.id,
        url=first.url,
    )


def _draw_post(node: Node, now: datetime) -> Publication:
    post = find_post(node.url, now) if node.url else None
    if post is None:
        published = _read_address(node.url)
        return Publication(
            id=node.id, name=node.name or node.id, published=published, is_held=False, url=node.url
        )
    return Publication(
        id=node.id,
        name=f"@{post.author} on {post.platform}" if post.author else f"post on {post.platform}",
        published=post.time,
        is_anchor=post.clock in (Clock.PLATFORM, Clock.DRAFT),
        is_held=False,
        url=node.url,
    )


def _read_address(url: str | None) -> Interval:
    if url is None:
        return unknown("no page of it is held")
    path = urlsplit(url).path
    found = parse_path(path, "address")
    return _not_before(url, found or unknown("no page of it is held; its address names no day"))


def _not_before(url: str | None, published: Interval) -> Interval:
    """A wide interval is cut where an id in the address tells when the page's record was made."""
    made = find_making(urlsplit(url).path) if url and not is_zoned(published) else None
    if made is None:
        return published
    after = Interval(start=made.at, end=None, reason=made.rule)
    reason = f"{published.reason}; made {made.at:%Y-%m-%d %H:%M:%S} UTC ({made.rule})"
    return meet(published, after, reason) or published


def _since(before: Article, version: Article) -> Interval:
    """When a version came: by its own time where that is another than the one before's."""
    starts = [before.published.start, before.modified.start if before.modified else None]
    latest = max((at for at in starts if at), default=None)
    own = version.published
    if own.start and latest and own.start > latest:
        return own
    ends = [own.end, version.modified.end if version.modified else None]
    end = max((at for at in ends if at), default=None)
    if latest is None or end is None or end <= latest:
        return unknown("a later version, of which no other time is told")
    return Interval(start=latest, end=end, reason="a later version than the one held before it")
