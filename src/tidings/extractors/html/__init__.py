"""HTML page → article."""

from __future__ import annotations

from tidings.extractors.html.extractor import HtmlExtractor, Library, Options

__all__ = ["HtmlExtractor", "Library", "Options"]
