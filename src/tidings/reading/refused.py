"""Why a feed, list or mail could not be read: a value, which a reader turns into ``Rejected``."""

from __future__ import annotations

from dataclasses import dataclass

from tidings.model import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """``detail`` is one line that says what to do."""

    reason: Reason
    detail: str
