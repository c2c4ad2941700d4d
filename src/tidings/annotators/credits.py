"""Whose text it is, where an agency signs it: before the first sentence ('(AP) —'), as a line or
bracket at the end ('(dpa)'), under a label ('Source: EFE') or as the author.

An agency that is named within a sentence is not credited but cited: that is none of this.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tidings.model import Article, Evidence, Mention, MentionKind, Note, Role
from tidings.reading.agencies import Agency, find_agency, read_agencies
from tidings.text import STOPS, is_cased

TEXT = (Role.DATELINE, Role.BYLINE, Role.STANDFIRST, Role.BODY, Role.QUOTE_BOX)
BELOW = (Role.SOURCE_LIST, Role.FOOTER)

_LABELS_LINE = (
    "source sources quelle quellen fuente fuentes fonte fontes fonti bron källa kilde źródło "
    "zdroj izvor vir sursa forrás lähde kaynak sumber nguồn источник источники джерело джерела "
    "извор източник πηγή المصدر منبع 来源 來源 出典 स्रोत agentur agenturen agencies agency inputs"
)
_LABELS = _LABELS_LINE.split()
_LEADS = (
    *("with inputs from", "with agency inputs from", "with input from", "with reporting by"),
    *("with", "from", "by", "via", "source", "quelle", "fonte", "fuente", "avec", "par", "d'après"),
    *("von", "mit material von", "mit", "com informações da", "com informações do", "com agência"),
    *("com", "con información de", "con", "por", "da", "di", "theo", "met", "med", "z", "za"),
    *("по материалам", "за матеріалами", "по информации", "источник", "джерело", "πηγή", "πηγη"),
)
_CONTENT = re.compile(
    r"[(\[（【〔]\s*([^()\[\]（）【】〔〕\n]{1,60}?)\s*[)\]）】〕]|(?<![^\s.,])/([^/\n]{1,40})/"
)
_LAST = re.compile(
    r"[(\[（【〔]\s*([^()\[\]（）【】〔〕\n]{2,60})[)\]）】〕]\s*[.。]?\s*$"
    r"|(?<=[\s.])/\s?([^/\n]{2,30})/?$"
)
_PARTS = re.compile(r"\s*(?:[/,;=+&|•·、＝]|\s[–—-]\s|\s(?:and|und|et|y|e|и|та|i|og|och)\s)\s*")
_DASH = re.compile(r"\s*[.،]?\s*(?:-{1,2}|[–—―:：])(?=\s|[^\W\d])")
_STOP = re.compile(r"\s*(?:[.。]|$)")
_EDGES = ' \t.,;:-–—―/|*«»"()[]（）【】©'
_COPYRIGHT = re.compile(
    r"^\W*(?:©|\(c\)|copyright)\W*(?:\d{4}\W+)?(?:by\s+)?(.{2,60})", re.IGNORECASE
)
_LABELLED = re.compile(
    rf"^\W*(?:{'|'.join(map(re.escape, _LABELS))})\s*[:：]\s*(.{{2,80}})$", re.IGNORECASE
)
_LEADING = "|".join(map(re.escape, sorted(_LEADS, key=len, reverse=True)))
_LED = re.compile(rf"(?:{_LEADING})\s*[:：]?\s+(?:the\s+)?", re.IGNORECASE)
_TRAIL = re.compile(r"\s+(?:inputs?|के साथ)$", re.IGNORECASE)
_PICTURE = re.compile(
    r"(?<!\w)(?:photo|foto|fotos|image|images|bild|getty|фото|video|видео|nyitókép|kép|zdjęcie|fot\.)",
    re.IGNORECASE,
)
_DENSE = re.compile(
    r"^[（(【〔「\[]?[^，。、,.\s]{0,8}?(新华社|新華社|中新社|中央社|法新社|路透社|路透|共同社|共同|時事|"
    r"美联社|美聯社|韩联社|韓聯社|德新社|马新社|馬新社|朝中社)[^，。\n]{0,24}?(?:[电電讯訊]|[）)】〕」])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Our own choice; precision guarded by reading a sample of the day's articles."""

    head: int = 3  # lines at the start in which a dateline may stand
    reach: int = 220  # code points of a line within which it does
    tail: int = 4  # lines at the end that may be signatures
    place: int = 9  # words before the agency: place, date, author
    small: int = 3  # of them without a capital, where there is a number
    dateline: float = 0.95
    signature: float = 0.9
    labelled: float = 0.85
    author: float = 0.85
    led: float = 0.7  # 'avec AFP': in part


