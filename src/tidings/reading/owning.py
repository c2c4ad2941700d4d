"""Whose page it is: its own address, the registrable domain of that, and the publisher's name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from tidings.model import Served
from tidings.reading.linked import find_address, parse_names, parse_types
from tidings.reading.places import Ground, Places
from tidings.urls import canonical, join, registrable_domain

_PUBLISHER = ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_journal_title")
_APPLICATION = ("application-name", "apple-mobile-web-app-title", "publisher")
LONGEST = 100  # code points of a publisher's name


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """``grounds`` of domain, publisher and url."""

    url: str | None
    domain: str | None
    publisher: str | None
    grounds: tuple[Ground, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """What the publisher may be called, at the end of a title or in place of an author."""
        name = (self.domain or "").split(".")[0]
        return tuple(one for one in (self.publisher, self.domain, name) if one)


def find_owner(places: Places, served: Served | None) -> Owner:
    """Nothing is taken from addresses that the page only cites."""
    at = canonical(served.url) if served and served.url else None
    url_ground, url = _url(places, at)
    domain = registrable_domain(at) if at else None
    domain_ground = "the served address" if domain else ""
    if domain is None and url:
        domain, domain_ground = registrable_domain(url), url_ground
    publisher_ground, publisher = _publisher(places, domain)
    grounds = (("domain", domain_ground if domain else ""), ("publisher", publisher_ground))
    return Owner(
        url=url,
        domain=domain,
        publisher=publisher,
        grounds=(*grounds, ("url", url_ground)),
    )


def _url(places: Places, at: str | None) -> tuple[str, str | None]:
    """The page's own word, where it stays in the domain that served the page and is no mere front
    page; else the address as served."""
    named = list(_named(places, at))
    domains = Counter(registrable_domain(url) for _, url in named)
    own = registrable_domain(at) if at else max(domains, key=lambda one: domains[one], default=None)
    foreign = [pair for pair in named if own and registrable_domain(pair[1]) != own]
    home = [pair for pair in named if pair not in foreign]
    deep = [pair for pair in home if _is_deep(pair[1])]
    note = _note(foreign)
    if deep:
        return deep[0][0] + note, deep[0][1]
    if at:
        return "the served address" + (note or _front_note(home)), at
    if home:
        return f"{home[0][0]}, a front page{note}", home[0][1]
    return "the page names no address of its own", None


def _note(foreign: list[Ground]) -> str:
    if not foreign:
        return ""
    ground, url = foreign[0]
    return f"; {ground} names another domain, as a copy of {url} does"


def _front_note(home: list[Ground]) -> str:
    return f"; {home[0][0]} names a front page" if home else ""


def _named(places: Places, at: str | None) -> Iterator[Ground]:
    """Absolute addresses that the page gives as its own, the surest place first."""
    base = next((e.get("href") for e in places.tree.iter("base") if e.get("href")), None)
    root = join(at, base) if base else at
    found: list[Ground] = [
        ("link canonical", link.get("href") or "")
        for link in places.tree.iter("link")
        if "canonical" in (link.get("rel") or "").lower().split()
    ]
    found += places.find("og:url", "twitter:url")
    found.append(("JSON-LD url", find_address(places.node) or ""))
    for ground, value in found:
        url = canonical(join(root, value) or "") if value.strip() else None
        if url:
            yield ground, url


def _is_deep(url: str) -> bool:
    parts = urlsplit(url)
    return len(parts.path) > 1 or bool(parts.query)


def _publisher(places: Places, domain: str | None) -> tuple[str, str | None]:
    node, by_id = places.node, places.by_id
    named = [
        (f"JSON-LD {key}", name)
        for key in ("publisher", "sourceOrganization")
        for name in parse_names(node.get(key), by_id)
    ]
    named += places.find(*_PUBLISHER)
    sites = [one for one in by_id.values() if "WebSite" in parse_types(one)]
    named += [("JSON-LD WebSite", name) for one in sites for name in parse_names(one, by_id)]
    named += places.find(*_APPLICATION)
    for ground, value in named:
        if value and len(value) <= LONGEST and not value.startswith(("http://", "https://", "@")):
            return ground, value
    if domain:
        return "registrable domain of the address", domain
    return "the page names no publisher and no address", None
