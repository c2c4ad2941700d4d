"""What an HTML page says of itself: JSON-LD first, then meta tags, then marks in its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from htmldate import find_date
from lxml import html

from tidings.reading.byline import choose_byline
from tidings.reading.headline import choose_headline
from tidings.reading.linked import Node, find_address, find_article, parse_names, parse_texts
from tidings.reading.stamps import choose_stamp, parse_path
from tidings.times import Interval, day, unknown
from tidings.urls import canonical, registrable_domain

Ground = tuple[str, str]
"""Where a value stands, and the value."""

_PUBLISHED = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished",
    "article:published", "article.published", "rnews:datepublished", "pubdate", "publishdate",
    "publish-date", "publish_date", "published", "published_time", "publication_date",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "dcterms.issued",
    "dc.date.issued", "dc.issued", "dcterms.created", "dc.date.created", "dcterms.date", "dc.date",
    "citation_publication_date", "citation_date", "originalpublicationdate", "article:post_date",
    "og:pubdate", "date", "datecreated", "uploaddate", "timestamp",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:updated_time", "og:modified_time", "datemodified", "lastmod",
    "dcterms.modified", "dc.date.modified", "dc.modified", "last-modified", "revised",
    "cxenseparse:recs:modifiedtime",
)  # fmt: skip
_PUBLISHER = ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_journal_title")
_BYLINE = (
    "author", "article:author", "parsely-author", "sailthru.author", "byl", "dc.creator",
    "dcterms.creator", "og:article:author", "cxenseparse:author", "article:author_name",
)  # fmt: skip
_TITLE = ("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "headline")
_STANDFIRST = ("og:description", "description", "twitter:description")
_ELSEWHERE = re.compile(r"\s*(?:https?:)?//", re.IGNORECASE)
_APART = ("aside", "nav", "footer", "blockquote", "li", "a", "form", "figure")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What the page says; ``grounds`` in field order."""

    url: str | None
    publisher: str | None
    published: Interval
    modified: Interval | None
    headline: str
    standfirst: str  # the page's own summary, printed or not; "" without one
    byline: tuple[str, ...]
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sources:
    """The places where a page may say something, each looked through once."""

    tree: html.HtmlElement
    node: Node
    by_id: Mapping[str, Node]
    metas: Mapping[str, tuple[str, ...]]

    def find(self, *names: str) -> Iterator[Ground]:
        for name in names:
            for content in self.metas.get(name, ()):
                yield f"meta {name}", content


def parse_metadata(tree: html.HtmlElement) -> Metadata:
    """Costs about a millisecond, some ten to hundreds more where the date has to be guessed."""
    node, by_id = find_article(tree)
    sources = _Sources(tree=tree, node=node, by_id=by_id, metas=_metas(tree))
    url_ground, url = _url(sources)
    publisher_ground, publisher = _publisher(sources, url)
    titles = [("JSON-LD headline", text) for text in parse_texts(node.get("headline"))]
    titles += list(sources.find(*_TITLE))
    headline_ground, headline = choose_headline(tree, titles, _own_names(publisher, url))
    byline_ground, byline = _byline(sources, publisher, url)
    published = _published(sources, url)
    modified = _modified(sources)
    grounds = [
        ("byline", byline_ground),
        ("headline", headline_ground),
        ("modified", modified.reason if modified else ""),
        ("published", published.reason),
        ("publisher", publisher_ground),
        ("url", url_ground),
    ]
    return Metadata(
        url=url,
        publisher=publisher,
        published=published,
        modified=modified if modified and modified.start else None,
        headline=headline,
        standfirst=next((text for _, text in sources.find(*_STANDFIRST)), ""),
        byline=byline,
        grounds=tuple(ground for ground in grounds if ground[1]),
    )


