"""Asks for pages, feeds and sitemaps, politely, and keeps every answer as a WARC record."""

from tidings.readers.web.asks import FetchTally
from tidings.readers.web.fetcher import Watch
from tidings.readers.web.options import Clock, FetchOptions
from tidings.readers.web.session import FetchSession, Planned

__all__ = ["Clock", "FetchOptions", "FetchSession", "FetchTally", "Planned", "Watch"]
