"""A named stream → pages. Nothing larger than one page is held in memory."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

from tidings.model import Page, PageId, Reason, Rejected
from tidings.readers.files.archives import is_tar, read_members
from tidings.readers.files.foreign import Foreign
from tidings.readers.files.kinds import Kind, choose_kind
from tidings.readers.files.streams import LONGEST_MARK, Metered, find_missing, unpack

SKIPPED = 1 << 20  # bytes a read, of a line that is passed over


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    largest_page: int = 20_000_000  # bytes; real pages stay under 5 MB, a 50 MB page is a mistake


def make_page(name: str, media_type: str, data: bytes) -> Page:
    page = PageId(blake2b(data, digest_size=16).hexdigest())
    return Page(id=page, name=name, media_type=media_type, data=data)


def read_contents(
    name: str, source: io.BufferedReader[Metered], options: ReadOptions
) -> Iterator[Page | Rejected]:
    """Raises what damaged archives raise: see ``reader.DAMAGE``; pages before it are given."""
    packing = find_missing(name, source.peek(LONGEST_MARK))
    head, stream = unpack(source)
    kind = choose_kind(name, head)
    if kind is Kind.TAR and packing and not is_tar(head):
        detail = f"not {packing} archive, as its name says; get it again"
        yield Rejected(name=name, reason=Reason.UNREADABLE, detail=detail)
    elif kind is Kind.TAR:
        for member, found in read_members(name, stream):
            if isinstance(found, Rejected):
                yield found
            else:
                yield from _read_one(member, *unpack(found), options)
    else:
        yield from _read_one(name, head, stream, options)


def _read_one(
    name: str, head: bytes, stream: io.BufferedIOBase, options: ReadOptions
) -> Iterator[Page | Rejected]:
    kind = choose_kind(name, head)
    if kind is Kind.LINES:
        yield from _read_lines(name, stream, options.largest_page)
    elif kind is Kind.TAR:
        detail = "an archive inside an archive; unpack it and add it by itself"
        yield Rejected(name=name, reason=Reason.UNSUPPORTED, detail=detail)
    elif isinstance(kind, Foreign):
        yield Rejected(name=name, reason=Reason.UNSUPPORTED, detail=kind.detail)
    else:
        yield _read_whole(name, kind, stream, options.largest_page)


def _read_whole(name: str, kind: Kind, stream: io.BufferedIOBase, largest: int) -> Page | Rejected:
    data = stream.read(largest + 1)
    if len(data) > largest:
        return refuse_size(name, largest)
    return make_page(name, kind.value, data)


def _read_lines(name: str, stream: io.BufferedIOBase, largest: int) -> Iterator[Page | Rejected]:
    """Each line is a page of its own, named ``file#line``, counted from 1."""
    number = 0
    while line := stream.readline(largest + 2):  # room for the line's end
        number += 1
        data = line.removesuffix(b"\n").removesuffix(b"\r")
        if number == 1:
            data = data.removeprefix(b"\xef\xbb\xbf")
        if len(data) > largest:
            yield refuse_size(f"{name}#{number}", largest)
        elif data.strip():
            yield make_page(f"{name}#{number}", Kind.RECORD.value, data)
        while line and not line.endswith(b"\n"):
            line = stream.readline(SKIPPED)


def refuse_size(name: str, largest: int) -> Rejected:
    detail = f"more than {largest:,} bytes; raise largest_page to take it"
    return Rejected(name=name, reason=Reason.TOO_LARGE, detail=detail)
