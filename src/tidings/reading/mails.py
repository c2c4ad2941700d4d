"""Mails as they were sent (RFC 5322, MIME) → what a reader is shown of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.header import decode_header
from email.message import Message
from email.policy import compat32

from tidings.model import Reason
from tidings.reading.charset import Undecoded, decode
from tidings.reading.compose import NO_XML
from tidings.reading.prose import Paragraph, parse_prose
from tidings.reading.refused import Refused

LARGEST = 100_000_000  # bytes: more than mail servers let pass
MOST_PARTS = 1_000  # of one mail; more are an attack
SUBSTANCE = 0.5  # of the letters of the HTML, from which the plain alternative says the same

_FIELD = rb"[a-z][a-z0-9-]*:.*\n(?:[ \t].*\n)*"
_HEAD = re.compile(
    rb"(?:from \S+ .*\n)?(?=(?:" + _FIELD + rb"){2})(?:" + _FIELD + rb")*?"
    rb"(?:mime-version|received|return-path|delivered-to|dkim-signature|message-id):"
)
_PARTING = re.compile(rb"From \S+ .*\d\d:\d\d.*")
_QUOTED = re.compile(rb">+From ")
_LETTER = re.compile(r"[^\W\d_]")
_ADDRESS = re.compile(r"https?://\S+")
_TNEF = frozenset(("application/ms-tnef", "application/vnd.ms-tnef"))
_SEALED = frozenset(("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"))
_SIGNATURES = frozenset(
    (
        "application/pgp-signature",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "message/delivery-status",
        "text/calendar",
        "text/rfc822-headers",
        "text/x-amp-html",
    )
)
_TEXTS = frozenset(("text/plain", "text/html", "application/xhtml+xml", "text/enriched"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A page inside a mail: its text, an attachment, a mail that was forwarded as a whole."""

    name: str  # '' of the mail's own text, else the attachment's name
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """Its head as printed, '' where it lacks a line; its own text first among the parts."""

    subject: str
    sender: str
    sent: str
    parts: tuple[Part, ...]
    refused: tuple[str, ...] = ()  # parts that are not read, each with the reason


@dataclass(slots=True)
class _Sorted:
    """The leaves of a mail: what is shown, and what is attached."""

    shown: list[tuple[str, str]]  # kind, text
    attached: list[Part]
    refused: list[str]


def is_mail(head: bytes) -> bool:
    """``head``: the first bytes. Lines that no reader is shown tell a mail from a letter that
    was printed."""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower().replace(b"\r\n", b"\n")
    return _HEAD.match(text) is not None


def is_mailbox(head: bytes) -> bool:
    """mbox: mails one after another, parted by From_ lines (RFC 4155)."""
    return _PARTING.match(head.partition(b"\n")[0]) is not None


