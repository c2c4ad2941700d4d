"""Feeds that a page names by <link rel="alternate">. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from tidings.readers.web.targets import Target, follow

HEAD = 200_000  # characters that are looked at
MOST = 5  # feeds of one page: the first is the page's own, comments' and tags' follow
TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")

_LINK = re.compile(r"<link\b([^>]{1,2000})>", re.IGNORECASE)
_BASE = re.compile(r"<base\b([^>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_ARTICLE = re.compile(
    r"""property=["']?article:published_time|["']?og:type["']?\s+content=["']?article"""
    r"""|content=["']?article["']?\s+property=["']?og:type"""
    r"""|"@type"\s*:\s*\[?\s*"(?:\w*NewsArticle|Article|BlogPosting|LiveBlogPosting)\"""",
    re.IGNORECASE,
)


def is_page(media_type: str) -> bool:
    return media_type in ("text/html", "application/xhtml+xml")


def is_article(markup: str) -> bool:
    """Whether the page calls itself one; a front page or a section does not."""
    return _ARTICLE.search(markup) is not None


def find_feeds(data: bytes, target: Target) -> tuple[Target, ...]:
    """Of a page that is no article; none of any other. Comments' feeds are left out."""
    markup = data[:HEAD].decode("utf-8", "replace")
    if is_article(markup):
        return ()
    found = dict.fromkeys(_feeds(markup, target))
    return tuple(found)[:MOST]


def _feeds(markup: str, target: Target) -> Iterator[Target]:
    start = _BASE.search(markup)
    base = follow(target, _attributes(start[1]).get("href", "") if start else "")
    for match in _LINK.finditer(markup):
        link = _attributes(match[1])
        is_feed = link.get("type", "").partition(";")[0].strip().lower() in TYPES
        if is_feed and "alternate" in link.get("rel", "").lower().split() and "href" in link:
            found = follow(base if isinstance(base, Target) else target, link["href"])
            if isinstance(found, Target) and "/comments/" not in found.url:
                yield found


def _attributes(tag: str) -> dict[str, str]:
    return {
        name.lower(): unescape(double or single or bare)
        for name, double, single, bare in _ATTRIBUTE.findall(tag)
    }
