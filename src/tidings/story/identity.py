"""Story ids: short enough to type, made of the opening article's id alone."""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Callable
from hashlib import blake2b

from tidings.model import ArticleId, StoryId

LENGTH = 8  # base32 characters, 40 bits: two of a million stories collide once in two stores
_NEVER: Callable[[StoryId], bool] = lambda _: False  # noqa: E731


def choose_story_id(opener: ArticleId, is_taken: Callable[[StoryId], bool] = _NEVER) -> StoryId:
    """``is_taken`` says whether a story has the id already; then the next of a fixed row of ids
    is tried. Lower case, letters and the digits 2 to 7."""
    attempt = 0
    while True:
        digest = blake2b(f"{attempt}:{opener}".encode(), digest_size=LENGTH * 5 // 8).digest()
        story = StoryId(b32encode(digest).decode().lower())
        if not is_taken(story):
            return story
        attempt += 1
