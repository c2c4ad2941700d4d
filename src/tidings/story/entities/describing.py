"""What people are described as, within one story: ``the EU's foreign policy chief`` beside a full
name tells whose office that is; elsewhere in the story the same office means the same person.

Our own. A description never joins two people. Where two who are told apart have one office of one
owner, in whatever language, it is nobody's. In Russian and Ukrainian the case must allow that it
stands for the name beside it: ``пресс-секретарь президента России Дмитрий Песков`` is no president.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tidings.model import Article, ArticleId, Evidence, MentionKind, Role
from tidings.reading.roles import has_roles
from tidings.story.entities.around import Around, look_around
from tidings.story.entities.book import Alias, Entities, Entity
from tidings.story.entities.phrases import find_phrases
from tidings.story.names import fold_name

READ = (Role.HEADLINE, Role.STANDFIRST, Role.BODY, Role.QUOTE_BOX, Role.CAPTION)
BODIES = (MentionKind.ORGANISATION, MentionKind.PLACE)

_STRANGER = re.compile(r",? ([^\W\d_]+(?:[-'’ ][^\W\d_]+)*)")
_SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class _Names:
    """What one article prints."""

    people: dict[str, Entity] = field(default_factory=dict)  # and what may be; the longest first
    bodies: dict[str, tuple[str, MentionKind]] = field(default_factory=dict)


@dataclass(slots=True)
class _Held:
    """One office of one owner in the story."""

    bearers: dict[str, bool] = field(default_factory=dict)  # id → whether by a name in full
    strangers: set[str] = field(default_factory=set)  # keys of last names that are nobody's known
    places: list[tuple[Evidence, str]] = field(default_factory=list)  # with the language


def describe(entities: Entities, articles: Iterable[Article]) -> Entities:
    """The same, people with what these articles describe them as; they should be of one story."""
    found = find_descriptions(entities, articles)
    if not found:
        return entities
    return Entities(
        replace(one, descriptions=found[one.id]) if one.id in found else one for one in entities
    )


def find_descriptions(
    entities: Iterable[Entity], articles: Iterable[Article]
) -> dict[str, tuple[Alias, ...]]:
    """By id. Costs a part of a millisecond an article."""
    people = {one.id: one for one in entities}
    names = _sort_names(people.values())
    held: defaultdict[tuple[str, str], _Held] = defaultdict(_Held)
    for article in articles:
        if has_roles(article.language):
            _read_article(article, names.get(article.id, _Names()), held)
    places: defaultdict[str, list[tuple[Evidence, str]]] = defaultdict(list)
    for office in held.values():
        holder = _find_holder(office, people)
        if holder is not None:
            places[holder] += office.places
    return {own: _list(found) for own, found in places.items()}


def _sort_names(entities: Iterable[Entity]) -> dict[ArticleId, _Names]:
    """By article; a text that is two people's there is nobody's."""
    found: defaultdict[ArticleId, dict[str, dict[str, Entity]]]
    found = defaultdict(lambda: defaultdict(dict))
    for one in entities:
        for alias in one.aliases:
            for place in alias.places if alias.kind is MentionKind.NAME else ():
                found[place.article][place.text][one.id] = one
    return {article: _part(texts) for article, texts in found.items()}


def _part(texts: Mapping[str, Mapping[str, Entity]]) -> _Names:
    names = _Names()
    for text in sorted(texts, key=lambda one: (-len(one), one)):
        owners = list(texts[text].values())
        if len(owners) == 1 and owners[0].kind in BODIES:
            names.bodies[text] = owners[0].id, owners[0].kind
        elif len(owners) == 1:
            names.people[text] = owners[0]
    return names


def _read_article(
    article: Article, names: _Names, held: defaultdict[tuple[str, str], _Held]
) -> None:
    language = article.language.partition("-")[0]
    spans = [(block.start, block.end) for block in article.blocks if block.role in READ]
    for phrase in find_phrases(article, names.bodies):
        if not any(start <= phrase.start and phrase.end <= end for start, end in spans):
            continue
        around = look_around(article.text, phrase, language)
        if around.is_apart:
            continue
        office = held[phrase.key]
        bearer = _find_bearer(around, names.people)
        if bearer is not None:
            own, is_full = bearer
            office.bearers[own] = office.bearers.get(own, False) or is_full
        elif (stranger := _find_stranger(around, names.people)) is not None:
            office.strangers.add(stranger)
            continue
        elif _is_beside_name(around, names.people) or not around.is_person:
            continue
        text = article.text[phrase.start : phrase.end]
        place = Evidence(article=article.id, start=phrase.start, end=phrase.end, text=text)
        office.places.append((place, article.language))


def _find_bearer(around: Around, people: Mapping[str, Entity]) -> tuple[str, bool] | None:
    """Who it is said to be, and whether by a name in full."""
    text, end = around.text, around.phrase.end
    if around.phrase.is_base or around.language not in ("ru", "uk"):
        behind = _name_at(text, end + 1, people) if text[end : end + 1] == " " else None
        if behind is not None and not around.is_helped:
            return people[behind].id, " " in behind
        before = _name_before(around, people)
        if before is not None and around.is_closed:
            return people[before].id, " " in before
    led = _name_at(text, end + 2, people) if text[end : end + 2] == ", " else None
    if led is not None and around.may_lead and _is_closed(text, end + 2 + len(led)):
        return people[led].id, " " in led
    return None


def _is_closed(text: str, at: int) -> bool:
    return text[at : at + 1] in ("", ",", ".", ";", ":", ")", "\n")


def _name_at(text: str, at: int, people: Iterable[str]) -> str | None:
    """The longest that begins there."""
    return next(
        (
            one
            for one in people
            if text.startswith(one, at) and not text[at + len(one) : at + len(one) + 1].isalnum()
        ),
        None,
    )


def _name_before(around: Around, people: Iterable[str]) -> str | None:
    """With a comma behind it."""
    text, at = around.text, around.start
    if text[max(0, at - 2) : at] != ", ":
        return None
    return next((one for one in people if text.endswith(one, 0, at - 2)), None)


def _is_beside_name(around: Around, people: Iterable[str]) -> bool:
    """Some name is there, whoever's: then it stands for nobody else."""
    text, end = around.text, around.phrase.end
    if _name_before(around, people) is not None:
        return True
    return any(_name_at(text, at, people) is not None for at in (end + 1, end + 2))


