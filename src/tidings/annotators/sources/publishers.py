"""Which of a sentence's names is a publisher that the article has something from, by the words that
stand before or behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tidings.annotators.sources.candidates import Candidate, Sentence
from tidings.reading.cited import Word, Words
from tidings.reading.dates import is_calendar_word
from tidings.reading.sourced import Lead


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Our own choice, guarded by bench/citations.py: a hundred links read in each of four groups
    of languages."""

    reach: int = 7  # words between a cue and a name
    strange: int = 1  # of them that no list has
    strange_beside_noun: int = 3  # where a word for an outlet stands before the name
    strange_beside_dative: int = 4  # 'sagte die Imkerin Lena Ost der Zeitung X'
    article: int = 3  # letters of small words that stand between as if they weren't there
    weak: int = 3  # letters of a preposition that needs a verb in the sentence
    known: float = 0.95
    named: float = 0.85  # unknown, beside a word for an outlet
    marked: float = 0.75  # unknown, in marks behind a verb of outlets
    bracket: float = 0.8
    nested: int = 4  # words between a publisher and 'citing'


DEFAULTS = Options()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A publisher with its cue; ``through`` is the source that has it from this one."""

    name: Candidate
    cue: tuple[int, int]
    lead: Lead
    score: float
    through: str | None = None

    @property
    def span(self) -> tuple[int, int]:
        return min(self.cue[0], self.name.start), max(self.cue[1], self.name.end)


_GAP = re.compile(r"[\s«»\"“”„'’‘‚(\[–—-]*")
_DATE_GAP = re.compile(r"[\s«»\"“”„'’(,.:\d–—-]*")
_BEHIND = re.compile(r"[\s»\"”“)\]'’-]*")
_DIGIT = re.compile(r"\d")
_STOPS = re.compile(r"[.;!?]")
_CASED = ("ru", "uk", "be", "pl", "cs", "sk", "sr", "hr")
_AUXILIARY_LINE = (
    "has have had also later earlier hat haben habe hatte a ont avait ha han había вчера позже "
    "ранее также сегодня тоже також раніше пізніше сьогодні auch zuerst first previously "
    "exclusively недавно накануне s già já também tem também ook даже"
)
_ELSEWHERE = ("more ", "other ", "mehr ", "weitere ", "plus d'", "plus de ", "más ", "ещё ", "ще ")
"""Before 'stories from': what else the outlet has."""
_AUXILIARY = frozenset(_AUXILIARY_LINE.split())


def find_publishers(sentence: Sentence) -> list[Cited]:
    """In order of the text."""
    candidates = sentence.candidates
    found = [one for name in candidates if (one := _judge(sentence, name))]
    return _share(sentence, _nest(sentence, found), candidates)


def _judge(sentence: Sentence, name: Candidate) -> Cited | None:
    if not name.is_known and not (name.has_noun or name.is_marked or name.source.isascii()):
        return None
    before = _find_before(sentence, name)
    if before and _may_lead(sentence, name, before):
        return Cited(name=name, cue=before[1:3], lead=before[0], score=_score(name))
    after = _find_after(sentence, name)
    if after and (_may_follow(name, after[0]) or _is_opened(sentence, name, after[2])):
        return Cited(name=name, cue=after[1:3], lead=after[0], score=_score(name))
    return None


def _is_opened(sentence: Sentence, name: Candidate, end: int) -> bool:
    """``Polygon explains:``, of an outlet whose name is a word besides."""
    return name.is_listed and sentence.text[end : end + 1] == ":"


def _may_follow(name: Candidate, lead: Lead) -> bool:
    if not (name.is_known or name.has_noun):
        return False
    is_clear = lead in (Lead.PRINTS, Lead.CITING, Lead.ACCORDING) or " " in name.source
    return is_clear or not name.is_plain


Found = tuple[Lead, int, int, int]
"""Kind of the cue, its start and end, and how many words stand between it and the name."""


def _score(name: Candidate) -> float:
    if name.is_known:
        return DEFAULTS.known
    return DEFAULTS.named if name.has_noun else DEFAULTS.marked


def _may_lead(sentence: Sentence, name: Candidate, found: Found) -> bool:
    lead, start, end, between = found
    phrase = sentence.text[start:end]
    is_weak = len(phrase) <= DEFAULTS.weak
    if is_weak and not (name.is_known and between == 0 and _has_verb(sentence, start)):
        return False
    if sentence.low[: start - sentence.start].endswith(_ELSEWHERE):
        return False
    if phrase.lower() in sentence.lexicon.staff and not _has_verb(sentence, start):
        return False
    if name.is_known and not name.is_plain:
        return lead is not Lead.SAYS or between <= 2 or name.has_noun
    return name.has_noun or (between == 0 and _is_clear(name, lead, phrase))


def _is_clear(name: Candidate, lead: Lead, phrase: str) -> bool:
    """Whether the cue is enough for what may be no outlet's name: 'Time', 'Metro', «…»."""
    if name.is_plain and name.is_known:
        if not name.is_listed:  # an address
            return True
        is_strong = lead in (Lead.CITING, Lead.PRINTS, Lead.ACCORDING)
        is_long = " " in phrase and max(map(len, phrase.split())) > DEFAULTS.weak + 1
        return is_strong or is_long or " " in name.source
    return lead is Lead.PRINTS or (name.is_marked and lead is Lead.CITING)


