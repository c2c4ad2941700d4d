"""Across articles: acronyms, and the names that pages give for them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tidings.model import MentionKind
from tidings.story.entities.forms import Form, Part
from tidings.story.entities.referents import Referent
from tidings.story.entities.romanise import romanise

SHORTEST = 3  # letters: shorter ones are many things


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterOptions:
    """Our own choice, as of bearers of a family name; bench/entities.py guards it."""

    leading: int = 5  # times as many places as the next name in that language


DEFAULTS = LetterOptions()


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
        roots = {at: find_root(at) for at in found if _is_long(referents[at])}
        chosen = _choose({root: [referents[at] for at in roots if roots[at] == root]
                          for root in roots.values()})  # fmt: skip
        if chosen is not None:
            kept = [at for at in found if at not in roots or roots[at] in chosen]
            yield from ((kept[0], at) for at in (*kept, *spoken[letters]))


def _find_words(one: Referent) -> Iterator[str]:
    """Letters that are printed as a word: ``dpa``, ``Nabu``."""
    if one.known is None and not one.is_personal:
        yield from (form.words[0].text for form in one.full if len(form.words) == 1)


def _choose(told: Mapping[int, Sequence[Referent]]) -> set[int] | None:
    """Of the names that are given, the one of each language, or that which is given much more
    often than the next; None where there is none such, or they are two that are known."""
    counts: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for root, some in told.items():
        for one in some:
            counts[one.seen[0].form.language][root] += one.count
    chosen: set[int] = set()
    for roots in counts.values():
        (best, most), *others = sorted(roots.items(), key=lambda one: (-one[1], one[0]))
        if others and most < DEFAULTS.leading * others[0][1]:
            return None
        chosen.add(best)
    known = {one.known.id for root in chosen for one in told[root] if one.known}
    return chosen if len(known) < 2 else None


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
