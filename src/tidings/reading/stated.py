"""Every place of an HTML page that says when it was published or modified, with its weight."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from urllib.parse import urlsplit

from lxml import html

from tidings.model import Served, Timestamp, Timing
from tidings.reading.linked import parse_texts
from tidings.reading.places import Ground, Places
from tidings.reading.printed import Surroundings
from tidings.reading.shown import BY_HEADLINE, ELSEWHERE, LABELLED, Reading, find_shown
from tidings.reading.stamps import parse_path, parse_timestamp
from tidings.urls import registrable_domain

LINKS, LEAST_LINKS = 300, 10  # looked at, and to one domain, for it to be the page's own
MOST = 20  # marked times; a page with more lists other articles
ADDRESS = "address"
HEADER = "HTTP Last-Modified"

_PUBLISHED = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished",
    "article:published", "article.published", "rnews:datepublished", "pubdate", "publishdate",
    "publish-date", "publish_date", "published", "published_time", "publication_date",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "dcterms.issued",
    "dc.date.issued", "dc.issued", "citation_publication_date", "citation_date",
    "originalpublicationdate", "article:post_date", "og:pubdate",
)  # fmt: skip
_DATED = (
    "dcterms.created", "dc.date.created", "dcterms.date", "dc.date", "date", "datecreated",
    "uploaddate", "timestamp",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:updated_time", "og:modified_time", "datemodified", "lastmod",
    "dcterms.modified", "dc.date.modified", "dc.modified", "last-modified", "revised",
    "cxenseparse:recs:modifiedtime",
)  # fmt: skip
_ARCHIVED = re.compile(r"^/web/\d{4,14}[a-z_]*/https?:/+[^/]+")
_TAG = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{2})?(?![A-Za-z])")


class Family(StrEnum):
    """Places that one hand fills: they are one witness."""

    DATA = "data"
    ADDRESS = "address"
    TEXT = "text"
    HEADER = "header"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How far a kind of place is believed; our own, guarded by bench/dates."""

    linked: float = 4  # JSON-LD datePublished, dateModified
    address: float = 3.5
    meta: float = 3  # that says published or modified
    marked: float = 3  # <time> or microdata that says so
    labelled: float = 3  # a visible line that says so
    headline: float = 2.5  # a visible line by the headline
    dated: float = 1.5  # meta or JSON-LD that says a date, not of what
    time: float = 1.5  # the first <time> of the text
    line: float = 1  # a visible line elsewhere, marked as a date
    header: float = 0.5


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    stamp: Timestamp
    family: Family
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is known of a page beside its markup."""

    url: str | None = None  # its own address
    language: str = "und"
    headline: str = ""
    served: Served | None = None


def find_statements(places: Places, setting: Setting) -> list[Statement]:
    """Of both timings, refused ones too, each once; the weightiest first, meta tags by their names
    and what they say, wherever they stand."""
    tag = _language(places, setting.language)
    found = [*_linked(places, tag), *_metas(places, tag), *islice(_times(places.tree, tag), MOST)]
    found += _address(setting)
    served_at = setting.served.at if setting.served else None
    reading = Reading(
        language=tag,
        served=served_at,
        domain=_domain(places.tree, setting.url),
    )
    weights = {
        LABELLED: WEIGHTS.labelled, BY_HEADLINE: WEIGHTS.headline, ELSEWHERE: WEIGHTS.line,
    }  # fmt: skip
    found += [
        Statement(stamp=stamp, family=Family.TEXT, weight=weights[stamp.ground])
        for stamp in find_shown(places.tree, setting.headline, reading)
    ]
    if setting.served and setting.served.modified:
        stamp = parse_timestamp(Timing.MODIFIED, HEADER, setting.served.modified)
        found.append(Statement(stamp=stamp, family=Family.HEADER, weight=WEIGHTS.header))
    once: dict[Timestamp, Statement] = {}
    for one in found:
        once.setdefault(one.stamp, one)
    return sorted(once.values(), key=lambda one: -one.weight)


def _domain(tree: html.HtmlElement, url: str | None) -> str | None:
    """The page's own; where its address is unknown, that of most of its links."""
    if url:
        return registrable_domain(url)
    links = (link.get("href") or "" for link in islice(tree.iter("a"), LINKS))
    counts = Counter(registrable_domain(link) if "//" in link[:8] else None for link in links)
    domain, count = counts.most_common(1)[0] if counts else (None, 0)
    return domain if count >= LEAST_LINKS else None


