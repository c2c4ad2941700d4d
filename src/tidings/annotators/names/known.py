"""Outlets and countries that are known by name, as they are printed in a language."""

from __future__ import annotations

from functools import cache

from babel import Locale, UnknownLocaleError

from tidings.reading.outlets import find_outlets

_CODE = 2  # letters of a country's code; longer ones are parts of the world
_NOT_ONE = frozenset(("EU", "EZ", "UN", "QO", "ZZ", "XA", "XB"))
_SHORT_LINE = "US USA U.S UK U.K UAE США РФ ОАЭ ОАЕ КНР КНДР ФРН ФРГ"
_SHORT = frozenset(_SHORT_LINE.split())


def is_outlet(name: str, language: str) -> bool:
    """Whether all of it is one, and no word or name of others."""
    found = next(find_outlets(name, 0, len(name), language), None)
    is_whole = found is not None and (found.start, found.end) == (0, len(name))
    return is_whole and found is not None and not found.is_common


def is_country(name: str, language: str) -> bool:
    return name in _SHORT or name in _countries(language.partition("-")[0])


@cache
def _countries(language: str) -> frozenset[str]:
    try:
        names = Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        return frozenset()
    codes = [str(code) for code in names if len(str(code)) == _CODE and code not in _NOT_ONE]
    return frozenset(name for code in codes if (name := str(names[code]))[:1].isupper())