def _find_stranger(around: Around, people: Iterable[str]) -> str | None:
    """The last name of two words with capitals right behind it that are no name known here."""
    match = _STRANGER.match(around.text, around.phrase.end)
    if match is None or match[0][0] == "," or _is_beside_name(around, people):
        return None
    words = []
    for word in match[1].split():
        if not word[0].isupper():
            break
        words.append(word)
    return fold_name(words[1]) if len(words) > 1 else None


def _find_holder(office: _Held, people: Mapping[str, Entity]) -> str | None:
    """The one person who has it, told once by a name in full."""
    if len(office.bearers) != 1 or not all(office.bearers.values()):
        return None
    own = next(iter(office.bearers))
    words = {fold_name(w) for alias in people[own].aliases for w in alias.text.split()}
    return own if office.strangers <= words else None


def _list(places: Sequence[tuple[Evidence, str]]) -> tuple[Alias, ...]:
    return merge_aliases(
        Alias(
            text=_SPACE.sub(" ", place.text),
            language=language,
            kind=MentionKind.DESCRIPTION,
            count=1,
            places=(place,),
        )
        for place, language in places
    )


def merge_aliases(aliases: Iterable[Alias]) -> tuple[Alias, ...]:
    """Those of one text in one language as one; most places first."""
    rows: defaultdict[tuple[str, str], list[Alias]] = defaultdict(list)
    for one in aliases:
        rows[one.text, one.language].append(one)
    merged = (
        replace(
            same[0],
            count=sum(one.count for one in same),
            places=tuple(place for one in same for place in one.places),
        )
        for same in rows.values()
    )
    return tuple(sorted(merged, key=lambda one: (-one.count, one.language, one.text)))
