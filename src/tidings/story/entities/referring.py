"""Within one article: which names mean one and the same.

A full name opens a referent; what is printed shorter (a surname, an initial with it, letters of
an organisation) is taken for the one in the article that it fits, if there is one and no more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from tidings.model import Article, Evidence, Mention, MentionKind, Note
from tidings.story.entities.compare import (
    is_exact_word,
    is_same_name,
    is_same_person,
    may_bear,
    may_call,
)
from tidings.story.entities.forms import Form, Word, parse_form
from tidings.story.entities.gazetteer import Known, get_gazetteer
from tidings.story.entities.handles import find_authors, fits_handle
from tidings.story.entities.knowing import find_bare, find_known, find_seated
from tidings.story.entities.referents import BODIES, LOOKED_AT, PERSONAL, Referent, Seen

LETTERS = (2, 7)  # of an acronym made of a name's first letters
BRACKET = 3  # characters between a name and its letters in brackets, at most


def refer(article: Article, notes: Sequence[Note]) -> list[Referent]:
    """In order of first place. A short form that fits several is one of its own, with these as
    its candidates."""
    seen = _look(article, notes)
    found: list[Referent] = []
    known: dict[str, Referent] = {}
    short: list[Seen] = []
    for one in seen:
        if one.known is not None:
            _open_known(known, found, one.known).add(one)
        elif one.form.is_full:
            _open_full(found, one).add(one, is_full=True)
        elif one.kind is not MentionKind.HANDLE:
            short.append(one)
    found += _place_all(found, short, article.text)
    for one in seen:
        if one.kind is MentionKind.HANDLE:
            _place_handle(found, one)
    return sorted(found, key=lambda one: one.start)


def _place_all(found: Sequence[Referent], short: Sequence[Seen], text: str) -> list[Referent]:
    """Puts short forms with what they mean; gives new referents for the others."""
    rest: list[Seen] = []
    several: list[Referent] = []
    for one in short:
        owners = _find_owners(found, one, text)
        if len(owners) == 1:
            owners[0].add(one)
        elif owners:
            several.append(Referent(candidates=tuple(owners)))
            several[-1].add(one, is_full=True)
        else:
            rest.append(one)
    return [*several, *_group(rest)]


def _look(article: Article, notes: Sequence[Note]) -> list[Seen]:
    """The mentions in order; a long one that ends with another's name is cut to that."""
    mentions = [note for note in notes if isinstance(note, Mention) and note.kind in LOOKED_AT]
    mentions.sort(key=lambda one: (one.evidence.start, one.evidence.end))
    seen = [
        part
        for one in mentions
        for part in _part(_look_at(one.evidence, one.kind, article), article)
    ]
    seen += [_look_at(place, MentionKind.HANDLE, article) for place in find_authors(notes)]
    full = {one.form.text: one.form for one in seen if one.known is None and one.form.is_full}
    seen = [_cut(one, full.values(), article) for one in seen]
    people = {one.form for one in seen if one.kind in PERSONAL}
    families = {f.family.text for f in full.values() if f.family is not None and f in people}
    return _seat([_doubt(one, families) for one in seen])


def _seat(seen: Sequence[Seen]) -> list[Seen]:
    """An office whose state isn't told is that of the one state that has it here."""
    seated = find_seated([one.known for one in seen])
    return [
        replace(one, known=seated.get(find_bare(one.evidence.text, one.form.language) or ""))
        if seated and one.known is None and one.kind in BODIES
        else one
        for one in seen
    ]


def _look_at(evidence: Evidence, kind: MentionKind, article: Article) -> Seen:
    language, text = article.language, article.text
    may_be_known = kind not in (MentionKind.PERSON, MentionKind.HANDLE)
    known = find_known(evidence, language, text) if may_be_known else None
    return Seen(evidence, kind, parse_form(evidence.text, language), known)


def _part(one: Seen, article: Article) -> Iterator[Seen]:
    """``Украины Игорь Воронченко`` are two: a place in another case than the first, and a name."""
    head, _, tail = one.evidence.text.partition(" ")
    if one.kind is MentionKind.NAME and one.known is None and " " in tail:
        known = get_gazetteer().find(head, article.language)
        if known is not None and not get_gazetteer().has(known, head):
            place = replace(one.evidence, end=one.evidence.start + len(head), text=head)
            yield _look_at(place, one.kind, article)
            rest = replace(one.evidence, start=one.evidence.end - len(tail), text=tail)
            yield _look_at(rest, one.kind, article)
            return
    yield one


