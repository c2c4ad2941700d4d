"""One JSON record → article: fields by name; only a language that is not given is guessed."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tidings.model import Article, ArticleId, Page, Reason, Rejected, Role
from tidings.reading.byline import parse_people
from tidings.reading.charset import Undecoded, decode
from tidings.reading.compose import NO_XML, compose
from tidings.reading.language import UNDETERMINED, identify
from tidings.reading.stamps import parse_stamp
from tidings.times import Interval, unknown
from tidings.urls import canonical, registrable_domain

RULE = "record/1"

# Our names first; the others are understood too.
_NAMES = {
    "id": ("id",),
    "url": ("url", "link"),
    "publisher": ("publisher", "site"),
    "published": ("published", "date"),
    "modified": ("modified",),
    "language": ("language", "lang"),
    "headline": ("headline", "title"),
    "body": ("body", "text"),
    "byline": ("byline", "author"),
    "links": ("links",),
}
_TAG = re.compile(
    r"[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*",
    re.IGNORECASE,
)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_SHOWN = 60  # code points of a refused value in its ground
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Our own limits; no real record comes near them."""

    longest_id: int = 500  # code points
    longest_headline: int = 10_000  # code points; a longer one is a body in the wrong field
    longest_body: int = 2_000_000  # code points, as of plain text
    largest: int = 20_000_000  # bytes


class _EndedError(Exception):
    """The record is no article; the text says why and what to do."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordExtractor:
    options: Options = field(default_factory=Options)

    def extract(self, page: Page) -> tuple[Article, ...] | Rejected:
        """One article with the record's own id; any bytes end, as article or with a reason."""
        try:
            return self._extracted(page, self._record(page.data))
        except _EndedError as end:
            return Rejected(name=page.name, reason=end.reason, detail=str(end))

    def _record(self, data: bytes) -> Mapping[str, Any]:
        if len(data) > self.options.largest:
            raise _EndedError(
                Reason.TOO_LARGE, f"{len(data)} bytes, {self.options.largest} are read"
            )
        text = decode(data, "utf-8")
        if isinstance(text, Undecoded):
            raise _EndedError(text.reason, text.detail)
        record = _loaded(_original(data) or text)
        if not isinstance(record, dict):
            raise _bad(f"the line holds {_kind(record)}; give an object")
        return record

    def _extracted(self, page: Page, record: Mapping[str, Any]) -> tuple[Article, ...]:
        headline = " ".join((_text(record, "headline") or "").split())
        body = _text(record, "body") or ""
        self._check_sizes(headline, body)
        parts = [(Role.HEADLINE, headline)]
        parts += [(Role.BODY, line) for line in body.splitlines()]
        text, blocks = compose(parts)
        if not blocks:
            raise _EndedError(Reason.NO_TEXT, "neither headline nor body; give one of them")
        has_headline = blocks[0].role is Role.HEADLINE
        headline = text[: blocks[0].end] if has_headline else ""
        url = _text(record, "url")
        address = url.strip() if url and canonical(url) else None
        links, links_ground = _links(record)
        publisher, publisher_ground = _publisher(record, url)
        language, language_ground = _language(record, headline, text[len(headline) :])
        published = _time(record, "published") or unknown("the record names no time")
        modified = _time(record, "modified")
        return (
            Article(
                id=self._id(record, page),
                page=page.id,
                position=0,
                url=address,
                publisher=publisher,
                published=published,
                modified=modified if modified and modified.start else None,
                language=language,
                headline=headline,
                byline=_byline(record),
                text=text,
                blocks=blocks,
                links=links,
                is_cut=False,
                extractor=RULE,
                grounds=_grounds(
                    language=language_ground,
                    links=links_ground,
                    modified=modified.reason if modified and not modified.start else "",
                    published=published.reason,
                    publisher=publisher_ground,
                    url="" if address else _refused("url", url, "no web address"),
                ),
            ),
        )

    def _check_sizes(self, headline: str, body: str) -> None:
        longest = self.options.longest_headline
        if len(headline) > longest:
            raise _bad(f"'headline' has {len(headline)} characters; give up to {longest}")
        if len(body) > self.options.longest_body:
            detail = f"'body' has {len(body)} characters; give up to {self.options.longest_body}"
            raise _EndedError(Reason.TOO_LARGE, detail)

    def _id(self, record: Mapping[str, Any], page: Page) -> ArticleId:
        """The record's own; of a record without one the page's, as of an HTML page."""
        value = record.get("id")
        if value is None:
            return ArticleId(page.id[:16])
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise _bad(f"'id' is {_kind(value)}; give a string or number")
        _whole("id", name := str(value))
        if control := _CONTROL.search(name):
            raise _bad(f"'id' has the control {control.group()!r} at {control.start()}; drop it")
        if not name.strip() or len(name) > self.options.longest_id:
            raise _bad(f"'id' has {len(name)} characters; give 1 to 500")
        return ArticleId(name)


