"""What a file or an answer is: by its media type, the ending of its name, its first bytes."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from pathlib import PurePosixPath

from tidings.readers.files.foreign import (
    ROBOTS,
    UNKNOWN,
    Foreign,
    find_foreign,
    find_foreign_type,
    sniff_foreign,
)
from tidings.readers.files.heads import choose_dialect
from tidings.reading.addresses import is_address_list
from tidings.reading.feeds import is_feed
from tidings.reading.outlines import is_outlines
from tidings.reading.sitemaps import is_sitemap

HEAD = 4096
"""Bytes that are looked at: a tar header takes 512, a page's doctype may follow a comment."""


class Kind(StrEnum):
    HTML = "text/html"
    PLAIN = "text/plain"
    RECORD = "application/json"  # one for the whole file, or a list of them
    LINES = "application/jsonl"
    FEED = "application/rss+xml"  # of any kind
    SITEMAP = "application/sitemap+xml"
    OUTLINE = "text/x-opml"
    ADDRESSES = "text/uri-list"
    MAIL = "message/rfc822"
    MAILBOX = "application/mbox"
    SNAPSHOT = "multipart/related"  # a page saved with its pictures
    WARC = "application/warc"  # or ARC
    TAR = "application/x-tar"
    ZIP = "application/zip"


ARCHIVES = frozenset({Kind.TAR, Kind.ZIP})

_ENDINGS = {
    Kind.HTML: "html htm xhtml shtml",
    Kind.PLAIN: "txt text md",
    Kind.LINES: "jsonl ndjson",
    Kind.FEED: "rss atom rdf",
    Kind.OUTLINE: "opml",
    Kind.MAIL: "eml",
    Kind.MAILBOX: "mbox",
    Kind.SNAPSHOT: "mht mhtml",
    Kind.WARC: "warc arc",
    Kind.TAR: "tar tgz txz tbz2 tzst",
    Kind.ZIP: "zip wacz",
}
BY_SUFFIX = {f".{ending}": kind for kind, ends in _ENDINGS.items() for ending in ends.split()}
_TYPES = {
    Kind.HTML: "text/html application/xhtml+xml application/vnd.wap.xhtml+xml",
    Kind.PLAIN: "text/plain text/markdown",
    Kind.RECORD: "application/json text/json application/ld+json application/feed+json",
    Kind.LINES: "application/jsonl application/x-ndjson application/jsonlines",
    Kind.FEED: "application/rss+xml application/atom+xml application/rdf+xml",
    Kind.OUTLINE: "text/x-opml text/opml",
    Kind.ADDRESSES: "text/uri-list",
    Kind.MAIL: "message/rfc822",
    Kind.MAILBOX: "application/mbox",
    Kind.SNAPSHOT: "multipart/related application/x-mimearchive",
}
BY_TYPE = {media: kind for kind, types in _TYPES.items() for media in types.split()}
PACKINGS = frozenset({".gz", ".xz", ".bz2", ".zst"})
TEXT_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
TRACES = re.compile(
    rb"^(?:mime-version|received|return-path|delivered-to|dkim-signature|message-id):", re.I | re.M
)
"""Fields that every mail has one of."""
MARKUP = re.compile(
    rb"(?>\s+|<!--.*?-->|<\?[^>]*>)*+<(?:!doctype\s+html|html|head|body|script|iframe|h1|div|font"
    rb"|table|a|style|title|b|br|p|meta|link|base|center|article|section|main)[\s>/]",
    re.DOTALL,
)
"""As the MIME Sniffing Standard has it (7.1), with a few tags more that fragments begin with."""


def choose_kind(name: str, head: bytes, media_type: str = "") -> Kind | Foreign:
    """``head``: the first bytes, unpacked. ``media_type``: as a server named it; it rules over
    the name. Markup of pages, feeds and lists is told whatever is claimed."""
    small = _start(head).lower()
    if kind := _find_root(head, small, media_type):
        return kind
    claimed = BY_TYPE.get(media_type)
    suffix = find_suffix(name)
    if claimed is Kind.RECORD or (not claimed and suffix == ".json"):
        return Kind.LINES if _is_lines(head) else Kind.RECORD
    if foreign := find_foreign_type(media_type):
        return foreign
    kind = claimed or BY_SUFFIX.get(suffix)
    if kind is Kind.PLAIN:
        return _choose_plain(name, head, is_page=MARKUP.match(small) is not None and bool(claimed))
    if kind is None and not MARKUP.match(small):
        return find_foreign(suffix) or _sniff(head)
    return kind or Kind.HTML


def is_lines_named(name: str) -> bool:
    return BY_SUFFIX.get(find_suffix(name)) is Kind.LINES


def find_suffix(name: str) -> str:
    """The ending, in small letters, without that of a packing; of an address its path's."""
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", name):
        name = re.split("[?#]", name.partition("://")[2])[0].partition("/")[2]
    path = PurePosixPath(name.lower())
    if path.suffix in PACKINGS:
        path = path.with_suffix("")
    return path.suffix


def is_archive(name: str, head: bytes) -> bool:
    """Whether it is of web records."""
    return choose_dialect(head) is not None or BY_SUFFIX.get(find_suffix(name)) is Kind.WARC


def _find_root(head: bytes, small: bytes, media_type: str) -> Kind | None:
    """By the root element or the first record's head."""
    if is_feed(head, media_type):
        return Kind.FEED
    if choose_dialect(head):
        return Kind.WARC
    bare = small.replace(b"\0", b"")  # the two below are slow where the charset must be guessed
    if (b"urlset" in bare or b"sitemapindex" in bare) and is_sitemap(head):
        return Kind.SITEMAP
    return Kind.OUTLINE if b"<opml" in bare and is_outlines(head) else None


def _choose_plain(name: str, head: bytes, *, is_page: bool) -> Kind | Foreign:
    """Of what is said to be text: ``is_page`` where a server says so of markup."""
    if is_page:
        return Kind.HTML
    if PurePosixPath(name).name.lower() == "robots.txt":
        return ROBOTS
    return _choose_mail(head) or _choose_words(head)


def _sniff(head: bytes) -> Kind | Foreign:
    """Of bytes that are not HTML."""
    text = _start(head)
    if head[257:262] == b"ustar" or head.startswith((b"PK\3\4", b"PK\5\6")):
        return Kind.ZIP if head.startswith(b"PK") else Kind.TAR
    if found := _choose_mail(head) or sniff_foreign(text):
        return found
    if re.match(rb"\{|\[\s*\{", text):
        return Kind.LINES if _is_lines(head) else Kind.RECORD
    is_binary = b"\0" in head and not head.startswith(TEXT_MARKS)
    return UNKNOWN if is_binary else _choose_words(head)


def _choose_mail(head: bytes) -> Kind | None:
    if not TRACES.search(head):
        return None
    from tidings.reading.mails import is_mail, is_mailbox  # noqa: PLC0415 - slow to load

    if not is_mail(head):
        return None
    if b"\nsnapshot-content-location:" in head.lower():
        return Kind.SNAPSHOT
    return Kind.MAILBOX if is_mailbox(_start(head)) else Kind.MAIL


def _choose_words(head: bytes) -> Kind:
    """Slow where the charset must be guessed: so not of what is no UTF-8."""
    whole = head[: head.rfind(b"\n") + 1] or head
    try:
        whole.decode("utf-8")
    except UnicodeDecodeError:
        if not head.startswith(TEXT_MARKS):
            return Kind.PLAIN
    return Kind.ADDRESSES if is_address_list(head) else Kind.PLAIN


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
