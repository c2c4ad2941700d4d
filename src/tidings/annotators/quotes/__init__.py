"""Quotes with their speakers: what stands in marks, in part or whole, and reported speech."""

from tidings.annotators.quotes.annotator import QuotesAnnotator

__all__ = ["QuotesAnnotator"]
