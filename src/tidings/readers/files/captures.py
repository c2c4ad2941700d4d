"""Web archives → what was captured: the pages' bytes as a browser had them, and what came along.

Requests, revisits, redirects, metadata and what a crawler says of itself are no pages: they are
passed over. All else ends as a capture or as a Rejected.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tidings.model import Reason, Rejected, Served
from tidings.readers.files.heads import ARC, WARC, choose_dialect
from tidings.readers.files.members import Packed, Plain
from tidings.readers.files.naming import printable
from tidings.readers.files.origins import Origin
from tidings.readers.files.records import PAGES, Loss, Record, RecordReader
from tidings.readers.files.responses import (
    ContentError,
    Response,
    TooLargeError,
    decode_content,
    parse_response,
)
from tidings.readers.files.streams import Opened
from tidings.readers.files.window import Window
from tidings.reading.labels import parse_media_type

HEADROOM = 1 << 16  # bytes of a block beside the page's
SCHEMES = ("http:", "https:", "file:", "ftp:", "gopher:", "gemini:")
"""Of pages; crawlers write notes of their own under others."""
KNOWN = PAGES | {"warcinfo", "request", "metadata", "revisit", "continuation"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """What an address gave."""

    origin: Origin  # named by the address
    data: bytes
    is_whole: bool  # else cut, as there is more than is held


def read_captures(archive: str, opened: Opened, largest: int) -> Iterator[Capture | Rejected]:
    """``largest``: bytes of a page that are held. What is damaged is named ``archive#offset``."""
    packing, stream = opened.packing, opened.stream
    window = Window(Packed(stream, packing, opened.offset) if packing else Plain(stream))
    dialect = choose_dialect(opened.head) or (ARC if ".arc" in archive.lower() else WARC)
    is_empty = True
    for found in RecordReader(window, dialect, largest + HEADROOM).read():
        is_empty = False
        if isinstance(found, Loss):
            yield _reject(archive, found.offset, Reason.DAMAGED, found.detail)
        elif capture := _find_capture(archive, found, largest):
            yield capture
    if is_empty:
        yield Rejected(name=archive, reason=Reason.EMPTY, detail="an archive without a record")


def _find_capture(archive: str, record: Record, largest: int) -> Capture | Rejected | None:
    head = record.head
    if head.kind not in KNOWN:
        detail = f"a record of type {head.kind!r}, which is not known"
        return _reject(archive, record.offset, Reason.UNSUPPORTED, detail)
    is_web = head.url.lower().startswith(("http:", "https:"))
    if head.kind in PAGES and not (is_web or (head.url and not record.block.startswith(b"HTTP/"))):
        detail = f"{head.url!r} is no address of a page" if head.url else "it names no address"
        return _reject(archive, record.offset, Reason.DAMAGED, detail)
    if head.kind not in PAGES or not head.url.lower().startswith(SCHEMES):
        return None
    if head.is_segment:
        detail = "the page goes on in another record, which is not read"
        return Rejected(name=printable(head.url), reason=Reason.UNSUPPORTED, detail=detail)
    if head.kind == "response" and is_web:
        return _read_response(archive, record, largest)
    return _capture(record, head.media_type, record.block, None)


def _read_response(archive: str, record: Record, largest: int) -> Capture | Rejected | None:
    response = parse_response(record.block)
    if response is None:
        return _reject(archive, record.offset, Reason.DAMAGED, "its answer has no status")
    if response.status >= 400:
        detail = f"the server answered {response.status} {response.phrase}".rstrip()
        return Rejected(name=printable(record.head.url), reason=Reason.STATUS, detail=detail)
    if not 200 <= response.status < 300 or response.status in (204, 205):
        return None
    try:
        data = decode_content(response, largest)
    except TooLargeError as error:
        return Rejected(name=printable(record.head.url), reason=Reason.TOO_LARGE, detail=f"{error}")
    except ContentError as error:
        return _reject(archive, record.offset, Reason.DAMAGED, f"{record.head.url}: {error}")
    media_type = response.fields.get("content-type", "") or _of_arc(record)
    return _capture(record, media_type, data, response)


def _of_arc(record: Record) -> str:
    """An ARC's line names the page's own type, a WARC's head only that it is an answer."""
    media_type = record.head.media_type
    return "" if media_type.startswith(("application/http", "no-type")) else media_type


def _capture(record: Record, media_type: str, data: bytes, response: Response | None) -> Capture:
    kind, charset = parse_media_type(media_type)
    served = Served(
        url=record.head.url,
        charset=charset,
        modified=response.fields.get("last-modified") if response else None,
        at=record.head.at,
    )
    origin = Origin(name=printable(record.head.url), media_type=kind, served=served)
    return Capture(origin=origin, data=data, is_whole=record.is_whole)


def _reject(archive: str, offset: int, reason: Reason, detail: str) -> Rejected:
    return Rejected(name=f"{archive}#{offset}", reason=reason, detail=detail)
