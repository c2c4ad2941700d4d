"""What a server answered: status, fields, and the content that was sent (RFC 9110, 9112)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import brotli  # type: ignore[import-untyped]

from tidings.readers.files.heads import LONGEST, parse_fields
from tidings.readers.files.members import Damaged
from tidings.readers.files.zstandard import MARK, Zstd
from tidings.reading.unpacking import MAGIC, Unpacker

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})\b([^\r\n]*)\r*\n?")
_END = re.compile(rb"\n\r*\n")
_LINE_END = re.compile(rb"\r?\n")
_CHUNK = re.compile(rb"[ \t]*([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,200})?\r?\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    status: int
    phrase: str  # as sent: 'Not Found'
    fields: dict[str, str]  # by name in small letters
    body: bytes  # as sent


class ContentError(ValueError):
    """The content is not what the fields say; the text says in which way."""


class TooLargeError(ContentError):
    """The content is larger than asked for."""


def parse_response(block: bytes) -> Response | None:
    """None where ``block`` is no answer of HTTP. Lines that are no fields are passed over."""
    status = _STATUS.match(block)
    if not status:
        return None
    end = _END.search(block, status.end() - 1, status.end() + LONGEST)
    text = block[status.end() : end.start() if end else len(block)].decode("latin-1")
    kept = "\n".join(line for line in text.split("\n") if ":" in line or line[:1] in " \t")
    return Response(
        status=int(status[1]),
        phrase=status[2].decode("latin-1").strip(),
        fields=parse_fields(kept.lstrip()) or {},
        body=block[end.end() :] if end else b"",
    )


def decode_content(response: Response, largest: int) -> bytes:
    """The body without what was put on it to send it. Some archives keep the fields of what they
    have already taken off, so a body that shows no sign of a coding is left as it is. What is cut
    is given as far as it goes. Raises ContentError."""
    body = response.body
    if "chunked" in response.fields.get("transfer-encoding", "").lower():
        body = join_chunks(body)
    codings = response.fields.get("content-encoding", "").lower().split(",")
    for coding in reversed([coding.strip() for coding in codings]):
        if unpack := _UNPACK.get(coding.removeprefix("x-")):
            body = unpack(body, largest)
        elif coding not in ("", "identity", "none", "utf-8"):
            raise ContentError(f"content encoding {coding!r} is not known")
    return body


def join_chunks(body: bytes) -> bytes:
    """As it is where it does not begin with a chunk. Raises ContentError."""
    chunks, at = [], 0
    while at < len(body):
        found = _CHUNK.match(body, at)
        size = int(found[1], 16) if found else 0
        if found and not size:
            break
        start = found.end() if found else at
        end = _LINE_END.match(body, start + size)
        if found and (end or start + size >= len(body)):
            chunks.append(body[start : start + size])
            at = end.end() if end else len(body)
        elif not chunks:
            return body
        else:
            raise ContentError(f"no chunk begins at {at} of its content")
    return b"".join(chunks)


def _unpack_gzip(body: bytes, largest: int) -> bytes:
    return _inflate("gzip", body, largest) if body.startswith(MAGIC) else body


def _unpack_deflate(body: bytes, largest: int) -> bytes:
    return body if _is_text(body) else _inflate("deflate", body, largest)


def _inflate(coding: str, body: bytes, largest: int) -> bytes:
    unpacker = Unpacker(coding, largest)
    unpacker.feed(body)
    if unpacker.fault:
        raise ContentError(f"its packed content is damaged: {unpacker.fault}")
    if unpacker.is_full:
        raise _too_large(largest)
    return unpacker.body


def _unpack_brotli(body: bytes, largest: int) -> bytes:
    unpacker, parts, size, data = brotli.Decompressor(), [], 0, body
    try:
        while size <= largest and not unpacker.is_finished():
            part = unpacker.process(data, output_buffer_limit=1 << 20)
            data = b""
            if not part:
                break  # cut
            parts.append(part)
            size += len(part)
    except brotli.error as error:
        if _is_text(body):
            return body
        raise ContentError("its packed content is damaged: no brotli") from error
    return _check(b"".join(parts), largest)


def _unpack_zstd(body: bytes, largest: int) -> bytes:
    if not body.startswith(MARK):
        return body
    unpacker, parts, size, data = Zstd(), [], 0, body
    try:
        while size <= largest and not unpacker.is_done:
            part, _ = unpacker.feed(data)
            data = b""
            if not part:
                break  # cut
            parts.append(part)
            size += len(part)
    except Damaged as error:
        raise ContentError(f"its packed content is damaged: {error}") from error
    return _check(b"".join(parts), largest)


def _check(data: bytes, largest: int) -> bytes:
    if len(data) > largest:
        raise _too_large(largest)
    return data


def _too_large(largest: int) -> TooLargeError:
    return TooLargeError(f"more than {largest:,} bytes unpacked")


def _is_text(body: bytes) -> bool:
    """Whether the first bytes look like markup or words."""
    start = body[:200]
    return bool(start) and sum(byte < 9 or 13 < byte < 32 or byte == 127 for byte in start) == 0


_UNPACK: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _unpack_gzip,
    "deflate": _unpack_deflate,
    "br": _unpack_brotli,
    "zstd": _unpack_zstd,
}