def _cut(one: Seen, full: Collection[Form], article: Article) -> Seen:
    """``Union Kaja Kallas`` → ``Kaja Kallas``, where that is named by itself too."""
    if one.known is not None or one.kind is not MentionKind.NAME or len(one.form.words) < 3:
        return one
    text = one.evidence.text
    tails = [f.text for f in full if text != f.text and text.endswith(f" {f.text}")]
    if not tails:
        return one
    tail = max(tails, key=len)
    start = one.evidence.end - len(tail)
    return _look_at(replace(one.evidence, start=start, text=tail), one.kind, article)


def _doubt(one: Seen, families: Collection[str]) -> Seen:
    """A place whose name is the family name of somebody here is nobody known."""
    is_doubted = one.known is not None and one.evidence.text.lower() in families
    return replace(one, known=None) if is_doubted else one


def _open_known(known: dict[str, Referent], found: list[Referent], one: Known) -> Referent:
    if one.id not in known:
        known[one.id] = Referent(known=one)
        found.append(known[one.id])
    return known[one.id]


def _open_full(found: list[Referent], one: Seen) -> Referent:
    for referent in found:
        if referent.known is None and any(is_one(one, form) for form in referent.full):
            return referent
    found.append(Referent())
    return found[-1]


def is_one(one: Seen, form: Form) -> bool:
    """Whether a full name is another way to print ``form``."""
    if one.form == form or is_same_name(one.form, form):
        return True
    return one.kind in PERSONAL and is_same_person(one.form, form)


def _find_owners(found: Sequence[Referent], one: Seen, text: str) -> list[Referent]:
    """Those of whom it may be a short form."""
    letters = _find_letters(found, one, text)
    if letters is not None:
        return [letters]
    if one.kind not in PERSONAL:
        return []
    return find_bearers(found, one)


def find_bearers(found: Sequence[Referent], one: Seen) -> list[Referent]:
    """Those whose family name it may be, or else whose given name; of several those that are
    printed before it."""
    people = [r for r in found if r.known is None and r.is_personal]
    if one.kind is not MentionKind.PERSON:
        people = pick_people(people)
    bearers = [r for r in people if any(may_bear(one.form, form) for form in r.full)]
    if not bearers and one.kind is MentionKind.PERSON:
        bearers = [r for r in people if any(may_call(one.form, form) for form in r.full)]
    if len(bearers) > 1:
        return [r for r in bearers if r.start < one.evidence.start] or bearers
    return bearers


def pick_people(referents: list[Referent]) -> list[Referent]:
    """Those that are told to be people, where some are: the others are things then."""
    return [one for one in referents if MentionKind.PERSON in one.kinds] or referents


def _find_letters(found: Sequence[Referent], one: Seen, text: str) -> Referent | None:
    """Whose first letters it is, or after whose name it stands in brackets."""
    name = one.evidence.text.replace(".", "")
    if not (name.isupper() and LETTERS[0] <= len(name) <= LETTERS[1]):
        return None
    for referent in found:
        for other in referent.seen:
            gap = text[other.evidence.end : one.evidence.start]
            is_named = other.kind in BODIES and len(other.form.words) > 1
            is_named = is_named and not (other.known and other.known.kind is MentionKind.PLACE)
            if is_named and 0 < len(gap) <= BRACKET and gap.strip() == "(":
                return referent
    made = [r for r in found if any(_initials(form) == name.lower() for form in r.full)]
    return made[0] if len(made) == 1 else None


def _initials(form: Form) -> str:
    return "".join(word.text[0] for word in form.words)


def _group(rest: Sequence[Seen]) -> list[Referent]:
    """Single words by their base forms."""
    groups: defaultdict[str, list[Seen]] = defaultdict(list)
    found: list[Referent] = []
    for one in rest:
        groups[one.form.text].append(one)
    for group in groups.values():
        whole = group[0].form.whole
        alike = (one for one in found if whole and _is_called(one, whole[0]))
        home = next(alike, None)
        if home is None:
            home = Referent()
            found.append(home)
        for one in group:
            home.add(one, is_full=True)
    return found


def _is_called(referent: Referent, word: Word) -> bool:
    return any(len(f.whole) == 1 and is_exact_word(f.whole[0], word) for f in referent.full)


def _place_handle(found: list[Referent], one: Seen) -> None:
    """``@kajakallas`` goes to who is called so; others stand alone."""
    owners = [r for r in found if any(fits_handle(one.evidence.text, form) for form in r.full)]
    if len(owners) == 1:
        owners[0].add(one)
    elif not owners:
        alone = Referent()
        alone.add(one, is_full=True)
        found.append(alone)
