"""A JSON record's fields by our own names, and by those that extraction libraries write."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from tidings.model import Reason, Timestamp, Timing
from tidings.reading.compose import NO_XML
from tidings.reading.language import UNDETERMINED, identify
from tidings.reading.linked import find_truth
from tidings.reading.people import parse_people
from tidings.reading.stamps import parse_stamp, parse_timestamp
from tidings.urls import canonical, registrable_domain

# Our names first; the others are understood too.
_NAMES = {
    "id": ("id",),
    "url": ("url", "link"),
    "publisher": ("publisher", "site", "sitename", "source_domain"),
    "published": ("published", "date", "date_publish", "publish_date", "datePublished"),
    "modified": ("modified", "date_modify", "dateModified"),
    "language": ("language", "lang"),
    "feed_language": ("feed_language",),
    "headline": ("headline", "title"),
    "body": ("body", "text", "maintext"),
    "byline": ("byline", "author", "authors"),
    "links": ("links",),
    "section": ("section",),
    "is_free": ("is_free", "isAccessibleForFree"),
}
_TAG = re.compile(
    r"[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*",
    re.IGNORECASE,
)
_SHOWN = 60  # code points of a refused value in its ground
_LONGEST_SECTION = 100  # code points; a longer one is a text in the wrong field
_SURROGATE = re.compile("[\ud800-\udfff]")
_SAME = {"nb": "no", "nn": "no", "iw": "he", "in": "id"}

Fields = Mapping[str, tuple[str, Any]]
"""Our name → the name in the record, and what it holds, never null."""


class BadRecordError(Exception):
    """The record is no article; the text says why and what to do."""

    def __init__(self, detail: str, reason: Reason = Reason.BAD_RECORD) -> None:
        super().__init__(detail)
        self.reason = reason


def parse_fields(record: Mapping[str, Any]) -> Fields:
    """The first of each field's names that holds something."""
    found = {}
    for name, keys in _NAMES.items():
        key = next((key for key in keys if record.get(key) is not None), None)
        if key is not None:
            found[name] = (key, record[key])
    return found


def find_text(fields: Fields, name: str) -> str | None:
    """Raises BadRecordError for what is no string, or none that can be stored."""
    if name not in fields:
        return None
    key, value = fields[name]
    if not isinstance(value, str):
        raise BadRecordError(f"{key!r} is {kind(value)}; give a string")
    return whole(key, value)


def whole(key: str, text: str) -> str:
    """``text`` in NFC, fit for XML. JSON can escape half a character: nothing can store that."""
    half = _SURROGATE.search(text)
    if half:
        raise BadRecordError(f"{key!r} has half a character at {half.start()}; write it whole")
    return unicodedata.normalize("NFC", NO_XML.sub(" ", text.replace("\0", "")))


def kind(value: Any) -> str:
    kinds = {dict: "an object", list: "a list", str: "a string", bool: "a truth value"}
    return kinds.get(type(value), "null" if value is None else "a number")


def refused(key: str, value: Any, why: str) -> str:
    """The ground of a value that was given and not taken; none where nothing was given."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return ""
    shown = repr(value if isinstance(value, str | int | float) else kind(value))
    shown = shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"
    return f"field {key}: {shown} is {why}, left out"


def find_publisher(fields: Fields, url: str | None) -> tuple[str | None, str | None, str]:
    """Name, registrable domain and ground. One with an address of its own is at home there,
    wherever the record's address leads."""
    key, value = fields.get("publisher", ("publisher", None))
    own = value.get("url") if isinstance(value, Mapping) else None
    own = registrable_domain(own) if isinstance(own, str) and not _SURROGATE.search(own) else None
    domain = own or (registrable_domain(url) if url else None)
    name = value.get("name") if isinstance(value, Mapping) else value
    if isinstance(name, str) and name.strip():
        return " ".join(whole(key, name).split()), domain, f"field {key}"
    if domain:
        where = f"its address in field {key}" if own else "the address"
        return domain, domain, f"registrable domain of {where}"
    return None, None, "the record names no publisher and no address"


