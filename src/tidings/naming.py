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

from tidings.model import StoryId
from tidings.ports import Store
from tidings.story.entities import Entities
from tidings.story.entities.gathering import gather
from tidings.story.entities.indexing import restore
from tidings.story.entities.joining import join


def read_entities(store: Store, story: StoryId) -> Entities:
    """Those that the story's articles name; empty where nothing is held. Some two milliseconds an
    article, a tenth of ``resolve``. Of a text that an article prints more than once, only the
    first place is known: ask with ``find_printed``."""
    return gather(join(restore(store.names.placed_in(story))))
