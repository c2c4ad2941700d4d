"""Files that are taken apart as a whole: feeds, sitemaps, mails, JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tidings.model import Page, Reason, Rejected, Served
from tidings.readers.files.kinds import Kind
from tidings.readers.files.origins import Origin
from tidings.readers.files.snapshots import read_snapshot
from tidings.reading.charset import Undecoded, decode
from tidings.reading.feeds import parse_feed, render_entry
from tidings.reading.refused import Refused
from tidings.reading.sitemaps import parse_sitemap, render_location

DEEPEST = 8  # attachments inside attachments


@dataclass(frozen=True, slots=True, kw_only=True)
class Inner:
    """A file inside another, still to be told apart."""

    origin: Origin
    data: bytes


Parts = Iterator[Page | Rejected | Inner]


def read_feed(origin: Origin, data: bytes) -> Parts:
    """An entry is a page of its own, named by its address, else by the feed and what tells it
    there from others: the same name and bytes at every poll."""
    feed = parse_feed(data, _served(origin).url, _served(origin).charset)
    if isinstance(feed, Refused):
        yield origin.refuse(feed.reason, feed.detail)
        return
    for entry in feed.entries:
        record = render_entry(feed, entry)
        name = entry.url or (entry.guid and f"{origin.name}#{entry.guid}")
        page = origin.make_part(name or origin.name, Kind.RECORD.value, record)
        yield page if name else replace(page, name=f"{origin.name}#{page.id}")
    if feed.fault:
        yield origin.refuse(Reason.DAMAGED, f"{feed.fault}; its {len(feed.entries)} entries count")
    elif not feed.entries:
        yield origin.refuse(Reason.EMPTY, "a feed without entries")


def read_sitemap(origin: Origin, data: bytes) -> Parts:
    """The sitemap as a page, and of a news sitemap each headline as a page of its own."""
    yield origin.make_page(Kind.SITEMAP.value, data)
    sitemap = parse_sitemap(data, _served(origin).url, _served(origin).charset)
    for location in () if isinstance(sitemap, Refused) else sitemap.found:
        record = render_location(location)
        if record:
            yield origin.make_part(location.url, Kind.RECORD.value, record)


def read_mail(origin: Origin, data: bytes) -> Parts:
    """Its own text as a page under its name, a newsletter's items under ``mail#n``, each
    attachment under ``mail!attachment``."""
    from tidings.reading.mails import parse_mail  # noqa: PLC0415 - slow to load

    mail = parse_mail(data)
    if isinstance(mail, Refused):
        yield origin.refuse(mail.reason, mail.detail)
        return
    for part in mail.parts:
        if not part.name or part.name.startswith("#"):  # its text, and a newsletter's items
            yield origin.make_part(origin.name + part.name, part.media_type, part.data)
        elif origin.depth >= DEEPEST:
            yield origin.refuse(Reason.TOO_DEEP, "mails inside mails; save the innermost")
        else:
            name = f"{origin.name}!{part.name}"
            inner = Origin(name=name, media_type=part.media_type, depth=origin.depth + 1)
            yield Inner(origin=inner, data=part.data)
    for number, refused in enumerate(mail.refused, 1):
        name = f"{origin.name}!refused-{number}"
        yield replace(origin, name=name).refuse(Reason.UNSUPPORTED, refused)


def read_records(origin: Origin, data: bytes) -> Parts:
    """One record as it came; of a list, or an object that holds one as ``items``, each by
    itself, named ``file#n``, counted from 1."""
    found = _load(data, _served(origin).charset)
    if isinstance(found, dict) and "jsonfeed.org" in str(found.get("version")):
        yield from read_feed(origin, data)
        return
    records = _find_records(found)
    if records is None:
        yield origin.make_page(Kind.RECORD.value, data)
    elif not records:
        yield origin.refuse(Reason.EMPTY, "a list without records")
    for number, record in enumerate(records or (), 1):
        yield origin.make_part(f"{origin.name}#{number}", Kind.RECORD.value, _render(record))


def _load(data: bytes, charset: str | None) -> Any:
    """None for what is no JSON: its extractor says what is wrong."""
    text = decode(data, charset or "utf-8")
    try:
        return None if isinstance(text, Undecoded) else json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _find_records(found: Any) -> list[dict[str, Any]] | None:
    """None of what is one record."""
    if isinstance(found, dict) and not found.keys() & _OWN:
        found = found.get("items")
    is_list = isinstance(found, list) and all(isinstance(each, dict) for each in found)
    return found if is_list else None


_OWN = frozenset(("body", "text", "headline", "title", "body_text", "body_xhtml", "@type"))


def _render(record: dict[str, Any]) -> bytes:
    try:
        return json.dumps(record, ensure_ascii=False, sort_keys=True).encode("utf-8")
    except UnicodeEncodeError:  # half a character: its extractor says so
        return json.dumps(record, sort_keys=True).encode("ascii")


def _served(origin: Origin) -> Served:
    return origin.served or Served()


PARSED: Mapping[Kind, Callable[[Origin, bytes], Parts]] = {
    Kind.FEED: read_feed,
    Kind.SITEMAP: read_sitemap,
    Kind.MAIL: read_mail,
    Kind.RECORD: read_records,
    Kind.SNAPSHOT: read_snapshot,
}
