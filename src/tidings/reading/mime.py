"""The parts of a mail (MIME): what is shown of it, and what is attached."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message

from tidings.reading.bulletins import Bulletin, find_bulletin
from tidings.reading.charset import Undecoded, decode
from tidings.reading.compose import NO_XML
from tidings.reading.prose import Paragraph, parse_prose
from tidings.text import is_ended

MOST_PARTS = 1_000  # of one mail; more are an attack
SUBSTANCE = 0.5  # of the letters of the HTML, from which the plain alternative says the same
LONGEST_SIGNATURE = 12  # lines
LEAST_BEFORE = 150  # code points of a paragraph above a newsletter's items that is no greeting

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
class Shown:
    """A text that is shown, or a newsletter."""

    media_type: str
    text: str
    bulletin: Bulletin | None = None


@dataclass(slots=True)
class Leaves:
    """In order."""

    shown: list[Shown] = field(default_factory=list)
    attached: list[Part] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)  # each with the reason


def sort_parts(message: Message, found: Leaves) -> None:
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
            sort_parts(part, found)
    elif kind not in _SIGNATURES:
        _sort_leaf(message, kind, found)


def _sort_leaf(message: Message, kind: str, found: Leaves) -> None:
    name = NO_XML.sub(" ", _decoded_words(message.get_filename() or "")).strip()
    payload = message.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    if kind in _TNEF or name.lower() == "winmail.dat":
        found.refused.append(f"{name or kind}: Outlook's own wrapping, which is not read")
    elif kind in _TEXTS and not name and message.get_content_disposition() != "attachment":
        found.shown.append(_shown(message, kind, data))
    elif data:
        name = name or f"part-{len(found.attached) + 1}"
        found.attached.append(Part(name=name, media_type=kind, data=data))


def _attach_mail(message: Message, found: Leaves) -> None:
    for inner in _parts(message):
        name = find_field(inner, "Subject") or f"mail-{len(found.attached) + 1}"
        data = inner.as_bytes()
        found.attached.append(Part(name=name, media_type="message/rfc822", data=data))


def _choose(message: Message, found: Leaves) -> None:
    """One of the alternatives; what comes with it is kept."""
    ways: list[list[Shown]] = []
    for part in _parts(message):
        way = Leaves()
        sort_parts(part, way)
        found.attached += way.attached
        found.refused += way.refused
        ways += [way.shown] if way.shown else []
    plain = next((way for way in ways if all(_is_plain(each) for each in way)), None)
    rich = max((way for way in ways if way is not plain), key=_letters, default=None)
    if plain and rich:
        is_listed = any(each.bulletin for each in rich)
        has_substance = _letters(plain) >= SUBSTANCE * _letters(rich) and not is_listed
        found.shown += plain if has_substance else rich
    else:
        found.shown += plain or rich or []


def _is_plain(shown: Shown) -> bool:
    return shown.media_type == "text/plain"


def _letters(way: list[Shown]) -> int:
    return sum(len(_LETTER.findall(_ADDRESS.sub("", each.text))) for each in way)


def _shown(message: Message, kind: str, data: bytes) -> Shown:
    text = decode(data, message.get_content_charset()) if data.strip() else ""
    if isinstance(text, Undecoded):
        return Shown(media_type=kind, text="")
    if kind == "text/plain":
        is_flowed = str(message.get_param("format", "")).lower() == "flowed"
        is_joined = str(message.get_param("delsp", "")).lower() == "yes"
        plain = _unflowed(text, is_joined) if is_flowed else text.replace("\r\n", "\n")
        return Shown(media_type=kind, text=_unsigned(plain))
    paragraphs = parse_prose(text)
    bulletin = find_bulletin(paragraphs)
    if bulletin:
        told = (each for each in bulletin.before if _is_told(each.text))
        return Shown(media_type=kind, text="\n\n".join(map(_rendered, told)), bulletin=bulletin)
    return Shown(media_type=kind, text="\n\n".join(map(_rendered, paragraphs)))


def _unsigned(text: str) -> str:
    """Without a signature (RFC 3676, section 4.3); what is longer is none."""
    above, mark, below = text.rpartition("\n-- \n")
    return above if mark and below.count("\n") <= LONGEST_SIGNATURE else text


def _is_told(text: str) -> bool:
    return len(text) >= LEAST_BEFORE and is_ended(text)


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


def find_field(message: Message, name: str) -> str:
    """One line, decoded."""
    raw = (value for key, value in message.raw_items() if key.lower() == name.lower())
    return " ".join(_decoded_words(str(next(raw, ""))).split())


def _decoded_words(value: str) -> str:
    """RFC 2047; bytes that stand there raw are read by their own look."""
    raw = value.encode("utf-8", "surrogateescape")
    if not raw.isascii():
        value = _guessed(raw, None)
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError, LookupError):  # base64 that is none
        return value
    return "".join(
        piece if isinstance(piece, str) else _guessed(piece, label) for piece, label in pieces
    )


def _guessed(data: bytes, label: str | None) -> str:
    text = decode(data, label) if data.strip() else data.decode("ascii", "replace")
    return data.decode("utf-8", "replace") if isinstance(text, Undecoded) else text
