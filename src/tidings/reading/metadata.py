"""What an HTML page says of itself: JSON-LD first, then meta tags, then marks in its text."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from tidings.reading.byline import choose_byline
from tidings.reading.headline import choose_headline
from tidings.reading.linked import find_address, parse_names, parse_texts
from tidings.reading.places import Ground, Places
from tidings.urls import canonical, registrable_domain

_PUBLISHER = ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_journal_title")
_BYLINE = (
    "author", "article:author", "parsely-author", "sailthru.author", "byl", "dc.creator",
    "dcterms.creator", "og:article:author", "cxenseparse:author", "article:author_name",
)  # fmt: skip
_TITLE = ("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "headline")
_STANDFIRST = ("og:description", "description", "twitter:description")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What the page says; ``grounds`` in field order."""

    url: str | None
    publisher: str | None
    headline: str
    standfirst: str  # the page's own summary, printed or not; "" without one
    byline: tuple[str, ...]
    grounds: tuple[Ground, ...]


def parse_metadata(places: Places) -> Metadata:
    """Costs about a millisecond."""
    url_ground, url = _url(places)
    publisher_ground, publisher = _publisher(places, url)
    titles = [("JSON-LD headline", text) for text in parse_texts(places.node.get("headline"))]
    titles += list(places.find(*_TITLE))
    headline_ground, headline = choose_headline(places.tree, titles, _own_names(publisher, url))
    byline_ground, byline = _byline(places, publisher, url)
    grounds = [
        ("byline", byline_ground),
        ("headline", headline_ground),
        ("publisher", publisher_ground),
        ("url", url_ground),
    ]
    return Metadata(
        url=url,
        publisher=publisher,
        headline=headline,
        standfirst=next((text for _, text in places.find(*_STANDFIRST)), ""),
        byline=byline,
        grounds=tuple(ground for ground in grounds if ground[1]),
    )


def _url(places: Places) -> Ground | tuple[str, None]:
    """A page's deep address before a mere front page's: some name their site as canonical."""
    named: list[Ground] = [
        ("link canonical", link.get("href") or "")
        for link in places.tree.iter("link")
        if (link.get("rel") or "").lower() == "canonical"
    ]
    named += places.find("og:url", "twitter:url")
    named.append(("JSON-LD url", find_address(places.node) or ""))
    found = [(ground, url) for ground, value in named if (url := canonical(value))]
    deep = [pair for pair in found if len(urlsplit(pair[1]).path) > 1 or "?" in pair[1]]
    return next(iter(deep + found), ("the page names no address of its own", None))


def _publisher(places: Places, url: str | None) -> Ground | tuple[str, None]:
    linked = parse_names(places.node.get("publisher"), places.by_id)
    named = [("JSON-LD publisher", name) for name in linked]
    named += places.find(*_PUBLISHER)
    for ground, value in named:
        if value and len(value) <= 100 and not value.startswith(("http://", "https://", "@")):
            return ground, value
    domain = registrable_domain(url) if url else None
    if domain:
        return "registrable domain of the address", domain
    return "the page names no publisher and no address", None


def _own_names(publisher: str | None, url: str | None) -> tuple[str, ...]:
    """What the publisher may be called at the end of a title."""
    domain = registrable_domain(url) if url else None
    names = [publisher, domain, domain.split(".")[0] if domain else None]
    return tuple(name for name in names if name)


def _byline(places: Places, publisher: str | None, url: str | None) -> tuple[str, tuple[str, ...]]:
    node, by_id = places.node, places.by_id
    named = [("JSON-LD author", parse_names(node.get("author"), by_id, "Organization"))]
    named += [(ground, [value]) for ground, value in places.find(*_BYLINE)]
    return choose_byline(places.tree, named, _own_names(publisher, url))
