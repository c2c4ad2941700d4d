"""What an HTML page says of itself: JSON-LD first, then meta tags, then marks in its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from lxml import html

from tidings.model import Served
from tidings.reading.byline import choose_byline
from tidings.reading.headline import choose_headline
from tidings.reading.linked import find_truth, parse_names, parse_texts
from tidings.reading.markup import parse_key
from tidings.reading.owning import Owner, find_owner
from tidings.reading.places import Ground, Places

_BYLINE = (
    "author", "article:author", "parsely-author", "sailthru.author", "byl", "dc.creator",
    "dcterms.creator", "og:article:author", "cxenseparse:author", "article:author_name",
    "citation_author",
)  # fmt: skip
_TITLE = ("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "headline")
_STANDFIRST = ("og:description", "description", "twitter:description")
_SECTION = ("article:section", "og:article:section", "parsely-section", "og:section")
_CRUMBS = './/*[contains(@class, "breadcrumb") or contains(@aria-label, "readcrumb")]'
_WRITTEN = re.compile(
    r"writ|author|verfass|autor|auteur|écrit|escrit|scritto|geschreven|skrevet|skriven|автор|"
    r"napis|yazan|yazar|ditulis|penulis",
    re.IGNORECASE,
)
_TIERS = {"free": True, "locked": False, "metered": False}
LONGEST_SECTION = 60  # code points; longer ones are headlines


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What the page says; ``grounds`` in field order."""

    url: str | None
    publisher: str | None
    headline: str
    standfirst: str  # the page's own summary, printed or not; "" without one
    byline: tuple[str, ...]
    grounds: tuple[Ground, ...]
    domain: str | None = None  # registrable, of the page's own address
    section: str | None = None  # as printed
    is_free: bool | None = None  # None where nothing is said


def parse_metadata(places: Places, served: Served | None = None) -> Metadata:
    """Costs some milliseconds, about as much as parsing the page."""
    owner = find_owner(places, served)
    headline_ground, headline = _headline(places, owner)
    byline_ground, byline = _byline(places, owner)
    section_ground, section = _section(places, {headline, *owner.names})
    free_ground, is_free = _free(places)
    grounds = [
        ("byline", byline_ground),
        ("headline", headline_ground),
        ("is_free", free_ground),
        ("section", section_ground),
        *owner.grounds,
    ]
    return Metadata(
        url=owner.url,
        publisher=owner.publisher,
        headline=headline,
        standfirst=next((text for _, text in places.find(*_STANDFIRST)), ""),
        byline=byline,
        grounds=tuple(sorted(ground for ground in grounds if ground[1])),
        domain=owner.domain,
        section=section,
        is_free=is_free,
    )


def _headline(places: Places, owner: Owner) -> Ground:
    """The section's name is no headline, unless the page has no other."""
    titles = [("JSON-LD headline", text) for text in parse_texts(places.node.get("headline"))]
    titles += places.find(*_TITLE)
    sections = [text for _, text in _sections(places) if len(text) <= LONGEST_SECTION]
    found = choose_headline(places.tree, titles, [*owner.names, *sections])
    return found if found[1] else choose_headline(places.tree, titles, owner.names)


def _byline(places: Places, owner: Owner) -> tuple[str, tuple[str, ...]]:
    node, by_id = places.node, places.by_id
    named = [
        (f"JSON-LD {key}", parse_names(node.get(key), by_id, "Organization"))
        for key in ("author", "creator")
    ]
    named += [(ground, [value]) for ground, value in places.find(*_BYLINE)]
    for number in ("1", "2"):
        labels, data = places.find(f"twitter:label{number}"), places.find(f"twitter:data{number}")
        label, value = next(labels, ("", "")), next(data, ("", ""))
        named += [(value[0], [value[1]])] if _WRITTEN.search(label[1]) else []
    return choose_byline(places.tree, named, owner.names)


def _section(places: Places, unwanted: set[str]) -> tuple[str, str | None]:
    """The last of the page's breadcrumbs only where nothing else names a section: they may lead
    through a subject or a place."""
    refused = {parse_key(text) for text in unwanted}
    for ground, text in chain(_sections(places), _trail(places)):
        value = " ".join(text.split())
        if 1 < len(value) <= LONGEST_SECTION and parse_key(value) not in refused:
            return ground, value
    return "", None


def _sections(places: Places) -> Iterator[Ground]:
    for text in parse_texts(places.node.get("articleSection")):
        yield "JSON-LD articleSection", text
    yield from places.find(*_SECTION)


def _trail(places: Places) -> Iterator[Ground]:
    """The breadcrumbs from the last up, without the front page."""
    for text in reversed(places.crumbs[1:]):
        yield "JSON-LD breadcrumbs", text
    for text in reversed(list(_crumbs(places.tree))[1:]):
        yield "breadcrumbs", text


def _crumbs(tree: html.HtmlElement) -> Iterator[str]:
    """The linked ones: the last, not linked, is the page itself."""
    for place in tree.xpath(_CRUMBS)[:1]:
        for link in place.iter("a"):
            text = " ".join(link.text_content().split())
            if text:
                yield text


def _free(places: Places) -> tuple[str, bool | None]:
    said = find_truth(places.node.get("isAccessibleForFree"))
    if said is not None:
        return "JSON-LD isAccessibleForFree", said
    parts = places.node.get("hasPart")
    for part in parts if isinstance(parts, list) else [parts]:
        if not isinstance(part, dict) or "cssSelector" not in part:
            continue
        said = find_truth(part.get("isAccessibleForFree"))
        if said is not None:
            return "JSON-LD hasPart isAccessibleForFree", said
    for ground, tier in places.find("article:content_tier"):
        if tier.lower() in _TIERS:
            return ground, _TIERS[tier.lower()]
    return "", None
