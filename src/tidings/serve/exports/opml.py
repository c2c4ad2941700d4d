"""The remembered feeds as an outline that any feed reader takes."""

from __future__ import annotations

from collections.abc import Iterable

from tidings.model.visits import Kind, Visit
from tidings.reading.outlines import Outline, render_outlines


def render_feeds(visits: Iterable[Visit]) -> bytes:
    """OPML 2.0; sitemaps are left out, since no outline has a place for them."""
    feeds = (
        Outline(
            title=visit.title or visit.url,
            url=visit.url,
            home=visit.home or None,
            folders=visit.folder,
        )
        for visit in visits
        if visit.kind is Kind.FEED
    )
    return render_outlines(feeds, "Tidings")
