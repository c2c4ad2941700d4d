"""When an HTML page says that it was published and modified."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from htmldate import find_date
from lxml import html

from tidings.model import Served, Timestamp, Timing
from tidings.reading.linked import parse_texts
from tidings.reading.places import Ground, Places
from tidings.reading.stamps import choose_stamp, parse_path, parse_stamp
from tidings.times import Interval, day, unknown

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
_ELSEWHERE = re.compile(r"\s*(?:https?:)?//", re.IGNORECASE)
_APART = ("aside", "nav", "footer", "blockquote", "li", "a", "form", "figure")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dating:
    """``modified`` is None where no place tells one."""

    published: Interval
    modified: Interval | None
    timestamps: tuple[Timestamp, ...]  # all that were found, in the order of their rank
    grounds: tuple[Ground, ...]  # (field, what its value rests on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is known of a page beside its markup."""

    url: str | None = None  # its own address
    language: str = "und"
    headline: str = ""
    served: Served | None = None


def date_page(places: Places, setting: Setting) -> Dating:
    """Costs a millisecond, some ten to hundreds more where the date has to be guessed."""
    published, modified = _published(places, setting.url), _modified(places)
    grounds = [("modified", modified.reason)] if modified else []
    return Dating(
        published=published,
        modified=modified if modified and modified.start else None,
        grounds=(*grounds, ("published", published.reason)),
        timestamps=tuple(_timestamps(places, setting.url)),
    )


def _timestamps(places: Places, url: str | None) -> Iterator[Timestamp]:
    sorts = (
        (Timing.PUBLISHED, _stamps_published(places)),
        (Timing.MODIFIED, _stamps_modified(places)),
    )
    for timing, candidates in sorts:
        for ground, printed in candidates:
            yield Timestamp(
                timing=timing,
                ground=ground,
                printed=printed,
                interval=parse_stamp(printed, ground),
                zone=None,
            )


def _stamps_published(places: Places) -> list[Ground]:
    candidates = [
        (f"JSON-LD {key}", text)
        for key in ("datePublished", "dateCreated", "uploadDate")
        for text in parse_texts(places.node.get(key))
    ]
    candidates += places.find(*_PUBLISHED)
    candidates += _times(places.tree)
    return candidates


def _stamps_modified(places: Places) -> list[Ground]:
    linked = parse_texts(places.node.get("dateModified"))
    candidates = [("JSON-LD dateModified", text) for text in linked]
    return [*candidates, *places.find(*_MODIFIED)]


def _published(places: Places, url: str | None) -> Interval:
    found = choose_stamp(_stamps_published(places))
    if found and found.start:
        return found
    in_path = parse_path(urlsplit(url).path, "day in the address") if url else None
    return in_path or _guessed(places.tree) or found or unknown("the page names no time")


def _modified(places: Places) -> Interval | None:
    return choose_stamp(_stamps_modified(places))


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
