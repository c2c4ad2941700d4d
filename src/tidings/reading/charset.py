"""Bytes → text, or the reason why there is none."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass, replace

from charset_normalizer import from_bytes

from tidings.model import Reason
from tidings.reading.labels import CHARSETS, find_codec


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Our own choices, held by tests/reading/test_charset: the bench pages are nearly all UTF-8."""

    control_share: float = 0.05  # share of control characters above which bytes are no text
    detected: int = 100_000  # bytes that detection looks at: its cost is linear
    chaos: float = 0.2  # charset-normalizer's mess ratio above which a guess is not plausible
    odd_words: float = 0.05  # share of odd words above which a declared charset is contradicted
    few_words: int = 10  # of which one may be odd all the same: pages hold pieces of other charsets


@dataclass(frozen=True, slots=True, kw_only=True)
class Undecoded:
    """Why the bytes are no text; ``detail`` says what to do."""

    reason: Reason
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """Text in NFC without NUL, and how it was read."""

    text: str
    charset: str  # Python's name of the codec
    ground: str  # what the choice rests on, with the claims that the bytes contradict


DEFAULTS = Options()

_SIGNATURES = (
    (b"%PDF-", "PDF"), (b"\x89PNG\r\n", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"), (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"), (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"), (b"\xfd7zXZ\0", "xz"), (b"\x28\xb5\x2f\xfd", "zstandard"),
    (b"7z\xbc\xaf\x27\x1c", "7z"), (b"Rar!\x1a\x07", "rar"), (b"\x7fELF", "ELF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file"), (b"SQLite format 3\0", "SQLite"),
    (b"wOFF", "a font"), (b"wOF2", "a font"), (b"OggS", "Ogg"), (b"ID3", "MP3"),
    (b"\0\0\x01\0", "an icon"), (b"{\\rtf", "RTF"),
)  # fmt: skip

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_Claims = tuple[tuple[str, str], ...]  # (where it stands, the charset's label)

_RANKS = {name.replace("-", "_"): rank for rank, name in enumerate(CHARSETS)}

_WORDS = re.compile(r"[^\s\x00-\x40\x5b-\x60\x7b-\x7f«»„“”‘’–—…·•©®™°§№]{2,}")
_ODD = re.compile(
    r"[A-Za-z][Ѐ-ӿͰ-Ͽ]|[Ѐ-ӿͰ-Ͽ][A-Za-z]"  # two scripts
    r"|[^\W\d_][¡-©¬-±´¶-¸»-¿][^\W\d_]"  # a symbol amid letters
    r"|^[¡-ÿŒœŠšŽžŸƒ]{4,}$"  # accented letters only
)
_LOWER = re.compile(r"[а-яёђ-џa-zß-öø-ÿα-ώ]")
_UPPER = re.compile(r"[А-ЯЁЂ-ЏA-ZÀ-ÖØ-ÞΑ-Ϋ]")
_UPTURN = re.compile(r"aA")
_DECLARED = re.compile(
    rb"<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*[\"']?\s*([\w:.-]+)", re.I
)
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")


def decode(data: bytes, declared: str | None = None) -> str | Undecoded:
    """The text alone: see ``decode_fully``."""
    found = decode_fully(data, declared)
    return found if isinstance(found, Undecoded) else found.text


def decode_fully(data: bytes, declared: str | None = None) -> Decoded | Undecoded:
    """``declared`` is a charset's label from outside the bytes: ``Served.charset``.

    A byte order mark rules, then the bytes where they are strictly UTF-8 beyond ASCII, then
    ``declared``, then what the page's own head names, each unless the bytes contradict it;
    then detection.
    """
    if not data.strip(b" \t\r\n\f\v\0"):
        return Undecoded(reason=Reason.EMPTY, detail=f"{len(data)} bytes without a character")
    kind = find_kind(data)
    if kind:
        return Undecoded(reason=Reason.BINARY, detail=f"the bytes are {kind}; give text or html")
    found = _decoded(data, declared)
    if isinstance(found, Undecoded):
        return found
    text = _cleaned(found.text)
    return text if isinstance(text, Undecoded) else replace(found, text=text)


def find_kind(data: bytes) -> str | None:
    """The file kind that the first bytes are the signature of; None for what may be text."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    if data[:4] == b"RIFF" or data[4:8] == b"ftyp":
        return "a picture, sound or film"
    return None


def find_declared(data: bytes) -> str | None:
    """The charset that the page's own head names (HTML Standard, 13.2.3.2)."""
    match = _DECLARED.search(data, 0, 4096)
    return match.group(1).decode("ascii", "replace") if match else None


def _decoded(data: bytes, declared: str | None) -> Decoded | Undecoded:
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _made(_marked(data[len(mark) :], codec), codec, "byte order mark")
    head = find_declared(data)
    named = (("header", declared), ("page's head", head))
    claims = tuple((place, label) for place, label in named if label)
    if found := _unclaimed(data, claims):
        return found
    cut = _cut(data, any(find_codec(label) == "utf-8" for _, label in claims))
    if cut is not None:
        return cut
    for number, (place, label) in enumerate(claims):
        codec = find_codec(label) or ""
        text = _named(data, codec)
        if text is not None:
            ground = f"{place} says {label!r}{_overruled(claims[:number], codec)}"
            return Decoded(text=text, charset=codec, ground=ground)
    return _detected(data, claims)


def _unclaimed(data: bytes, claims: _Claims) -> Decoded | None:
    """What the bytes alone tell: wide characters, escapes between ASCII, strict UTF-8."""
    wide = _find_wide(data) if _is_noise(data[:2000]) else None
    if wide:
        return Decoded(text=data.decode(wide, "replace"), charset=wide, ground="every other NUL")
    if b"\x1b$" in data and data.isascii():
        text = _strict(data, "iso2022_jp")
        if text is not None:
            return Decoded(text=text, charset="iso2022_jp", ground="its escapes")
    text = _strict(data, "utf-8")
    if text is None:
        return None
    against = "" if data.isascii() else _overruled(claims, "utf-8")
    ground = "ASCII alone" if data.isascii() else f"the bytes are UTF-8{against}"
    return Decoded(text=text, charset="utf-8", ground=ground)


def _overruled(claims: _Claims, codec: str) -> str:
    """A remark on claims that name another charset than the one that was found."""
    wrong = [f"{place}: {label!r}" for place, label in claims if find_codec(label) != codec]
    return f"; overruled {', '.join(wrong)}" if wrong else ""


def _made(text: str | Undecoded, codec: str, ground: str) -> Decoded | Undecoded:
    return text if isinstance(text, Undecoded) else Decoded(text=text, charset=codec, ground=ground)


def _marked(data: bytes, codec: str) -> str | Undecoded:
    text = _strict(data, codec)
    if text is not None:
        return text
    cut = _cut(data, True) if codec == "utf-8" else None
    detail = f"the byte order mark says {codec}, the bytes are not; save the page anew"
    return cut or Undecoded(reason=Reason.ENCODING, detail=detail)


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeDecodeError, LookupError):
        return None


