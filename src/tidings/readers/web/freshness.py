"""When to ask again: what the headers of an answer say, and what we do where they say nothing.
Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from tidings.readers.web.options import FetchOptions

FURTHEST = timedelta(days=366)  # a header that names a later time is a mistake
_SECONDS = re.compile(r"\d{1,12}")
_DIRECTIVE = re.compile(r'([\w-]+)(?:\s*=\s*(?:"([^"]*)"|([^\s,"]*)))?')

Find = Callable[[str], str]
"""A header's values, parted by commas; "" where there is none."""


def parse_date(value: str) -> datetime | None:
    """An HTTP date (RFC 9110 section 5.6.7); None for anything else ('0', '-1')."""
    try:
        found = parsedate_to_datetime(value)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, IndexError, OverflowError, TypeError):
        return None


def parse_retry(value: str, now: datetime) -> datetime | None:
    """Retry-After: seconds or a date (RFC 9110 section 10.2.3)."""
    text = value.strip()
    if _SECONDS.fullmatch(text):
        return now + min(timedelta(seconds=int(text)), FURTHEST)
    found = parse_date(text) if text else None
    return None if found is None else min(max(found, now), now + FURTHEST)


def parse_directives(value: str) -> dict[str, str]:
    """Of Cache-Control; names in lower case."""
    found = _DIRECTIVE.finditer(value[:4_096])
    return {m[1].lower(): m[2] if m[2] is not None else m[3] or "" for m in found}


def is_not_to_be_stored(find: Find) -> bool:
    return "no-store" in parse_directives(find("cache-control"))


def count_fresh(find: Find, now: datetime) -> timedelta:
    """How long the answer holds (RFC 9111 section 4.2.1): max-age, else Expires, less its Age."""
    directives = parse_directives(find("cache-control"))
    if "no-store" in directives or "no-cache" in directives:
        return timedelta(0)
    if _SECONDS.fullmatch(directives.get("max-age", "")):
        age = find("age").strip()
        spent = int(age) if _SECONDS.fullmatch(age) else 0
        left = max(int(directives["max-age"]) - spent, 0)
        return min(timedelta(seconds=left), FURTHEST)
    expires, date = parse_date(find("expires")), parse_date(find("date"))
    if expires is None:
        return timedelta(0)
    return min(max(expires - (date or now), timedelta(0)), FURTHEST)


def choose_poll(
    fresh: timedelta, hint: timedelta, now: datetime, options: FetchOptions
) -> datetime:
    """When a feed is asked again: not before it may be, once a day at least."""
    least = timedelta(seconds=options.poll_seconds)
    most = max(timedelta(seconds=options.longest_poll), least)
    return now + min(max(fresh, hint, least), most)


def choose_retry(failures: int, now: datetime, options: FetchOptions) -> datetime | None:
    """When an address that failed for now is tried again: twice as late each time; None where it
    was tried often enough. ``failures`` with this one, from 1."""
    if failures >= options.tries:
        return None
    wait = options.poll_seconds * 2 ** (failures - 1)
    return now + timedelta(seconds=min(wait, options.longest_poll))
