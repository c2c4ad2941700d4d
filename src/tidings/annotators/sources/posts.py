"""Posts that an article has something from: told in a sentence, embedded, or given by address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tidings.annotators.sources.candidates import Sentence
from tidings.model import Mention, MentionKind
from tidings.posts import find_post
from tidings.text import fold

_EMBEDDED = re.compile(
    r"[—–-]{1,2}\s?([^\n()@]{2,50}?)\s?\((@\w{2,30})\)\s+(?:\d{1,2}\.?\s)?[^\W\d_]{3,10}\.?\s\d{1,4}"
)
_PERSONAL = (MentionKind.PERSON, MentionKind.NAME, MentionKind.ORGANISATION)
_PLATFORMS = frozenset(
    ("twitter", "facebook", "instagram", "telegram", "x", "youtube", "linkedin", "bluesky")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """``span`` says that it is a post, ``author`` is the name as printed."""

    span: tuple[int, int]
    author: tuple[int, int] | None
    source: str
    url: str | None
    score: float
    is_quoted: bool  # embedded


def find_told(sentence: Sentence, mentions: Sequence[Mention]) -> Iterator[Posted]:
    """``… wrote Kallas in a post on X``. Without an author it is not told whose."""
    match = sentence.lexicon.posts.search(sentence.low)
    if match is None or not _is_told(sentence, match):
        return
    start, end = sentence.start + match.start(), sentence.start + match.end()
    author = _find_author(sentence, mentions, (start, end))
    if author:
        span = (author.evidence.start, author.evidence.end)
        yield Posted(
            span=(min(start, span[0]), max(end, span[1])),
            author=span,
            source=author.value,
            url=None,
            score=0.85,
            is_quoted=False,
        )


def _is_told(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether a verb of telling stands in the sentence, which the words for the post may be."""
    after = sentence.lexicon.after
    return any(word.form in after for word in sentence.words) or " " not in match.group()


def _find_author(
    sentence: Sentence, mentions: Sequence[Mention], post: tuple[int, int]
) -> Mention | None:
    """The last one named before the post, else the first behind it; nobody where a person and
    what is no person stand there."""
    inside = [
        one
        for one in mentions
        if sentence.start <= one.evidence.start
        and one.evidence.end <= sentence.end
        and one.kind in _PERSONAL
        and fold(one.value) not in _PLATFORMS
    ]
    people = [one for one in inside if one.kind is MentionKind.PERSON] or inside
    before = [one for one in people if one.evidence.end <= post[0]]
    after = [one for one in people if one.evidence.start >= post[1]]
    return before[-1] if before else (after[0] if after else None)


def find_embedded(text: str, start: int, end: int) -> Iterator[Posted]:
    """``— Name (@handle) November 18, 2019``."""
    for match in _EMBEDDED.finditer(text, start, end):
        yield Posted(
            span=match.span(),
            author=match.span(1),
            source=match.group(1).strip(),
            url=None,
            score=0.95,
            is_quoted=True,
        )


def find_addressed(mentions: Sequence[Mention]) -> Iterator[Posted]:
    """Addresses of posts that are printed."""
    for one in mentions:
        post = find_post(one.value) if one.kind is MentionKind.LINK else None
        if post:
            yield Posted(
                span=(one.evidence.start, one.evidence.end),
                author=None,
                source=post.author or post.url,
                url=one.value,
                score=0.9,
                is_quoted=True,
            )


def join_posts(told: Sequence[Posted], addressed: Sequence[Posted]) -> list[Posted]:
    """One for a post that is told and whose address is printed: where the handle has part of the
    author's name, or there is but one of either."""
    joined, left = [], list(addressed)
    for one in told:
        match = next((post for post in left if _is_handle_of(post.source, one.source)), None)
        if match is None and len(told) == len(addressed) == 1:
            match = left[0]
        if match:
            left.remove(match)
        joined.append(_with_address(one, match) if match else one)
    return [*joined, *left]


def _with_address(told: Posted, addressed: Posted) -> Posted:
    is_quoted = told.is_quoted or addressed.is_quoted
    return replace(told, url=addressed.url, is_quoted=is_quoted, score=addressed.score)


def _is_handle_of(handle: str, name: str) -> bool:
    flat = re.sub(r"[\W_]", "", fold(handle))
    words = re.findall(r"[^\W_]{3,}", fold(name))
    return bool(words) and words[-1] in flat
