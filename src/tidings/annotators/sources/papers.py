"""Documents that an article has something from, and who put them out: ``according to the
indictment``, ``говорится в отчёте Счётной палаты``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tidings.annotators.sources.candidates import Candidate, Sentence
from tidings.model import Mention, MentionKind, SourceKind
from tidings.reading.papers import Papers, PaperTypes, find_paper_types, find_papers

Span = tuple[int, int]

_GAP = re.compile(r"[\s'’\"«»“”„‘-]*")
_LOWER = re.compile(r"[\s«\"“„'’-]*(?:[^\W\d_A-ZА-ЯІЇЄҐ][\w'’-]*[\s«\"“„'’]+){0,4}")
_STOPS = re.compile(
    r"(?<!\w)(?:о|об|про|для|на|по|с|в|у|від|до|on|about|for|to|in|at|über|zu|zum|zur|im|an|sur|à|"
    r"dans|pour|sobre|en|a|para)(?!\w)"
)
_POST = re.compile(r"twitter|facebook|telegram|instagram|твит|фейсбу|соцсет|соцмереж|телеграм")
_ARTICLES = frozenset(
    ("the", "a", "an", "le", "la", "el", "der", "die", "das", "ein", "eine", "un")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Our own choice; precision was read on a sample of articles (bench/citations.json)."""

    wide: int = 6  # words between the words that make it a source and the document
    lead: int = 40  # code points in which those words stand
    outlet: int = 80  # code points behind it within which an outlet may have printed it
    owned: float = 0.85  # it is told whose it is
    bare: float = 0.75


OPTIONS = Options()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """Offsets in the article; ``span`` has the words that make it a source."""

    span: Span
    name: Span
    type: str
    kind: SourceKind
    issuer: Span | None
    score: float


def find_cited_papers(sentence: Sentence, mentions: Sequence[Mention]) -> Iterator[Paper]:
    """In order."""
    papers = find_papers(sentence.language)
    if papers is None:
        return
    bodies = [one for one in mentions if one.kind is MentionKind.ORGANISATION]
    end = -1
    for match in papers.words.finditer(sentence.low):
        found = _Reading(sentence, papers, bodies).read(match) if match.start() >= end else None
        if found:
            end = found.span[1] - sentence.start
            yield found


@dataclass(frozen=True)
class _Reading:
    sentence: Sentence
    papers: Papers
    bodies: Sequence[Mention]

    def read(self, match: re.Match[str]) -> Paper | None:
        types: PaperTypes = find_paper_types()
        paper = match.span()
        low = self.sentence.low
        issuer = self._find_behind(paper[1])
        end = issuer[1] if issuer else paper[1]
        cue, start, before = self._find_lead(paper[0])
        issuer = issuer or before
        behind = self.papers.trailing.match(low, end) or self.papers.verbs.match(low, end)
        if cue is None and not (behind and self._is_subject(start)):
            return None
        told = self.papers.find_type(match.group())
        if (issuer is None and told in types.owned) or self._is_printed(start, end):
            return None
        if _POST.search(low, paper[0], min(len(low), end + OPTIONS.lead)):
            return None
        base = self.sentence.start
        first = cue if cue is not None else start
        last = end if cue is not None or behind is None else behind.end()
        is_law, is_court = told in types.law, told in types.court
        return Paper(
            span=(base + first, base + last),
            name=(base + paper[0], base + end),
            type=told,
            kind=SourceKind.LAW if is_law else SourceKind.COURT if is_court else _PAPER,
            issuer=(base + issuer[0], base + issuer[1]) if issuer else None,
            score=OPTIONS.owned if issuer else OPTIONS.bare,
        )

    def _find_lead(self, paper: int) -> tuple[int | None, int, Span | None]:
        """Where the words before it begin that make it a source, where the document's own words
        begin, and who put it out where that stands between: 'a Justice Department report'."""
        sentence, low, start = self.sentence, self.sentence.low, paper
        words = [word for word in sentence.words if word.end - sentence.start <= paper]
        issuer = None
        for word in reversed(words[-OPTIONS.wide - 1 :]):
            cue = self.papers.leads.search(low, max(0, start - OPTIONS.lead), start)
            if cue:
                return cue.start(), start, issuer
            first, last = word.start - sentence.start, word.end - sentence.start
            body = self._body_at(word.start)
            is_part = word.form in self.papers.small or (body and sentence.language == "en")
            if not is_part and word.form != "s":
                break
            if not _GAP.fullmatch(low, last, start):
                break
            issuer = body or issuer
            start = first
        cue = self.papers.leads.search(low, max(0, start - OPTIONS.lead), start)
        return (cue.start() if cue else None), start, issuer

    def _body_at(self, place: int) -> Span | None:
        base = self.sentence.start
        return next(
            (
                (one.evidence.start - base, one.evidence.end - base)
                for one in self.bodies
                if one.evidence.start <= place < one.evidence.end
            ),
            None,
        )

    def _find_behind(self, end: int) -> Span | None:
        """Who put it out, named right behind it."""
        low, base = self.sentence.low, self.sentence.start
        by = self.papers.by.match(low, end)
        if by is None:
            return None
        for one in self.bodies:
            first, last = one.evidence.start - base, one.evidence.end - base
            if first < by.end() or base + last > self.sentence.end:
                continue
            gap = self.sentence.text[base + by.end() : one.evidence.start]
            if _LOWER.fullmatch(gap) and not _STOPS.search(gap):
                return first, last
            break
        titled = self._find_titled(by.end())
        if titled:
            return titled
        body = self.sentence.lexicon.bodies.search(low, end)
        is_near = body is not None and len(low[by.end() : body.start()].split()) <= 1
        is_plain = body is not None and not _STOPS.search(low, by.end(), body.start())
        return body.span() if body and is_near and is_plain else None

    def _find_titled(self, place: int) -> Span | None:
        """A body by the word that says so: 'Счётной палаты', 'des Rechnungshofs'."""
        sentence, base = self.sentence, self.sentence.start
        words = [word for word in sentence.words if word.start - base >= place]
        span, is_body, last = None, False, base + place
        for word in words[: OPTIONS.wide]:
            printed = sentence.text[word.start : word.end]
            is_title = bool(find_paper_types().bodies.match(word.form))
            is_joined = word.form in _JOINS or (span is None and word.form in self.papers.small)
            if not _GAP.fullmatch(sentence.text, last, word.start):
                break
            if printed[0].isupper() or (is_title and span):
                span = (span[0] if span else word.start - base, word.end - base)
                is_body = is_body or is_title
            elif not is_joined:
                break
            last = word.end
        return span if is_body else None

    def _is_subject(self, start: int) -> bool:
        """Whether the document's words begin with an article, or the sentence."""
        first = self.sentence.low[start:].lstrip().split(maxsplit=1)[0]
        return start == 0 or first in _ARTICLES

    def _is_printed(self, start: int, end: int) -> bool:
        """Whether an outlet stands with it, whose report or print it then is."""
        return any(self._is_with(one, start, end) for one in self.sentence.candidates)

    def _is_with(self, one: Candidate, start: int, end: int) -> bool:
        if not ((one.is_known and not one.is_plain) or one.has_noun):
            return False
        first, last = one.start - self.sentence.start, one.end - self.sentence.start
        if start <= first and last <= end:
            return True
        gap = self.sentence.low[end : max(end, first)]
        return end <= first < end + OPTIONS.outlet and not re.search(r"[,;.]", gap)


_JOINS = frozenset(
    ("of", "for", "the", "and", "de", "la", "des", "du", "del", "y", "et", "für", "und")
)
_PAPER = SourceKind.DOCUMENT