def _metas(tree: html.HtmlElement) -> dict[str, tuple[str, ...]]:
    """Contents by lower-case name, in page order, microdata in the text among them."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = " ".join((element.get("content") or "").split())
        for attribute in ("property", "name", "itemprop"):
            for name in (element.get(attribute) or "").lower().split() if content else ():
                plain = name.replace("dc:", "dc.").replace("dcterms:", "dcterms.")
                found.setdefault(plain, []).append(content)
    return {name: tuple(contents[:20]) for name, contents in found.items()}


def _url(sources: _Sources) -> Ground | tuple[str, None]:
    """A page's deep address before a mere front page's: some name their site as canonical."""
    places: list[Ground] = [
        ("link canonical", link.get("href") or "")
        for link in sources.tree.iter("link")
        if (link.get("rel") or "").lower() == "canonical"
    ]
    places += sources.find("og:url", "twitter:url")
    places.append(("JSON-LD url", find_address(sources.node) or ""))
    found = [(ground, url) for ground, value in places if (url := canonical(value))]
    deep = [pair for pair in found if len(urlsplit(pair[1]).path) > 1 or "?" in pair[1]]
    return next(iter(deep + found), ("the page names no address of its own", None))


def _publisher(sources: _Sources, url: str | None) -> Ground | tuple[str, None]:
    linked = parse_names(sources.node.get("publisher"), sources.by_id)
    places = [("JSON-LD publisher", name) for name in linked]
    places += sources.find(*_PUBLISHER)
    for ground, value in places:
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


def _byline(
    sources: _Sources, publisher: str | None, url: str | None
) -> tuple[str, tuple[str, ...]]:
    node, by_id = sources.node, sources.by_id
    places = [("JSON-LD author", parse_names(node.get("author"), by_id, "Organization"))]
    places += [(ground, [value]) for ground, value in sources.find(*_BYLINE)]
    return choose_byline(sources.tree, places, _own_names(publisher, url))


def _published(sources: _Sources, url: str | None) -> Interval:
    candidates = [
        (f"JSON-LD {key}", text)
        for key in ("datePublished", "dateCreated", "uploadDate")
        for text in parse_texts(sources.node.get(key))
    ]
    candidates += sources.find(*_PUBLISHED)
    candidates += _times(sources.tree)
    found = choose_stamp(candidates)
    if found and found.start:
        return found
    in_path = parse_path(urlsplit(url).path, "day in the address") if url else None
    return in_path or _guessed(sources.tree) or found or unknown("the page names no time")


def _modified(sources: _Sources) -> Interval | None:
    linked = parse_texts(sources.node.get("dateModified"))
    candidates = [("JSON-LD dateModified", text) for text in linked]
    return choose_stamp([*candidates, *sources.find(*_MODIFIED)])


def _times(tree: html.HtmlElement) -> Iterator[Ground]:
    """Times marked as the publication's, then the first that stands with the text itself."""
    free: list[Ground] = []
    for element in tree.iter("time", "span", "abbr", "p", "div"):
        value = element.get("datetime") or element.get("content") or ""
        marks = f"{element.get('itemprop') or ''} {element.get('class') or ''}".lower()
        if not value.strip() or (element.tag != "time" and "date" not in marks):
            continue
        if "datepublished" in marks or "pubdate" in element.attrib:
            yield f"{element.tag} datePublished", value
        elif element.tag == "time" and "modif" not in marks and "updat" not in marks:
            free += [("time", value)] if next(element.iterancestors(*_APART), None) is None else []
    yield from free[:1]


def _guessed(tree: html.HtmlElement) -> Interval | None:
    """htmldate's guess, kept from addresses cited: it takes a date in one for the page's own."""
    bare = deepcopy(tree)
    for link in list(bare.iter("a")):
        href = link.attrib.pop("href", "")
        if _ELSEWHERE.match(href):
            link.drop_tree()
    found = find_date(
        bare, extensive_search=False, original_date=True, min_date="1990-01-01",
        max_date="2100-12-31",
    )  # fmt: skip
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", found or "")
    if match is None or match.group(0).endswith("-01-01"):  # where it reads a year only
        return None
    return day(date.fromisoformat(match.group()), f"htmldate's guess {found!r}")
