"""Pages that a browser saved with all that belongs to them in one file: MHTML (RFC 2557)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from email.utils import parsedate_to_datetime

from tidings.model import Page, Reason, Rejected, Served
from tidings.readers.files.origins import Origin

_PAGES = ("text/html", "application/xhtml+xml")


def read_snapshot(origin: Origin, data: bytes) -> Iterator[Page | Rejected]:
    """The page alone, with the address and time that the browser noted."""
    try:
        message = message_from_bytes(data.lstrip(), policy=compat32)
        root = next((part for part in message.walk() if part.get_content_type() in _PAGES), None)
    except RecursionError:
        yield origin.refuse(Reason.TOO_DEEP, "parts nested too deeply; save the page as HTML")
        return
    payload = root.get_payload(decode=True) if root else None
    if root is None or not isinstance(payload, bytes):
        yield origin.refuse(Reason.UNSUPPORTED, "a saved page without HTML; save it as HTML")
        return
    served = Served(
        url=_find(message, "Snapshot-Content-Location") or _find(root, "Content-Location"),
        charset=root.get_content_charset(),
        at=_find_time(message),
    )
    yield replace(origin, served=served).make_page(_PAGES[0], payload)


def _find(message: Message, name: str) -> str | None:
    value = str(message.get(name) or "").strip()
    return value if value.lower().startswith(("http://", "https://")) else None


def _find_time(message: Message) -> datetime | None:
    try:
        at = parsedate_to_datetime(str(message.get("Date") or ""))
        return at.astimezone(UTC) if at.tzinfo else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
