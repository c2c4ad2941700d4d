"""Feeds: RSS 0.9x to 2.0, RDF, Atom 0.3 and 1.0, CDF, JSON Feed → entries → records."""

from __future__ import annotations

from tidings.reading.feeds.entries import NO_FEED, Entry, Feed, render_entry
from tidings.reading.feeds.parsing import is_feed, parse_feed

__all__ = ["NO_FEED", "Entry", "Feed", "is_feed", "parse_feed", "render_entry"]
