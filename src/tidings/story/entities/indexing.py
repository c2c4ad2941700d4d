"""Referents ↔ rows of the index of names, by which entities of all stories are found.

Keys say what they are: ``i:`` an id that the name may have, ``t:`` a text as printed, folded,
``s:`` how a word of a name of several sounds, ``o:`` how one that stands alone does, ``g:`` a
given name that others are forms of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from tidings.model import Article, ArticleId, Evidence, MentionKind, Naming, Note, Placed
from tidings.story.entities.forms import Form, Word, get_lexicon, parse_form
from tidings.story.entities.ids import slug
from tidings.story.entities.joining import find_keys
from tidings.story.entities.offices import get_known
from tidings.story.entities.referents import Referent, Seen
from tidings.story.entities.referring import find_bearers, refer
from tidings.story.entities.sounds import key as hear_key
from tidings.text import fold


def index(article: Article, notes: Sequence[Note]) -> tuple[Naming, ...]:
    """What the article calls by which names, in order of first place."""
    return tuple(row for referent in refer(article, notes) for row in _render(referent))


def _render(referent: Referent) -> Iterator[Naming]:
    anchor = next(iter(referent.full), referent.seen[0].form)
    name = referent.known.id if referent.known else anchor.text
    by_text: defaultdict[tuple[str, MentionKind], list[Seen]] = defaultdict(list)
    for one in referent.seen:
        by_text[one.evidence.text, one.kind].append(one)
    own = name_keys(name) if referent.known else {*name_keys(name), *sound_keys(anchor)}
    for (text, kind), seen in by_text.items():
        place = seen[0].evidence
        yield Naming(
            name=name,
            language=anchor.language,
            is_known=referent.known is not None,
            text=text,
            kind=kind,
            is_full=seen[0].form in referent.full,
            count=len(seen),
            start=place.start,
            end=place.end,
            keys=tuple(sorted({*own, text_key(text)})),
        )


def name_keys(name: str) -> set[str]:
    return {f"i:{slug(name)}"}


def text_key(text: str) -> str:
    return f"t:{fold(' '.join(text.split()).removeprefix('@'))}"


def sound_keys(form: Form) -> set[str]:
    """Of a single word, or of all words of several."""
    if is_alone(form):
        return alone_keys(form)
    return set().union(*end_keys(form))


def is_alone(form: Form) -> bool:
    """One word, or one behind initials."""
    return len(form.whole) < 2


def alone_keys(form: Form) -> set[str]:
    """What the form's words have as keys where they stand alone."""
    return {f"o:{key}" for key in find_keys(form)}


def end_keys(form: Form) -> tuple[set[str], set[str]]:
    """Of the first word, and of the others: two names of several words that are one's have one
    of either in common."""
    first, *others = form.whole
    given = get_lexicon().given
    groups = {f"g:{group}" for base in first.bases for group in given.get(base, ())}
    return _spoken([first]) | groups, _spoken(others) | {
        f"g:{group}" for word in others for base in word.bases for group in given.get(base, ())
    }


def _spoken(words: Sequence[Word]) -> set[str]:
    return {f"s:{key}" for word in words for base in word.bases for key in hear_key(base)}


def restore(rows: Sequence[Placed]) -> list[Referent]:
    """The referents that some rows of the index are of, in the order of the rows."""
    found: dict[tuple[ArticleId, int], Referent] = {}
    for row in rows:
        naming = row.naming
        referent = found.setdefault((row.article, row.number), Referent(number=row.number))
        if naming.is_known and referent.known is None:
            referent.known = get_known(naming.name)
        referent.add(_restore_seen(row), is_full=naming.is_full)
    by_article: defaultdict[ArticleId, list[Referent]] = defaultdict(list)
    for (article, _), referent in found.items():
        by_article[article].append(referent)
    for referents in by_article.values():
        _find_candidates(referents)
    return list(found.values())


def _restore_seen(row: Placed) -> Seen:
    naming = row.naming
    place = Evidence(article=row.article, start=naming.start, end=naming.end, text=naming.text)
    known = get_known(naming.name) if naming.is_known else None
    form = parse_form(naming.text, naming.language)
    return Seen(place, naming.kind, form, known, naming.count)


def _find_candidates(referents: Sequence[Referent]) -> None:
    """A single word that more than one in its article may bear was nobody's there."""
    full = [one for one in referents if any(form.is_full for form in one.full)]
    for one in referents:
        if one.known is None and one not in full and one.is_personal:
            bearers = find_bearers(full, one.seen[0])
            if len(bearers) > 1:
                one.candidates = tuple(bearers)
