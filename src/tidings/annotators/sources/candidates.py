"""Names in a sentence that may be an outlet's: known ones, domains, and what stands beside a word
for an outlet, or in marks right behind a verb of outlets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tidings.reading.cited import Word, split_words
from tidings.reading.outlets import find_outlet, find_outlets, stem
from tidings.reading.sourced import Sourced

_DOMAIN = re.compile(
    r"(?<![\w@/.-])(?:www\.)?((?:[a-z0-9а-яіїє](?:[\w-]*\w)?\.)+(?:com|net|org|info|biz|media|news|"
    r"online|today|live|press|io|tv|fm|me|co|ru|su|ua|by|kz|uz|kg|am|az|ge|md|lt|lv|ee|pl|cz|sk|hu|"
    r"ro|bg|rs|hr|si|mk|ba|gr|tr|il|ir|de|at|ch|fr|be|nl|lu|es|pt|it|uk|ie|dk|se|no|fi|is|us|ca|mx|"
    r"br|ar|cl|pe|ve|au|nz|in|pk|jp|kr|cn|hk|tw|sg|my|id|th|vn|ph|za|ke|ng|eg|eu|рф|укр|ру))"
    r"(?![\w/@-]|\.\w)",
    re.IGNORECASE,
)
_MARKED = r"[«\"“„‘‚»]\s?([^\W_][^«»\"“”„\n]{0,48}?)\s?[»\"”“‘’«]"
_QUOTED = re.compile(_MARKED)
_TITLED = re.compile(rf"(?:[а-яёіїєґ]{{3,}}\s){{1,2}}{_MARKED}")
"""Behind a noun: ``агентство городских новостей «Москва»``."""
_PARTICLES = r"of|the|de|del|della|di|da|do|des|du|la|le|von|and|og|och|&"
_CAPITAL = r"[^\W\d_a-zа-яёіїєґß]"
_RUN = re.compile(rf"(?:{_CAPITAL}[\w’'.+-]*|\d+)(?:[ -](?:{_CAPITAL}[\w’'+-]*|\d+|{_PARTICLES}))*")
_TRAIL = re.compile(rf"(?:[ -](?:{_PARTICLES})|[.,'’-])+$")
_LATIN = re.compile(
    r"(?<![\w@#/.«\"“-])[A-Z][a-zA-Z0-9.&'’+-]*"
    r"(?: (?:del |de |of |la |du )?[A-Z0-9À-ÞŞŠŽČĆĐŁŚŻİĞ][\w.&'’+-]*){0,3}"
)
_PLATFORMS_LINE = (
    "facebook twitter instagram telegram youtube vk linkedin tiktok whatsapp viber weibo google"
)
_PLATFORMS = frozenset(_PLATFORMS_LINE.split())
_PREFIX = 3  # letters of the publisher's name without which a sentence can't have it
_MIXED = ("ru", "uk", "be", "bg", "mk", "sr", "kk", "ky")
_OPEN = '«"“„‘‚»('


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """``text[start:end]`` is the name without marks."""

    start: int
    end: int
    source: str  # the name, or the domain
    is_known: bool  # as an outlet or agency, or for a domain
    is_plain: bool  # nothing but a cue right beside it makes it an outlet
    has_noun: bool  # beside a word for an outlet
    is_marked: bool
    is_common: bool = False  # as a word
    is_listed: bool = False  # in our table


@dataclass(frozen=True)
class Sentence:
    """``text[start:end]``, with its words."""

    text: str
    start: int
    end: int
    language: str  # primary
    lexicon: Sourced
    own: tuple[str, ...] = ()  # stems of the publisher's name

    @cached_property
    def low(self) -> str:
        part = self.text[self.start : self.end]
        low = part.lower()
        return low if len(low) == len(part) else part

    @cached_property
    def candidates(self) -> list[Candidate]:
        return find_candidates(self)

    @cached_property
    def words(self) -> list[Word]:
        return split_words(self.text, self.start, self.end)


def find_candidates(sentence: Sentence) -> list[Candidate]:
    """In order, not overlapping; known ones first where they do."""
    beside = list(_beside_nouns(sentence))
    known = [one for one in _known(sentence) if not _is_within(one, beside)]
    taken: list[Candidate] = []
    named = (*known, *_domains(sentence), *beside, *_like_outlets(sentence), *_latin(sentence))
    for one in (*_own(sentence), *named):
        if all(one.end <= held.start or one.start >= held.end for held in taken):
            taken.append(one)
    return sorted(taken, key=lambda one: one.start)


def _is_within(one: Candidate, beside: list[Candidate]) -> bool:
    """Whether a common word is but the first of a longer name: 'the newspaper Kurier Zatoki'."""
    longer = [held for held in beside if held.start == one.start and held.end > one.end]
    return one.is_common and any(held.has_noun for held in longer)


def _own(sentence: Sentence) -> Iterator[Candidate]:
    """The name of the article's own publisher, in any case."""
    if not sentence.own or sentence.own[0][:_PREFIX] not in sentence.low:
        return
    words = sentence.words
    stems = [stem(sentence.text[word.start : word.end]) for word in words]
    for at in range(len(words) - len(sentence.own) + 1):
        if tuple(stems[at : at + len(sentence.own)]) == sentence.own:
            start, end = words[at].start, words[at + len(sentence.own) - 1].end
            if sentence.text[start].isupper():
                yield Candidate(
                    start=start,
                    end=end,
                    source=sentence.text[start:end],
                    is_known=True,
                    is_plain=len(sentence.own) == 1,
                    has_noun=_has_noun(sentence, start, end),
                    is_marked=sentence.text[start - 1 : start] in tuple('«"“„'),
                )


