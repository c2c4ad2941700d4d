"""What lies beside saved pages and is none: by the ending of its name or its first bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """No page; ``detail`` says what it is and what to do."""

    detail: str


UNKNOWN = Foreign(
    detail="neither HTML nor text nor JSON Lines nor tar, by its name and its first bytes"
)
MAIL = "a mail as it was sent, which is not read; save its text as .txt or .html"
XML = "XML that is no page, as of a feed or drawing; add the pages themselves"
CODE = "a program, script or style sheet, no page; leave it out"
RTF = "RTF, which is not read; save it as HTML or text"

_ENDINGS = {
    CODE: "js mjs cjs ts jsx tsx map wasm py pyc rb pl sh bash bat ps1 java jar class go rs swift "
    "kt lua sql so dll exe bin css scss sass less",
    XML: "xml rss atom rdf svg xsl xslt xsd dtd opml",
    MAIL: "eml emlx msg mbox mht mhtml",
    RTF: "rtf",
    "a font or icon, no page; leave it out": "woff woff2 ttf otf eot ico cur svgz",
    "a picture, sound, film or its subtitles, no page; leave it out": "png jpg jpeg jpe gif webp "
    "avif bmp tif tiff heic psd mp3 m4a aac ogg oga opus wav flac mp4 m4v webm mov avi mkv mpg "
    "mpeg m3u8 vtt srt",
    "settings or data, no page; leave it out, or give articles as .jsonl": "yml yaml toml ini cfg "
    "conf lock env csv tsv parquet db sqlite sqlite3 properties webmanifest geojson har",
    "a document of a kind that is not read; save it as HTML or text": "pdf ps eps doc docx odt xls "
    "xlsx ods ppt pptx odp epub mobi djvu tex",
    "an archive of a kind that is not read; unpack it and add the folder": "zip 7z rar zst tzst "
    "lz4 br warc",
}
_BY_ENDING = {f".{end}": detail for detail, ends in _ENDINGS.items() for end in ends.split()}

_XML = re.compile(rb"<(?:\?xml|!doctype\s+(?!html)\w|(?:svg|rss|feed|rdf:rdf|urlset)\b)")
_FIELD = rb"[a-z][a-z0-9-]*:.*\n(?:[ \t].*\n)*"
_MAIL = re.compile(
    rb"(?:from \S+ .*\n)?(?=(?:" + _FIELD + rb"){2})(?:" + _FIELD + rb")*?"
    rb"(?:mime-version|received|return-path|delivered-to|dkim-signature|message-id):"
)
_CODE = re.compile(
    rb"#!\s*/|/\*|['\"]use strict['\"]|@(?:charset|import)\s*['\"]"
    rb"|[!;(+]*function\s*[\w$]*\s*\(|\(\(\)\s*=>|(?:var|let|const)\s+[\w$]+\s*=|\{\s*[a-z$(.]"
    rb"|[.#]?[a-z][\w.#:>, -]{0,80}\{\s*[a-z-]+\s*:[^{}]*[;}]"
)


def find_foreign(suffix: str) -> Foreign | None:
    """By a name's ending, in small letters."""
    detail = _BY_ENDING.get(suffix) or _BY_ENDING.get(suffix.partition("?")[0])
    return Foreign(detail=f"{suffix}: {detail}") if detail else None


def find_mail(text: bytes) -> Foreign | None:
    """Headers that no reader is shown; From, Date and Subject alone are a printed letter's."""
    return Foreign(detail=MAIL) if _MAIL.match(text.lower()) else None


def sniff_foreign(text: bytes) -> Foreign | None:
    """By the first bytes, which are not HTML."""
    small = text.lower()
    if text.startswith(b"{\\rtf"):
        return Foreign(detail=RTF)
    for pattern, detail in ((_XML, XML), (_CODE, CODE)):
        if pattern.match(small):
            return Foreign(detail=detail)
    return find_mail(text)
