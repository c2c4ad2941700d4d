"""Names of months and days of the week in the languages of the press, from CLDR."""

from __future__ import annotations

from functools import cache

from babel import Locale

from tidings.reading.cues import bare

_TAGS = (
    "af ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl he hi hr hu hy id is it ka "
    "kk lt lv mk mr ms nb nl pl pt ro ru sk sl sq sr sv sw ta te th tr uk ur vi"
)
LANGUAGES = tuple(_TAGS.split())
CLDR = {"no": "nb", "nn": "nb", "tl": "en"}
_REGIONS = ("ar_LB", "ar_DZ", "ar_MA", "ar_MR", "de_AT", "pt_PT", "sr_Latn", "ms_Arab")
_EXTRA = {"en": {"sept": 9}, "ru": {"сент": 9, "нояб": 11}, "tr": {"subat": 2}}
_PREFIX = "ב"  # Hebrew: "in"


@cache
def months() -> dict[str, dict[str, int]]:
    """Folded name → language → month. A name may mean different months: listopad."""
    table: dict[str, dict[str, int]] = {}
    for tag in (*LANGUAGES, *_REGIONS):
        language = tag.partition("_")[0]
        found = Locale.parse(tag).months
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for month, name in found[form][width].items():
                    _enter(table, name, language, month)
        for name, month in _EXTRA.get(language, {}).items():
            _enter(table, name, language, month)
    return table


def _enter(table: dict[str, dict[str, int]], name: str, language: str, month: int) -> None:
    key = bare(name)
    if len(key) >= 2 and not key[0].isdigit() and not key[-1].isdigit():
        table.setdefault(key, {})[language] = month


def meanings(name: str, language: str) -> tuple[int, ...]:
    """The months that a name may mean: in the language, or in any where it has none there."""
    plain = bare(name)
    entry = months().get(plain) or months().get(plain.removeprefix(_PREFIX), {})
    tag = language.partition("-")[0]
    own = entry.get(CLDR.get(tag, tag))
    return (own,) if own else tuple(sorted(set(entry.values())))


@cache
def weekdays() -> dict[str, set[str]]:
    """Folded name → languages."""
    table: dict[str, set[str]] = {}
    for language in LANGUAGES:
        found = Locale.parse(language).days
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for name in found[form][width].values():
                    table.setdefault(bare(name), set()).add(language)
    return table