DEFAULTS = Options()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    start: int
    text: str
    role: Role


@dataclass(frozen=True, slots=True)
class _Found:
    """Within a line."""

    start: int
    end: int
    agency: Agency
    score: float


class CreditsAnnotator:
    """Mentions of kind credit; the value is the agency's name."""

    rule = "credits/1"

    def annotate(self, article: Article, notes: Sequence[Note]) -> Iterable[Mention]:
        del notes
        spans: dict[tuple[int, int], Mention] = {}
        for line, found in _find_credits(article):
            start, end = line.start + found.start, line.start + found.end
            text = article.text[start:end]
            spans.setdefault(
                (start, end),
                Mention(
                    evidence=Evidence(article=article.id, start=start, end=end, text=text),
                    kind=MentionKind.CREDIT,
                    value=found.agency.name,
                    score=found.score,
                    rule=self.rule,
                ),
            )
        return [spans[span] for span in sorted(spans)]


def _find_credits(article: Article) -> Iterator[tuple[_Line, _Found]]:
    language = article.language
    lines = list(_lines(article, TEXT))
    body = [line for line in lines if line.role not in (Role.BYLINE, Role.DATELINE)]
    for line in lines:
        if line.role in (Role.BYLINE, Role.DATELINE):
            yield from ((line, found) for found in _parse_author(line.text, language))
    first = [line for line in body[: DEFAULTS.head] if line not in lines[: DEFAULTS.head]]
    for line in [*lines[: DEFAULTS.head], *first]:
        yield from ((line, found) for found in _parse_dateline(line.text, language))
        yield from ((line, found) for found in _parse_author(line.text, language))
    for line in body[max(0, len(body) - DEFAULTS.tail) :]:
        yield from ((line, found) for found in _parse_label(line.text, language))
        yield from ((line, found) for found in _parse_signature(line.text, language))
    for line in _lines(article, BELOW):
        yield from ((line, found) for found in _parse_label(line.text, language))


def _lines(article: Article, roles: Sequence[Role]) -> Iterator[_Line]:
    for block in article.blocks:
        if block.role not in roles:
            continue
        start = block.start
        for text in article.text[block.start : block.end].split("\n"):
            if text.strip():
                yield _Line(start=start, text=text, role=block.role)
            start += len(text) + 1


def _parse_dateline(line: str, language: str) -> Iterator[_Found]:
    head = line[: DEFAULTS.reach]
    if _PICTURE.match(head):
        return
    dense = _DENSE.match(head)
    if dense:
        agency = find_agency(dense.group(1), language)
        if agency:
            yield _Found(*dense.span(1), agency, DEFAULTS.dateline)
        return
    for bracket in _CONTENT.finditer(head):
        group = bracket.lastindex or 1
        found = list(_parse_content(bracket.group(group), bracket.start(group), language))
        if found and _is_signed(head[: bracket.start()], head[bracket.end() :]):
            yield from (_score(one, DEFAULTS.dateline) for one in found)
            return
    for match in read_agencies()[1].finditer(head):
        agency = find_agency(match.group(), language)
        if agency and _is_parted(head[: match.start()], head[match.end() :]):
            yield _Found(*match.span(), agency, DEFAULTS.dateline)
            return


def _is_signed(before: str, after: str) -> bool:
    """Whether a bracket with an agency stands between a place and the text."""
    has_dash = bool(_DASH.match(after))
    if not before.strip(_EDGES):
        return bool(after.strip())
    if read_agencies()[1].search(before):
        return False
    near = re.split(r"[.!?…:]\s+|\d\s*/\s*\d", before)[-1] if has_dash else before
    return _is_place(near) and (has_dash or not is_cased(before) or bool(_STOP.match(after)))


def _is_parted(before: str, after: str) -> bool:
    """Whether an agency without a bracket has marks on both sides: ``Kyiv. Ukrinform. …``."""
    bare = before.rstrip()
    if not bare:
        return bool(re.match(r"\s*(?:-{1,2}|[–—―])\s", after))
    if bare[-1] not in ".,-–—―/:|،" or not _is_place(before):
        return False
    if re.match(r"\s*(?:/\s*[.,]?|\.-|[.,،]?\s*(?:-{1,2}|[–—―:])(?=\s)|\.\s)", after):
        return True
    is_bare = bare.endswith(("-", "–", "—", ":", "/"))
    return is_bare and not is_cased(before) and len(before.split()) <= 4


