"""Posts as anchors: platform, author, id and time, from an address alone."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache, partial
from importlib.resources import files
from urllib.parse import parse_qs, unquote, urlsplit

from tidings import idtimes
from tidings.idtimes import IdTime
from tidings.times import Interval, unknown

RULE = "posts/1"

_FIRST_FEDIVERSE = datetime(2016, 1, 1, tzinfo=UTC)  # on any host, older ids are none
_BEFORE = r"(?:www\.|m\.|mobile\.|[a-z]{2}\.)?"
_AT = re.compile(r"at://(?P<author>[\w.:-]+)/app\.bsky\.feed\.post/(?P<id>[2-7a-z]{13})$")
_AT_PAGE = "https://bsky.app/profile/{author}/post/{id}"


class Platform(StrEnum):
    X = "X"
    BLUESKY = "Bluesky"
    MASTODON = "Mastodon"
    GOTOSOCIAL = "GoToSocial"
    TELEGRAM = "Telegram"
    YOUTUBE = "YouTube"
    DISCORD = "Discord"
    FACEBOOK = "Facebook"
    TIKTOK = "TikTok"
    INSTAGRAM = "Instagram"
    THREADS = "Threads"
    LINKEDIN = "LinkedIn"
    VK = "VK"
    REDDIT = "Reddit"
    WEIBO = "Weibo"


class Clock(StrEnum):
    """Whose clock an id's time is."""

    PLATFORM = "platform"  # given at publication by the platform's servers
    DRAFT = "draft"  # given by the platform when the post was begun: published then or later
    AUTHOR = "author"  # given by the program of whoever posts
    NONE = "none"  # the id holds no time


Read = Callable[[str], IdTime | None]

_READERS: Mapping[str, Read] = {
    "x": partial(idtimes.read_snowflake, scheme=idtimes.X),
    "discord": partial(idtimes.read_snowflake, scheme=idtimes.DISCORD),
    "mastodon": partial(idtimes.read_snowflake, scheme=idtimes.MASTODON),
    "tiktok": partial(idtimes.read_snowflake, scheme=idtimes.TIKTOK),
    "linkedin": partial(idtimes.read_snowflake, scheme=idtimes.LINKEDIN),
    "shortcode": idtimes.read_shortcode,
    "tid": idtimes.read_tid,
    "ulid": idtimes.read_ulid,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What an address tells of a post."""

    platform: Platform
    author: str | None  # handle, without @; None where the address names none
    id: str
    url: str  # one for all addresses of the post
    time: Interval  # of publication; the reason names the rule
    clock: Clock
    rule: str  # of the time, with version; of the address where the id holds no time


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """A row of posts.toml."""

    platform: Platform
    hosts: re.Pattern[str] | None
    path: re.Pattern[str]
    query: str | None
    url: str
    read: Read | None
    clock: Clock


def find_post(address: str, latest: datetime | None = None) -> Post | None:
    """None for what is no post's address. A time after ``latest`` (now, or the page that cites
    the post) is refused, and its interval unknown."""
    text = address.strip()
    if match := _AT.match(text):
        text = _AT_PAGE.format(**match.groupdict())
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    for form in _read_forms():
        if form.hosts is None or form.hosts.fullmatch(host):
            groups = _match(form, unquote(parts.path), parts.query)
            post = _make(form, groups | {"host": host}, latest) if groups else None
            if post:
                return post
    return None


@cache
def _read_forms() -> tuple[_Form, ...]:
    table = tomllib.loads((files("tidings") / "posts.toml").read_text("utf-8"))
    return tuple(
        _Form(
            platform=Platform(row["platform"]),
            hosts=re.compile(_BEFORE + f"(?:{'|'.join(map(re.escape, row['hosts']))})")
            if "hosts" in row
            else None,
            path=re.compile(row["path"]),
            query=row.get("query"),
            url=row["url"],
            read=_READERS[row["time"]] if "time" in row else None,
            clock=Clock(row.get("clock", Clock.NONE)),
        )
        for row in table["form"]
    )


def _match(form: _Form, path: str, query: str) -> dict[str, str]:
    match = form.path.match(path)
    if match is None:
        return {}
    groups = {key: value for key, value in match.groupdict().items() if value is not None}
    if form.query is None:
        return groups
    value = parse_qs(query).get(form.query, [""])[0]
    is_id = re.fullmatch(r"[\w-]{1,80}", value) is not None
    return groups | {"id": value} if is_id else {}


def _make(form: _Form, groups: dict[str, str], latest: datetime | None) -> Post | None:
    number, author = groups["id"], groups.get("author")
    read = form.read(number) if form.read else None
    if form.hosts is None and (read is None or read.at < _FIRST_FEDIVERSE):
        return None
    return Post(
        platform=form.platform,
        author=author,
        id=number,
        url=form.url.format(**groups | {"author": (author or "").lower()}),
        time=_time(form, number, read, latest),
        clock=form.clock if read else Clock.NONE,
        rule=read.rule if read else RULE,
    )


def _time(form: _Form, number: str, read: IdTime | None, latest: datetime | None) -> Interval:
    if read is None:
        return unknown(f"the id of this post on {form.platform} holds no time")
    ground = f"{form.platform} id {number}"
    if latest is not None and read.at > latest:
        return unknown(f"{ground} would be of {read.at:%Y-%m-%d}, later than it is: refused")
    if form.clock is Clock.DRAFT:
        reason = f"{ground}, made then and published then or later ({read.rule})"
        return Interval(start=read.at, end=None, reason=reason)
    return Interval(start=read.at, end=read.at + read.precision, reason=f"{ground} ({read.rule})")
