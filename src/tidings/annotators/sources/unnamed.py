"""People who are sources without a name: who they are, whom they serve, why they are not named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tidings.annotators.sources.candidates import Sentence
from tidings.reading.cited import Word
from tidings.reading.seats import find_seat
from tidings.reading.sourced import Lead

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Our own choice; precision was read on a sample of articles (bench/citations.json)."""

    hidden: float = 0.95  # with the condition
    crowd: float = 0.85  # 'sources close to'
    role: float = 0.75  # 'an official said'
    wide: int = 3  # words of a role before the one that says it
    near: int = 6  # words between a role and its verb
    small: int = 4  # letters of the first of them, if it is no verb: 'in', 'with'


DEFAULTS = Options()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unnamed:
    """Offsets in the article."""

    role: Span | None
    origin: Span | None
    condition: Span | None
    calling: str
    seat: str
    score: float
    is_told_to_outlet: bool  # 'who spoke with the agency'

    @property
    def span(self) -> Span:
        spans = [one for one in (self.role, self.origin, self.condition) if one]
        return min(one[0] for one in spans), max(one[1] for one in spans)


_INDEFINITE_LINE = (
    "a an one two three four several some unnamed anonymous many other another ein eine einer "
    "einem einen zwei drei mehrere einige un une deux trois plusieurs des uno una dos tres varios "
    "varias algunos dois duas vários due tre alcuni een twee enkele"
)
_INDEFINITE = frozenset(_INDEFINITE_LINE.split())
_WIDE_LINE = (
    "senior former top high-ranking ranking government us eu un uk american european british "
    "french german russian ukrainian israeli turkish western local state security military defense "
    "defence intelligence customs white house pentagon kremlin administration congressional "
    "republican democratic company party city police trade foreign ministry diplomatic "
    "ranghoher hochrangiger hoher ranghohe hochrangige westliche westlicher "
    "высокопоставленный высокопоставленного неназванный неназванного анонимный анонимного "
    "информированный информированного один одного некий европейский американский российский "
    "украинский западный осведомленный другой собственный собственный високопоставлений "
    "неназваний анонімний один європейський американський український haut hauts alto altos"
)
_WIDE = frozenset(_WIDE_LINE.split())
_ARTICLED = ("en", "de", "fr", "es", "it", "pt", "nl")
_PASSIVE = frozenset(["to", "be", "been", "is", "are", "was", "were", "being", "also"])
"""Before what is no verb of somebody who tells: 'officials are instructed to tell'."""
_SPEAKS = re.compile(r"(?<!\w)(?:who|spoke|speak|speaking|said|told|talked|condition)(?!\w)")
_CLAUSE = re.compile(r"[.,;!?…]")


def find_unnamed(sentence: Sentence) -> list[Unnamed]:
    """Those who are said to have told something, in order."""
    lexicon, low = sentence.lexicon, sentence.low
    hidden = lexicon.hidden.search(low)
    crowds = list(_matches(lexicon.crowds, low))
    if hidden:
        roles = [*crowds, *_matches(lexicon.roles, low)]
        nearest = min(roles, key=lambda one: _apart(one[1], hidden.span()), default=None)
        if nearest is None and sentence.language == "en" and not _SPEAKS.search(low):
            return []  # 'they asked to remain anonymous', who bought something
        return [_make(sentence, nearest, hidden.span(), DEFAULTS.hidden)]
    for calling, span in crowds:
        if start := _find_end_of_cue(sentence, span):
            return [_make(sentence, (calling, (start, span[1])), None, DEFAULTS.crowd)]
        if _speaks(sentence, span, is_crowd=True):
            return [_make(sentence, (calling, span), None, DEFAULTS.crowd)]
    for one in _matches(lexicon.roles, low):
        if one[0] in TELLING and _speaks(sentence, one[1], is_crowd=False):
            return [_make(sentence, one, None, DEFAULTS.role)]
    return []


TELLING = ("official", "diplomat", "source")
"""Callings that are sources without it being said why they have no name."""


def _find_end_of_cue(sentence: Sentence, crowd: Span) -> int | None:
    """``по данным источников``: it says itself that it is a source. Where the role begins; None
    if it says nothing of the kind."""
    words = _words_in(sentence, crowd)
    for at, following in pairwise(words[: DEFAULTS.wide + 1]):
        if _is_lead(sentence, at, (Lead.ACCORDING, Lead.CITING)):
            return sentence.words[following].start - sentence.start
    return None


def _is_lead(sentence: Sentence, at: int, leads: tuple[Lead, ...]) -> bool:
    """Whether a cue of one of these kinds ends with the word."""
    words = sentence.words
    for phrase, lead in sentence.lexicon.before.get(words[at].form, ()):
        first = at - len(phrase) + 1
        forms = tuple(word.form for word in words[max(0, first) : at + 1])
        if first >= 0 and lead in leads and forms == phrase:
            return True
    return False


def _words_in(sentence: Sentence, span: Span) -> list[int]:
    base = sentence.start
    return [
        at
        for at, word in enumerate(sentence.words)
        if word.start - base >= span[0] and word.end - base <= span[1]
    ]


def _matches(
    callings: tuple[tuple[str, re.Pattern[str]], ...], low: str
) -> Iterator[tuple[str, Span]]:
    for calling, pattern in callings:
        for match in pattern.finditer(low):
            yield calling, match.span()