def _is_place(text: str) -> bool:
    """Whether it may be a place, a date, a name: capitals, numbers, few small words."""
    words: list[str] = [word for word in re.split(r"[\s,./|:()–—-]+", text) if word]
    if len(words) > DEFAULTS.place:
        return False
    if not is_cased(text):
        return len(words) <= 5
    small = sum(word[0].islower() for word in words)
    has_number = any(word[0].isdigit() for word in words)
    return small <= (DEFAULTS.small if has_number else min(1, len(words) - 1))


def _parse_author(line: str, language: str) -> Iterator[_Found]:
    """A line that is nothing but names, with an agency for the last or only one."""
    text = line.strip()
    words = text.split()
    if not text or len(words) > DEFAULTS.place or text[-1] in "!?…:" or _PICTURE.search(text):
        return
    start = line.index(text)
    found = list(_parse_content(text, start, language))
    if found:
        yield from (_score(one, DEFAULTS.author) for one in found)
        return
    match = next((m for m in read_agencies()[1].finditer(text) if m.end() == len(text)), None)
    led = _LED.match(text)
    if match is None or not (led or re.search(r"[,|]\s*$", text[: match.start()])):
        return
    agency = find_agency(match.group(), language)
    names = text[led.end() if led else 0 : match.start()]
    if agency and all(word[0].isupper() for word in re.findall(r"[^\W\d_]+", names)):
        yield _Found(start + match.start(), start + match.end(), agency, DEFAULTS.author)


def _parse_signature(line: str, language: str) -> Iterator[_Found]:
    whole = list(_parse_content(line, 0, language))
    if whole:
        yield from (_score(one, DEFAULTS.signature) for one in whole)
        return
    match = _LAST.search(line)
    if match is None:
        return
    before = line[: match.start()].rstrip()
    is_outside = bool(before) and before[-1] in STOPS + "\"'”’»"
    is_last = not line.rstrip().endswith((".", "。"))
    names = read_agencies()[1].finditer(before[-60:])
    if any(name.end() == len(before[-60:]) for name in names) or not (is_outside or is_last):
        return
    group = match.lastindex or 1
    for one in _parse_content(match.group(group), match.start(group), language):
        yield _score(one, DEFAULTS.signature)


def _parse_label(line: str, language: str) -> Iterator[_Found]:
    match = _LABELLED.match(line)
    if match:
        found = _parse_content(match.group(1), match.start(1), language)
        yield from (_score(one, DEFAULTS.labelled) for one in found)
        return
    match = _COPYRIGHT.match(line)
    name = read_agencies()[1].match(line, match.start(1)) if match else None
    agency = find_agency(name.group(), language) if name else None
    if name and agency:
        yield _Found(*name.span(), agency, DEFAULTS.labelled)


def _score(found: _Found, score: float) -> _Found:
    return _Found(found.start, found.end, found.agency, min(score, found.score))


def _parse_content(text: str, offset: int, language: str) -> Iterator[_Found]:
    """The agencies of what consists of agencies, with at most a word for each beside them."""
    stop = len(text.rstrip(_EDGES))
    start = min(stop, len(text) - len(text.lstrip(_EDGES)))
    led = _LED.match(text, start, stop)
    score = DEFAULTS.led if led else 1.0
    start = led.end() if led else start
    trail = _TRAIL.search(text[:stop])
    stop = trail.start() if trail else stop
    forms = read_agencies()[0]
    spans = [(start, stop)] if text[start:stop] in forms else list(_split(text, start, stop))
    agencies = [(span, find_agency(text[slice(*span)], language)) for span in spans]
    others = [text[slice(*span)] for span, agency in agencies if agency is None]
    if len(others) > 1 or any(" " in one or _PICTURE.search(one) for one in others):
        return
    for (begin, end), agency in agencies:
        if agency:
            yield _Found(offset + begin, offset + end, agency, score)


def _split(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    for match in _PARTS.finditer(text, start, stop):
        yield start, match.start()
        start = match.end()
    yield start, stop
