"""Mails as they were sent (RFC 5322, MIME) → what a reader is shown of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import compat32
from urllib.parse import urlsplit

from tidings.model import Reason
from tidings.reading.bulletins import Item
from tidings.reading.feeds import NO_FEED, Entry, render_entry
from tidings.reading.mime import Leaves, Part, find_field, sort_parts
from tidings.reading.refused import Refused
from tidings.urls import registrable_domain

LARGEST = 100_000_000  # bytes: more than mail servers let pass

# Hosts that count a click and lead on.
_COUNTING = re.compile(
    r"(?:[\w-]*(?:click|track|redirect)[\w-]*|e?mail\d*|links?\d*|[elt]\d*)\.", re.IGNORECASE
)

_FIELD = rb"[a-z][a-z0-9-]*:.*\n(?:[ \t].*\n)*"
_HEAD = re.compile(
    rb"(?:from \S+ .*\n)?(?=(?:" + _FIELD + rb"){2})(?:" + _FIELD + rb")*?"
    rb"(?:mime-version|received|return-path|delivered-to|dkim-signature|message-id):"
)
_PARTING = re.compile(rb"From \S+ .*\d\d:\d\d.*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """Its head as printed, '' where it lacks a line; its own text first among the parts."""

    subject: str
    sender: str
    sent: str
    parts: tuple[Part, ...]
    refused: tuple[str, ...] = ()  # parts that are not read, each with the reason


def is_mail(head: bytes) -> bool:
    """``head``: the first bytes. Lines that no reader is shown tell a mail from a letter that
    was printed."""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower().replace(b"\r\n", b"\n")
    return _HEAD.match(text) is not None


def is_mailbox(head: bytes) -> bool:
    """mbox: mails one after another, parted by From_ lines (RFC 4155)."""
    return _PARTING.match(head.partition(b"\n")[0]) is not None


def parse_mail(data: bytes) -> Mail | Refused:
    """The plain alternative where it has the substance, else the HTML as text, with addresses."""
    if len(data) > LARGEST:
        detail = f"{len(data):,} bytes; mails up to {LARGEST:,} are read"
        return Refused(reason=Reason.TOO_LARGE, detail=detail)
    body = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _PARTING.match(body.partition(b"\n")[0]):
        body = body.partition(b"\n")[2]
    try:
        message = message_from_bytes(body, policy=compat32)
        found = Leaves()
        sort_parts(message, found)
    except RecursionError:
        return Refused(reason=Reason.TOO_DEEP, detail="parts nested too deeply; save its text")
    head = tuple(find_field(message, name) for name in ("From", "Subject", "Date"))
    if not message.keys():
        return Refused(reason=Reason.UNSUPPORTED, detail="no head of a mail; add it as .txt")
    parts = (*_own(head, found), *found.attached)
    if not parts:
        why = f" ({found.refused[0]})" if found.refused else ""
        return Refused(reason=Reason.NO_TEXT, detail=f"no text in the mail{why}; save it as text")
    sender, subject, sent = head
    return Mail(
        subject=subject, sender=sender, sent=sent, parts=parts, refused=tuple(found.refused)
    )


def _own(head: tuple[str, ...], found: Leaves) -> Iterator[Part]:
    """The mail's own text as it is printed; then the items of a newsletter."""
    text = "\n\n".join(each.text for each in found.shown if each.text.strip())
    if text.strip():
        yield Part(name="", media_type="text/plain", data=_printed(head, text))
    bulletins = [each.bulletin for each in found.shown if each.bulletin]
    items = [item for bulletin in bulletins for item in bulletin.items]
    for number, item in enumerate(items, start=1):
        yield Part(name=f"#{number}", media_type="application/json", data=_record(item, head[0]))


def _record(item: Item, sender: str) -> bytes:
    """Its address is the article's where it leads to the sender's own house; elsewhere it may be
    that of a redirector, and is only cited."""
    home = registrable_domain(f"https://{sender.rstrip('> ').rpartition('@')[2]}/")
    is_own = home is not None and registrable_domain(item.url) == home
    is_counted = _COUNTING.match(urlsplit(item.url).netloc) is not None
    url = item.url if is_own and not is_counted else None
    entry = Entry(headline=item.headline, body=item.body, url=url, links=(item.url,))
    return render_entry(NO_FEED, entry)


def _printed(head: tuple[str, ...], text: str) -> bytes:
    """As a mail is printed."""
    names = ("From", "Subject", "Date")
    lines = [f"{name}: {value}" for name, value in zip(names, head, strict=True) if value]
    return ("\n".join(lines) + "\n\n" + text.strip() + "\n").encode("utf-8", "replace")
