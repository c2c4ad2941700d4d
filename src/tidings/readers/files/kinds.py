"""What a file is: by the ending of its name, else by its first bytes."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from pathlib import PurePosixPath

from tidings.readers.files.foreign import UNKNOWN, Foreign, find_foreign, find_mail, sniff_foreign

HEAD = 4096
"""Bytes that are looked at: a tar header takes 512, a page's doctype may follow a comment."""


class Kind(StrEnum):
    HTML = "text/html"
    PLAIN = "text/plain"
    RECORD = "application/json"  # one for the whole file
    LINES = "application/jsonl"
    TAR = "application/x-tar"


BY_SUFFIX = {
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".xhtml": Kind.HTML,
    ".txt": Kind.PLAIN,
    ".text": Kind.PLAIN,
    ".md": Kind.PLAIN,
    ".jsonl": Kind.LINES,
    ".ndjson": Kind.LINES,
    ".tar": Kind.TAR,
    ".tgz": Kind.TAR,
    ".txz": Kind.TAR,
    ".tbz2": Kind.TAR,
}
PACKINGS = frozenset({".gz", ".xz", ".bz2"})
TEXT_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
MARKUP = re.compile(
    rb"(?>\s+|<!--.*?-->|<\?[^>]*>)*+<(?:!doctype\s+html|html|head|body)\b", re.DOTALL
)


def choose_kind(name: str, head: bytes) -> Kind | Foreign:
    """``head``: the first bytes, unpacked. HTML is told whatever the name: it may be a host's."""
    path = PurePosixPath(name.lower())
    if path.suffix in PACKINGS:
        path = path.with_suffix("")
    if path.suffix == ".json":
        return Kind.LINES if _is_lines(head) else Kind.RECORD
    kind = BY_SUFFIX.get(path.suffix)
    if kind is Kind.PLAIN:
        return find_mail(_start(head)) or kind
    if kind is None and not MARKUP.match(_start(head).lower()):
        return find_foreign(path.suffix) or _sniff(head)
    return kind or Kind.HTML


def _sniff(head: bytes) -> Kind | Foreign:
    """Of bytes that are not HTML."""
    text = _start(head)
    if head[257:262] == b"ustar":
        return Kind.TAR
    if foreign := sniff_foreign(text):
        return foreign
    if text.startswith(b"{"):
        return Kind.LINES if _is_lines(head) else Kind.RECORD
    if b"\0" in head and not head.startswith(TEXT_MARKS):
        return UNKNOWN
    return Kind.PLAIN


def _start(head: bytes) -> bytes:
    return head.removeprefix(TEXT_MARKS[0]).lstrip()


def _is_lines(head: bytes) -> bool:
    """Whether the first line is a record, or the second starts one, as far as they are seen."""
    text = _start(head)
    line, newline, rest = text.partition(b"\n")
    if not text.startswith(b"{"):
        return False
    if not newline or rest.startswith(b"{"):
        return True
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True
