"""A paragraph as sentences in which what stands between marks is one thing, however long."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tidings.annotators.quotes.words import SmallWords
from tidings.reading.cited import Cue, CueKind, Lexicon, Word, find_cues, split_words
from tidings.reading.quoted import Marked, find_marked
from tidings.text import STOPS, sentences_apart

Span = tuple[int, int]

_BREAK = re.compile(r"[,:](?!\d)|[;!?()\[\]«»„“”\"‘{}…]|[.](?!\w)|\s[-–]|–\s|—")
_WITHIN = re.compile(r"[^\W_][,;]?[ \u00a0-]$")
_INITIAL = re.compile(r"(?:^|[\s.(])(?:[^\W\d_]|Mrs?|Ms|Dr|Gov|Sen|Rep|Lt|Gen|Sgt|Prof|St|Jr|им)$")
_DOMAIN = re.compile(r"\.[a-z]{2,6}(?!\w)")
_BEFORE_CUE = 6  # words between a quote that ends with ! or ? and the cue after it
_BEHIND_CUE = 3  # words behind it that may be when and where


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One sentence. Words and cues are those outside marks."""

    text: str  # the whole article's
    start: int
    end: int
    marked: tuple[Marked, ...]  # outermost, in order
    words: tuple[Word, ...]
    cues: tuple[Cue, ...]
    is_first: bool  # of its paragraph

    def gap(self, at: int) -> str:
        """What stands between the word ``at`` and the next."""
        return self.text[self.words[at].end : self.words[at + 1].start]

    def is_break(self, at: int) -> bool:
        """Whether a clause or phrase ends behind the word ``at``."""
        if at < 0 or at + 1 >= len(self.words):
            return True
        gap = self.gap(at)
        if gap == " " or not _BREAK.search(gap):
            return False
        is_short = gap.startswith(".") and len(gap) <= 2
        return not (is_short and _INITIAL.search(self.text, 0, self.words[at].end))

    def word_at(self, place: int) -> int:
        """Index of the first word that starts at ``place`` or behind it."""
        return next((i for i, w in enumerate(self.words) if w.start >= place), len(self.words))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """What is known of the language."""

    code: str
    lexicon: Lexicon
    small: SmallWords


def find_scenes(text: str, span: Span, tongue: Tongue) -> Iterator[Scene]:
    """Of one paragraph."""
    marked = find_marked(text, *span)
    outer = [one for one in marked if one.depth == 0]
    bounds = _join(text, [*_bounds(text, span, outer)], outer, tongue)
    for place, (start, end) in enumerate(bounds):
        inside = tuple(one for one in outer if start <= one.start < end)
        words = tuple(_words_outside(text, (start, end), inside))
        yield Scene(
            text=text,
            start=start,
            end=end,
            marked=inside,
            words=words,
            cues=tuple(_find_cues(text, words, tongue)),
            is_first=place == 0,
        )


def _find_cues(text: str, words: Sequence[Word], tongue: Tongue) -> Iterator[Cue]:
    """Without nouns and names that are spelt as verbs: 'the United States'."""
    told = (CueKind.SAYS, CueKind.THINKS)
    for cue in find_cues(text, words, tongue.lexicon):
        at = next(i for i, word in enumerate(words) if word.start == cue.start)
        if tongue.small.infinitive and at > 0 and words[at - 1].form in tongue.small.infinitive:
            continue
        is_within = cue.start > words[0].start and text[cue.start - 1] in " -\u00a0"
        is_large = text[cue.start].isupper() and text[cue.start + 1 : cue.end].islower()
        if not (
            is_within
            and is_large
            and cue.kind in told
            and _WITHIN.search(text[cue.start - 3 : cue.start])
        ):
            yield cue


def _bounds(text: str, span: Span, outer: Sequence[Marked]) -> Iterator[Span]:
    signs = list(text[span[0] : span[1]])
    for one in outer:
        body = range(one.inner - span[0], one.stop - span[0])
        last = signs[body[-1]]
        has_capital = text[one.inner : one.stop].lstrip(" …([\"'«„“")[:1].isupper()
        for at in body:
            signs[at] = "x"
        signs[body[0]] = "X" if has_capital else "x"
        if last in STOPS:
            signs[body[-1]] = last
    for start, end in sentences_apart("".join(signs)):
        yield span[0] + start, span[0] + end


def _join(text: str, bounds: list[Span], outer: Sequence[Marked], tongue: Tongue) -> list[Span]:
    """A quote that ends with its own stop goes on where its cue follows: '“Out!” Smith said.'"""
    ends = {one.end for one in outer}
    joined: list[Span] = []
    for start, end in bounds:
        is_ordinal = bool(joined) and tongue.code == "de" and _is_ordinal(text, joined[-1][1])
        is_one = joined and joined[-1][1] in ends and _leads_to_cue(text, (start, end), tongue)
        if is_one or is_ordinal:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _is_ordinal(text: str, end: int) -> bool:
    """Whether 'am 17.' ends there: a date goes on."""
    return re.search(r"(?<!\d)\d{1,2}\.$", text[max(0, end - 4) : end]) is not None


def _leads_to_cue(text: str, span: Span, tongue: Tongue) -> bool:
    head = text[span[0] : min(span[1], span[0] + 90)]
    stop = re.search(r"[«„“\"”:;]|[.!?](?=\s|$)", head)
    words = split_words(head[: stop.start()] if stop else head)
    cues = find_cues(head, words, tongue.lexicon)
    if not cues or cues[0].kind is not CueKind.SAYS:
        return False
    before = [word for word in words if word.start < cues[0].start]
    if not before or len(before) > _BEFORE_CUE or before[0].form in tongue.small.deictic:
        return not before
    rest = head[cues[0].tail :]
    if text[max(0, span[0] - 6) : span[0]].rstrip().rstrip("»”\"“’'")[-1:] == "." and _goes_on(
        rest
    ):
        return False
    if re.match(r"\s*[:,]", rest) or (stop and stop.group() == ":"):
        return False
    follows = next((w for w in words if w.start >= cues[0].tail), None)
    opens = follows is not None and follows.form in tongue.lexicon.that
    is_named = all(
        head[word.start].isupper() or word.form in tongue.small.articles | tongue.lexicon.pronouns
        for word in before
    )
    return is_named and not opens


def _goes_on(rest: str) -> bool:
    """Whether more than when and where follows the cue of '“….” Smith said'."""
    return len(split_words(re.split(r"[,.!?]", rest)[0])) > _BEHIND_CUE


def _words_outside(text: str, span: Span, marked: Sequence[Marked]) -> Iterator[Word]:
    at = span[0]
    for one in marked:
        yield from _split_words(text, at, one.start)
        at = one.end
    yield from _split_words(text, at, span[1])


def _split_words(text: str, start: int, end: int) -> list[Word]:
    """With a site's name as one word: 'Life.ru'."""
    words: list[Word] = []
    for word in split_words(text, start, end):
        last = words[-1] if words else None
        if last and last.end + 1 == word.start and _DOMAIN.match(text, last.end, end):
            words[-1] = Word(f"{last.form}.{word.form}", last.start, word.end)
        else:
            words.append(word)
    return words
