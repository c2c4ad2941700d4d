"""Lists of addresses: one a line, as people keep them of pages to be fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tidings.reading.charset import Undecoded, decode
from tidings.reading.refused import Refused
from tidings.urls import LONGEST, canonical

_COMMENT = ("#", "//", ";")
_BARE = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}(?::\d+)?(?:[/?#]\S*)?")
_FEWEST_BARE = 2  # addresses without http:// that make a list; one may be a file's whole text
_SHOWN = 60  # code points of a line that is no address


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """``found``: as given, trackers and all, in order, each once."""

    found: tuple[str, ...]
    refused: tuple[str, ...] = ()  # what stands in the place of an address, with line and reason


def is_address_list(head: bytes) -> bool:
    """Whether each line that is no comment is an address. ``head``: the first bytes, unpacked; a
    last line that may go on is left out of account unless it is the only one."""
    cut = -1 if b"\0" in head else head.rfind(b"\n")
    text = decode(head[: cut + 1] or head)
    if isinstance(text, Undecoded):
        return False
    lines = list(_lines(text))
    full = sum(_is_address(line) for _, line in lines)
    bare = sum(_BARE.fullmatch(line) is not None for _, line in lines)
    if not lines or full + bare < len(lines):
        return False
    return full > 0 or bare >= _FEWEST_BARE


def parse_addresses(data: bytes, charset: str | None = None) -> Addresses | Refused:
    text = decode(data, charset)
    if isinstance(text, Undecoded):
        return Refused(reason=text.reason, detail=text.detail)
    found: dict[str, None] = {}
    refused = []
    for number, line in _lines(text):
        address = line if _is_address(line) else f"https://{line}" if _BARE.fullmatch(line) else ""
        if address and canonical(address):
            found[address] = None
        else:
            refused.append(f"line {number}: {shorten(line)!r} is no web address")
    return Addresses(found=tuple(found), refused=tuple(refused))


def strip_feed(address: str) -> str:
    """feed: stands before or instead of http:, as browsers once took it."""
    if not address.lower().startswith("feed:"):
        return address
    rest = address[5:]
    return rest if rest.lower().startswith(("http://", "https://")) else f"http:{rest}"


def shorten(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """With their numbers, without comments and the brackets that mails put around addresses."""
    for number, line in enumerate(text.splitlines(), start=1):
        bare = line.strip("\ufeff\u200b \t\xa0")
        if bare.startswith("<") and bare.endswith(">"):
            bare = bare[1:-1]
        if bare and not bare.startswith(_COMMENT):
            yield number, bare.split(" #")[0].split("\t")[0].rstrip()


def _is_address(line: str) -> bool:
    is_one = re.match(r"https?://[^\s/]", line, re.IGNORECASE) is not None
    return is_one and len(line.split()) == 1 and len(line) <= LONGEST
