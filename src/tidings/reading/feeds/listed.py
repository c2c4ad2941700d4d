"""JSON Feed 1.0 and 1.1 (jsonfeed.org) → feed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from tidings.model import Reason
from tidings.reading.feeds.entries import Entry, Feed
from tidings.reading.prose import iter_addresses, join_address, parse_line, parse_prose
from tidings.reading.refused import Refused

_FORMS = {"1": "json10", "1.1": "json11"}


def parse_listed(text: str, url: str | None) -> Feed | Refused:
    """``url``: the feed's own address."""
    try:
        found = json.loads(text, strict=False)
    except RecursionError:
        return Refused(reason=Reason.TOO_DEEP, detail="nested too deeply for a JSON Feed")
    except ValueError as error:
        detail = f"{error}; the feed must be given whole"
        return Refused(reason=Reason.BAD_JSON, detail=detail)
    items = found.get("items") if isinstance(found, dict) else None
    if not isinstance(found, dict) or not isinstance(items, list):
        return Refused(reason=Reason.UNSUPPORTED, detail="JSON without 'items': no JSON Feed")
    home = join_address(url or _text(found, "feed_url"), _text(found, "home_page_url") or "")
    base = url or _text(found, "feed_url") or home
    language = _text(found, "language")
    return Feed(
        form=_FORMS.get((_text(found, "version") or "").rpartition("/")[2], "json"),
        title=parse_line(_text(found, "title") or ""),
        home=home,
        language=language,
        publisher=None,
        entries=tuple(_entry(item, base) for item in items if isinstance(item, Mapping)),
        fault=None if all(isinstance(item, Mapping) for item in items) else "items not objects",
    )


def _entry(item: Mapping[str, Any], base: str | None) -> Entry:
    markup = _text(item, "content_html")
    paragraphs = parse_prose(markup, base) if markup else ()
    body = "\n\n".join(each.text for each in paragraphs)
    plain = _text(item, "content_text") or _text(item, "summary") or ""
    guid = item.get("id")
    address = _text(item, "url") or _text(item, "external_url") or ""
    tags = [tag for tag in _list(item.get("tags")) if isinstance(tag, str)]
    return Entry(
        headline=" ".join((_text(item, "title") or "").split()),
        body=body or plain.strip(),
        url=(join_address(base, address) if address else None) or _permanent(guid),
        guid=str(guid) if isinstance(guid, str | int | float) and guid != "" else None,
        published=_text(item, "date_published") or _text(item, "date_modified"),
        modified=_text(item, "date_modified") if _text(item, "date_published") else None,
        language=_text(item, "language"),
        byline=tuple(dict.fromkeys(_people(item))),
        links=tuple(iter_addresses(paragraphs)),
        section=tags[0] if len(tags) == 1 else None,
        publisher=None,
        publisher_url=None,
    )


def _permanent(guid: Any) -> str | None:
    """Version 1 asks that ids be addresses; those that are serve where no address is given."""
    return join_address(None, guid) if isinstance(guid, str) else None


def _people(item: Mapping[str, Any]) -> Iterator[str]:
    for author in [*_list(item.get("authors")), item.get("author")]:
        name = author.get("name") if isinstance(author, Mapping) else author
        if isinstance(name, str) and name.strip():
            yield " ".join(name.split())


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(found: Mapping[str, Any], key: str) -> str | None:
    value = found.get(key)
    return value if isinstance(value, str) and value.strip() else None
