"""People, organisations and courts that the news itself is had from: whom the lead quotes. What
others say further down is no source of the article; the quotes are notes of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tidings.annotators.sources.candidates import Sentence
from tidings.annotators.sources.unnamed import find_seat
from tidings.model import Evidence, Mention, MentionKind, Quote, QuoteKind, SourceKind

_DETERMINER = re.compile(
    r"(?:(?:the|an?|las?|les?|el|los|il|gli|[io]s?|as|de|het)\s+|l['’])", re.IGNORECASE
)
_LINKED = re.compile(r"(?<!\w)(?:of|by|for|from|in|at|de|del|von|des|du|для|из|от)\s+$")
_BODY = re.compile(
    r"(?<!\w)(?:ministry|council|hospital|institute|authority|university|police|party|company|bank|"
    r"commission|association|federation|agency|department|bureau|committee|group|union|foundation|"
    r"services?|government|army|navy|organi[sz]ation|congress|parliament|senate|"
    r"министерств\w+|комитет\w*|ведомств\w+|служб\w+|департамент\w*|управлени\w+|полици\w+|"
    r"прокуратур\w+|совет\w*|компани\w+|институт\w*|университет\w*|фонд\w*|банк\w*|партия|мчс|"
    r"мвд|фсб|мид|следком|міністерств\w+|поліці\w+|рада|компані\w+|служб\w+|"
    r"ministère|mairie|préfecture|gendarmerie|ministerio|ayuntamiento|empresa|policía|fiscalía|"
    r"gobierno|comisión|ministero|comune|azienda|polícia|ministério|prefeitura)(?!\w)",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"(?<!\w)(?:президент\w*|глав[аыеу]|представител\w+|директор\w*|министр\w*|пресс-секретар\w+|"
    r"руководител\w+|начальник\w*|мэр\w*|губернатор\w*|депутат\w*|ректор\w*|заместител\w+|посол|"
    r"секретар\w+|прокурор|судья|речни\w+|очільник\w*|міністр\w*|адвокат\w*|president|minister|"
    r"spokes\w+|director|chief|head|mayor|governor|judge|secretary|officers?|officials?|ambassador|"
    r"lawyer|attorney|surgeon|teammate|policymakers|doctor|dr|coach|captain|professor|profesor\w*|"
    r"ministre|président\w*|porte-parole|ministr[oa]|president[ea]|director\w*)(?!\w)",
    re.IGNORECASE,
)
"""The office of a person, which is no body."""
_NAMED = (MentionKind.NAME, MentionKind.PERSON, MentionKind.ORGANISATION, MentionKind.PLACE)
_ODD = re.compile(r"[\n«»\"“”„:;()\[\]]")
_OFFICE = 40  # code points before a name in which its office is looked for
_MOST = 7  # words of a name


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A party, with the words that are had from it."""

    name: Evidence
    kind: SourceKind
    words: Evidence
    cue: Evidence | None
    is_quoted: bool  # in marks
    score: float


def find_spoken(
    quotes: Sequence[Quote], mentions: Sequence[Mention], lead: Sequence[Sentence]
) -> Iterator[Spoken]:
    """Of quotes that begin in the sentences of the ``lead``. Of words within what somebody else
    is quoted with, that one is the source."""
    for quote in quotes:
        if any(_is_within(quote.evidence, other) for other in quotes):
            continue
        here = next((one for one in lead if one.start <= quote.evidence.start < one.end), None)
        party = _find_party(quote, mentions, here) if here and quote.speaker else None
        if party:
            name, kind = party
            yield Spoken(
                name=name,
                kind=kind,
                words=quote.evidence,
                cue=quote.cue,
                is_quoted=quote.kind is not QuoteKind.REPORTED,
                score=min(0.9, quote.score),
            )


def _is_within(words: Evidence, other: Quote) -> bool:
    whole = other.evidence
    is_longer = whole.end - whole.start > words.end - words.start
    is_told = other.speaker is not None
    return is_told and is_longer and whole.start <= words.start and words.end <= whole.end


