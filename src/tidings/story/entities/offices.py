"""Organs of states: which office a name is of, and of which state. The names are offices.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from babel import Locale

from tidings.model import MentionKind
from tidings.story.entities.gazetteer import Known, get_gazetteer
from tidings.story.entities.ids import slug
from tidings.story.entities.peoples import find_people

CACHE = 1 << 14  # names
PLACE = 3  # words of a state's name, at most
LONGEST = 9  # words of an office with its state
REACH = 40  # characters beside an office, in which its state is looked for
START = 3  # letters by which a word is looked up

STOPS_LINE = (
    "of the for and de la le les du des del los las el d' l' der die das dem den von für und e do "
    "da di dei delle i na w we v ve za z и та й і o on at in"
)
UNIONS = ("european-union", "united-nations")
LOCAL = ("police", "prosecutor", "government")
STOPS = frozenset(STOPS_LINE.split())

_WORD = re.compile(r"[^\W_]+(?:['’ʼ.\-‑][^\W_]+)*\.?")
_ELIDED = re.compile(r"\b[dl]['’]", re.IGNORECASE)
_OF = re.compile(r" (?:(?:of|the|de|la|du|del|d['’]|l['’]|der|von|на|у|в) ?){0,2}")
_TIED = re.compile(r"^([A-ZÄÖÜ]\w+)-(?=\w{4})")  # US-Außenministerium


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What a name says: the office, and whose where it says that too."""

    id: str
    place: Known | None


@dataclass(frozen=True, slots=True)
class _Lexicon:
    forms: dict[tuple[int, str], tuple[tuple[tuple[str, ...], str], ...]]
    same: dict[str, str]
    own: dict[str, str]
    offices: frozenset[str]


@lru_cache(maxsize=1)
def _read_lexicon() -> _Lexicon:
    told = tomllib.loads((files(__package__) / "offices.toml").read_text(encoding="utf-8"))
    forms: dict[tuple[int, str], list[tuple[tuple[str, ...], str]]] = {}
    for office, lines in told["forms"].items():
        for form in re.split("[;\n]", lines.strip()):
            words = tuple(form.split())
            forms.setdefault((len(words), words[0][:START].lower()), []).append((words, office))
    return _Lexicon(
        forms={key: tuple(rows) for key, rows in forms.items()},
        same=told["same"],
        own={_fold(name): place for name, place in told["own"].items()},
        offices=frozenset(told["forms"]),
    )


@lru_cache(maxsize=CACHE)
def find_office(name: str, language: str) -> Office | None:
    """None where it is no office's, or has words beside office and place."""
    words = _split(name)
    if not words or len(words) > LONGEST:
        return None
    alone = _match(words)
    if alone is not None:
        own = _read_lexicon().own.get(_fold(name))
        return Office(id=alone, place=get_gazetteer().get(own) if own else None)
    for end, rest in _part(words):
        office = _match(rest)  # first, for most names are no office's
        place = _find_place(end, language) if office else None
        if office is not None and place is not None and _has(place, office):
            return Office(id=office, place=place)
    return None


def make_office(office: str, place: Known) -> Known:
    """The organ of that place."""
    own = f"{place.id}-{office}"
    known = get_gazetteer().get(_read_lexicon().same.get(own, ""))
    return known or Known(own, MentionKind.ORGANISATION)


def get_known(own: str) -> Known | None:
    """By id: of the gazetteer, or an organ of a place in it."""
    found = get_gazetteer().get(own)
    if found is not None:
        return found
    made = Known(own, MentionKind.ORGANISATION)
    return made if tell_organ(made) else None


@lru_cache(maxsize=CACHE)
def tell_organ(known: Known) -> tuple[str, str] | None:
    """The office that a known organ is, and the id of its place; None for everything else."""
    own = _read_same().get(known.id, known.id)
    if known.kind is not MentionKind.ORGANISATION:
        return None
    for office in _read_lexicon().offices:
        place = own.removesuffix(f"-{office}")
        if place != own and get_gazetteer().get(place):
            return office, place
    return None


@lru_cache(maxsize=1)
def _read_same() -> dict[str, str]:
    return {known: own for own, known in _read_lexicon().same.items()}


def find_seat(office: str, text: str, span: tuple[int, int], language: str) -> Known | None:
    """Of an office whose place its name doesn't tell: of the words beside it."""
    place = find_beside(text, span, language)
    return place if place is not None and _has(place, office) else None


def find_beside(text: str, span: tuple[int, int], language: str) -> Known | None:
    """The place in the word before an office (``британское министерство``) or behind it
    (``министерство обороны Грузии``)."""
    start, end = span
    before = _WORD.findall(text[max(0, start - REACH) : start].rpartition("\n")[2])
    gap = text[max(0, start - 2) : start]
    if before and gap[-1:] == " " and (found := find_people(before[-1], language)):
        return found
    behind = _OF.match(text, end)
    if behind is None:
        return None
    tail = text[behind.end() : end + REACH]
    words = list(_WORD.finditer(tail))[:PLACE]
    if not words or words[0].start() or not words[0][0][0].isupper():
        return None
    for count in range(len(words), 0, -1):
        name = tail[: words[count - 1].end()]
        found = get_gazetteer().find(name.rstrip("."), language)
        if found is not None and found.kind is MentionKind.PLACE:
            return found
    return None


def _part(words: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    """What may be a place's name or adjective at either end, and the rest."""
    for count in range(1, min(PLACE, len(words) - 1) + 1):
        yield " ".join(words[:count]), words[count:]
        yield " ".join(words[-count:]), words[:-count]


def _find_place(name: str, language: str) -> Known | None:
    found = get_gazetteer().find(name, language) or find_people(name, language)
    is_place = found is not None and (found.kind is MentionKind.PLACE or found.id in UNIONS)
    return found if is_place else None


def _has(place: Known, office: str) -> bool:
    """Cities have police, and no ministry: of what Moscow's says, the state is not told."""
    return office in LOCAL or place.id in UNIONS or place.id in list_states()


@lru_cache(maxsize=1)
def list_states() -> frozenset[str]:
    """Ids of the gazetteer."""
    names = Locale("en").territories
    return frozenset(
        slug(name) for code, name in names.items() if len(code) == 2 and code.isalpha()
    )


def _match(words: Sequence[str]) -> str | None:
    if not words:
        return None
    rows = _read_lexicon().forms.get((len(words), words[0][:START].lower()), ())
    return next((office for form, office in rows if all(map(_fits, form, words))), None)


def _fits(form: str, word: str) -> bool:
    if form.isupper() or (form[:1].isupper() and not form.islower()):
        return word == form
    small = word.lower()
    return small.startswith(form[:-1]) if form.endswith("*") else small == form


def _split(name: str) -> list[str]:
    """The words that count; ``US-`` before a word is one of its own."""
    plain = _TIED.sub(r"\1 ", _ELIDED.sub("", " ".join(name.replace("’", "'").split())))
    words = [word.rstrip(".") if "." not in word[:-1] else word for word in _WORD.findall(plain)]
    return [word for word in words if word.lower() not in STOPS]


def _fold(name: str) -> str:
    return " ".join(name.lower().split())