def _apart(role: Span, condition: Span) -> tuple[bool, int]:
    """The one before the condition, the nearest."""
    return role[0] > condition[0], abs(role[1] - condition[0])


def _speaks(sentence: Sentence, role: Span, *, is_crowd: bool) -> bool:
    """Whether somebody indefinite, and without a name behind the role, is beside a verb."""
    inside = _words_in(sentence, role)
    if not inside:
        return False
    first, last = inside[0], inside[-1]
    printed = _printed(sentence, sentence.words[first])
    if printed[0].isupper() and first and sentence.language != "de":
        return False  # of a name: 'Business Insider'
    is_bare = is_crowd or sentence.language not in _ARTICLED
    if not (is_bare or _is_indefinite(sentence, first)):
        return False
    return _has_verb_behind(sentence, last) or _has_verb_before(sentence, first)


def _is_indefinite(sentence: Sentence, first: int) -> bool:
    words = sentence.words
    for word in reversed(words[max(0, first - DEFAULTS.wide - 1) : first]):
        if word.form in _INDEFINITE:
            return True
        is_wide = (
            word.form in _WIDE
            or find_seat(_printed(sentence, word))
            or sentence.text[word.start].isupper()
        )
        if not is_wide:
            return False
    is_plural = sentence.text[words[first].start : words[first].end].endswith("s")
    return first == 0 and sentence.language == "en" and is_plural


def _has_verb_behind(sentence: Sentence, last: int) -> bool:
    """``an official at the ministry said``: what follows the role goes on with it, or is a verb."""
    words, text = sentence.words, sentence.text
    for at in range(last + 1, min(len(words), last + 1 + DEFAULTS.near)):
        printed = _printed(sentence, words[at])
        if _CLAUSE.search(text[words[at - 1].end : words[at].start]):
            return False
        if words[at].form in sentence.lexicon.after:
            return words[at - 1].form not in _PASSIVE
        if find_seat(printed):
            continue
        is_long = at == last + 1 and len(printed) > DEFAULTS.small
        if is_long or (printed[0].isupper() and sentence.language != "de"):
            return False
    return False


def _has_verb_before(sentence: Sentence, first: int) -> bool:
    """``сообщил источник``, ``according to an official``; a name behind it would have a capital."""
    words, text = sentence.words, sentence.text
    for at in range(first - 1, max(-1, first - 1 - DEFAULTS.wide), -1):
        if _CLAUSE.search(text[words[at].end : words[at + 1].start]):
            return False
        if _is_lead(sentence, at, (Lead.SAYS, Lead.PRINTS, Lead.ACCORDING, Lead.CITING)):
            return not _is_named_behind(sentence, first)
        form = words[at].form
        is_part = form in _WIDE or form in _INDEFINITE or find_seat(_printed(sentence, words[at]))
        if not (is_part or form in sentence.lexicon.small):
            return False
    return False


def _printed(sentence: Sentence, word: Word) -> str:
    return sentence.text[word.start : word.end]


def _is_named_behind(sentence: Sentence, first: int) -> bool:
    words = sentence.words[first + 1 : first + 5]
    names = [
        w
        for w in words
        if sentence.text[w.start].isupper() and not find_seat(_printed(sentence, w))
    ]
    return len(names) >= 2


def _make(
    sentence: Sentence, role: tuple[str, Span] | None, hidden: Span | None, score: float
) -> Unnamed:
    base = sentence.start
    calling, span = role if role else ("", None)
    wide = _widen(sentence, span) if span else None
    seat, origin = _find_seat_in(sentence, wide) if wide else ("", None)
    return Unnamed(
        role=_shift(wide, base),
        origin=_shift(origin, base),
        condition=_shift(hidden, base),
        calling=calling,
        seat=seat,
        score=score,
        is_told_to_outlet=bool(sentence.lexicon.nouns.search(sentence.low)),
    )


def _shift(span: Span | None, base: int) -> Span | None:
    return (span[0] + base, span[1] + base) if span else None


def _widen(sentence: Sentence, role: Span) -> Span:
    """With what is told beside it: 'a senior EU official', 'чиновник ЕС'."""
    words, base = sentence.words, sentence.start
    start, end = role
    before = [word for word in words if word.end - base <= start]
    for word in reversed(before[-DEFAULTS.wide - 1 :]):
        gap = sentence.low[word.end - base : start]
        is_part = (
            word.form in _WIDE or word.form in _INDEFINITE or find_seat(_printed(sentence, word))
        )
        if gap.strip(" -'’") or not is_part:
            break
        start = word.start - base
    for word in [word for word in words if word.start - base >= end][:3]:
        gap = sentence.low[end : word.start - base]
        if gap.strip() or not (
            find_seat(_printed(sentence, word)) or word.form in ("der", "de", "of", "the", "du")
        ):
            break
        if find_seat(_printed(sentence, word)):
            end = word.end - base
    return start, end


def _find_seat_in(sentence: Sentence, role: Span) -> tuple[str, Span | None]:
    for word in sentence.words:
        start, end = word.start - sentence.start, word.end - sentence.start
        if start >= role[0] and end <= role[1] and (seat := find_seat(_printed(sentence, word))):
            return seat, (start, end)
    return "", None