def _known(sentence: Sentence) -> Iterator[Candidate]:
    text = sentence.text
    for one in find_outlets(text, sentence.start, sentence.end, sentence.language):
        if text[one.start - 1 : one.start] in ("@", "#", "/") or text[one.end : one.end + 1] == "@":
            continue
        is_marked = text[max(0, one.start - 1) : one.start] in tuple(_OPEN[:-1])
        has_noun = _has_noun(sentence, one.start, one.end)
        if is_marked and _is_longer(text, one.end):
            continue
        yield Candidate(
            start=one.start,
            end=one.end,
            source=text[one.start : one.end],
            is_known=True,
            is_plain=one.is_common and not is_marked and not has_noun,
            has_noun=has_noun,
            is_marked=is_marked,
            is_common=one.is_common,
            is_listed=True,
        )


def _is_longer(text: str, end: int) -> bool:
    """Whether what stands in the marks goes on behind the name."""
    rest = text[end : end + 30]
    stop = re.search(r"[»\"”“]", rest)
    return stop is not None and bool(re.search(r"[^\W\d_]{4,}", rest[: stop.start()]))


def _domains(sentence: Sentence) -> Iterator[Candidate]:
    for match in _DOMAIN.finditer(sentence.text, sentence.start, sentence.end):
        printed = match.group(1)
        is_known = find_outlet(printed) is not None
        label = printed.split(".")[0]
        if label.lower() in _PLATFORMS:
            continue
        if not is_known and (len(label) < 3 or (printed[0].isupper() and "." in label)):
            continue
        yield Candidate(
            start=match.start(1),
            end=match.end(1),
            source=printed,
            is_known=True,
            is_plain=not is_known,
            has_noun=_has_noun(sentence, match.start(), match.end()),
            is_marked=False,
            is_listed=is_known,
        )


