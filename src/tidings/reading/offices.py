"""Bodies that every state or town has, by what they are called in several languages: offices.toml.
``МВД Грузии`` and ``Georgia's interior ministry`` are the interior ministry of GE."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from tidings.reading.seats import find_seat

_WORD = re.compile(r"[^\W_]+")
_SMALL_LINE = (
    "the of a in by for and s la le el de del des du l les los las der die das des dem von in у в "
    "на по при press service пресс служба пресс-служба пресслужба пресслужбы службы главное "
    "управление гу local local's локальная местная région національна national nationale nacional "
    "region region's страны і и"
)
_SMALL = frozenset(_SMALL_LINE.split())


@dataclass(frozen=True, slots=True)
class Office:
    kind: str  # the same in every language: 'interior', 'police'
    others: frozenset[str]  # whose it is: codes of CLDR, or words as printed, in small letters

    def fits(self, other: Office) -> bool:
        """Whether nothing tells the two apart."""
        is_part = self.others <= other.others or other.others <= self.others
        return self.kind == other.kind and is_part


@lru_cache(maxsize=4096)
def find_office(name: str) -> Office | None:
    """None where the name has no such word in it."""
    words = _WORD.findall(name)
    flat = " ".join(word.lower() for word in words)
    found = next(
        ((kind, match) for kind, row in _read() if (match := row.search(flat)) is not None), None
    )
    if found is None:
        return None
    kind, match = found
    first = flat[: match.start()].count(" ")
    inside = len(match.group().split())
    rest = [*words[:first], *words[first + inside :]]
    kept = (find_seat(word) or word.lower() for word in rest if word.lower() not in _SMALL)
    return Office(kind, frozenset(kept))


@cache
def _read() -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = tomllib.loads((files("tidings.reading") / "offices.toml").read_text("utf-8"))
    return tuple(
        (kind, re.compile(rf"(?<!\w)(?:{'|'.join(map(_pattern, forms))})(?!\w)"))
        for kind, forms in table.items()
    )


def _pattern(form: str) -> str:
    words = [
        rf"(?:{re.escape(word[1:])} )?" if word[0] == "?" else f"{_ending(word)} "
        for word in form.split()
    ]
    return "".join(words).removesuffix(" ")


def _ending(word: str) -> str:
    return re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "")
