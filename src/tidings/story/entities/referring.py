"""Within one article: which names mean one and the same.

A full name opens a referent; what is printed shorter (a surname, an initial with it, letters of
an organisation) is taken for the one in the article that it fits, if there is one and no more.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tidings.model import Article, Evidence, Mention, MentionKind, Note
from tidings.story.entities.compare import (
    is_exact_word,
    is_same_name,
    is_same_person,
    may_bear,
    may_call,
)
from tidings.story.entities.forms import Form, parse_form
from tidings.story.entities.gazetteer import Known, get_gazetteer

NAMES = (MentionKind.NAME, MentionKind.PERSON, MentionKind.ORGANISATION, MentionKind.PLACE)
PERSONAL = (MentionKind.NAME, MentionKind.PERSON)
LETTERS = (2, 7)  # of an acronym made of a name's first letters
BRACKET = 3  # characters between a name and its letters in brackets, at most


@dataclass(frozen=True, slots=True)
class Seen:
    """One mention with what can be told of it alone."""

    evidence: Evidence
    kind: MentionKind
    form: Form
    known: Known | None


@dataclass(slots=True)
class Referent:
    """What one article means by some names. ``full`` are the forms that tell it from others."""

    known: Known | None = None
    full: dict[Form, None] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    candidates: tuple[Referent, ...] = ()  # of a short form that fits several, these

    def add(self, seen: Seen, *, is_full: bool = False) -> None:
        self.seen.append(seen)
        if is_full:
            self.full[seen.form] = None

    @property
    def kinds(self) -> Counter[MentionKind]:
        return Counter(one.kind for one in self.seen)

    @property
    def is_personal(self) -> bool:
        """Whether it may be a person: nothing says otherwise."""
        return all(kind in (*PERSONAL, MentionKind.HANDLE) for kind in self.kinds)

    @property
    def start(self) -> int:
        return min(one.evidence.start for one in self.seen)


def refer(article: Article, notes: Sequence[Note]) -> list[Referent]:
    """In order of first place. A short form that fits several is one of its own, with these as
    its candidates."""
    seen = list(_look(article, notes))
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


def _look(article: Article, notes: Sequence[Note]) -> Iterator[Seen]:
    gazetteer = get_gazetteer()
    mentions = [note for note in notes if isinstance(note, Mention)]
    for mention in sorted(mentions, key=lambda one: (one.evidence.start, one.evidence.end)):
        text, kind = mention.evidence.text, mention.kind
        if kind not in NAMES and kind is not MentionKind.HANDLE:
            continue
        known = None
        if kind is not MentionKind.PERSON and kind is not MentionKind.HANDLE:
            known = gazetteer.find(text, article.language)
        yield Seen(mention.evidence, kind, parse_form(text, article.language), known)


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
    people = [r for r in found if r.known is None and r.is_personal]
    bearers = [r for r in people if any(may_bear(one.form, form) for form in r.full)]
    if not bearers:
        bearers = [r for r in people if any(may_call(one.form, form) for form in r.full)]
    if len(bearers) > 1:
        return [r for r in bearers if r.start < one.evidence.start] or bearers
    return bearers


def _find_letters(found: Sequence[Referent], one: Seen, text: str) -> Referent | None:
    """Whose first letters it is, or after whose name it stands in brackets."""
    name = one.evidence.text.replace(".", "")
    if not (name.isupper() and LETTERS[0] <= len(name) <= LETTERS[1]):
        return None
    for referent in found:
        for other in referent.seen:
            gap = text[other.evidence.end : one.evidence.start]
            if 0 < len(gap) <= BRACKET and gap.strip() == "(" and len(other.form.words) > 1:
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
        home = next(
            (
                r
                for r in found
                if whole
                and any(len(f.whole) == 1 and is_exact_word(f.whole[0], whole[0]) for f in r.full)
            ),
            None,
        )
        if home is None:
            home = Referent()
            found.append(home)
        for one in group:
            home.add(one, is_full=True)
    return found


def _place_handle(found: list[Referent], one: Seen) -> None:
    """``@kajakallas`` goes to who has both words; others stand alone."""
    handle = one.evidence.text.lstrip("@").partition("@")[0].replace("_", "").lower()
    owners = [r for r in found if any(fits_handle(handle, form) for form in r.full)]
    if len(owners) == 1:
        owners[0].add(one)
    elif not owners:
        alone = Referent()
        alone.add(one, is_full=True)
        found.append(alone)


def fits_handle(handle: str, form: Form) -> bool:
    """All words of a full name in a row, or the family name with its fellow's first letter."""
    whole = [word.text for word in form.whole]
    if len(whole) < 2 or not "".join(whole).isascii():
        return False
    return handle in ("".join(whole), whole[0][0] + whole[-1], whole[-1] + whole[0])
