"""Whom an article has what it tells from, by its own words."""

from tidings.annotators.sources.annotator import SourcesAnnotator

__all__ = ["SourcesAnnotator"]
