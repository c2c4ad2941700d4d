"""Sentences, words and normal forms, in any script. Small on purpose: no models."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

STOPS = ".!?…。！？．؟۔।॥։።"
"""What ends a sentence."""

CLOSERS = "\"'”’»«“)]}›」』）】"
"""What may stand between the stop and the end: « and “ close in German and its neighbours."""

_OPENERS = " \t\"'«„“”—–-(‹"
_WORD = re.compile(r"[^\W_]+(?:['’ʼ\-‑][^\W_]+)*")
_WASTE = re.compile("[\u0000-\u0008\u000e-\u001f\u007f\u00ad\u200b\u2060\ufeff\ufffe\uffff]")
_SPACES = re.compile("[\t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_BREAKS = re.compile("\r\n?|[\v\f\u0085\u2028\u2029]")
_END = re.compile(
    rf"[{re.escape(STOPS)}]+[{re.escape(CLOSERS)}]*(?=\s)|[。！？]+[{re.escape(CLOSERS)}]*|\n+"
)
_GLUED = re.compile(r"[.!?…][”»]?(?=[^\W\d_])")
_ENDINGS = frozenset(("com", "net", "org", "info", "js", "ru", "ua", "inc"))  # of firms' names
_DENSE = re.compile("[\u0e00-\u0eff\u2e80-\u9fff]")
_INITIAL = re.compile(r"(?:^|[\s.(\"«„“])[^\W\d_]$")
_ABBREVIATIONS = (
    "mr mrs ms dr st vs jr sr no gen gov sen rep lt col sgt capt prof rev hon dept inc ltd co "
    "corp jan feb mar apr jun jul aug sep sept oct nov dec mt ft approx etc bzw ca usw z nr "
    "str abs evtl ggf inkl sog vgl jh mio mrd tel mme mlle art av env p sra sres ud uds "
    "núm pág dott sig avv ing prof г гг в вв ул им им т тыс млн млрд руб коп стр рис см "
    "напр др проч акад д м с р св ст вул ім грн тис обл кв инж п ul nr tzw dr hab godz tys "
    "mln mld zł np im św dhr mw nl bijv resp tzv např str kč"
)
_SHORT = frozenset(_ABBREVIATIONS.split())


def tidy(text: str) -> str:
    """NFC; line feeds for every kind of break; plain spaces; no control or invisible signs."""
    text = unicodedata.normalize("NFC", text)
    return _SPACES.sub(" ", _WASTE.sub("", _BREAKS.sub("\n", text)))


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """For comparison: case folded, without accents, one kind of apostrophe."""
    flat = unicodedata.normalize("NFKD", word.casefold())
    kept = "".join(sign for sign in flat if not unicodedata.combining(sign))
    return unicodedata.normalize("NFC", kept).replace("’", "'").replace("ʼ", "'")


def words(text: str) -> list[tuple[int, int]]:
    """Spans of words: runs of letters and digits, apostrophes and hyphens inside."""
    return [match.span() for match in _WORD.finditer(text)]


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans of sentences, without the space around them. Line feeds end a sentence."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if _goes_on(text, match):
            continue
        _add(spans, text, start, match.end())
        start = match.end()
    _add(spans, text, start, len(text))
    return spans


def sentences_apart(text: str) -> list[tuple[int, int]]:
    """The same, cut also where the space or line break behind a stop was lost: a small letter or
    closing mark before it, a capital behind it."""
    spans: list[tuple[int, int]] = []
    for start, end in sentences(text):
        at = start
        for match in _GLUED.finditer(text, start, end):
            if _is_glued(text, match):
                _add(spans, text, at, match.end())
                at = match.end()
        _add(spans, text, at, end)
    return spans


def is_ended(text: str) -> bool:
    """Whether the text closes with what ends a sentence."""
    bare = text.rstrip().rstrip(CLOSERS).rstrip()
    return bool(bare) and bare[-1] in STOPS


def is_cased(text: str) -> bool:
    """Whether a letter of it has two cases."""
    return text.lower() != text.upper()


def is_dense(text: str) -> bool:
    """Whether it is written without spaces between words (Chinese, Japanese, Thai …): a
    sign then weighs as much as two or three letters."""
    return len(_DENSE.findall(text)) * 3 > len(text)


def _goes_on(text: str, match: re.Match[str]) -> bool:
    """A stop that ends no sentence: of an abbreviation, an initial, or before a small letter."""
    if match.group()[0] in "\n。！？":
        return False
    after = text[match.end() : match.end() + 40].lstrip(_OPENERS)
    if after[:1].islower():
        return True
    if match.group() != ".":
        return False
    before = text[max(0, match.start() - 12) : match.start()]
    if _INITIAL.search(before):
        return True
    last = _WORD.findall(before)
    return bool(last) and last[-1].casefold() in _SHORT


def _is_glued(text: str, match: re.Match[str]) -> bool:
    at, after = match.start(), text[match.end() : match.end() + 8]
    if not after[:1].isupper() or after[1:2].isupper():
        return False
    token = text[max(0, at - 60) : at].rpartition(" ")[2]
    if not token or token.count("/") > 1 or "@" in token:
        return False
    follows, last = _WORD.match(after), _WORD.findall(token)
    if token[-1] in CLOSERS or match.group()[-1] in CLOSERS:
        return True
    is_small = len(last) > 0 and len(last[-1]) > 2 and token[-1].islower()
    is_name = follows is not None and follows.group().casefold() in _ENDINGS
    return is_small and not is_name and last[-1].casefold() not in _SHORT


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))
