"""Times that ids hold: snowflakes of platforms, TIDs, UUIDs, ULIDs.

Each reading is documented or proved by known pairs of id and time, named with it; an id of a
platform's age before such ids, or of no time at all, gives None. Pure: nothing is asked of anybody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_MILLISECOND = timedelta(milliseconds=1)
_SECOND = timedelta(seconds=1)

_SORTABLE = "234567abcdefghijklmnopqrstuvwxyz"
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SHORTCODE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_TID = re.compile(r"[2-7a-j][2-7a-z]{12}")
_ULID = re.compile(rf"[0-7][{_CROCKFORD}]{{25}}")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_OBJECT_ID = re.compile(r"[0-9a-f]{24}")
_TOKENS = re.compile(
    r"(?<![0-9a-zA-Z])(?:[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9a-f]{24}|"
    r"0[0-9A-HJKMNP-TV-Z]{25})(?![0-9a-zA-Z])"
)
_OLDEST = datetime(2005, 1, 1, tzinfo=UTC)
_LONGEST = 20  # digits of a number of 64 bits
_SHORTCODE_LENGTH = 11  # characters; those of private posts go on with a key


@dataclass(frozen=True, slots=True, kw_only=True)
class IdTime:
    """``at`` is aware UTC, the start of the id's smallest unit."""

    at: datetime
    precision: timedelta
    rule: str  # with version: 'x-snowflake/1'


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """Where in a number the time stands."""

    rule: str
    shift: int  # bits below the time
    epoch: int  # milliseconds since 1970
    unit: int = 1  # milliseconds
    least: int = 0  # the smallest id that is made this way


X = Scheme(rule="x-snowflake/1", shift=22, epoch=1288834974657, least=30_000_000_000)
"""Since 4 November 2010; ids before were counted up. Twitter's announcement of snowflake."""
DISCORD = Scheme(rule="discord-snowflake/1", shift=22, epoch=1420070400000, least=1 << 40)
"""Discord's reference, 'Snowflakes'."""
MASTODON = Scheme(rule="mastodon-snowflake/1", shift=16, epoch=0, least=1 << 56)
"""mastodon/lib/mastodon/snowflake.rb, since version 2.0; ids before were counted up."""
TIKTOK = Scheme(rule="tiktok-id/1", shift=32, epoch=0, unit=1000, least=1 << 60)
"""Known pairs: upload begins up to a minute before publication."""
INSTAGRAM = Scheme(rule="instagram-id/1", shift=23, epoch=1314220021721, least=1 << 40)
"""Instagram's 'Sharding & IDs'; the epoch by known pairs: a draft's making, not its publication."""
LINKEDIN = Scheme(rule="linkedin-id/1", shift=22, epoch=0, least=1 << 60)
"""Known pairs; the 41 bits on top."""


def read_snowflake(number: str, scheme: Scheme) -> IdTime | None:
    """``number`` in decimal digits."""
    if not (number.isascii() and number.isdigit()) or len(number) > _LONGEST:
        return None
    value = int(number)
    if not scheme.least <= value < 1 << 64:
        return None
    count = (value >> scheme.shift) * scheme.unit + scheme.epoch
    at = _EPOCH + timedelta(milliseconds=count)
    return IdTime(at=at, precision=scheme.unit * _MILLISECOND, rule=scheme.rule)


def read_shortcode(code: str) -> IdTime | None:
    """Instagram's, which is the number in base 64. Threads has the same."""
    head = code[:_SHORTCODE_LENGTH]
    if len(head) < _SHORTCODE_LENGTH - 1 or not all(letter in _SHORTCODE for letter in head):
        return None
    return read_snowflake(str(_value(head, _SHORTCODE)), INSTAGRAM)


def read_tid(tid: str) -> IdTime | None:
    """AT Protocol, 'TID': 53 bits of microseconds, 10 of a clock's id. Whoever posts makes it up,
    so that it is as true as its maker's clock."""
    if not _TID.fullmatch(tid):
        return None
    at = _EPOCH + (_value(tid, _SORTABLE) >> 10) * _MICROSECOND
    return IdTime(at=at, precision=_MICROSECOND, rule="tid/1")


def read_uuid(uuid: str) -> IdTime | None:
    """RFC 9562: version 7. Versions 1 and 6 hold a time too, but in addresses of articles it is
    that of something else as often as not: on the day of bench/clocks, 28 of 72 lie up to a day
    after publication."""
    text = uuid.lower()
    if not _UUID.fullmatch(text):
        return None
    at = _EPOCH + int(text[:8] + text[9:13], 16) * _MILLISECOND
    return IdTime(at=at, precision=_MILLISECOND, rule="uuid-7/1")


def read_object_id(number: str) -> IdTime | None:
    """BSON's ObjectId: seconds in the first four bytes. Of the same day's articles with one in
    their address, it lies before publication in all 142, mostly by minutes."""
    if not _OBJECT_ID.fullmatch(number):
        return None
    at = _EPOCH + int(number[:8], 16) * _SECOND
    return IdTime(at=at, precision=_SECOND, rule="object-id/1")


def find_making(path: str) -> IdTime | None:
    """When the record of the page at ``path`` was made, where an id in it tells: the page was
    published then or later. None for times before 2005, when nobody made such ids."""
    for token in reversed(_TOKENS.findall(path)):
        for read in (read_object_id, read_uuid, read_ulid):
            made = read(token)
            if made and made.at >= _OLDEST:
                return made
    return None


def read_ulid(ulid: str) -> IdTime | None:
    """The ULID specification: 48 bits of milliseconds, in Crockford's base 32."""
    text = ulid.upper()
    if not _ULID.fullmatch(text):
        return None
    try:
        at = _EPOCH + _value(text[:10], _CROCKFORD) * _MILLISECOND
    except OverflowError:
        return None
    return IdTime(at=at, precision=_MILLISECOND, rule="ulid/1")


def _value(text: str, alphabet: str) -> int:
    number = 0
    for letter in text:
        number = number * len(alphabet) + alphabet.index(letter)
    return number