def _find_party(
    quote: Quote, mentions: Sequence[Mention], here: Sentence
) -> tuple[Evidence, SourceKind] | None:
    """Whom a quote names beside it; nobody where that isn't clear."""
    if quote.speaker is None:
        return None
    told, name = quote.speaker.evidence, quote.speaker.name
    if _ODD.search(told.text) or len(told.text.split()) > 3 * _MOST:
        return None
    office = _find_office(told, here)
    if office:
        return office
    is_inside = name is not None and told.start <= name.start < told.end
    if name and (is_inside or _is_surname(told, name)):
        before = _read_before(here.text, name, told.start if is_inside else 0)
        kind = None if _LINKED.search(before) else _find_kind(name, mentions)
        if kind is SourceKind.PERSON and not _is_called(before, name, mentions):
            kind = None
        if kind and not here.lexicon.nouns.search(name.text.lower()):
            return name, kind
    whole = _strip(told, here.language)
    is_body = whole and _BODY.search(whole.text) and not _HEAD.search(whole.text)
    return (whole, SourceKind.ORGANISATION) if whole and is_body else None


def _read_before(text: str, name: Evidence, least: int) -> str:
    """On its line, where its office may stand."""
    line = text.rfind("\n", 0, name.start) + 1
    return text[max(least, line, name.start - _OFFICE) : name.start]


def _is_surname(told: Evidence, name: Evidence) -> bool:
    """``Dahl said``, who is named in full elsewhere."""
    return name.text.split()[-1:] == told.text.split()[-1:]


def _is_called(before: str, name: Evidence, mentions: Sequence[Mention]) -> bool:
    """Tagged as a person's, or with an office ``before`` it: 'engineer Lena Ost'. A name alone may
    be a company's."""
    people = (one.evidence for one in mentions if one.kind is MentionKind.PERSON)
    if any(one.start < name.end and name.start < one.end for one in people):
        return True
    office = re.search(r"([^\W\d_]{3,}),? $", before)
    is_article = office is not None and bool(_DETERMINER.fullmatch(office.group(1) + " "))
    return office is not None and not is_article and "close to" not in before


def _find_office(told: Evidence, here: Sentence) -> tuple[Evidence, SourceKind] | None:
    """A court by its name, or the police."""
    low, whole = told.text.lower(), _strip(told, here.language)
    before = here.text[here.start : told.start].lower().rstrip()
    if whole and here.lexicon.courts.search(low) and not before.endswith(("told", "told the")):
        return whole, SourceKind.COURT
    return (told, SourceKind.ORGANISATION) if here.lexicon.bodies.fullmatch(low) else None


def _strip(told: Evidence, language: str) -> Evidence | None:
    """Without its article, where a name with a capital is left: ``the Ministry of Fisheries``."""
    match = _DETERMINER.match(told.text)
    start = match.end() if match else 0
    text = told.text[start:]
    is_name = text[:1].isupper() and len(text.split()) <= _MOST and language != "de"
    if not is_name:
        return None
    return Evidence(article=told.article, start=told.start + start, end=told.end, text=text)


def _find_kind(name: Evidence, mentions: Sequence[Mention]) -> SourceKind | None:
    """As it is tagged; an untagged name of several words without one for a body is a person's."""
    kinds = {
        one.kind
        for one in mentions
        if one.kind in _NAMED and one.evidence.start < name.end and name.start < one.evidence.end
    }
    if MentionKind.PERSON in kinds or _HEAD.search(name.text):
        return SourceKind.PERSON
    if MentionKind.ORGANISATION in kinds or _BODY.search(name.text):
        return SourceKind.ORGANISATION
    if MentionKind.PLACE in kinds:
        return None
    words = name.text.split()
    is_personal = 2 <= len(words) <= 3 and all(word[0].isupper() for word in words)
    is_place = any(find_seat(word) for word in words)
    return SourceKind.PERSON if is_personal and not is_place else None
