"""Tidings: news pages in any language become stories, each line traced to its source."""
