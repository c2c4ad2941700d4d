"""Mentions → entities, across scripts, cases and articles."""

from tidings.story.entities.book import Alias, Entities, Entity
from tidings.story.entities.joining import resolve

__all__ = ["Alias", "Entities", "Entity", "resolve"]
