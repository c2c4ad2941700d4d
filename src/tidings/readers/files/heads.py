"""What the head of an archive's record says: WARC (ISO 28500) and ARC, its forerunner."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

LONGEST = 1 << 16  # bytes of a head; real ones stay below 2,000


LONGEST_LINE = 1 << 13  # bytes of an ARC's


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Of one record. ``kind`` is its WARC-Type, of ARC's 'response'."""

    kind: str
    url: str  # "" where none is recorded
    at: datetime | None
    media_type: str  # of the block
    length: int  # bytes of the block
    digest: str = ""  # of the block: 'sha1:…'
    is_segment: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How records are written."""

    start: re.Pattern[bytes]  # matches where a record begins
    end: re.Pattern[bytes]  # of its head
    parse: Callable[[str], Head | str]  # the head, or what is wrong with it
    tail: bytes  # after the block

    def begins(self, data: bytes) -> bool:
        return bool(self.start.match(data.lstrip(b"\r\n")))


def parse_fields(text: str) -> dict[str, str] | None:
    """Of RFC 822, by name in small letters, the first of a name; None where a line is no field."""
    fields: list[list[str]] = []
    for line in filter(None, (line.rstrip("\r") for line in text.split("\n"))):
        name, colon, value = line.partition(":")
        if line[:1] in (" ", "\t") and fields:
            fields[-1][1] += f" {line.strip()}"
        elif colon and name.strip():
            fields.append([name.strip().lower(), value.strip()])
        else:
            return None
    return {field[0]: field[1] for field in reversed(fields)}


def _parse_warc(text: str) -> Head | str:
    fields = parse_fields(text.partition("\n")[2])
    if fields is None:
        return "a line of its head is no field"
    length, kind = fields.get("content-length", ""), fields.get("warc-type", "").lower()
    if not re.fullmatch(r"\d{1,15}", length):
        return f"its length is {length!r}"
    if not kind:
        return "it names no type"
    return Head(
        kind=kind,
        url=_tidy(fields.get("warc-target-uri", "")),
        at=_parse_time(fields.get("warc-date", "")),
        media_type=fields.get("content-type", ""),
        length=int(length),
        digest="" if text.startswith("WARC/0") else fields.get("warc-block-digest", ""),
        is_segment="warc-segment-number" in fields,
    )


_ARC = re.compile(
    r"(?P<url>\S.*) (?:[\d.]{7,15}|[\da-f:]{3,45}|-) (?P<at>\d{12,20}) (?P<type>\S+)(?: .*)?"
    r" (?P<length>-?\w+)",
    re.IGNORECASE,
)


def _parse_arc(text: str) -> Head | str:
    found = _ARC.fullmatch(text.strip()) if len(text) <= LONGEST_LINE else None
    if not found:
        return "its line is none of an ARC"
    if not re.fullmatch(r"\d{1,15}", found["length"]):
        return f"its length is {found['length']!r}"
    is_about_itself = found["url"].lower().startswith("filedesc:")
    return Head(
        kind="warcinfo" if is_about_itself else "response",
        url=_tidy(found["url"]),
        at=_parse_time(found["at"]),
        media_type=found["type"],
        length=int(found["length"]),
    )


def _tidy(url: str) -> str:
    """Some write ``<address>``; one with spaces is none."""
    return url.removeprefix("<").removesuffix(">").strip().replace(" ", "%20")


def _parse_time(text: str) -> datetime | None:
    """Of WARC-Date, always UTC, or an ARC's fourteen digits; None for what is no time."""
    digits = text if text.isdigit() else ""
    try:
        if digits:
            return datetime.strptime(digits[:14].ljust(14, "0"), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        at = datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text))
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


WARC = Dialect(
    start=re.compile(rb"WARC/[01]\.\d{1,2}[ \t\r]*\n[A-Za-z]"),
    end=re.compile(rb"\n\r*\n"),
    parse=_parse_warc,
    tail=b"\r\n\r\n",
)
ARC = Dialect(
    start=re.compile(
        rb"(?i:https?|ftp|dns|filedesc|gopher|mailto|nntp):\S[^\n]{0,3000}"
        rb" (?:[\d.]{7,15}|[\da-f:]{3,45}|-) \d{12,20} [^ \n]+ "
    ),
    end=re.compile(rb"\n"),
    parse=_parse_arc,
    tail=b"\n",
)


def choose_dialect(head: bytes) -> Dialect | None:
    """By an archive's first bytes, unpacked."""
    return next((one for one in (WARC, ARC) if one.begins(head)), None)
