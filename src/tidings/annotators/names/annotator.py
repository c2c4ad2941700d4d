"""Who and what an article names, and the handles and addresses that it prints."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace

from tidings.annotators.names.edges import trim_compound
from tidings.annotators.names.known import is_country, is_outlet
from tidings.annotators.names.tagger import Tagger
from tidings.model import Article, Evidence, Mention, MentionKind, Note, Role
from tidings.reading.capitals import NAMED_IN, CapitalsFinder
from tidings.reading.lines import ADDRESS
from tidings.urls import canonical

LINKED_IN = (*NAMED_IN, Role.SOURCE_LIST)

_HANDLE = re.compile(r"(?<![\w.@/])@[A-Za-z0-9_]{2,30}(?:@[\w.-]+\.[a-z]{2,})?(?![\w@])")
_TRAILING = ".,;:!?)]}>…’'"
_CAPITALS, _TAGGED = "capitals/1", "names/2"
_OUTLETS, _COUNTRIES = "outlets/1", "countries/1"
KNOWN = 0.9  # score of a known outlet or country that the tagger doesn't see


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    start: int
    end: int
    kind: MentionKind
    score: float = 1.0
    value: str | None = None  # None: as printed
    rule: str = _CAPITALS


class NamesAnnotator:
    """Mentions of kind person, organisation and place where there is a tagger; of kind name what
    has a capital and is none of these; handles and links."""

    def __init__(self, tagger: Tagger | None = None, capitals: CapitalsFinder | None = None):
        self._tagger = tagger
        self._finder = capitals or CapitalsFinder()

    def annotate(self, article: Article, notes: Sequence[Note]) -> Iterable[Mention]:
        del notes
        marks = sorted(_marks(article), key=lambda one: one.start)
        typed = _beside(self._tag(article), marks)
        others = _beside(self._find_capitals(article), typed)
        if self._tagger is not None:
            told = (article.text[o.start : o.end] for o in typed if o.kind is MentionKind.PERSON)
            people = {word for name in told for word in name.split()}
            behind = {one.end + 1 for one in typed}  # 'US' of 'T-Mobile US' is no country
            others = [*_known(article, others, people, behind)]
        found = sorted([*marks, *typed, *others], key=lambda one: (one.start, one.end, one.kind))
        return [_mention(article, one) for one in found]

    def _tag(self, article: Article) -> Iterator[_Found]:
        if self._tagger is None:
            return
        parts = [(block.start, block.end) for block in article.blocks if block.role in NAMED_IN]
        for one in self._tagger.tag(article.text, parts):
            yield _Found(start=one.start, end=one.end, kind=one.kind, score=one.score, rule=_TAGGED)

    def _find_capitals(self, article: Article) -> Iterator[_Found]:
        for start, end, score in self._finder.find(article):
            kept = trim_compound(article.text[start:end])
            if kept:
                yield _Found(start=start, end=start + len(kept), kind=MentionKind.NAME, score=score)


def _known(
    article: Article, names: Iterable[_Found], people: Set[str], behind: Set[int]
) -> Iterator[_Found]:
    """Outlets and countries that are known by name; ``names`` in their order otherwise."""
    for one in names:
        printed = article.text[one.start : one.end]
        if one.start in behind:
            yield one
        elif is_outlet(printed, article.language):
            yield replace(one, kind=MentionKind.ORGANISATION, score=KNOWN, rule=_OUTLETS)
        elif printed not in people and is_country(printed, article.language):
            yield replace(one, kind=MentionKind.PLACE, score=KNOWN, rule=_COUNTRIES)
        else:
            yield one


def _beside(found: Iterable[_Found], taken: Sequence[_Found]) -> list[_Found]:
    """Those that touch none of ``taken``, which are in order."""
    kept = []
    for one in found:
        at = bisect_left(taken, one.end, key=lambda other: other.start)
        if not at or taken[at - 1].end <= one.start:
            kept.append(one)
    return kept


def _marks(article: Article) -> Iterator[_Found]:
    """Handles and addresses, in the list of sources too."""
    for block in article.blocks:
        if block.role not in LINKED_IN:
            continue
        for match in ADDRESS.finditer(article.text, block.start, block.end):
            end = match.start() + len(match.group().rstrip(_TRAILING))
            printed = article.text[match.start() : end]
            value = canonical(printed if "://" in printed else f"https://{printed}")
            if value:
                yield _Found(start=match.start(), end=end, kind=MentionKind.LINK, value=value)
        for match in _HANDLE.finditer(article.text, block.start, block.end):
            yield _Found(start=match.start(), end=match.end(), kind=MentionKind.HANDLE)


def _mention(article: Article, found: _Found) -> Mention:
    text = article.text[found.start : found.end]
    evidence = Evidence(article=article.id, start=found.start, end=found.end, text=text)
    value = text if found.value is None else found.value
    return Mention(
        evidence=evidence, kind=found.kind, value=value, score=found.score, rule=found.rule
    )
