"""Files that hold one page after another: JSON Lines, and the mails of a mailbox."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

from tidings.model import Rejected
from tidings.readers.files.kinds import Kind, is_lines_named
from tidings.readers.files.lists import Inner, Parts, read_records
from tidings.readers.files.origins import Origin

SKIPPED = 1 << 20  # bytes a read, of a line that is passed over


def read_lines(origin: Origin, stream: io.BufferedReader, largest: int) -> Parts:
    """Each line is a page of its own, named ``file#line``, counted from 1. One line alone may
    be all of a file that is not named JSON Lines."""
    number = 0
    while line := stream.readline(largest + 2):  # room for the line's end
        number += 1
        data = line.removesuffix(b"\n").removesuffix(b"\r")
        if number == 1:
            data = data.removeprefix(b"\xef\xbb\xbf")
        name = f"{origin.name}#{number}"
        if len(data) > largest:
            yield replace(origin, name=name).refuse_size(largest)
        elif number == 1 and not is_lines_named(origin.name) and not stream.peek(1):
            yield from read_records(origin, data)
        elif data.strip():
            yield origin.make_part(name, Kind.RECORD.value, data)
        while line and not line.endswith(b"\n"):
            line = stream.readline(SKIPPED)


def read_mails(
    origin: Origin, stream: io.BufferedIOBase, largest: int
) -> Iterator[Rejected | Inner]:
    """Each mail ends by itself, named ``mailbox#n``, counted from 1: see RFC 4155."""
    for number, data in enumerate(_split(stream, largest), 1):
        mail = replace(origin, name=f"{origin.name}#{number}")
        if len(data) > largest:
            yield mail.refuse_size(largest)
        else:
            yield Inner(origin=replace(mail, media_type=Kind.MAIL.value), data=data)


def _split(stream: io.BufferedIOBase, largest: int) -> Iterator[bytes]:
    """The mails without their ``From `` lines; of one that is too large ``largest + 1`` bytes."""
    from tidings.reading.mails import is_mailbox  # noqa: PLC0415 - slow to load

    lines: list[bytes] = []
    size, is_after_gap, is_begun = 0, True, False
    while line := stream.readline(SKIPPED):
        if is_after_gap and is_mailbox(line):
            if is_begun:
                yield b"".join(lines)[: largest + 1]
            lines, size, is_begun = [], 0, True
        elif size <= largest:
            lines.append(line.removeprefix(b">") if line.startswith(b">From ") else line)
            size += len(line)
        is_after_gap = not line.strip(b"\r\n")
    if is_begun:
        yield b"".join(lines)[: largest + 1]