def find_language(fields: Fields, headline: str, body: str) -> tuple[str, str]:
    """Tag and ground. What is said of a whole feed holds where the text does not speak against
    it: software writes it there unasked."""
    key, value = fields.get("language", ("language", None))
    if tag := _tag(value):
        return tag, f"field {key}"
    language, ground = identify(headline, body)
    is_unknown = isinstance(value, str) and value.strip().lower() == UNDETERMINED
    if remark := "" if is_unknown else refused(key, value, "no BCP 47 tag"):
        return language, f"{ground}; {remark}"
    of_feed = _tag(fields.get("feed_language", ("", None))[1])
    if of_feed is None:
        return language, ground
    if language == UNDETERMINED or _primary(of_feed) == _primary(language):
        return of_feed, "field feed_language"
    return language, f"{ground}; the feed says {of_feed!r}"


def _tag(value: Any) -> str | None:
    tag = value.strip().replace("_", "-") if isinstance(value, str) else ""
    return _cased(tag) if _TAG.fullmatch(tag) and tag.lower() != UNDETERMINED else None


def _primary(tag: str) -> str:
    first = tag.partition("-")[0].lower()
    return _SAME.get(first, first)


def _cased(tag: str) -> str:
    """RFC 5646 section 2.1.1: language small, script capitalised, region in capitals."""
    first, *rest = tag.lower().split("-")
    cases = {2: str.upper, 4: str.title}
    return "-".join([first, *(cases.get(len(part), str)(part) for part in rest)])


def find_times(fields: Fields) -> tuple[Timestamp, ...]:
    """Of published and modified, those that are given, with the zones that are printed there."""
    found = []
    for timing in (Timing.PUBLISHED, Timing.MODIFIED):
        key, value = fields.get(timing.value, ("", ""))
        if value == "":
            continue
        text = whole(key, value if isinstance(value, str) else json.dumps(value))
        ground = f"field {key}"
        stamp = parse_timestamp(timing, ground, text)
        exact = parse_stamp(text, ground, is_midnight_exact=True)
        found.append(replace(stamp, ground=f"record {ground}", interval=exact))
    return tuple(found)


def find_byline(fields: Fields) -> tuple[str, ...]:
    key, value = fields.get("byline", ("byline", None))
    names = [
        item.get("name") if isinstance(item, Mapping) else item
        for item in (value if isinstance(value, list) else [value])
    ]
    given = [whole(key, name) for name in names if isinstance(name, str)]
    return tuple(dict.fromkeys(person for name in given for person in parse_people(name)))


def find_section(fields: Fields) -> str | None:
    """The first, where several are given."""
    key, value = fields.get("section", ("section", None))
    first = value[0] if isinstance(value, list) and value else value
    text = " ".join(whole(key, first).split()) if isinstance(first, str) else ""
    return text if 0 < len(text) <= _LONGEST_SECTION else None


def find_free(fields: Fields) -> bool | None:
    _, value = fields.get("is_free", ("", None))
    return find_truth(value)


def find_links(fields: Fields) -> tuple[tuple[str, ...], str]:
    """Strings, objects with url or href, or pairs of anchor and address; also as JSON text."""
    key, value = fields.get("links", ("links", None))
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            value = [value]
    given = value if isinstance(value, list) else [value]
    links = tuple(dict.fromkeys(link for item in given if (link := _address(item))))
    remarks = list(_refused_links(key, given))
    more = f"; {len(remarks) - 1} more" if len(remarks) > 1 else ""
    return links, remarks[0] + more if remarks else ""


def _refused_links(key: str, given: list[Any]) -> Iterator[str]:
    for item in given:
        if not _address(item) and (remark := refused(key, item, "no web address")):
            yield remark


def _address(item: Any) -> str | None:
    if isinstance(item, Mapping):
        item = item.get("url") or item.get("href")
    if isinstance(item, list) and item:
        item = item[-1]
    if not isinstance(item, str) or _SURROGATE.search(item) or not canonical(item):
        return None
    return item.strip()