def _grounds(**grounds: str) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((field, ground) for field, ground in grounds.items() if ground))


def _refused(key: str, value: Any, why: str) -> str:
    """The ground of a value that was given and not taken; none where nothing was given."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return ""
    shown = repr(value if isinstance(value, str | int | float) else _kind(value))
    shown = shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"
    return f"field {key}: {shown} is {why}, left out"


def _bad(detail: str) -> _EndedError:
    return _EndedError(Reason.BAD_RECORD, detail)


def _original(data: bytes) -> str | None:
    """As it came, not in NFC: an id is kept to the letter."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _loaded(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except RecursionError:
        raise _EndedError(Reason.TOO_DEEP, "nested too deeply; give a flat object") from None
    except json.JSONDecodeError as error:
        detail = f"{error.msg} at character {error.pos}; give one whole object a line"
        raise _EndedError(Reason.BAD_JSON, detail) from None
    except ValueError as error:  # a number of thousands of digits
        raise _EndedError(Reason.BAD_JSON, f"{error}") from None


def _find(record: Mapping[str, Any], name: str) -> tuple[str, Any]:
    """The first of the field's names that holds something, and what it holds."""
    for key in _NAMES[name]:
        if record.get(key) is not None:
            return key, record[key]
    return name, None


def _text(record: Mapping[str, Any], name: str) -> str | None:
    key, value = _find(record, name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise _bad(f"{key!r} is {_kind(value)}; give a string")
    return _whole(key, value)


def _whole(key: str, text: str) -> str:
    """``text`` in NFC, fit for XML. JSON can escape half a character: nothing can store that."""
    half = _SURROGATE.search(text)
    if half:
        raise _bad(f"{key!r} has half a character at {half.start()}; write it whole")
    return unicodedata.normalize("NFC", NO_XML.sub(" ", text.replace("\0", "")))


def _kind(value: Any) -> str:
    kinds = {dict: "an object", list: "a list", str: "a string", bool: "a truth value"}
    return kinds.get(type(value), "null" if value is None else "a number")


def _publisher(record: Mapping[str, Any], url: str | None) -> tuple[str | None, str]:
    key, value = _find(record, "publisher")
    if isinstance(value, Mapping):
        value = value.get("name")
    if isinstance(value, str) and value.strip():
        return " ".join(_whole(key, value).split()), f"field {key}"
    domain = registrable_domain(url) if url else None
    if domain:
        return domain, "registrable domain of the address"
    return None, "the record names no publisher and no address"


def _language(record: Mapping[str, Any], headline: str, body: str) -> tuple[str, str]:
    key, value = _find(record, "language")
    if isinstance(value, str):
        tag = value.strip().replace("_", "-")
        if _TAG.fullmatch(tag) and tag.lower() != UNDETERMINED:
            return _cased(tag), f"field {key}"
    language, ground = identify(headline, body)
    is_unknown = isinstance(value, str) and value.strip().lower() == UNDETERMINED
    refused = "" if is_unknown else _refused(key, value, "no BCP 47 tag")
    return language, f"{ground}; {refused}" if refused else ground


def _cased(tag: str) -> str:
    """RFC 5646 section 2.1.1: language small, script capitalised, region in capitals."""
    first, *rest = tag.lower().split("-")
    cases = {2: str.upper, 4: str.title}
    return "-".join([first, *(cases.get(len(part), str)(part) for part in rest)])


def _time(record: Mapping[str, Any], name: str) -> Interval | None:
    key, value = _find(record, name)
    if value is None or value == "":
        return None
    text = value if isinstance(value, str) else json.dumps(value)
    return parse_stamp(_whole(key, text), f"field {key}", is_midnight_exact=True)


def _byline(record: Mapping[str, Any]) -> tuple[str, ...]:
    key, value = _find(record, "byline")
    names = [
        item.get("name") if isinstance(item, Mapping) else item
        for item in (value if isinstance(value, list) else [value])
    ]
    whole = [_whole(key, name) for name in names if isinstance(name, str)]
    return tuple(dict.fromkeys(person for name in whole for person in parse_people(name)))


def _links(record: Mapping[str, Any]) -> tuple[tuple[str, ...], str]:
    """Strings, objects with url or href, or pairs of anchor and address; also as JSON text."""
    key, value = _find(record, "links")
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            value = [value]
    given = value if isinstance(value, list) else [value]
    found = [(item, _address(item)) for item in given]
    refused = [_refused(key, item, "no web address") for item, link in found if not link]
    refused = [ground for ground in refused if ground]
    more = f"; {len(refused) - 1} more" if len(refused) > 1 else ""
    links = tuple(dict.fromkeys(link for _, link in found if link))
    return links, refused[0] + more if refused else ""


def _address(item: Any) -> str | None:
    if isinstance(item, Mapping):
        item = item.get("url") or item.get("href")
    if isinstance(item, list) and item:
        item = item[-1]
    if not isinstance(item, str) or _SURROGATE.search(item) or not canonical(item):
        return None
    return item.strip()
