"""People, organisations and courts that the news itself is had from: whom the lead quotes. What
others say further down is no source of the article; the quotes are notes of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tidings.annotators.sources.candidates import Sentence
from tidings.model import Evidence, Mention, MentionKind, Quote, QuoteKind, SourceKind
from tidings.reading.seats import find_seat

_DETERMINER = re.compile(
    r"(?:(?:the|an?|las?|les?|el|los|il|gli|[io]s?|as|de|het|die|der|das|dem)\s+|l['’])",
    re.IGNORECASE,
)
_LINKED = re.compile(
    r"(?<!\w)(?:of|by|for|from|in|at|de|del|von|des|du|для|из|от)\s+"
    r"(?:(?:the|an?|las?|les?|el|los|der|dem|den|das)\s+|l['’])?$"
)
_NAMED_AFTER = re.compile(
    r"(?<!\w)(?:fondation|foundation|fundación|stiftung|teatro|theat(?:re|er)|casa de \w+|premio|"
    r"prix|prize|award|hospital|hôpital|école|escuela|school|instituto?|museo|musée|museum|"
    r"universi\w+|stadium|estadio|stade|auction house|фонд\w*|имени|им\.|театр\w*|центр\w*|школ\w+)"
    r"\s(?:[\w’']+\s){0,4}$",
    re.IGNORECASE,
)
"""Before a person's name: a house that has it."""
_OPENED = "\"“„‘'"
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
    r"spokes\w+|director|chief|head|mayor|governor|senator|judge|secretary|officers?|officials?|ambassador|"
    r"lawyer|attorney|surgeon|teammate|policymakers|doctor|dr|coach|captain|professor|profesor\w*|"
    r"ministre|président\w*|porte-parole|maire|député\w*|sénat\w+|commandant\w*|alcalde\w*|diputad\w+|vocer\w+|"
    r"portavoz|abgeordnete\w*|bürgermeister\w*|ministr[oa]|president[ea]|director\w*)(?!\w)",
    re.IGNORECASE,
)
"""The office of a person, which is no body."""
_ARTICLES = ("", "the ", "la ", "le ", "los ", "las ", "les ", "los ", "i ", "a ", "os ", "de ")
_COMPANIES_LINE = (
    "company firm group unternehmen firma konzern entreprise société groupe empresa compañía "
    "firme società azienda компания компании компанія фирма"
)
_COMPANIES = frozenset(_COMPANIES_LINE.split())
_BEHIND = re.compile(r",? (?:«[^»]{2,40}» )?(?:[^\W\d_A-ZА-ЯІЇЄҐ][\w’'-]* ){0,3}")
"""Between an office and its holder's name: a comma, an outlet in marks, an office in small
letters."""
_NAMED = (MentionKind.NAME, MentionKind.PERSON, MentionKind.ORGANISATION, MentionKind.PLACE)
_ODD = re.compile(r"[\n«»\"“”„:;()\[\]]")
_MARKING = ("ru", "uk", "be", "bg")  # put companies in marks
_OFFICE = 40  # code points before a name in which its office is looked for
_SOON = 3  # words behind a court within which it decides
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


def find_ruling(mentions: Sequence[Mention], lead: Sequence[Sentence]) -> Iterator[Spoken]:
    """Courts of which it is told that they decided: ``the Regional Court of Alma has ruled``."""
    for one in mentions:
        place = one.evidence
        here = next((each for each in lead if each.start <= place.start < each.end), None)
        if one.kind not in (MentionKind.ORGANISATION, MentionKind.NAME) or here is None:
            continue
        if not here.lexicon.courts.search(place.text.lower()):
            continue
        words = [word for word in here.words if word.start >= place.end][:_SOON]
        cue = next((word for word in words if word.form in here.lexicon.rulings), None)
        gap = here.text[place.end : cue.start] if cue else ","
        if cue and not re.search(r"[,.;:]", gap):
            yield Spoken(
                name=place,
                kind=SourceKind.COURT,
                words=_cut(place, here.start, here.end, here.text),
                cue=_cut(place, cue.start, cue.end, here.text),
                is_quoted=False,
                score=min(0.8, one.score),
            )


