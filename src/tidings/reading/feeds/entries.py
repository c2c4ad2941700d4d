"""What a feed says of itself and of each entry, and an entry as a record of its own."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from tidings.urls import registrable_domain

_GAP = re.compile(r"\s+[|–—•·»«:/>\\-]+\s+|\s*[|»•:]\s+")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry; times as printed, so that their zone is kept; text without markup."""

    headline: str = ""  # "" where none is given
    body: str = ""  # paragraphs parted by blank lines
    url: str | None = None  # absolute, as given
    guid: str | None = None  # as given; no address unless the feed says so
    published: str | None = None
    modified: str | None = None
    language: str | None = None  # of this entry, where it is said of it alone
    byline: tuple[str, ...] = ()
    links: tuple[str, ...] = ()  # addresses in its text
    section: str | None = None
    publisher: str | None = None  # whom the feed has it from: RSS, Atom <source>, dc:publisher
    publisher_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    form: str  # 'rss20', 'atom10', 'rss10', 'json11', 'cdf' …
    title: str
    home: str | None  # address of the site
    language: str | None  # of the whole feed: often left as the software had it
    publisher: str | None  # as the feed names it outside its title
    entries: tuple[Entry, ...]
    minutes: int | None = None  # between polls, as the feed asks: the longest of what it says
    skip_hours: tuple[int, ...] = ()  # 0..23 in UTC, when not to ask
    skip_days: tuple[str, ...] = ()  # 'Saturday'
    fault: str | None = None  # what is wrong with its markup, of a feed that was mended


NO_FEED = Feed(form="", title="", home=None, language=None, publisher=None, entries=())
"""Of an entry that comes from a list of another kind."""


def render_entry(feed: Feed, entry: Entry) -> bytes:
    """One JSON record: the same bytes at every poll as long as the entry stays the same."""
    record: dict[str, Any] = {
        "body": entry.body,
        "byline": list(entry.byline),
        "feed_language": None if entry.language else feed.language,
        "headline": entry.headline,
        "language": entry.language,
        "links": list(entry.links),
        "modified": entry.modified,
        "published": entry.published,
        "publisher": _publisher(feed, entry),
        "section": entry.section,
        "url": entry.url,
    }
    kept = {key: value for key, value in record.items() if value}
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True)
    return _SURROGATE.sub("\ufffd", unicodedata.normalize("NFC", text)).encode("utf-8")


def _publisher(feed: Feed, entry: Entry) -> Any:
    """By name alone, or with its own address; None leaves it to the entry's address."""
    if entry.publisher or entry.publisher_url:
        if not entry.publisher_url:
            return entry.publisher
        named = {"name": entry.publisher, "url": entry.publisher_url}
        return {key: value for key, value in named.items() if value}
    return feed.publisher or find_own_name(feed.title, entry.url, feed.home)


def find_own_name(title: str, url: str | None, home: str | None) -> str | None:
    """The part of a feed's title that the registered name spells ('World | The Paper' of
    thepaper.example); the whole title where there is no address to go by. A title that the name
    does not bear out is a section's, a collector's or a slogan."""
    domain = registrable_domain(url or home or "")
    if not domain:
        return title or None
    names = {_plain(domain.partition(".")[0]).removeprefix("the"), _plain(domain)}
    for part in (title, *_GAP.split(title)):
        if (plain := _plain(part).removeprefix("the")) and plain in names:
            return part.strip()
    return None


def _plain(text: str) -> str:
    flat = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in flat if sign.isalnum())
