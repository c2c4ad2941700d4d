"""One JSON record → article: fields by name; only a language that is not given is guessed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tidings.model import Article, ArticleId, Block, Page, Reason, Rejected, Role, Timing
from tidings.reading.charset import Undecoded, decode
from tidings.reading.compose import compose
from tidings.reading.mixed import mark_languages
from tidings.reading.records import (
    BadRecordError,
    Fields,
    find_byline,
    find_free,
    find_language,
    find_links,
    find_publisher,
    find_section,
    find_text,
    find_times,
    kind,
    parse_fields,
    refused,
    whole,
)
from tidings.reading.snippets import is_broken_off
from tidings.reading.wire import parse_wire
from tidings.text import is_dense
from tidings.times import unknown
from tidings.urls import canonical, registrable_domain

RULE = "record/2"

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Our own limits; no real record comes near the first four."""

    longest_id: int = 500  # code points
    longest_headline: int = 10_000  # code points; a longer one is a body in the wrong field
    longest_body: int = 2_000_000  # code points, as of plain text
    largest: int = 20_000_000  # bytes
    cut: int = 80  # code points of a last paragraph that ends without a stop, as of plain text


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordExtractor:
    options: Options = field(default_factory=Options)

    def extract(self, page: Page) -> tuple[Article, ...] | Rejected:
        """One article with the record's own id; any bytes end, as article or with a reason."""
        try:
            record = self._record(page.data)
            return (self._extracted(page, parse_wire(record) or parse_fields(record)),)
        except BadRecordError as end:
            return Rejected(name=page.name, reason=end.reason, detail=str(end))

    def _record(self, data: bytes) -> Mapping[str, Any]:
        if len(data) > self.options.largest:
            detail = f"{len(data)} bytes, {self.options.largest} are read"
            raise BadRecordError(detail, Reason.TOO_LARGE)
        text = decode(data, "utf-8")
        if isinstance(text, Undecoded):
            raise BadRecordError(text.detail, text.reason)
        record = _loaded(_original(data) or text)
        if not isinstance(record, dict):
            raise BadRecordError(f"the line holds {kind(record)}; give an object")
        return record

    def _extracted(self, page: Page, fields: Fields) -> Article:
        text, blocks, headline = self._composed(fields)
        url = find_text(fields, "url")
        address = url.strip() if url and canonical(url) else None
        links, links_ground = find_links(fields)
        publisher, domain, publisher_ground = find_publisher(fields, url)
        language, language_ground = find_language(fields, headline, text[len(headline) :])
        times = find_times(fields)
        published = next(
            (each.interval for each in times if each.timing is Timing.PUBLISHED),
            unknown("the record names no time"),
        )
        modified = next((each.interval for each in times if each.timing is Timing.MODIFIED), None)
        return Article(
            id=self._id(fields, page),
            page=page.id,
            position=0,
            url=address,
            publisher=publisher,
            published=published,
            modified=modified if modified and modified.start else None,
            language=language,
            headline=headline,
            byline=find_byline(fields),
            text=text,
            blocks=mark_languages(text, blocks, language),
            links=links,
            is_cut=self._is_cut(text, blocks),
            extractor=RULE,
            grounds=_grounds(
                language=language_ground,
                links=links_ground,
                modified=modified.reason if modified and not modified.start else "",
                published=published.reason,
                publisher=publisher_ground,
                url="" if address else refused("url", url, "no web address"),
            ),
            domain=domain or (registrable_domain(address) if address else None),
            section=find_section(fields),
            is_free=find_free(fields),
            timestamps=times,
        )

    def _composed(self, fields: Fields) -> tuple[str, tuple[Block, ...], str]:
        """Text, blocks and the headline in it."""
        headline = " ".join((find_text(fields, "headline") or "").split())
        body = find_text(fields, "body") or ""
        self._check_sizes(headline, body)
        parts = [(Role.HEADLINE, headline)]
        parts += [(Role.BODY, line) for line in body.splitlines()]
        text, blocks = compose(parts)
        if not blocks:
            detail = "neither headline nor body; give one of them"
            raise BadRecordError(detail, Reason.NO_TEXT)
        has_headline = blocks[0].role is Role.HEADLINE
        return text, blocks, text[: blocks[0].end] if has_headline else ""

    def _check_sizes(self, headline: str, body: str) -> None:
        longest = self.options.longest_headline
        if len(headline) > longest:
            detail = f"'headline' has {len(headline)} characters; give up to {longest}"
            raise BadRecordError(detail)
        if len(body) > self.options.longest_body:
            detail = f"'body' has {len(body)} characters; give up to {self.options.longest_body}"
            raise BadRecordError(detail, Reason.TOO_LARGE)

    def _is_cut(self, text: str, blocks: Sequence[Block]) -> bool:
        """The last paragraph breaks off: a line so long is no signature."""
        last = text[blocks[-1].start : blocks[-1].end]
        if blocks[-1].role is not Role.BODY or not is_broken_off(last):
            return False
        is_dotted = last.rstrip().rstrip("])").endswith(("…", "..."))
        return is_dotted or len(last) >= self.options.cut * (0.4 if is_dense(last) else 1)

    def _id(self, fields: Fields, page: Page) -> ArticleId:
        """The record's own; of a record without one the page's, as of an HTML page."""
        if "id" not in fields:
            return ArticleId(page.id[:16])
        key, value = fields["id"]
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise BadRecordError(f"{key!r} is {kind(value)}; give a string or number")
        whole(key, name := str(value))
        if control := _CONTROL.search(name):
            detail = f"{key!r} has the control {control.group()!r} at {control.start()}; drop it"
            raise BadRecordError(detail)
        longest = self.options.longest_id
        if not name.strip() or len(name) > longest:
            raise BadRecordError(f"{key!r} has {len(name)} characters; give 1 to {longest}")
        return ArticleId(name)


def _grounds(**grounds: str) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((field, ground) for field, ground in grounds.items() if ground))


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
        detail = "nested too deeply; give a flat object"
        raise BadRecordError(detail, Reason.TOO_DEEP) from None
    except json.JSONDecodeError as error:
        detail = f"{error.msg} at character {error.pos}; give one whole object a line"
        raise BadRecordError(detail, Reason.BAD_JSON) from None
    except ValueError as error:  # a number of thousands of digits
        raise BadRecordError(f"{error}", Reason.BAD_JSON) from None
