"""Time zones as printed. Those that several zones share (IST, CST, BST) are no zone at all."""

from __future__ import annotations

import re
from datetime import timedelta

Offsets = tuple[timedelta, ...]
"""East of UTC; several where summer time is not told from winter time."""

_HOURS: dict[str, tuple[float, ...]] = {
    "Z": (0,), "UTC": (0,), "GMT": (0,), "WET": (0,), "WEST": (1,), "CET": (1,), "MEZ": (1,),
    "CEST": (2,), "MESZ": (2,), "EET": (2,), "OEZ": (2,), "EEST": (3,), "OESZ": (3,),
    "MSK": (3,), "МСК": (3,), "TRT": (3,), "EAT": (3,), "SAST": (2,), "CAT": (2,), "WAT": (1,),
    "EST": (-5,), "EDT": (-4,), "ET": (-5, -4), "MST": (-7,), "MDT": (-6,), "PST": (-8,),
    "PDT": (-7,), "PT": (-8, -7), "CDT": (-5,), "BRT": (-3,), "ART": (-3,), "PKT": (5,),
    "NPT": (5.75,), "WIB": (7,), "HKT": (8,), "SGT": (8,), "AWST": (8,), "JST": (9,), "KST": (9,),
    "ACST": (9.5,), "AEST": (10,), "AEDT": (11,), "NZST": (12,), "NZDT": (13,),
}  # fmt: skip
_NUMERIC = re.compile(r"(?:UTC|GMT)?\s?([+\-−])(\d{1,2}):?(\d\d)?$")


def find_offsets(printed: str) -> Offsets:
    """Empty where it is no zone, or one that does not say which."""
    hours = _HOURS.get(printed.strip())
    if hours is not None:
        return tuple(timedelta(hours=each) for each in hours)
    match = _NUMERIC.fullmatch(printed.strip())
    if match is None or int(match[2]) > 14:
        return ()
    offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return (offset if match[1] == "+" else -offset,)
