"""What lies beside saved pages and is none: by the ending of its name or its first bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """No page; ``detail`` says what it is and what to do."""

    detail: str


UNKNOWN = Foreign(
    detail="neither a page nor text, feed, list, mail or archive, by its name and its first bytes"
)
ROBOTS = Foreign(detail="robots.txt, for crawlers; leave it out")
MAIL = "a mail of a kind that is not read; save it as .eml, .txt or .html"
XML = "XML that is no page, feed or list of addresses; leave it out"
MEDIA = "a picture, sound, film or its subtitles, no page; leave it out"
FONT = "a font or icon, no page; leave it out"
DOCUMENT = "a document of a kind that is not read; save it as HTML or text"
PACKED = "an archive of a kind that is not read; unpack it and add the folder"
CODE = "a program, script or style sheet, no page; leave it out"
RTF = "RTF, which is not read; save it as HTML or text"

_ENDINGS = {
    CODE: "js mjs cjs ts jsx tsx map wasm py pyc rb pl sh bash bat ps1 java jar class go rs swift "
    "kt lua sql so dll exe bin css scss sass less",
    XML: "xml svg xsl xslt xsd dtd",
    MAIL: "emlx msg",
    RTF: "rtf",
    FONT: "woff woff2 ttf otf eot ico cur svgz",
    MEDIA: "png jpg jpeg jpe gif webp "
    "avif bmp tif tiff heic psd mp3 m4a aac ogg oga opus wav flac mp4 m4v webm mov avi mkv mpg "
    "mpeg m3u8 vtt srt",
    "settings or data, no page; leave it out, or give articles as .jsonl": "yml yaml toml ini cfg "
    "conf lock env csv tsv parquet db sqlite sqlite3 properties webmanifest geojson har",
    DOCUMENT: "pdf ps eps doc docx odt xls xlsx ods ppt pptx odp epub mobi djvu tex",
    PACKED: "7z rar lz4 br",
}
_BY_ENDING = {f".{end}": detail for detail, ends in _ENDINGS.items() for end in ends.split()}

_TYPES = {
    CODE: "text/css text/javascript text/ecmascript application/javascript "
    "application/x-javascript application/ecmascript application/wasm application/x-php",
    FONT: "application/font-woff application/font-woff2 application/vnd.ms-fontobject",
    MEDIA: "application/vnd.apple.mpegurl application/x-mpegurl application/dash+xml "
    "application/x-shockwave-flash text/vtt",
    DOCUMENT: "application/pdf application/msword application/epub+zip application/postscript",
    RTF: "application/rtf text/rtf",
    XML: "image/svg+xml text/xsl",
    "settings or data, no page; leave it out": "text/csv text/calendar text/vcard "
    "application/manifest+json application/ocsp-response application/pkix-crl",
}
_BY_TYPE = {media: detail for detail, types in _TYPES.items() for media in types.split()}
_BY_FAMILY = {"image": MEDIA, "audio": MEDIA, "video": MEDIA, "font": FONT}

_XML = re.compile(rb"<(?:\?xml|!doctype\s+(?!html)\w|(?:svg|rdf:rdf)\b)")
_CODE = re.compile(
    rb"#!\s*/|/\*|['\"]use strict['\"]|@(?:charset|import)\s*['\"]"
    rb"|[!;(+]*function\s*[\w$]*\s*\(|\(\(\)\s*=>|(?:var|let|const)\s+[\w$]+\s*=|\{\s*[a-z$(.]"
    rb"|[.#]?[a-z][\w.#:>, -]{0,80}\{\s*[a-z-]+\s*:[^{}]*[;}]"
)


def find_foreign(suffix: str) -> Foreign | None:
    """By a name's ending, in small letters."""
    detail = _BY_ENDING.get(suffix) or _BY_ENDING.get(suffix.partition("?")[0])
    return Foreign(detail=f"{suffix}: {detail}") if detail else None


def find_foreign_type(media_type: str) -> Foreign | None:
    """By what a server says that it is."""
    family = media_type.partition("/")[0]
    detail = _BY_TYPE.get(media_type) or _BY_FAMILY.get(family)
    if detail is None and re.search(r"officedocument|opendocument|vnd\.ms-", media_type):
        detail = DOCUMENT
    return Foreign(detail=f"{media_type}: {detail}") if detail else None


def sniff_foreign(text: bytes) -> Foreign | None:
    """By the first bytes, which are not HTML."""
    small = text.lower()
    if text.startswith(b"{\\rtf"):
        return Foreign(detail=RTF)
    for pattern, detail in ((_XML, XML), (_CODE, CODE)):
        if pattern.match(small):
            return Foreign(detail=detail)
    return None
