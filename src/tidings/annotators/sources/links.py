"""Makes source links of what was found, with the characters that prove each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from tidings.annotators.sources.candidates import Sentence
from tidings.annotators.sources.papers import Paper
from tidings.annotators.sources.posts import Posted
from tidings.annotators.sources.publishers import Cited
from tidings.annotators.sources.speakers import Spoken
from tidings.annotators.sources.unnamed import Unnamed
from tidings.model import (
    Anonymity,
    Article,
    Evidence,
    Manner,
    Mention,
    MentionKind,
    Role,
    SourceKind,
    SourceLink,
)
from tidings.reading.outlets import name_keys
from tidings.reading.sourced import Lead

_ASKED = re.compile(
    r"recherch|informati|информац|данны|даним|інформац|investigat|obtained|seen|reviewed|interview|"
    r"интервью|інтерв|корреспонд|кореспонд|журналіст|журналист|reporter|exclusiv|contact|interrog|"
    r"consult|микрофон",
    re.IGNORECASE,
)
"""What an outlet does itself."""
_NEAR = 80  # code points between a cue and a name that are shown as one
_INITIALS = 2  # letters of names that may be anybody's
_REST = 240  # code points at most behind a source's address that has a line to itself
_OTHER = SourceKind.ORGANISATION
_LABELLED = re.compile(
    r"(?:sources?|quellen?|fuentes?|fontes?|fonti?|bron|źródł[oa]|zdroj|izvor|vir|sursa|kaynak|via|vía|"
    r"источники?|первоисточник|джерел[оа]|извор|πηγή|по материалам|theo|出典|来源)\s*[:：]?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Maker:
    """Of one article."""

    article: Article
    rule: str

    @cached_property
    def own_keys(self) -> frozenset[str]:
        return name_keys(self.article.publisher, self.article.domain)

    def is_own(self, name: str) -> bool:
        return bool(name_keys(name, None) & self.own_keys)

    def is_outlet(self, name: str) -> bool:
        """Whether it is the name of the publisher itself, or of an outlet that we know by more than
        two letters."""
        return self.is_own(name) or (
            len(name) > _INITIALS
            and any(key.startswith("outlet:") for key in name_keys(name, None))
        )

    def is_source(self, link: Mention, links: Sequence[Mention]) -> bool:
        """Whether an address stands in a list of sources, behind a label for one, or is the only
        one of the text's ``links`` that has a line to itself, at the text's end."""
        in_list = any(
            block.role is Role.SOURCE_LIST and block.start <= link.evidence.start < block.end
            for block in self.article.blocks
        )
        before, after = self._line_around(link.evidence)
        if in_list or (_LABELLED.fullmatch(before) and not after):
            return True
        alone = [one for one in links if self._line_around(one.evidence) == ("", "")]
        rest = self.article.text[link.evidence.end :].strip()
        return alone == [link] and len(rest) < _REST

    def _line_around(self, place: Evidence) -> tuple[str, str]:
        text = self.article.text
        start, stop = text.rfind("\n", 0, place.start) + 1, text.find("\n", place.end)
        after = text[place.end : stop if stop >= 0 else None]
        return text[start : place.start].strip(), after.strip()

    def credits(self, mentions: Sequence[Mention]) -> Iterator[SourceLink]:
        for note in mentions:
            if note.kind is MentionKind.CREDIT:
                yield replace(
                    self._bare(note.evidence, SourceKind.PUBLISHER, note.value, note.score),
                    manner=Manner.CREDITS,
                    name=note.evidence,
                )

    def _kind(self, one: Cited) -> SourceKind:
        """A labelled name that nothing makes an outlet's may be any body's."""
        is_outlet = one.name.is_known or one.name.has_noun or one.name.is_marked
        return SourceKind.PUBLISHER if is_outlet or one.lead is Lead.PRINTS else _OTHER

    def publisher(self, one: Cited, scope: tuple[int, int] | None) -> SourceLink | None:
        """Of the article's own publisher: that it was told there, or has told before."""
        is_own = self.is_own(one.name.source)
        cue = self.article.text[slice(*one.cue)]
        is_told = one.lead is Lead.TALK or (one.lead is Lead.PIECE and bool(_ASKED.search(cue)))
        if is_own and not (is_told or one.lead in (Lead.SAYS, Lead.PRINTS)):
            return None
        bare = self._bare(self._cut(*one.span), self._kind(one), one.name.source, one.score)
        return replace(
            bare,
            manner=Manner.WITNESSES if is_own and is_told else Manner.CITES,
            name=self._cut(one.name.start, one.name.end),
            scope=self._cut(*scope) if scope else None,
            through=None if one.through and self.is_own(one.through) else one.through,
        )

    def address(self, one: Mention, domain: str) -> SourceLink:
        return replace(
            self._bare(one.evidence, SourceKind.PUBLISHER, domain, 0.8),
            manner=Manner.LINKS,
            url=one.value,
        )

    def unnamed(self, one: Unnamed, sentence: Sentence, through: str | None) -> SourceLink:
        role = self._cut(*one.role) if one.role else None
        told = Anonymity(
            role=role,
            origin=self._cut(*one.origin) if one.origin else None,
            condition=self._cut(*one.condition) if one.condition else None,
            calling=one.calling,
            seat=one.seat,
        )
        words = role or told.condition
        return replace(
            self._bare(
                self._cut(*one.span), SourceKind.ANONYMOUS, words.text if words else "", one.score
            ),
            name=role,
            scope=self._cut(sentence.start, sentence.end),
            through=through,
            anonymity=told,
        )

    def paper(self, one: Paper, sentence: Sentence, through: str | None) -> Iterator[SourceLink]:
        """The document; and who put it out, who speaks through it. A ruling is its court."""
        scope, span = self._cut(sentence.start, sentence.end), self._cut(*one.span)
        issuer = self._cut(*one.issuer) if one.issuer else None
        name = issuer if issuer and one.kind is SourceKind.COURT else self._cut(*one.name)
        bare = self._bare(span, one.kind, name.text, one.score)
        yield replace(bare, name=name, scope=scope, through=through, paper=one.type)
        if issuer and issuer is not name:
            bare = self._bare(span, _OTHER, issuer.text, one.score)
            yield replace(bare, name=issuer, scope=scope, through=name.text)

    def post(self, one: Posted) -> SourceLink:
        return replace(
            self._bare(self._cut(*one.span), SourceKind.POST, one.source, one.score),
            manner=Manner.QUOTES if one.is_quoted else Manner.CITES,
            name=self._cut(*one.author) if one.author else None,
            scope=self._cut(*one.span),
            url=one.url,
        )

    def spoken(self, one: Spoken, through: str | None) -> SourceLink:
        near = one.cue if one.cue and abs(one.cue.start - one.name.start) < _NEAR else one.name
        start, end = min(near.start, one.name.start), max(near.end, one.name.end)
        return replace(
            self._bare(self._cut(start, end), one.kind, one.name.text, one.score),
            manner=Manner.QUOTES if one.is_quoted else Manner.CITES,
            name=one.name,
            scope=one.words,
            through=through,
        )

    def own(self, sentence: Sentence, span: tuple[int, int]) -> SourceLink:
        words = self._cut(sentence.start + span[0], sentence.start + span[1])
        return replace(
            self._bare(words, SourceKind.PUBLISHER, self.article.publisher or words.text, 0.9),
            manner=Manner.WITNESSES,
            scope=self._cut(sentence.start, sentence.end),
        )

    def _cut(self, start: int, end: int) -> Evidence:
        text = self.article.text[start:end]
        return Evidence(article=self.article.id, start=start, end=end, text=text)

    def _bare(self, evidence: Evidence, kind: SourceKind, source: str, score: float) -> SourceLink:
        return SourceLink(
            evidence=evidence,
            manner=Manner.CITES,
            kind=kind,
            source=source,
            name=None,
            scope=None,
            through=None,
            url=None,
            anonymity=None,
            score=score,
            rule=self.rule,
        )
