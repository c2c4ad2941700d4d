"""Whom a speaker's words mean: the name behind 'she', 'the minister', 'Lee'. Abstains where more
than one could be meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tidings.annotators.quotes.drafts import Draft
from tidings.annotators.quotes.found import Found
from tidings.annotators.quotes.scenes import Span
from tidings.annotators.quotes.words import find_small_words
from tidings.reading.cited import split_words
from tidings.text import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Our own choice: safe rather than often; bench/quotes.py counts both."""

    stem: int = 5  # first letters by which a word is known again in another case
    back: int = 450  # code points within which 'she' means who spoke last
    role: int = 5  # words of an office before or behind a name


DEFAULTS = Options()


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Spans, each in order."""

    all: Sequence[Span]
    people: Sequence[Span]  # and what may be, where kinds aren't known
    sure: Sequence[Span]  # people
    places: Sequence[Span]
    bodies: frozenset[Span] = frozenset()  # organisations and places


class Resolver:
    """Of one article, asked in the order of its quotes."""

    def __init__(self, text: str, code: str, names: Names) -> None:
        self._text = text
        self._code = code
        self._small = find_small_words(code)
        self._names = names.all
        self._people = names.people
        self._sure = names.sure
        self._places = names.places
        self._bodies = names.bodies - frozenset(names.sure)
        self._keys: dict[Span, str] = {}
        self._last: tuple[Span, int] | None = None  # name, and where its quote ended
        self._roles: dict[str, set[str]] | None = None

    def resolve(self, draft: Draft) -> Span | None:
        """Where the article names the speaker of ``draft`` most fully."""
        found = draft.speaker
        is_silent = found is None and bool(self._small.silent) and draft.cue is not None
        if found is None and not draft.is_running and not is_silent:
            self._last = None
            return None
        if draft.is_running:
            name = self._last[0] if self._last else None
        elif found is None:
            name = self._by_nearness(draft, draft.span[0])
        elif found.is_pronoun:
            name = self._by_pronoun(draft, found)
        elif found.has_name:
            name = self._by_name(found)
        else:
            name = self._by_role(found)
        if name is not None:
            self._last = (name, draft.span[1])
        elif not draft.is_running:
            self._last = None
        return name

    def _by_name(self, found: Found) -> Span | None:
        inside = [n for n in self._names if found.span[0] <= n[0] and n[1] <= found.span[1]]
        people = [name for name in inside if name in self._sure]
        if people:
            is_owner = len(people) == 1 and self._is_owner(found, people[0])
            return None if is_owner else self._fullest(people[-1])
        heads = [name for name in inside if self._is_head(found, name)]
        return self._fullest(heads[-1]) if heads else None

    def _is_owner(self, found: Found, name: Span) -> bool:
        """Whether somebody of his speaks: 'a lawyer for Lee', "Lee's mother", 'мать Ли'."""
        before = split_words(self._text, found.span[0], name[0])
        ties = self._small.prepositions | self._small.inner - self._small.articles
        is_bound = self._code not in ("ru", "uk") and len(before) > 1 and before[-1].form in ties
        is_kin = any(word.form in self._small.kin for word in before)
        return is_bound or is_kin or self._text.startswith(("'s ", "’s "), name[1], found.span[1])

    def _is_head(self, found: Found, name: Span) -> bool:
        """Whether the phrase names the speaker so: 'agency Bloomberg', but not 'a US official',
        'head of NASA', 'глава МИД'."""
        after = self._text[name[1] : found.span[1]].strip()
        if name in self._places or (after and after[0] not in ",(."):
            return False
        before = split_words(self._text, found.span[0], name[0])
        if not before:
            return True
        last = before[-1]
        if (
            any(word.form in self._small.kin for word in before)
            or last.form in self._small.prepositions | self._small.inner - self._small.articles
        ):
            return False
        is_one = len(self._text[slice(*name)].split()) == 1
        if self._code not in ("ru", "uk") or not is_one:
            return True
        return last.form in self._small.outlets or self._text[last.start].isupper()

    def _fullest(self, name: Span) -> Span:
        """The first mention with more words that ends in the same one."""
        key = self._key(name)
        if len(self._text[slice(*name)].split()) > 1:
            return name
        longer = [
            one
            for one in self._names
            if one[0] < name[0]
            and len(self._text[slice(*one)].split()) > 1
            and self._key(one) == key
        ]
        firsts = {fold(self._text[slice(*one)].split()[0])[: DEFAULTS.stem] for one in longer}
        return longer[0] if len(firsts) == 1 else name

    def _key(self, name: Span) -> str:
        if name not in self._keys:
            words = split_words(self._text, *name)
            self._keys[name] = fold(words[-1].form)[: DEFAULTS.stem] if words else ""
        return self._keys[name]

    def _by_pronoun(self, draft: Draft, found: Found) -> Span | None:
        """'They' is no single person, and whom it means isn't safe."""
        is_many = self._text[slice(*found.span)].lower() in self._small.many
        return None if is_many else self._by_nearness(draft, found.span[0])

    def _by_nearness(self, draft: Draft, start: int) -> Span | None:
        """Who spoke last, if nobody else was named since; else the one person named before."""
        is_body = self._last is not None and self._last[0] in self._bodies
        if self._last and not is_body and 0 <= start - self._last[1] <= DEFAULTS.back:
            between = self._others(self._last[1], min(start, draft.span[0]), self._last[0])
            if not between:
                return self._last[0]
            return None
        near = [name for name in self._sure if start - DEFAULTS.back <= name[0] < start]
        keys = {self._key(name) for name in near}
        return self._fullest(near[-1]) if len(keys) == 1 else None

    def _others(self, start: int, end: int, name: Span) -> bool:
        key = self._key(name)
        return any(start <= one[0] < end and self._key(one) != key for one in self._people)

    def _by_role(self, found: Found) -> Span | None:
        """'the minister', where one person of the article is called so beside the name."""
        words = [
            fold(word.form)[: DEFAULTS.stem]
            for word in split_words(self._text, *found.span)
            if word.end - word.start >= DEFAULTS.stem
        ]
        if len(words) != 1:
            return None
        if self._roles is None:
            self._roles = self._gather_roles()
        holders = self._roles.get(words[0], set())
        if len(holders) != 1:
            return None
        key = next(iter(holders))
        first = next(name for name in self._people if self._key(name) == key)
        return self._fullest(first) if first[0] < found.span[0] else None

    def _gather_roles(self) -> dict[str, set[str]]:
        """Words before a name and, after a comma, behind it → who is called so."""
        roles: dict[str, set[str]] = {}
        for name in self._people:
            before = self._text[max(0, name[0] - 80) : name[0]]
            before = before.rpartition("\n")[2]
            for sign in '.,;:!?«»„“”"()—–':
                before = before.rpartition(sign)[2]
            near = split_words(before)[-DEFAULTS.role :]
            after = self._text[name[1] : name[1] + 80]
            behind = (
                split_words(after[1:].split(",")[0])[: DEFAULTS.role] if after[:1] == "," else []
            )
            for word in (*near, *behind):
                if word.end - word.start >= DEFAULTS.stem:
                    roles.setdefault(fold(word.form)[: DEFAULTS.stem], set()).add(self._key(name))
        return roles
