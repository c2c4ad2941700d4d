"""News agencies by the names that are printed for them; the table is agencies.toml."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

SHORT = 4  # letters: forms up to here mean different agencies in different languages


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    name: str
    country: str  # ISO 3166
    languages: tuple[str, ...]  # in which its short forms hold; none: in all


@cache
def read_agencies() -> tuple[dict[str, tuple[Agency, ...]], re.Pattern[str]]:
    """Form → agencies, and a pattern of all forms, the longest first."""
    table = tomllib.loads((files("tidings.reading") / "agencies.toml").read_text("utf-8"))
    forms: dict[str, tuple[Agency, ...]] = {}
    for row in table["agency"]:
        languages = tuple(row.get("languages", ()))
        agency = Agency(name=row["name"], country=row["country"], languages=languages)
        for form in row["forms"]:
            forms[form] = (*forms.get(form, ()), agency)
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    return forms, re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)")


def find_agency(form: str, language: str) -> Agency | None:
    """The agency that a text in ``language`` (BCP 47) means."""
    primary = language.partition("-")[0].lower()
    for agency in read_agencies()[0].get(form, ()):
        if len(form) > SHORT or not agency.languages or primary in agency.languages:
            return agency
    return None
