"""States and unions by the words for them and theirs: seats.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _seats() -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """Whole forms, and beginnings, the longest first."""
    table = tomllib.loads((files("tidings.reading") / "seats.toml").read_text("utf-8"))
    whole = {form: code for code, forms in table.items() for form in forms if form[-1] != "*"}
    starts = [(one[:-1], code) for code, forms in table.items() for one in forms if one[-1] == "*"]
    return whole, tuple(sorted(starts, key=lambda row: -len(row[0])))


@cache
def find_seat(printed: str) -> str:
    """The code of a word; "" where it is none."""
    whole, starts = _seats()
    low = printed.lower()
    found = whole.get(printed) or (whole.get(low) if low not in ("us", "un", "eu") else None)
    if found:
        return found
    return next(
        (code for one, code in starts if printed.startswith(one) or low.startswith(one)), ""
    )
