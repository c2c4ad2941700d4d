"""Posts as anchors: platform, author, id and time, from an address alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import parse_qs, unquote, urlsplit

from tidings import idtimes
from tidings.idtimes import IdTime
from tidings.times import Interval, unknown

RULE = "posts/1"


class Platform(StrEnum):
    X = "X"
    BLUESKY = "Bluesky"
    MASTODON = "Mastodon"
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
    """``path`` has a group id, and author where it tells one; ``url`` may use every group."""

    platform: Platform
    hosts: re.Pattern[str]
    path: re.Pattern[str]
    url: str
    read: Callable[[str], IdTime | None] | None = None
    clock: Clock = Clock.NONE


def _hosts(*names: str) -> re.Pattern[str]:
    listed = "|".join(map(re.escape, names))
    return re.compile(rf"(?:www\.|m\.|mobile\.)?(?:{listed})")


def _snowflake(scheme: idtimes.Scheme) -> Callable[[str], IdTime | None]:
    return lambda number: idtimes.read_snowflake(number, scheme)


_ANY = re.compile(r"[\w.-]+\.[a-z]{2,}")
_META = _hosts("facebook.com", "web.facebook.com", "fb.com")
_CODE = r"(?P<id>[\w-]{10,})"
_FORMS: Sequence[_Form] = (
    _Form(
        platform=Platform.X,
        hosts=_hosts("x.com", "twitter.com", "fxtwitter.com", "vxtwitter.com", "fixupx.com"),
        path=re.compile(r"/(?:i/web/|i/|(?P<author>\w{1,20})/)status(?:es)?/(?P<id>\d{1,20})\b"),
        url="https://x.com/i/status/{id}",
        read=_snowflake(idtimes.X),
        clock=Clock.PLATFORM,
    ),
    _Form(
        platform=Platform.BLUESKY,
        hosts=_hosts("bsky.app"),
        path=re.compile(r"/profile/(?P<author>[\w.:-]+)/post/(?P<id>[2-7a-z]{13})\b"),
        url="https://bsky.app/profile/{author}/post/{id}",
        read=idtimes.read_tid,
        clock=Clock.AUTHOR,
    ),
    _Form(
        platform=Platform.TELEGRAM,
        hosts=_hosts("t.me", "telegram.me", "telegram.dog"),
        path=re.compile(
            r"/(?:s/)?(?!c/|s/|joinchat)(?P<author>[A-Za-z]\w{3,31})/(?P<id>\d{1,10})\b"
        ),
        url="https://t.me/{author}/{id}",
    ),
    _Form(
        platform=Platform.DISCORD,
        hosts=_hosts("discord.com", "discordapp.com", "canary.discord.com", "ptb.discord.com"),
        path=re.compile(r"/channels/(?:\d+|@me)/\d+/(?P<id>\d{15,20})\b"),
        url="",
        read=_snowflake(idtimes.DISCORD),
        clock=Clock.PLATFORM,
    ),
    _Form(
        platform=Platform.TIKTOK,
        hosts=_hosts("tiktok.com"),
        path=re.compile(r"/@(?P<author>[\w.]{1,30})/(?:video|photo)/(?P<id>\d{18,20})\b"),
        url="https://www.tiktok.com/@{author}/video/{id}",
        read=_snowflake(idtimes.TIKTOK),
        clock=Clock.DRAFT,
    ),
    _Form(
        platform=Platform.INSTAGRAM,
        hosts=_hosts("instagram.com"),
        path=re.compile(rf"(?:/(?P<author>[\w.]+))?/(?:p|reels?|tv)/{_CODE}"),
        url="https://www.instagram.com/p/{id}/",
        read=idtimes.read_shortcode,
        clock=Clock.DRAFT,
    ),
    _Form(
        platform=Platform.THREADS,
        hosts=_hosts("threads.net", "threads.com"),
        path=re.compile(rf"/@(?P<author>[\w.]+)/post/{_CODE}"),
        url="https://www.threads.net/@{author}/post/{id}",
        read=idtimes.read_shortcode,
        clock=Clock.DRAFT,
    ),
    _Form(
        platform=Platform.LINKEDIN,
        hosts=re.compile(r"(?:[a-z]{2,3}\.)?linkedin\.com"),
        path=re.compile(r"/feed/update/urn:li:(?P<kind>activity|share|ugcPost):(?P<id>\d{19})\b"),
        url="https://www.linkedin.com/feed/update/urn:li:{kind}:{id}",
        read=_snowflake(idtimes.LINKEDIN),
        clock=Clock.DRAFT,
    ),
    _Form(
        platform=Platform.LINKEDIN,
        hosts=re.compile(r"(?:[a-z]{2,3}\.)?linkedin\.com"),
        path=re.compile(
            r"/posts/(?P<author>[^/_]+)_[^/]*?-?(?P<kind>activity|share|ugcPost)-(?P<id>\d{19})\b"
        ),
        url="https://www.linkedin.com/feed/update/urn:li:{kind}:{id}",
        read=_snowflake(idtimes.LINKEDIN),
        clock=Clock.DRAFT,
    ),
    _Form(
        platform=Platform.FACEBOOK,
        hosts=_META,
        path=re.compile(
            r"/(?!groups/)(?P<author>[\w.-]+)/(?:posts|videos)/(?:[^/]+/)?(?P<id>pfbid\w+|\d+)\b"
        ),
        url="https://www.facebook.com/{author}/posts/{id}",
    ),
    _Form(
        platform=Platform.YOUTUBE,
        hosts=_hosts("youtube.com", "youtube-nocookie.com"),
        path=re.compile(r"/(?:shorts|live|embed|v)/(?P<id>[\w-]{11})(?![\w-])"),
        url="https://www.youtube.com/watch?v={id}",
    ),
    _Form(
        platform=Platform.YOUTUBE,
        hosts=_hosts("youtu.be"),
        path=re.compile(r"/(?P<id>[\w-]{11})(?![\w-])"),
        url="https://www.youtube.com/watch?v={id}",
    ),
    _Form(
        platform=Platform.VK,
        hosts=_hosts("vk.com", "vk.ru"),
        path=re.compile(r"/(?:[\w.]+\?w=)?wall(?P<id>-?\d+_\d+)\b"),
        url="https://vk.com/wall{id}",
    ),
    _Form(
        platform=Platform.REDDIT,
        hosts=_hosts("reddit.com", "old.reddit.com", "new.reddit.com"),
        path=re.compile(r"/(?:r|user)/[\w-]+/comments/(?P<id>[a-z0-9]{4,10})\b"),
        url="https://www.reddit.com/comments/{id}",
    ),
    _Form(
        platform=Platform.WEIBO,
        hosts=_hosts("weibo.com", "weibo.cn"),
        path=re.compile(r"/(?P<author>\d{5,12})/(?P<id>[A-Za-z0-9]{9,16})(?!\w)"),
        url="https://weibo.com/{author}/{id}",
    ),
    _Form(  # on any host: the form and the number's age are what tells it
        platform=Platform.MASTODON,
        hosts=_ANY,
        path=re.compile(r"/@(?P<author>[\w.]+(?:@[\w.-]+)?)/(?:posts/)?(?P<id>\d{17,19})/?$"),
        url="https://{host}/@{author}/{id}",
        read=_snowflake(idtimes.MASTODON),
        clock=Clock.PLATFORM,
    ),
)
_FIRST_MASTODON = datetime.fromisoformat("2016-01-01T00:00:00+00:00")
_AT = re.compile(r"at://(?P<author>[\w.:-]+)/app\.bsky\.feed\.post/(?P<id>[2-7a-z]{13})")
_QUERIES = (
    (Platform.YOUTUBE, _hosts("youtube.com", "music.youtube.com"), "/watch", "v"),
    (Platform.FACEBOOK, _META, "/permalink.php", "story_fbid"),
    (Platform.FACEBOOK, _META, "/story.php", "story_fbid"),
    (Platform.FACEBOOK, _META, "/watch", "v"),
)
_QUERY_URLS = {
    Platform.YOUTUBE: "https://www.youtube.com/watch?v={id}",
    Platform.FACEBOOK: "https://www.facebook.com/{id}",
}


def find_post(address: str, latest: datetime | None = None) -> Post | None:
    """None for what is no post's address. A time after ``latest`` (now, or the page that cites
    the post) is refused, and its interval unknown."""
    text = address.strip()
    if match := _AT.match(text):
        form = next(form for form in _FORMS if form.platform is Platform.BLUESKY)
        return _made(form, match, "bsky.app", latest)
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    host = (parts.hostname or "").lower()
    if parts.scheme not in ("http", "https") or not host:
        return None
    path = unquote(parts.path)
    if path.rstrip("/") == "" or (found := _by_query(host, path, parts.query)) is None:
        whole = f"{path}?{parts.query}" if parts.query.startswith("w=wall") else path
        return _by_path(host, whole, latest)
    return found


def _by_path(host: str, path: str, latest: datetime | None) -> Post | None:
    for form in _FORMS:
        match = form.path.match(path) if form.hosts.fullmatch(host) else None
        if match:
            return _made(form, match, host, latest)
    return None


def _by_query(host: str, path: str, query: str) -> Post | None:
    values = parse_qs(query)
    for platform, hosts, where, key in _QUERIES:
        if hosts.fullmatch(host) and path.rstrip("/") == where and values.get(key):
            number = values[key][0]
            return Post(
                platform=platform,
                author=None,
                id=number,
                url=_QUERY_URLS[platform].format(id=number),
                time=_timeless(platform),
                clock=Clock.NONE,
                rule=RULE,
            )
    return None


def _made(form: _Form, match: re.Match[str], host: str, latest: datetime | None) -> Post | None:
    author, number = match.groupdict().get("author"), match["id"]
    read = form.read(number) if form.read else None
    if form.hosts is _ANY and (read is None or read.at < _FIRST_MASTODON):
        return None
    groups = match.groupdict() | {"author": (author or "").lower(), "host": host}
    url = form.url.format(**groups) if form.url else f"https://{host}{match.group()}"
    return Post(
        platform=form.platform,
        author=author,
        id=number,
        url=url,
        time=_told(form, number, read, latest),
        clock=form.clock if read else Clock.NONE,
        rule=read.rule if read else RULE,
    )


def _told(form: _Form, number: str, read: IdTime | None, latest: datetime | None) -> Interval:
    if read is None:
        return _timeless(form.platform)
    ground = f"{form.platform} id {number}"
    if latest is not None and read.at > latest:
        return unknown(f"{ground} would be of {read.at:%Y-%m-%d}, later than it is: refused")
    if form.clock is Clock.DRAFT:
        reason = f"{ground}, made then and published then or later ({read.rule})"
        return Interval(start=read.at, end=None, reason=reason)
    end = read.at + max(read.precision, timedelta(microseconds=1))
    return Interval(start=read.at, end=end, reason=f"{ground} ({read.rule})")


def _timeless(platform: Platform) -> Interval:
    return unknown(f"an address of {platform} holds no time")