def _has_verb(sentence: Sentence, apart: int) -> bool:
    """Whether something is told in the sentence, elsewhere than at ``apart``."""
    after = sentence.lexicon.after
    return any(word.form in after and word.start != apart for word in sentence.words)


def _find_before(sentence: Sentence, name: Candidate) -> Found | None:
    """The nearest cue to the left, over words that may stand between."""
    words = sentence.words
    at = next((i for i, word in enumerate(words) if word.end > name.start), len(words)) - 1
    last, strange, between = name.start, 0, 0
    while at >= 0 and between <= DEFAULTS.reach:
        word = words[at]
        gap = sentence.text[word.end : last]
        is_date = is_calendar_word(word.form, sentence.language) or bool(_DIGIT.search(gap))
        if not (_DATE_GAP if is_date else _GAP).fullmatch(gap):
            return None
        for phrase, lead in sentence.lexicon.before.get(word.form, ()):
            first = at - len(phrase) + 1
            is_act = lead is Lead.SAYS and not sentence.lexicon.tells.match(phrase[0])
            if first >= 0 and not is_act and _is_phrase(sentence, first, phrase):
                return lead, words[first].start, word.end, between
        if word.form in sentence.lexicon.heads:
            return None
        if not (is_date or _is_small(sentence, word.form)):
            strange += 1
            if strange > _most(sentence, name, word):
                return None
        is_article = len(word.form) <= DEFAULTS.article and _is_small(sentence, word.form)
        last, at, between = word.start, at - 1, between + (not is_article)
    return None


def _is_small(sentence: Sentence, form: str) -> bool:
    lexicon = sentence.lexicon
    return form in lexicon.small or form in lexicon.noun_words or form in lexicon.staff


def _most(sentence: Sentence, name: Candidate, word: Word) -> int:
    """Words between that no list has: 'told Mr Novak's newspaper X' needs some. A name between is
    that of who was speaking, in languages where cases say so."""
    is_capital = sentence.text[word.start].isupper() and sentence.language != "de"
    is_sure = name.is_known and not name.is_common and sentence.language in ("ru", "uk")
    if (name.has_noun and sentence.language in _CASED) or (is_capital and is_sure):
        return DEFAULTS.strange_beside_noun
    if name.has_noun and sentence.language == "de":
        return DEFAULTS.strange_beside_dative
    if name.has_noun:
        return DEFAULTS.strange + 1
    return 0 if is_capital else DEFAULTS.strange


def _is_phrase(sentence: Sentence, first: int, phrase: Words) -> bool:
    words = sentence.words[first : first + len(phrase)]
    return tuple(word.form for word in words) == phrase and all(
        not _STOPS.search(sentence.text[a.end : b.start]) for a, b in pairwise(words)
    )


def _find_after(sentence: Sentence, name: Candidate) -> Found | None:
    """A verb right behind the name, but for an auxiliary."""
    words, last = sentence.words, name.end
    begin = next((i for i, word in enumerate(words) if word.start >= name.end), len(words))
    for at in range(begin, min(begin + 3, len(words))):
        word = words[at]
        if not _BEHIND.fullmatch(sentence.text[last : word.start]):
            return None
        if word.form in sentence.lexicon.trailing:
            return Lead.ACCORDING, word.start, word.end, at - begin
        for phrase, lead in sentence.lexicon.after.get(word.form, ()):
            if _is_phrase(sentence, at, phrase):
                if lead is Lead.SAYS and not sentence.lexicon.tells.match(word.form):
                    return None
                return lead, word.start, words[at + len(phrase) - 1].end, at - begin
        if not (word.form in _AUXILIARY or is_calendar_word(word.form, sentence.language)):
            return None
        last = word.end
    return None


def _nest(sentence: Sentence, found: Sequence[Cited]) -> list[Cited]:
    """``X, citing Y``: Y through X. With one publisher that tells and one that is cited, in
    whatever order."""
    tells = [
        one for one in found if one.lead in (Lead.SAYS, Lead.PRINTS, Lead.ACCORDING, Lead.PIECE)
    ]
    nested = []
    for one in found:
        others = [other for other in tells if other is not one]
        is_nested = one.lead is Lead.CITING and len(others) == 1
        nested.append(replace(one, through=others[0].name.source) if is_nested else one)
    return nested


_JOINED = re.compile(
    r"[»\"”“]?\s*(?:,\s*[«\"“„]?[^\W\d_a-zа-яіїє][\w .-]{2,30}[»\"”“]?\s*)?"
    r"(?:,|and|und|et|y|e|и|і|та|й|i|og|en)?\s*(?:the|die|der|das|le|la|el)?\s*[«\"“„]?"
)


def _share(
    sentence: Sentence, found: Sequence[Cited], candidates: Sequence[Candidate]
) -> list[Cited]:
    """``according to X and Y``: what stands beside one that is cited is cited likewise."""
    shared = list(found)
    for name in candidates:
        if any(one.name == name for one in shared) or name.is_plain:
            continue
        for one in shared:
            gap = sentence.text[one.name.end : name.start]
            is_led = one.cue[0] < one.name.start
            if is_led and name.start > one.name.end and _JOINED.fullmatch(gap) and name.is_known:
                shared.append(replace(one, name=name))
                break
    return sorted(shared, key=lambda one: one.name.start)
