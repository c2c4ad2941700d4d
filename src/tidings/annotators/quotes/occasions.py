"""Where it was said, to whom, and the address of the post that was quoted."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from anyascii import anyascii

from tidings.annotators.quotes.drafts import Draft
from tidings.annotators.quotes.scenes import Span
from tidings.model import Medium
from tidings.posts import find_post
from tidings.reading.cited import split_words

_AFTER = re.compile(r"(?:\s(?![,.;:!?—–«„“\"])[^\s,.;:!?«„“\"]+){0,6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Our own choice, read over on the day's articles."""

    back: int = 260  # code points before a quote in which a post may be named that it is from
    letters: int = 4  # of a name, by which a handle is told to be its bearer's
    words: int = 6  # of whom it was said to


DEFAULTS = Options()


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    medium: Medium
    span: Span  # of the words that say so


@dataclass(frozen=True, slots=True)
class _Rules:
    media: tuple[tuple[Medium, re.Pattern[str]], ...]
    to: frozenset[str]
    told: frozenset[str]
    wrote: frozenset[str]
    audience: frozenset[str]


@cache
def _read_rules(code: str) -> _Rules:
    table = tomllib.loads(
        (files("tidings.annotators.quotes") / "occasions.toml").read_text("utf-8")
    )
    rows, shared = table.get(code, {}), table["all"]
    media = []
    for medium in Medium:
        patterns = [*rows.get(medium, ()), *shared.get(medium, ())]
        if patterns:
            media.append((medium, re.compile("|".join(patterns), re.IGNORECASE)))
    keys = ("to", "told", "wrote", "audience")
    return _Rules(tuple(media), *(frozenset(rows.get(key, ())) for key in keys))


class OccasionFinder:
    """Of one article; ``links`` are the addresses that it cites or prints."""

    def __init__(self, text: str, code: str, links: Iterable[str]) -> None:
        self._text = text
        self._rules = _read_rules(code)
        posts = ((link, find_post(link)) for link in links)
        self._posts = {post.url: (link, post) for link, post in posts if post}

    def find(self, draft: Draft) -> Occasion | None:
        """In the sentence around the quote, outside of it; for what was written, just before."""
        start, end = draft.frame
        if end - start > 2_000:
            return None
        for place in self._outside(draft, start, end):
            found = self._find_in(place, tuple(medium for medium, _ in self._rules.media))
            if found:
                return found
        if draft.cue and self._text[slice(*draft.cue)].lower() in self._rules.wrote:
            return self._find_in((max(0, start - DEFAULTS.back), start), (Medium.POST,), last=True)
        return None

    def find_addressee(self, draft: Draft) -> Span | None:
        """'told reporters', 'a déclaré à l'AFP': whom the cue has right behind it."""
        if draft.cue is None:
            return None
        cue = self._text[slice(*draft.cue)].lower().split()[-1]
        start = draft.cue[1]
        line = self._text[start : start + 90].split("\n")[0]
        words = split_words(line)
        if not words or re.search(r"[.;:«„“\"(]", line[: words[0].start]):
            return None
        if words[0].form in self._rules.audience:
            return start + words[0].start, start + words[0].end
        if cue in self._rules.told:
            return self._phrase(start, line)
        if words[0].form in self._rules.to and len(words) > 1:
            return self._phrase(start + words[0].end, line[words[0].end :])
        return None

    def find_link(self, occasion: Occasion | None, name: Span | None) -> str | None:
        """Of the one post whose author's handle has the speaker's last name in it."""
        if occasion is None or occasion.medium is not Medium.POST or name is None:
            return None
        last = split_words(self._text, *name)[-1:]
        key = re.sub(r"[^a-z]", "", anyascii(last[0].form).lower()) if last else ""
        if len(key) < DEFAULTS.letters:
            return None
        found = [link for link, post in self._posts.values() if key in _plain(post.author)]
        return found[0] if len(found) == 1 else None

    def _phrase(self, start: int, line: str) -> Span | None:
        """Names and audiences only: words in capitals, or one of the known words."""
        kept: list[tuple[int, int]] = []
        for word in split_words(line)[: DEFAULTS.words]:
            gap = line[kept[-1][1] : word.start] if kept else line[: word.start]
            is_shown = line[word.start].isupper() or word.form in self._rules.audience
            is_small = word.form in (
                "the",
                "l",
                "la",
                "le",
                "el",
                "der",
                "die",
                "das",
                "los",
                "les",
            )
            if not (is_shown or is_small) or re.search(r"[,.;:!?«„“\"]", gap):
                break
            kept.append((word.start, word.end))
            if word.form in self._rules.audience:
                break
        while (
            kept
            and line[kept[-1][0]].islower()
            and line[slice(*kept[-1])] not in (self._rules.audience)
        ):
            kept.pop()
        if not kept:
            return None
        return start + kept[0][0], start + kept[-1][1]

    def _outside(self, draft: Draft, start: int, end: int) -> Iterable[Span]:
        at = start
        for part in draft.parts:
            yield at, max(at, part[0])
            at = part[1]
        yield at, max(at, end)

    def _find_in(
        self, place: Span, media: Sequence[Medium], *, last: bool = False
    ) -> Occasion | None:
        for medium, pattern in self._rules.media:
            if medium not in media:
                continue
            found = list(pattern.finditer(self._text, *place))
            if found:
                match = found[-1 if last else 0]
                after = _AFTER.match(self._text, match.end(), place[1])
                end = after.end() if after and medium is not Medium.POST else match.end()
                return Occasion(medium=medium, span=(match.start(), end))
        return None


def _plain(handle: str | None) -> str:
    return re.sub(r"[^a-z]", "", (handle or "").lower())
