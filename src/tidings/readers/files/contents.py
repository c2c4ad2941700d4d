"""A named stream → pages. Nothing larger than one page is held in memory."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from tidings.model import Page, Reason, Rejected
from tidings.readers.files.archives import is_tar, read_members
from tidings.readers.files.captures import Capture, read_captures
from tidings.readers.files.damage import guard
from tidings.readers.files.foreign import Foreign
from tidings.readers.files.kinds import ARCHIVES, Kind, choose_kind
from tidings.readers.files.lines import read_lines, read_mails
from tidings.readers.files.lists import PARSED, Inner
from tidings.readers.files.origins import Origin
from tidings.readers.files.streams import (
    LONGEST_MARK,
    Metered,
    Opened,
    find_missing,
    is_packed,
    unpack,
)
from tidings.readers.files.zips import read_zip, spool

PK = b"PK"  # that a bare zip begins with


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    largest_page: int = 20_000_000  # bytes; real pages stay under 5 MB, a 50 MB page is a mistake


def read_contents(
    name: str, source: io.BufferedReader[Metered], options: ReadOptions
) -> Iterator[Page | Rejected]:
    """Raises what damaged archives raise: see ``damage``; pages before it are given."""
    first = source.peek(LONGEST_MARK)
    opened = unpack(name, source)
    kind, packing = choose_kind(name, opened.head), find_missing(name, first)
    if kind is Kind.TAR and packing and not is_tar(opened.head):
        detail = f"not {packing} archive, as its name says; get it again"
        yield Rejected(name=name, reason=Reason.UNREADABLE, detail=detail)
    elif kind is Kind.TAR:
        for member, found in read_members(name, opened.stream):
            pages = _read_member(member, found, options)
            yield from guard(member, pages) if is_packed(found) else pages
    elif kind is Kind.ZIP:
        yield from _read_zip(name, source.raw if first.startswith(PK) else None, opened, options)
    else:
        yield from _read_kind(kind, Origin(name=name), opened, options)


def _read_zip(
    name: str, metered: Metered | None, opened: Opened, options: ReadOptions
) -> Iterator[Page | Rejected]:
    """``metered``: where the zip itself comes from, if it is not packed once more. A damaged
    member costs only itself."""
    found = metered.rewind() if metered else None
    if metered and found:
        for member, stream in read_zip(name, found, metered.reach):
            yield from guard(member, _read_member(member, stream, options))
        return
    with spool(opened.stream) as kept:
        for member, stream in read_zip(name, kept, lambda _: None):
            yield from guard(member, _read_member(member, stream, options))


def _read_member(
    name: str, found: io.BufferedIOBase | Rejected, options: ReadOptions
) -> Iterator[Page | Rejected]:
    if isinstance(found, Rejected):
        yield found
    else:
        yield from _read_one(Origin(name=name), unpack(name, found), options)


def _read_one(origin: Origin, opened: Opened, options: ReadOptions) -> Iterator[Page | Rejected]:
    """Of all that is no archive of files: the same for a file, a member, a capture and a pipe."""
    kind = choose_kind(origin.name, opened.head, origin.media_type)
    return _read_kind(kind, origin, opened, options)


def _read_kind(
    kind: Kind | Foreign, origin: Origin, opened: Opened, options: ReadOptions
) -> Iterator[Page | Rejected]:
    largest = options.largest_page
    if isinstance(kind, Foreign):
        yield origin.refuse(Reason.UNSUPPORTED, kind.detail)
    elif kind in ARCHIVES or (kind is Kind.WARC and origin.served):
        detail = "an archive inside an archive; unpack it and add it by itself"
        yield origin.refuse(Reason.UNSUPPORTED, detail)
    elif kind is Kind.WARC:
        yield from _read_archive(origin.name, opened, options)
    elif kind is Kind.LINES:
        yield from _read_inner(read_lines(origin, opened.stream, largest), options)
    elif kind is Kind.MAILBOX:
        yield from _read_inner(read_mails(origin, opened.stream, largest), options)
    else:
        yield from _read_inner(_read_whole(origin, kind, opened.stream, largest), options)


def _read_whole(
    origin: Origin, kind: Kind, stream: io.BufferedIOBase, largest: int
) -> Iterator[Page | Rejected | Inner]:
    data = stream.read(largest + 1)
    if len(data) > largest:
        yield origin.refuse_size(largest)
    elif parse := PARSED.get(kind):
        yield from parse(origin, data)
    else:
        yield origin.make_page(kind.value, data)


def _read_inner(
    parts: Iterable[Page | Rejected | Inner], options: ReadOptions
) -> Iterator[Page | Rejected]:
    """What is held in a mail, attachments told apart like files."""
    for part in parts:
        if isinstance(part, Inner):
            name = part.origin.name
            opened = partial(unpack, name, io.BytesIO(part.data))
            yield from guard(name, _read_opened(part.origin, opened, options))
        else:
            yield part


def _read_opened(
    origin: Origin, opened: Callable[[], Opened], options: ReadOptions
) -> Iterator[Page | Rejected]:
    """Opens when it is read, so that what opening raises is raised then."""
    yield from _read_one(origin, opened(), options)


def _read_archive(name: str, opened: Opened, options: ReadOptions) -> Iterator[Page | Rejected]:
    for found in read_captures(name, opened, options.largest_page):
        if isinstance(found, Rejected):
            yield found
        else:
            yield from guard(found.origin.name, _read_capture(found, options))


def _read_capture(capture: Capture, options: ReadOptions) -> Iterator[Page | Rejected]:
    origin = capture.origin
    opened = unpack(origin.name, io.BytesIO(capture.data))
    is_foreign = not capture.is_whole and isinstance(
        choose_kind(origin.name, opened.head, origin.media_type), Foreign
    )
    if capture.is_whole or is_foreign:
        yield from _read_one(origin, opened, options)
    else:
        yield origin.refuse_size(options.largest_page)