def _has_noun(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a word for an outlet stands right before the name, or right behind it."""
    low, base = sentence.low, sentence.start
    before = low[max(0, start - base - 60) : start - base].rstrip(_OPEN + " ’'")
    words = re.split(r"[^\w.-]+", before)[-2:]
    if any(sentence.lexicon.nouns.fullmatch(one) for one in words[-1:]):
        return True
    after = low[end - base : end - base + 24].lstrip('»"”“ ')
    return bool(sentence.lexicon.nouns.match(after)) and sentence.language in ("en", "tr")


def _beside_nouns(sentence: Sentence) -> Iterator[Candidate]:
    """``газета «Новый край»``, ``newspaper Le Courrier``, ``the Jiji news agency``; in marks also
    behind a verb of outlets alone."""
    text, base = sentence.text, sentence.start
    for noun in sentence.lexicon.nouns.finditer(sentence.low):
        at = base + noun.end()
        space = re.compile(r"\s{1,2}").match(text, at, sentence.end)
        if space is None:
            continue
        span = _find_marked(sentence, base + noun.start(), space.end())
        if span:
            yield _unknown(text, span, has_noun=True, is_marked=True)
            continue
        is_mixed = sentence.language in _MIXED
        run = (_LATIN if is_mixed else _RUN).match(text, space.end(), sentence.end)
        if run and not _is_platform(run.group()):
            end = space.end() + len(_TRAIL.sub("", run.group()))
            first = base + noun.start()
            is_part = text[first].isupper() and noun.start() > 0 and sentence.language != "de"
            start = first if is_part else space.end()  # 'Radio New Zealand'
            if end - space.end() > 2 and not text[space.end()].isdigit():
                yield _unknown(text, (start, end), has_noun=not is_part, is_marked=False)
    for marked in _QUOTED.finditer(text, base, sentence.end):
        if _is_name(marked.group(1)):
            yield _unknown(text, marked.span(1), has_noun=False, is_marked=True)


def _find_marked(sentence: Sentence, noun: int, place: int) -> tuple[int, int] | None:
    """A name in marks, right behind the noun or, with the noun, behind what goes with that."""
    marked = _QUOTED.match(sentence.text, place, sentence.end)
    if marked and _is_name(marked.group(1)):
        return marked.span(1)
    whole = _TITLED.match(sentence.text, place, sentence.end)
    return (noun, whole.end(1)) if whole and _is_name(whole.group(1)) else None


def _is_platform(printed: str) -> bool:
    """What is said there is somebody's post."""
    return printed.split(maxsplit=1)[0].lower().rstrip(".com") in _PLATFORMS


def _is_name(marked: str) -> bool:
    is_capital = marked[0].isupper() or marked[0].isdigit()
    return len(marked.split()) <= 5 and is_capital and marked[-1] not in ".!?,…"


def _unknown(text: str, span: tuple[int, int], *, has_noun: bool, is_marked: bool) -> Candidate:
    return Candidate(
        start=span[0],
        end=span[1],
        source=text[span[0] : span[1]],
        is_known=False,
        is_plain=not has_noun,
        has_noun=has_noun,
        is_marked=is_marked,
    )


_OUTLET_WORD = re.compile(
    r"(?:Gazette|Times|Post|Herald|Tribune|Courier|Journal|Chronicle|News|Daily|Observer|Telegraph|"
    r"Mail|Press|Examiner|Inquirer|Sentinel|Dispatch|Bulletin|Weekly|Reporter|Register|Magazine|TV|"
    r"\w*[Zz]eitung|\w*[Aa]nzeiger|\w*[Nn]achrichten|\w*[Rr]undschau|\w*[Bb]latt|\w*post|"
    r"\w*boten?|Kurier|Allgemeine\w*|Diario|Gaceta|Heraldo|Periódico|Noticias|Courrier|Gazzetta|"
    r"Corriere|Giornale|Jornal|Correio|Notícias|Gazeta|Dziennik|Dagblad|Nieuws|Shimbun|"
    r"Radio|Rádio|Radyo|Haber|Gazetesi)"
)


def _like_outlets(sentence: Sentence) -> Iterator[Candidate]:
    """``the Harbour Gazette``, ``der Küstenpost``: names with a word that many outlets have."""
    if sentence.language in _MIXED:
        return
    for match in _RUN.finditer(sentence.text, sentence.start, sentence.end):
        printed = _TRAIL.sub("", match.group())
        words = printed.split()
        is_name = len(words) <= 5 and any(_OUTLET_WORD.fullmatch(word) for word in words)
        is_enough = len(words) > 1 or sentence.language in ("de", "nl")
        is_noun = sentence.lexicon.nouns.fullmatch(printed.lower())
        if is_name and is_enough and not is_noun and match.start() > sentence.start:
            yield Candidate(
                start=match.start(),
                end=match.start() + len(printed),
                source=printed,
                is_known=False,
                is_plain=False,
                has_noun=True,
                is_marked=False,
            )


def _latin(sentence: Sentence) -> Iterator[Candidate]:
    """Latin names among Cyrillic words, where a verb or preposition stands right before."""
    if sentence.language not in _MIXED:
        return
    for match in _LATIN.finditer(sentence.text, sentence.start, sentence.end):
        end = match.start() + len(_TRAIL.sub("", match.group()).rstrip("."))
        if end - match.start() > 2 and not _is_platform(match.group()):
            yield _unknown(sentence.text, (match.start(), end), has_noun=False, is_marked=False)