def split_mailbox(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The mails of an mbox; ``lines`` with their ends. Lazy: one mail at a time."""
    held: list[bytes] = []
    is_blank = True
    for line in lines:
        if is_blank and _PARTING.match(line):
            if held:
                yield b"".join(held)
            held = []
        else:
            held.append(line[1:] if _QUOTED.match(line) else line)
        is_blank = not line.strip()
    if held:
        yield b"".join(held)


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
        found = _Sorted(shown=[], attached=[], refused=[])
        _sort(message, found)
    except RecursionError:
        return Refused(reason=Reason.TOO_DEEP, detail="parts nested too deeply; save its text")
    subject, sender, sent = (_field(message, name) for name in ("Subject", "From", "Date"))
    if not message.keys():
        return Refused(reason=Reason.UNSUPPORTED, detail="no head of a mail; add it as .txt")
    text = "\n\n".join(text for _, text in found.shown if text.strip())
    if not text.strip() and not found.attached:
        why = f" ({found.refused[0]})" if found.refused else ""
        return Refused(reason=Reason.NO_TEXT, detail=f"no text in the mail{why}; save it as text")
    own = Part(name="", media_type="text/plain", data=_printed((sender, subject, sent), text))
    return Mail(
        subject=subject,
        sender=sender,
        sent=sent,
        parts=((own,) if text.strip() else ()) + tuple(found.attached),
        refused=tuple(found.refused),
    )


def _printed(head: tuple[str, str, str], text: str) -> bytes:
    """As a mail is printed."""
    names = ("From", "Subject", "Date")
    lines = [f"{name}: {value}" for name, value in zip(names, head, strict=True) if value]
    return ("\n".join(lines) + "\n\n" + text.strip() + "\n").encode("utf-8", "replace")


def _sort(message: Message, found: _Sorted) -> None:
    kind = message.get_content_type()
    if len(found.shown) + len(found.attached) + len(found.refused) >= MOST_PARTS:
        return
    if kind in _SEALED:
        found.refused.append(f"{kind}: sealed; open it in a mail program")
    elif kind == "message/rfc822":
        _attach_mail(message, found)
    elif kind == "multipart/alternative":
        _choose(message, found)
    elif message.is_multipart():
        for part in _parts(message):
            _sort(part, found)
    elif kind not in _SIGNATURES:
        _sort_leaf(message, kind, found)


def _sort_leaf(message: Message, kind: str, found: _Sorted) -> None:
    name = NO_XML.sub(" ", _decoded_words(message.get_filename() or "")).strip()
    payload = message.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    if kind in _TNEF or name.lower() == "winmail.dat":
        found.refused.append(f"{name or kind}: Outlook's own wrapping, which is not read")
    elif kind in _TEXTS and not name and message.get_content_disposition() != "attachment":
        found.shown.append((kind, _text(message, kind, data)))
    elif data:
        name = name or f"part-{len(found.attached) + 1}"
        found.attached.append(Part(name=name, media_type=kind, data=data))


def _attach_mail(message: Message, found: _Sorted) -> None:
    for inner in _parts(message):
        name = _field(inner, "Subject") or f"mail-{len(found.attached) + 1}"
        data = inner.as_bytes()
        found.attached.append(Part(name=name, media_type="message/rfc822", data=data))


def _choose(message: Message, found: _Sorted) -> None:
    """One of the alternatives; what comes with it is kept."""
    ways = []
    for part in _parts(message):
        way = _Sorted(shown=[], attached=[], refused=[])
        _sort(part, way)
        found.attached += way.attached
        found.refused += way.refused
        if way.shown:
            ways.append(way.shown)
    plain = next((way for way in ways if all(kind == "text/plain" for kind, _ in way)), None)
    rich = max((way for way in ways if way is not plain), key=_letters, default=None)
    if plain and rich:
        chosen = plain if _letters(plain) >= SUBSTANCE * _letters(rich) else rich
    else:
        chosen = plain or rich or []
    found.shown += chosen


def _letters(way: list[tuple[str, str]]) -> int:
    return sum(len(_LETTER.findall(_ADDRESS.sub("", text))) for _, text in way)


def _text(message: Message, kind: str, data: bytes) -> str:
    text = decode(data, message.get_content_charset()) if data.strip() else ""
    if isinstance(text, Undecoded):
        return ""
    if kind == "text/plain":
        is_flowed = str(message.get_param("format", "")).lower() == "flowed"
        is_joined = str(message.get_param("delsp", "")).lower() == "yes"
        return _unflowed(text, is_joined) if is_flowed else text.replace("\r\n", "\n")
    return "\n\n".join(map(_rendered, parse_prose(text)))


def _unflowed(text: str, is_joined: bool) -> str:
    """RFC 3676: a line that ends in a space goes on in the next."""
    lines: list[str] = []
    is_open = False
    for raw in text.replace("\r\n", "\n").split("\n"):
        line = raw.removeprefix(" ")
        if is_open and line != "-- ":
            lines[-1] += line
        else:
            lines.append(line)
        is_open = line.endswith(" ") and line != "-- "
        if is_open and is_joined:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)


def _rendered(paragraph: Paragraph) -> str:
    """With the addresses that it links to in lines of their own, those that it does not print."""
    lines = [paragraph.text]
    lines += dict.fromkeys(
        link for anchor, link in paragraph.links if anchor and link not in paragraph.text
    )
    return "\n".join(lines)


def _parts(message: Message) -> list[Message]:
    payload = message.get_payload()
    return [part for part in payload if isinstance(part, Message)] if message.is_multipart() else []


def _field(message: Message, name: str) -> str:
    """One line, decoded."""
    value = message.get(name)
    return " ".join(_decoded_words(str(value)).split()) if value is not None else ""


def _decoded_words(value: str) -> str:
    """RFC 2047; bytes that stand there raw are read by their own look."""
    raw = value.encode("utf-8", "surrogateescape")
    if not raw.isascii():
        value = _guessed(raw, None)
    try:
        pieces = decode_header(value)
    except (ValueError, LookupError):  # base64 that is none
        return value
    return "".join(
        piece if isinstance(piece, str) else _guessed(piece, label) for piece, label in pieces
    )


def _guessed(data: bytes, label: str | None) -> str:
    text = decode(data, label) if data.strip() else data.decode("ascii", "replace")
    return data.decode("utf-8", "replace") if isinstance(text, Undecoded) else text