def _language(places: Places, language: str) -> str:
    """With the region that the page declares for it."""
    declared = (places.tree.get("lang") or "", *places.metas.get("og:locale", ()))
    for text in declared:
        match = _TAG.match(text.strip())
        own, _, region = match.group().replace("_", "-").partition("-") if match else ("", "", "")
        if region and own == language:
            return f"{own}-{region.upper()}"
    return language


def _linked(places: Places, language: str) -> Iterator[Statement]:
    kinds = (
        ("datePublished", Timing.PUBLISHED, WEIGHTS.linked),
        ("dateModified", Timing.MODIFIED, WEIGHTS.linked),
        ("dateCreated", Timing.PUBLISHED, WEIGHTS.dated),
        ("uploadDate", Timing.PUBLISHED, WEIGHTS.dated),
    )
    for key, timing, weight in kinds:
        for text in parse_texts(places.node.get(key)):
            yield _data(timing, (f"JSON-LD {key}", text), weight, language)


def _metas(places: Places, language: str) -> Iterator[Statement]:
    kinds = (
        (_PUBLISHED, Timing.PUBLISHED, WEIGHTS.meta),
        (_MODIFIED, Timing.MODIFIED, WEIGHTS.meta),
        (_DATED, Timing.PUBLISHED, WEIGHTS.dated),
    )
    for names, timing, weight in kinds:
        for said in sorted(
            places.find(*names), key=lambda pair: (names.index(pair[0][5:]), pair[1])
        ):
            yield _data(timing, said, weight, language)


def _times(tree: html.HtmlElement, language: str) -> Iterator[Statement]:
    """Times marked as the publication's, then the first that stands with the text itself."""
    has_free = False
    around = Surroundings(tree)
    for element in tree.iter("time", "span", "abbr", "p", "div"):
        value = element.get("datetime") or element.get("content") or ""
        marks = f"{element.get('itemprop') or ''} {element.get('class') or ''}".lower()
        if not value.strip() or (element.tag != "time" and "date" not in marks):
            continue
        context = around.get_context(element)
        is_beside = context.is_apart or context.is_aside
        is_published = "datepublished" in marks or "pubdate" in element.attrib
        is_update = "modif" in marks or "updat" in marks
        if is_published and not is_beside:
            said = (f"{element.tag} datePublished", value)
            yield _text(Timing.PUBLISHED, said, WEIGHTS.marked, language)
        elif element.tag == "time" and not (
            is_update or has_free or is_beside or _is_listed(element)
        ):
            has_free = True
            yield _text(Timing.PUBLISHED, ("time", value), WEIGHTS.time, language)


def _is_listed(element: html.HtmlElement) -> bool:
    return next(element.iterancestors("li", "a"), None) is not None


def _address(setting: Setting) -> Iterator[Statement]:
    """The day in the page's own address; not the capture's in that of an archived copy."""
    served = setting.served.url if setting.served else None
    for url in (setting.url, served):
        path = _ARCHIVED.sub("", urlsplit(url).path) if url else ""
        interval = parse_path(path, ADDRESS) if path else None
        if interval:
            printed = interval.reason.removeprefix(f"{ADDRESS} ").strip("'")
            stamp = Timestamp(
                timing=Timing.PUBLISHED,
                ground=ADDRESS,
                printed=printed,
                interval=interval,
                zone=None,
            )
            yield Statement(stamp=stamp, family=Family.ADDRESS, weight=WEIGHTS.address)
            return


def _data(timing: Timing, said: Ground, weight: float, language: str) -> Statement:
    stamp = parse_timestamp(timing, *said, language)
    return Statement(stamp=stamp, family=Family.DATA, weight=weight)


def _text(timing: Timing, said: Ground, weight: float, language: str) -> Statement:
    stamp = parse_timestamp(timing, *said, language)
    return Statement(stamp=stamp, family=Family.TEXT, weight=weight)