def _find_wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of its markup and spaces is NUL."""
    head = data[:2000]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * 100 < len(head):
        return None
    if even > 20 * odd:
        return "utf-16-be"
    return "utf-16-le" if odd > 20 * even else None


def _cut(data: bytes, is_claimed: bool) -> Undecoded | None:
    """Rejects what is UTF-8, by claim or earlier characters, but for a last one not whole."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        at_end = error.end == len(data) and error.reason == "unexpected end of data"
        if at_end and (is_claimed or any(byte > 0x7F for byte in data[: error.start])):
            detail = f"the bytes end inside a character at {error.start}; fetch the page again"
            return Undecoded(reason=Reason.TRUNCATED, detail=detail)
    return None


def _named(data: bytes, codec: str) -> str | None:
    """The text under a declared charset, unless the bytes contradict it."""
    if codec not in CHARSETS:
        return None
    text = _strict(data, codec)
    return text if text is not None and _is_plausible(text) else None


def _is_plausible(text: str) -> bool:
    """Whether words look like words: a wrong charset gives C1 controls, capitals after small
    letters, two scripts in a word, symbols amid letters, or words of accented letters only."""
    strange = sum("\x80" <= c <= "\x9f" or c == "\ufffd" for c in text)
    if strange * 1000 > len(text):
        return False
    words = [word for word in _WORDS.findall(text[: DEFAULTS.detected]) if not word.isascii()]
    allowed = max(len(words) * DEFAULTS.odd_words, len(words) >= DEFAULTS.few_words)
    return sum(map(_is_odd, words)) <= allowed


def _is_odd(word: str) -> bool:
    return bool(_ODD.search(word)) or bool(_UPTURN.search(_UPPER.sub("A", _LOWER.sub("a", word))))


def _detected(data: bytes, claims: _Claims) -> Decoded | Undecoded:
    sample = data[: DEFAULTS.detected]
    if _mostly_utf8(data):
        ground = f"UTF-8 but for a few bytes{_overruled(claims, 'utf-8')}"
        return Decoded(text=data.decode("utf-8", "replace"), charset="utf-8", ground=ground)
    best = _best(sample)
    text = data.decode(best, "replace") if best else ""
    if best is None or not _is_plausible(text):
        claim = f"declared {claims[0][1]!r}, but " if claims else ""
        kind = Reason.BINARY if _is_noise(sample) else Reason.ENCODING
        detail = f"{claim}no charset gives plausible text; save the page as UTF-8"
        return Undecoded(reason=kind, detail=detail)
    ground = f"{best} looks most like text{_overruled(claims, best)}"
    return Decoded(text=text, charset=best, ground=ground)


def _best(sample: bytes) -> str | None:
    """charset-normalizer's candidate with least mess and most sense, the more frequent on ties."""
    matches = from_bytes(sample, threshold=DEFAULTS.chaos, cp_isolation=list(CHARSETS))
    ranks = [
        (round(2 * match.chaos - match.coherence, 1), _RANKS.get(name, len(_RANKS)), name)
        for match in matches
        for name in {match.encoding, *match.could_be_from_charset}
    ]
    return min(ranks)[2] if ranks else None


def _mostly_utf8(data: bytes) -> bool:
    """UTF-8 with a few broken characters: no other charset looks like it by chance."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return broken * 20 < sum(c > "\x7f" for c in text)


def _is_noise(sample: bytes) -> bool:
    controls = sum(byte < 9 or 13 < byte < 32 for byte in sample)
    return controls > len(sample) * DEFAULTS.control_share


def _cleaned(text: str) -> str | Undecoded:
    controls = text.count("\0") + len(_CONTROLS.findall(text))
    if controls > len(text) * DEFAULTS.control_share:
        detail = f"{controls} of {len(text)} characters are controls; give text or html"
        return Undecoded(reason=Reason.BINARY, detail=detail)
    text = unicodedata.normalize("NFC", _CONTROLS.sub("", text.replace("\0", "")))
    if not text.strip("\ufeff\u200b \t\r\n\f\v\xa0"):
        return Undecoded(reason=Reason.EMPTY, detail="white space only")
    return text.removeprefix("\ufeff")
