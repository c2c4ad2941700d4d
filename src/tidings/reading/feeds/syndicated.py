"""XML feeds → feed, by feedparser: RSS 0.9x to 2.0, RDF, Atom, CDF, well formed or not."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.sax import SAXParseException

import feedparser  # type: ignore[import-untyped]

from tidings.model import Reason
from tidings.reading.compose import NO_XML
from tidings.reading.feeds.entries import Entry, Feed
from tidings.reading.feeds.polls import ENTRY, parse_polls
from tidings.reading.prose import (
    Paragraph,
    iter_addresses,
    join_address,
    parse_line,
    parse_prose,
    unwrap,
)
from tidings.reading.refused import Refused
from tidings.reading.stamps import parse_stamp

_DECLARATION = re.compile(r"<\?xml[^>]*\?>\s*", re.IGNORECASE)
# feedparser takes the legend of a picture for the entry's text where a summary came before it.
_LEGEND = re.compile(r"<media:(description|text)\b[^<>]*?(/?)>|</media:(description|text)>", re.I)
# It takes what stands in a link's other attributes for the address.
_OTHER = re.compile(
    r"(<link\b[^<>]*?)\s+ur[il]\s*=\s*([\"'])(?!https?:|/)[^\"'<>]*\2", re.IGNORECASE
)
_PUBLISHER = re.compile(r"<dc:publisher>([^<@/]{1,100})</dc:publisher>")
_HEADERS = {"content-type": "application/xml; charset=utf-8"}
_MARKUP = frozenset(("text/html", "application/xhtml+xml"))
_DECODED = "application/octet-stream"  # base64 that feedparser read
_CLOCK = re.compile(r"\d:\d\d")
_ABSOLUTE = re.compile(r"https?://", re.IGNORECASE)
_CODES = re.compile(r"&(?:#\d+|#x[\da-f]+|[a-z]\w+);", re.IGNORECASE)
_LEAST_SHARE = 0.5  # of the summary's length, below which a content is a picture or a button
_FAULTS = (  # what feedparser lets through of hostile markup: tests/reading/test_feeds
    ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError,
    ValueError,
)  # fmt: skip

_Found = Mapping[str, Any]


def parse_syndicated(text: str, url: str | None, is_told: bool = False) -> Feed | Refused:
    """``url``: the feed's own address, from which relative links start; ``is_told``: its root
    tells that it is a feed, if it has no entry, too."""
    data = _LEGEND.sub(_legend, _DECLARATION.sub("", NO_XML.sub(" ", text), count=1))
    data = _OTHER.sub(r"\1", data)
    try:
        found = feedparser.parse(
            io.BytesIO(data.encode("utf-8")),
            response_headers=_HEADERS,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except _FAULTS as error:
        detail = f"the markup cannot be read ({type(error).__name__}); get the feed anew"
        return Refused(reason=Reason.UNREADABLE, detail=detail)
    head: _Found = found["feed"]
    entries: Sequence[_Found] = found["entries"]
    if not entries and not (found["version"] or (is_told and not found["bozo"])):
        return _refused(found)
    home = join_address(url, _text(head, "link"))
    base = url or home
    return Feed(
        form=found["version"] or "rss",
        title=_line(head, "title"),
        home=home,
        language=_text(head, "language") or None,
        publisher=_named(data),
        entries=tuple(_entry(entry, base) for entry in entries),
        fault=_fault(found),
        **parse_polls(data),
    )


def _named(data: str) -> str | None:
    """By Dublin Core in the feed's own head: feedparser takes the keeper of the site for it."""
    found = _PUBLISHER.search(data)
    if found is None or ENTRY.search(data, 0, found.start()):
        return None
    return parse_line(found.group(1)) or None


def _legend(match: re.Match[str]) -> str:
    opened, closed, ended = match.group(1), match.group(2), match.group(3)
    name = f"media:legend_{(opened or ended).lower()}"
    if ended:
        return f"</{name}>"
    return f"<{name}></{name}>" if closed else f"<{name}>"


def _entry(found: _Found, base: str | None) -> Entry:
    paragraphs = _paragraphs(found, base)
    published, modified = _times(found)
    source = found.get("source")
    source = source if isinstance(source, Mapping) else {}
    address = _address(found, base)
    terms = dict.fromkeys(_terms(found))
    return Entry(
        headline=_line(found, "title"),
        body="\n\n".join(each.text for each in _unclosed(paragraphs, address)),
        url=address,
        guid=_text(found, "id") or None,
        published=published,
        modified=modified,
        language=_language(found),
        byline=tuple(dict.fromkeys(_people(found))),
        links=tuple(iter_addresses(paragraphs)),
        section=next(iter(terms)) if len(terms) == 1 else None,
        publisher=_line(source, "title") or _organisation(found),
        publisher_url=_source_address(source),
    )


def _address(found: _Found, base: str | None) -> str | None:
    """Where the collector says that it was; the alternate link; else a link of another kind that
    is a page; else a guid that is an address: one that is none, though it may not say so, gives
    none."""
    given = _text(found, "link")
    if given == found.get("id") and not _ABSOLUTE.match(given):
        given = ""
    links = [each for each in found.get("links", ()) if each.get("href")]
    alternates = [each["href"] for each in links if each.get("rel") == "alternate"]
    pages = [each["href"] for each in links if each.get("rel") in ("related", "via", "self")]
    if alternates and given not in alternates:
        given = alternates[0]
    for address in (_text(found, "feedburner_origlink"), given, *alternates, *pages):
        if address and (joined := join_address(base, address)):
            return unwrap(joined)
    guid = _text(found, "id")
    return guid if _ABSOLUTE.match(guid) and " " not in guid else None


