"""Whose the names of one story are, from the store's index of names: for whoever asks for a
story's sources or speakers.

    entities = read_entities(store, story)
    whose = entities.find_printed(link.name)     # Evidence: by place, else by text
    whose = entities.find_name(link.source, language)

What it finds is an ``Entity`` with ``id``, ``kind``, ``name``; None where none is safe. Ids are
those of this story, good for telling its entities apart: a person who is told from others of the
name in the whole store may have a number behind it there (identities.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tidings.model import Article, StoryId
from tidings.ports import Store
from tidings.story.entities import Entities
from tidings.story.entities.book import Alias, Entity
from tidings.story.entities.describing import describe, find_descriptions
from tidings.story.entities.gathering import gather
from tidings.story.entities.indexing import restore
from tidings.story.entities.joining import join


def read_entities(store: Store, story: StoryId) -> Entities:
    """Those that the story's articles name, with what they are described as; empty where nothing
    is held. Some three milliseconds an article, a tenth of ``resolve``. Of a text that an article
    prints more than once, only the first place is known: ask with ``find_printed``."""
    named = gather(join(restore(store.names.placed_in(story))))
    return describe(named, read_articles(store, story)) if len(named) else named


def read_articles(store: Store, story: StoryId) -> Iterator[Article]:
    """Of those that are listed the newest version each."""
    for summary in store.summaries(story):
        article = store.find_article(summary.article)
        if article is not None:
            yield article


def find_described(
    store: Store, story: StoryId, entities: Iterable[Entity]
) -> dict[str, tuple[Alias, ...]]:
    """What the story's articles describe people as, by id; ``entities`` are all of the story."""
    return find_descriptions(entities, read_articles(store, story))
