"""What charsets are called, and where a media type names one."""

from __future__ import annotations

import codecs
from email.message import Message

# WHATWG Encoding: what browsers read under these labels.
_BROWSERS = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949", "shift_jis": "cp932",
    "tis-620": "cp874",
}  # fmt: skip

# Labels of the same standard that Python does not know.
_LABELS = {
    "dos-874": "cp874", "iso-8859-8-i": "iso8859-8", "iso-8859-8-e": "iso8859-8",
    "unicode-1-1-utf-8": "utf-8", "x-cp1250": "cp1250", "x-cp1251": "cp1251", "x-cp1252": "cp1252",
    "win-1251": "cp1251", "x-euc-jp": "euc_jp", "x-gbk": "gb18030",
    "x-mac-cyrillic": "mac-cyrillic",
    "x-mac-ukrainian": "mac-cyrillic", "x-mac-roman": "mac-roman", "macintosh": "mac-roman",
    "x-sjis": "cp932", "x-x-big5": "big5", "windows-874": "cp874", "windows-949": "cp949",
    "windows-31j": "cp932", "koi": "koi8-r", "koi8-ru": "koi8-u", "koi8": "koi8-r",
}  # fmt: skip

# The charsets of the WHATWG Encoding Standard that bytes may be in, beside Unicode's own.
CHARSETS = (
    "cp1252", "cp1251", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258",
    "koi8-r", "koi8-u", "iso8859-2", "iso8859-5", "iso8859-7", "iso8859-15", "cp866", "cp874",
    "gb18030", "big5", "big5hkscs", "cp932", "euc_jp", "iso2022_jp", "cp949",
    "mac-cyrillic", "iso8859-4", "iso8859-6", "iso8859-8", "iso8859-13", "mac-roman",
)  # fmt: skip


def parse_media_type(field: str) -> tuple[str, str | None]:
    """('text/html', charset or None) of a Content-Type."""
    message = Message()
    message["content-type"] = field.replace("\r", " ").replace("\n", " ")
    kind = field.partition(";")[0].partition(",")[0].strip().lower()
    try:
        charset = message.get_param("charset")
    except (ValueError, LookupError):
        charset = None
    return kind, charset.strip() or None if isinstance(charset, str) else None


def find_codec(label: str) -> str | None:
    """Python's codec for what browsers read under ``label``; None for an unknown one."""
    label = label.strip(" \t\r\n\f\"'").lower()
    try:
        name = codecs.lookup(_LABELS.get(label, label)).name
    except (LookupError, ValueError):
        return None
    return _BROWSERS.get(name, name)