def _paragraphs(found: _Found, base: str | None) -> tuple[Paragraph, ...]:
    """Of the content; of the summary where that is the longer by far, or the only one."""
    contents = [_prose(each, base) for each in found.get("content", ())]
    summary = _prose(_detail(found, "summary"), base)
    content = next((each for each in contents if _size(each)), ())
    chosen = content if _size(content) >= _LEAST_SHARE * _size(summary) else summary
    if chosen:
        return chosen
    legend = _text(found, "media_legend_description") or _text(found, "media_legend_text")
    return parse_prose(legend, base)


def _prose(detail: _Found | None, base: str | None) -> tuple[Paragraph, ...]:
    value = detail.get("value") if detail else None
    if not detail or not value:
        return ()
    kind = str(detail.get("type") or "text/html")
    if kind in _MARKUP or (kind == _DECODED and " " in value):
        return parse_prose(value, join_address(base, str(detail.get("base") or "")) or base)
    if kind != "text/plain":
        return ()  # a picture in letters, a drawing, a document of another sort
    pieces = re.split(r"\n\s*\n", value)
    lines = ("\n".join(" ".join(line.split()) for line in each.split("\n")) for each in pieces)
    return tuple(Paragraph(text=each.strip(), links=()) for each in lines if each.strip())


def _size(paragraphs: Sequence[Paragraph]) -> int:
    return sum(len(each.text) for each in paragraphs)


def _unclosed(paragraphs: Sequence[Paragraph], address: str | None) -> Sequence[Paragraph]:
    """Without a last line that only sends the reader to the entry's own page."""
    if len(paragraphs) < 2 or not address:
        return paragraphs
    last = paragraphs[-1]
    is_short = len(last.text) <= max(80, 3 * sum(len(anchor) for anchor, _ in last.links))
    is_own = any(link.partition("#")[0] == address.partition("#")[0] for _, link in last.links)
    return paragraphs[:-1] if is_own and is_short else paragraphs


def _detail(found: _Found, key: str) -> _Found | None:
    """With the value of the entry itself: feedparser leaves that of something inside it."""
    detail, value = found.get(f"{key}_detail"), found.get(key)
    if not isinstance(detail, Mapping) or not isinstance(value, str):
        return None
    return detail if detail.get("value") == value else {**detail, "value": value}


def _line(found: _Found, key: str) -> str:
    """A headline or name: one line, without markup or character codes."""
    detail = _detail(found, key)
    value = detail["value"] if detail else found.get(key)
    if not isinstance(value, str):
        return ""
    kind = detail.get("type") if detail else None
    if kind in _MARKUP or (kind is None and _CODES.search(value)):
        return parse_line(value)
    return " ".join(value.split())


def _times(found: _Found) -> tuple[str | None, str | None]:
    """Published and modified, as printed. An entry with one time was published then; Dublin
    Core's ``date``, which feedparser calls updated, is such a time."""
    published = _time(found, "published") or _time(found, "created")
    updated = _time(found, "updated")
    return published or updated, updated if published and updated != published else None


def _time(found: _Found, key: str) -> str | None:
    """As printed; where only feedparser understands it, what it makes of it, in UTC."""
    printed = _text(found, key)
    if not printed or parse_stamp(printed, key).start:
        return printed or None
    parsed = dict.get(found, f"{key}_parsed") if isinstance(found, dict) else None
    if parsed is None or not _CLOCK.search(printed):
        return printed
    year, month, day, hour, minute, second = parsed[:6]
    return f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"


def _language(found: _Found) -> str | None:
    """Of the entry alone: said of it, or of its headline and not of the whole feed."""
    return _text(found, "language") or None


def _people(found: _Found) -> Iterator[str]:
    for author in found.get("authors", ()):
        name = author.get("name")
        if isinstance(name, str) and name.strip():
            yield " ".join(parse_line(name).split())


def _organisation(found: _Found) -> str | None:
    detail = found.get("publisher_detail")
    name = detail.get("name") if isinstance(detail, Mapping) else None
    return parse_line(name) or None if isinstance(name, str) else None


def _terms(found: _Found) -> Iterator[str]:
    for tag in found.get("tags", ()):
        name = tag.get("label") or tag.get("term")
        if isinstance(name, str) and name.strip():
            yield parse_line(name)


def _source_address(source: _Found) -> str | None:
    given = _text(source, "href") or _text(source, "link") or _text(source, "id")
    return given if given and _ABSOLUTE.match(given) else None


def _text(found: _Found, key: str) -> str:
    """Past feedparser's own look-up, which gives one time for another."""
    value = dict.get(found, key) if isinstance(found, dict) else found.get(key)
    return value.strip() if isinstance(value, str) else ""


def _fault(found: _Found) -> str | None:
    error = found.get("bozo_exception") if found.get("bozo") else None
    if error is None:
        return None
    if isinstance(error, SAXParseException):
        return f"{error.getMessage()} in line {error.getLineNumber()}"
    return str(error)


def _refused(found: _Found) -> Refused:
    fault = _fault(found)
    if fault:
        detail = f"{fault}, and no entry of a feed in it; get it anew"
        return Refused(reason=Reason.UNREADABLE, detail=detail)
    return Refused(reason=Reason.UNSUPPORTED, detail="XML that is no feed: no RSS, Atom or RDF")
