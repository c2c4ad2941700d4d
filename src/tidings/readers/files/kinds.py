"""What a file is: by the ending of its name, else by its first bytes."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from pathlib import PurePosixPath

HEAD = 4096
"""Bytes that are looked at: a tar header takes 512, a page's doctype may follow a comment."""


class Kind(StrEnum):
    HTML = "text/html"
    PLAIN = "text/plain"
    RECORD = "application/json"  # one for the whole file
    LINES = "application/jsonl"
    TAR = "application/x-tar"
    OTHER = ""


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


def choose_kind(name: str, head: bytes) -> Kind:
    """``head``: the first bytes, unpacked."""
    path = PurePosixPath(name.lower())
    if path.suffix in PACKINGS:
        path = path.with_suffix("")
    if path.suffix == ".json":
        return Kind.LINES if _is_lines(head) else Kind.RECORD
    return BY_SUFFIX.get(path.suffix) or _sniff(head)


def _sniff(head: bytes) -> Kind:
    text = head.removeprefix(TEXT_MARKS[0]).lstrip()
    if head[257:262] == b"ustar":
        return Kind.TAR
    if MARKUP.match(text.lower()):
        return Kind.HTML
    if text.startswith(b"{"):
        return Kind.LINES if _is_lines(head) else Kind.RECORD
    if b"\0" in head and not head.startswith(TEXT_MARKS):
        return Kind.OTHER
    return Kind.PLAIN


def _is_lines(head: bytes) -> bool:
    """Whether the first line is a record, or the second starts one, as far as they are seen."""
    text = head.removeprefix(TEXT_MARKS[0]).lstrip()
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
