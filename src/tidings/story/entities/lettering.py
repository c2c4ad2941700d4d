"""Across articles: acronyms, and the names that pages give for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from tidings.model import MentionKind
from tidings.story.entities.forms import Form, Part
from tidings.story.entities.referents import Referent
from tidings.story.entities.romanise import romanise

SHORTEST = 3  # letters: shorter ones are many things


def find_lettered(
    referents: Sequence[Referent], find_root: Callable[[int], int]
) -> Iterator[tuple[int, int]]:
    """Pairs that are one: an acronym, also in other letters, with the name that some article
    gives for it; names that articles in several languages give for one. Where one language gives
    it two, it is nobody's."""
    groups: defaultdict[str, list[int]] = defaultdict(list)
    spoken: defaultdict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(referents):
        for letters in dict.fromkeys(_find_letters(one)):
            groups[letters].append(at)
        for word in _find_words(one):
            spoken[word].append(at)
    for letters, found in groups.items():
        told = [at for at in found if _is_long(referents[at])]
        if _is_clear([(find_root(at), referents[at]) for at in told]):
            yield from ((found[0], at) for at in (*found, *spoken[letters]))


def _find_words(one: Referent) -> Iterator[str]:
    """Letters that are printed as a word: ``dpa``, ``Nabu``."""
    if one.known is None and not one.is_personal:
        yield from (form.words[0].text for form in one.full if len(form.words) == 1)


def _is_clear(told: Sequence[tuple[int, Referent]]) -> bool:
    roots: defaultdict[str, set[int]] = defaultdict(set)
    for root, one in told:
        roots[one.seen[0].form.language].add(root)
    known = {one.known.id for _, one in told if one.known}
    return len(known) < 2 and all(len(some) == 1 for some in roots.values())


def _find_letters(one: Referent) -> Iterator[str]:
    if MentionKind.PERSON not in one.kinds:
        for seen in one.seen:
            if _is_letters(seen.form):
                yield romanise(seen.form.words[0].text)


def _is_letters(form: Form) -> bool:
    return (
        len(form.words) == 1
        and form.words[0].part is Part.LETTERS
        and len(form.words[0].text) >= SHORTEST
    )


def _is_long(one: Referent) -> bool:
    return one.known is not None or any(len(form.words) > 1 for form in one.full)