def _cut(near: Evidence, start: int, end: int, text: str) -> Evidence:
    return Evidence(article=near.article, start=start, end=end, text=text[start:end])


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
    told, name = quote.speaker.evidence, quote.speaker.name or _find_name(quote, mentions, here)
    if _ODD.search(told.text) or len(told.text.split()) > 3 * _MOST:
        return None
    is_inside = name is not None and told.start <= name.start < told.end
    body = _find_body(told, name if is_inside else None, here.language)
    found = _find_office(told, here) or ((body, SourceKind.ORGANISATION) if body else None)
    if found:
        return found
    if name and (is_inside or quote.speaker.name is None or _is_surname(told, name)):
        kind = _read_kind(told if is_inside else None, name, mentions, here)
        if kind:
            return name, kind
    meant = _find_meant(told, mentions)
    return (meant, SourceKind.ORGANISATION) if meant else None


def _read_kind(
    told: Evidence | None, name: Evidence, mentions: Sequence[Mention], here: Sentence
) -> SourceKind | None:
    """What somebody named is who speaks; None where he may be another. ``told``: the words for the
    speaker, where the name is one of them."""
    before = _read_before(here.text, name, told.start if told else 0)
    kind = None if _is_other(before, here.language) else _find_kind(name, mentions)
    if kind is SourceKind.ORGANISATION and _HEAD.search(before):
        return None  # 'the mayor of PS says'
    if kind is SourceKind.PERSON and not _is_called(before, name, mentions):
        return None
    return None if here.lexicon.nouns.search(name.text.lower()) else kind


def _find_name(quote: Quote, mentions: Sequence[Mention], here: Sentence) -> Evidence | None:
    """Where a quote is told whose it is, but not by which name: a person's within those words, or
    right behind them."""
    if quote.speaker is None:
        return None
    told = quote.speaker.evidence
    found = []
    for one in mentions:
        place = one.evidence
        is_person = one.kind is MentionKind.PERSON
        is_name = one.kind is MentionKind.NAME and len(one.value.split()) > 1
        is_inside = told.start <= place.start and place.end <= told.end
        gap = here.text[told.end : place.start] if told.end <= place.start < here.end else None
        is_behind = gap is not None and bool(_BEHIND.fullmatch(gap))
        if (is_person and (is_inside or is_behind)) or (is_name and is_inside):
            found.append(place)
    return found[0] if len({one.text for one in found}) == 1 else None


def _find_body(told: Evidence, name: Evidence | None, language: str) -> Evidence | None:
    """``the Ministry of Fisheries``, and ``Контрольный комитет Солонцов`` of which but the last
    word was taken for a name."""
    whole = _strip(told, language)
    if whole is None or _HEAD.search(whole.text):
        return None
    if name is None:
        return whole if _BODY.search(whole.text) else None
    before = whole.text[: max(0, name.start - whole.start)]
    return whole if _BODY.search(before) and not re.search(r"[,.]", before) else None


def _find_meant(told: Evidence, mentions: Sequence[Mention]) -> Evidence | None:
    """Whom ``the ministry``, ``la società`` means: the one body of that kind, or the one company,
    that was named before."""
    words = _DETERMINER.sub("", told.text.lower()).split()
    if len(words) != 1 or not (_BODY.fullmatch(words[0]) or words[0] in _COMPANIES):
        return None
    bodies = [
        one.evidence
        for one in mentions
        if one.kind is MentionKind.ORGANISATION and one.evidence.end <= told.start
    ]
    if words[0] not in _COMPANIES:
        bodies = [one for one in bodies if words[0][:6] in one.text.lower()]
    return bodies[0] if len({one.text for one in bodies}) == 1 else None


def _is_other(before: str, language: str) -> bool:
    """Whether what stands ``before`` a name makes it another's: 'head of', 'Fondation', or marks,
    where those are a work's and no company's."""
    is_work = language not in _MARKING and before[-1:] in _OPENED and before != ""
    return is_work or bool(_LINKED.search(before) or _NAMED_AFTER.search(before))


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
    bare = _DETERMINER.sub("", low)
    is_body = any(here.lexicon.bodies.fullmatch(f"{one}{bare}") for one in _ARTICLES)
    return (told, SourceKind.ORGANISATION) if is_body else None


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
