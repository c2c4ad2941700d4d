"""Whether a page's language can be the one that somebody spoke in: told by the country or union
whose office the page gives him, and the languages spoken there (CLDR)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from babel import Locale
from babel.languages import get_official_languages, get_territory_language_info

from tidings.model import Article, Evidence
from tidings.story.entities.gazetteer import get_gazetteer
from tidings.story.entities.ids import slug
from tidings.text import fold, words

UNION = "european-union"
_UNION_LINE = "bg hr cs da nl en et fi fr de el hu ga it lv lt mt pl pt ro sk sl es sv"
_UNION_TONGUES = frozenset(_UNION_LINE.split())  # Regulation No 1 of the EEC, as amended


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Our own choice: rather silent than wrong; read over on stories of the day."""

    before: int = 90  # code points before a name in which his office stands
    longest: int = 3  # words of a country's or union's name
    spoken: float = 10.0  # percent of those who live there, from which a language is spoken there
    stem: int = 5  # first letters by which a name is known again in another case


DEFAULTS = Options()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Whose office a speaker has."""

    id: str  # of the gazetteer
    place: Evidence  # where the page says so


def find_seat(article: Article, name: Evidence) -> Seat | None:
    """The one country or union named in what stands right before the speaker's name, anywhere in
    the article; None where there is none or more than one."""
    key = _key(name.text)
    found: dict[str, Seat] = {}
    if not key:
        return None
    text = article.text
    for start, end in words(text):
        if not text[start].isupper() or _key(text[start:end]) != key:
            continue
        head = text[max(0, start - DEFAULTS.before) : start]
        for sign in '.!?;:\n«»„“”"':
            head = head.rpartition(sign)[2]
        for seat in _seats(article, start - len(head), start)[-1:]:
            found.setdefault(seat.id, seat)
    return next(iter(found.values())) if len(found) == 1 else None


def _key(name: str) -> str:
    parts = [name[a:b] for a, b in words(name)]
    return fold(parts[-1])[: DEFAULTS.stem] if parts else ""


def _seats(article: Article, start: int, end: int) -> list[Seat]:
    spans = [(start + a, start + b) for a, b in words(article.text[start:end])]
    found, at = [], 0
    while at < len(spans):
        for count in range(min(DEFAULTS.longest, len(spans) - at), 0, -1):
            span = spans[at][0], spans[at + count - 1][1]
            printed = article.text[slice(*span)]
            known = (
                get_gazetteer().find(printed, article.language) if printed[0].isupper() else None
            )
            if known and (known.id == UNION or known.id in _territories()):
                place = Evidence(article=article.id, start=span[0], end=span[1], text=printed)
                found.append(Seat(id=known.id, place=place))
                at += count - 1
                break
        at += 1
    return found


def is_foreign(language: str, seat: Seat) -> bool:
    """Whether the language is neither official there nor spoken by many."""
    primary = language.partition("-")[0]
    if seat.id == UNION:
        return primary not in _UNION_TONGUES
    code = _territories()[seat.id]
    official = get_official_languages(code, regional=True, de_facto=True)
    told = get_territory_language_info(code)
    spoken = {
        tag.partition("_")[0]
        for tag, row in told.items()
        if float(row["population_percent"] or 0.0) >= DEFAULTS.spoken
    }
    return bool(told) and primary not in spoken | {tag.partition("_")[0] for tag in official}


@cache
def _territories() -> dict[str, str]:
    """Readable id → CLDR code of a country."""
    names = Locale("en").territories
    return {slug(name): code for code, name in names.items() if len(code) == 2 and code.isalpha()}
