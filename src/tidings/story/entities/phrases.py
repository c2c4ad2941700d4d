"""Descriptions in a text: an office with whose it is, ``the EU's foreign policy chief``. Each word
of one is the office's, the owner's or a small one: what else is there makes it none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from tidings.model import Article, MentionKind
from tidings.reading.roles import Printed, Role, find_roles
from tidings.story.entities.gazetteer import Known, get_gazetteer
from tidings.story.entities.offices import UNIONS, find_office, list_states
from tidings.story.entities.peoples import find_people

CACHE = 1 << 14  # names
OWNER = 3  # words of whose it is, at most
OFFICE = 6  # words of a body's name behind its head, at most
REACH = 80  # characters beside an office that are looked at

_WORD = re.compile(r"[^\W_]+(?:[.'’&‑-][^\W_]+)*")
_OF = {
    "en": re.compile(r" of (?:the )?"),
    "de": re.compile(r" (?:von |der |des )?"),
    "fr": re.compile(r" (?:de la |de l['’]|du |des |de |d['’])"),
    "es": re.compile(r" (?:de la |de los |de las |del |de )"),
    "ru": re.compile(" "),
    "uk": re.compile(" "),
}
_POSSESSIVE = re.compile(r"['’]s?$")
_ADJECTIVE_BEHIND = ("fr", "es")
_ADJECTIVE_BEFORE = ("de", "ru", "uk")
_TIES = ("-", "‑")

Owners = Mapping[str, tuple[str, MentionKind]]
"""Text → id and kind of the organisation or place that an article prints so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Offsets in the article, without an article before it."""

    key: tuple[str, str]  # the office and whose it is, the same in every language
    start: int
    end: int
    is_base: bool  # in no other case, where the language has some
    is_owned: bool  # with a possessive: 'Estonia's president'


@dataclass(frozen=True, slots=True)
class _Owner:
    id: str
    start: int
    end: int
    office: str = ""  # that is headed, where the role is its head


def find_phrases(article: Article, owners: Owners) -> Iterator[Phrase]:
    """In order; of a language without a list of offices, none."""
    language = article.language.partition("-")[0]
    for printed in find_roles(article.text, language):
        found = _find_owner(article.text, printed, language, owners)
        if found is not None:
            start, end = min(printed.start, found.start), max(printed.end, found.end)
            yield Phrase(
                key=(found.office or printed.role.id, found.id),
                start=start,
                end=end,
                is_base=printed.role.is_base,
                is_owned=found.start < printed.start
                and _POSSESSIVE.search(article.text, found.start, found.end) is not None,
            )


def _find_owner(text: str, printed: Printed, language: str, owners: Owners) -> _Owner | None:
    """On one side only, or the same on both."""
    role = printed.role
    is_tied = text[max(0, printed.start - 1) : printed.start] in _TIES
    if role.is_own:
        return None if is_tied else _Owner(role.only, printed.start, printed.end)
    before = list(_look_before(text, printed, language, owners))[:1]
    if is_tied and not before:
        return None
    behind = list(_look_behind(text, printed, language, owners))[:1]
    if before and behind:
        return None
    return next(iter(before or behind), None)


def _look_before(text: str, printed: Printed, language: str, owners: Owners) -> Iterator[_Owner]:
    """The longest first."""
    first = max(0, printed.start - REACH)
    head = text[first : printed.start].rpartition("\n")[2]
    is_tied = head[-1:] in _TIES
    if language in _ADJECTIVE_BEHIND or head[-1:] not in (" ", *_TIES):
        return
    head = head[:-1]
    base = printed.start - 1 - len(head)
    words = [match.start() for match in re.finditer(r"\S+", head)][-OWNER:]
    for at in words:
        name = head[at:]
        if is_tied and " " in name:
            continue
        is_adjective = language in _ADJECTIVE_BEFORE and not is_tied
        own = (
            _find_adjective(name, language)
            if is_adjective
            else _find_named(_POSSESSIVE.sub("", name), language, owners)
        )
        own = own if own is None or _may_have(printed.role, *own) else None
        if own is not None:
            yield _Owner(own[0], base + at, base + len(head))


def _look_behind(text: str, printed: Printed, language: str, owners: Owners) -> Iterator[_Owner]:
    tail = text[printed.end : printed.end + REACH].partition("\n")[0]
    if printed.role.is_head and (gap := _OF[language].match(tail)):
        yield from _look_for_office(tail, gap.end(), printed, language)
    if language in _ADJECTIVE_BEHIND and (match := _WORD.match(tail, 1)) and tail[0] == " ":
        own = _find_adjective(match[0], language)
        if own is not None and _may_have(printed.role, *own):
            yield _Owner(own[0], printed.end + 1, printed.end + match.end())
    gap = _OF[language].match(tail)
    for end in _list_ends(tail, gap.end(), OWNER) if gap else ():
        own = _find_named(tail[gap.end() : end], language, owners) if gap else None
        if gap and own is not None and _may_have(printed.role, *own):
            yield _Owner(own[0], printed.end + gap.end(), printed.end + end)


def _look_for_office(tail: str, start: int, printed: Printed, language: str) -> Iterator[_Owner]:
    """``глава МИД Украины`` has the office of the foreign ministry."""
    for end in _list_ends(tail, start, OFFICE):
        office = find_office(tail[start:end], language)
        if office is not None and office.place is not None:
            place = office.place.id
            yield _Owner(place, printed.end + start, printed.end + end, office.id)


def _list_ends(tail: str, start: int, most: int) -> list[int]:
    """Where up to so many words end, one space apart, the longest run first."""
    ends: list[int] = []
    at = start
    while len(ends) < most and (match := _WORD.match(tail, at)):
        stop = match.end()
        is_dotted = tail[stop : stop + 1] == "." and match[0].isupper() and len(match[0]) > 1
        ends.append(stop + (is_dotted and "." in match[0]))
        if tail[stop : stop + 1] != " ":
            break
        at = stop + 1
    return ends[::-1]


def _find_adjective(name: str, language: str) -> tuple[str, MentionKind] | None:
    found = find_people(name, language) if " " not in name else None
    return (found.id, found.kind) if found else None


def _find_named(name: str, language: str, owners: Owners) -> tuple[str, MentionKind] | None:
    if not name[:1].isupper():
        return None
    known = _find_known(name, language)
    if known is not None:
        return known.id, known.kind
    return None if find_office(name, language) else owners.get(name)  # 'Police' tells nobody


@lru_cache(maxsize=CACHE)
def _find_known(name: str, language: str) -> Known | None:
    found = get_gazetteer().find(name, language)
    return found or (find_people(name, language) if language == "en" else None)


def _may_have(role: Role, own: str, kind: MentionKind) -> bool:
    if role.only:
        return own == role.only
    if own in list_states():
        return "state" in role.of
    if kind is MentionKind.ORGANISATION:
        return "body" in role.of or (own in UNIONS and "state" in role.of)
    return "local" in role.of
