"""Outlets and agencies by the names that are printed for them, in their cases; the tables are
outlets.toml and agencies.toml. And what makes two names of a publisher one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from anyascii import anyascii

from tidings.reading.agencies import SHORT, read_agencies
from tidings.text import fold, is_dense

_TOKEN = re.compile(r"[^\W_]+(?:[-‑+°][^\W_]+|\.[a-zа-яєії]{2,}(?!\w))*[°+!]?")
_GAP = re.compile(r"[ .«»\"“”„'’\-–—/]{0,3}")
_CYRILLIC = re.compile(r"[а-яё-џґ]")
_ENDING = re.compile(
    r"(?<=\w\w\w)(?:ого|ому|его|ему|ові|еві|ами|ями|ыми|ими|іми|ої|ою|єю|ею|ой|ей|ый|ий|ій|ая|яя|ую"
    r"|юю|ое|ее|ые|ие|ом|ем|єм|ым|им|ім|ах|ях|ам|ям|ых|их|ів|ев|ов|ъ|а|я|у|ю|ы|и|і|ї|о|е|є|ь|й)$"
)
_GENERIC_LINE = (
    "the news online media daily newspaper agency press group com net ru ua de org tv radio "
    "новости новини газета издание агентство информационное иа телеканал канал портал сайт журнал "
    "интернет радио тв ру медиа die der das le la les el il lo die"
)
_GENERIC = frozenset(_GENERIC_LINE.split())
_HOST_START = re.compile(r"^(?:www|m|news|ru|en|uk|de|fr|es|amp|mobile)\.")
_BARE = 2  # letters of initials that may be anything
_SHORTEST = 4  # letters of a key that is no known outlet's: shorter ones are anybody's


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    name: str
    domains: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """An outlet's name in a text: ``text[start:end]``."""

    start: int
    end: int
    outlet: Outlet
    is_common: bool  # also a word, or another's name


@dataclass(frozen=True, slots=True)
class _Form:
    stems: tuple[str, ...]
    capitals: tuple[bool, ...]  # of the words in Latin letters: those that begin with one
    exact: str  # of initials, which are nothing in small letters; else empty
    outlet: Outlet
    is_common: bool
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Tables:
    by_start: dict[tuple[str, str], tuple[_Form, ...]]  # first two stems → forms, longest first
    by_domain: dict[str, Outlet]
    by_stems: dict[tuple[str, ...], Outlet]
    dense: re.Pattern[str]  # forms in scripts without spaces
    by_dense: dict[str, Outlet]


@cache
def _read() -> _Tables:
    forms = [*_listed(), *_agencies()]
    by_start: dict[tuple[str, str], list[_Form]] = {}
    by_stems: dict[tuple[str, ...], Outlet] = {}
    dense: dict[str, Outlet] = {}
    for form in forms:
        if is_dense(form.exact):
            dense.setdefault(form.exact, form.outlet)
        by_start.setdefault((form.stems[0], (*form.stems, "")[1]), []).append(form)
        by_stems.setdefault(form.stems, form.outlet)
    ordered = sorted(dense, key=lambda one: (-len(one), one))
    return _Tables(
        by_start={
            start: tuple(sorted(ones, key=lambda one: -len(one.stems)))
            for start, ones in by_start.items()
        },
        by_domain={d: form.outlet for form in reversed(forms) for d in form.outlet.domains},
        by_stems=by_stems,
        dense=re.compile("|".join(map(re.escape, ordered)) or r"(?!)"),
        by_dense=dense,
    )


def _listed() -> Iterator[_Form]:
    table = tomllib.loads((files("tidings.reading") / "outlets.toml").read_text("utf-8"))
    for name, values in table["outlets"].items():
        domains = tuple(one for one in values if _is_domain(one))
        outlet = Outlet(name=name, domains=domains)
        others = [one for one in values if one not in domains]
        is_common = f"~{name}" in others
        for printed in dict.fromkeys((name, *others)):
            yield from _form(
                printed.lstrip("~"),
                outlet,
                is_common=printed[0] == "~" or (printed == name and is_common),
            )


def _agencies() -> Iterator[_Form]:
    """Those of agencies.toml, under the name that outlets.toml has for the same."""
    known = {form.stems: form.outlet for form in _listed() if not form.is_common}
    rows: dict[str, list[str]] = {}
    found = read_agencies()[0]
    languages = {}
    for printed, agencies in found.items():
        for agency in agencies:
            rows.setdefault(agency.name, []).append(printed)
            languages[agency.name] = agency.languages
    for name, forms in rows.items():
        stems = (tuple(stem_all(one)) for one in (name, *forms))
        outlet = next((known[one] for one in stems if one in known), Outlet(name=name, domains=()))
        for printed in dict.fromkeys((name, *forms)):
            limits = languages[name] if len(printed) <= SHORT else ()
            is_plain = printed not in forms and " " not in printed  # our own name for it
            is_short = len(printed) <= _BARE or (len(printed) <= SHORT and not printed.isupper())
            is_common = is_plain or is_short
            yield from _form(printed, outlet, is_common=is_common, languages=limits)


def _form(
    printed: str, outlet: Outlet, *, is_common: bool, languages: tuple[str, ...] = ()
) -> Iterator[_Form]:
    stems = tuple(stem_all(printed))
    is_exact = is_dense(printed) or (printed.upper() == printed and len(printed) <= 6)
    if stems:
        words = [match.group() for match in _TOKEN.finditer(printed)]
        capitals = tuple(word[0].isascii() and word[0].isupper() for word in words)
        exact = printed if is_exact else ""
        yield _Form(stems, capitals, exact, outlet, is_common, languages)


def _is_domain(value: str) -> bool:
    return bool(re.fullmatch(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", value))


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The same for a name's cases."""
    low = fold(word.rstrip("!")).replace("’", "'")
    return _ENDING.sub("", low) if _CYRILLIC.search(low) else low


def stem_all(name: str) -> Iterator[str]:
    return (stem(match.group()) for match in _TOKEN.finditer(name))


def find_outlets(text: str, start: int, end: int, language: str) -> Iterator[Printed]:
    """Those printed in ``text[start:end]``, in order, the longest where several begin alike."""
    tables, primary = _read(), language.partition("-")[0].lower()
    tokens = list(_TOKEN.finditer(text, start, end))
    stems = [stem(token.group()) for token in tokens]
    skip = -1
    for at, token in enumerate(tokens):
        if at <= skip or not _may_begin(token.group()):
            continue
        pair = (stems[at], stems[at + 1] if at + 1 < len(stems) else "")
        forms = (*tables.by_start.get(pair, ()), *tables.by_start.get((stems[at], ""), ()))
        for form in forms:
            stop = _match(text, tokens, at, form)
            if stop is None or (form.languages and primary not in form.languages):
                continue
            skip = stop
            yield Printed(
                start=token.start(),
                end=tokens[stop].end(),
                outlet=form.outlet,
                is_common=form.is_common,
            )
            break
    if primary in ("zh", "ja", "ko", "th"):
        for match in tables.dense.finditer(text, start, end):
            outlet = tables.by_dense[match.group()]
            yield Printed(start=match.start(), end=match.end(), outlet=outlet, is_common=False)


def _may_begin(word: str) -> bool:
    """Names have a capital or a dot; 'dpa', 'rbb', 'franceinfo' are the few that have none."""
    return not word[0].islower() or "." in word or word.isascii()


def _match(text: str, tokens: list[re.Match[str]], at: int, form: _Form) -> int | None:
    """Index of the form's last token."""
    stop = at + len(form.stems) - 1
    if stop >= len(tokens):
        return None
    printed = text[tokens[at].start() : tokens[stop].end()]
    if form.exact:
        return stop if printed == form.exact else None
    for number, wanted in enumerate(form.stems):
        word = tokens[at + number].group()
        if stem(word) != wanted or (number and form.capitals[number] and word[0].islower()):
            return None
        if number:
            gap = text[tokens[at + number - 1].end() : tokens[at + number].start()]
            if not _GAP.fullmatch(gap):
                return None
    return stop if _is_cased_alike(tokens[at].group(), form) else None


def _is_cased_alike(word: str, form: _Form) -> bool:
    """A name in small letters only where it is so written."""
    return not word[0].islower() or word in _small_forms() or "." in word


@cache
def _small_forms() -> frozenset[str]:
    """First words of forms that begin in small letters."""
    table = tomllib.loads((files("tidings.reading") / "outlets.toml").read_text("utf-8"))
    listed = [one for name, others in table["outlets"].items() for one in (name, *others)]
    printed = [*listed, *read_agencies()[0]]
    return frozenset(one.split()[0] for one in printed if one[0].islower() and not _is_domain(one))


def find_outlet(domain: str) -> Outlet | None:
    """By its domain, subdomains too."""
    by_domain = _read().by_domain
    host = domain.lower().removeprefix("www.")
    while host:
        if host in by_domain:
            return by_domain[host]
        _, _, host = host.partition(".")
    return None


@lru_cache(maxsize=16_384)
def name_keys(name: str | None, domain: str | None) -> frozenset[str]:
    """Two publishers that share one are the same. Empty where nothing is said."""
    keys: set[str] = set()
    if domain:
        outlet = find_outlet(domain)
        label = _HOST_START.sub("", domain.lower()).split(".")[0]
        keys |= {f"outlet:{outlet.name}"} if outlet else _plain((label,))
        keys.add(f"host:{domain.lower().removeprefix('www.')}")
    if name:
        keys |= _keys_of_name(name)
    return frozenset(keys)


def _keys_of_name(name: str) -> set[str]:
    low = name.strip().lower()
    if _is_domain(low):
        return set(name_keys(None, low))
    stems = tuple(stem_all(name))
    outlet = _read().by_stems.get(stems)
    if outlet is None and len(stems) > 1 and stems[0] in ("the", "die", "der", "le", "la"):
        outlet = _read().by_stems.get(stems[1:])
    return {f"outlet:{outlet.name}"} if outlet else _plain(stems)


def _plain(stems: Iterable[str]) -> set[str]:
    """Of no known outlet: letters in one script, without endings and words that many have."""
    ones = list(stems)
    kept = [one for one in ones if fold(one) not in _GENERIC_STEMS] or ones
    latin = "".join(re.sub(r"[^a-z0-9]", "", anyascii(one).lower()) for one in kept)
    bare = re.sub(r"[aeiouy]+(\d*)$", r"\1", re.sub(r"(?<=\w{6})e?[ns]$", "", latin))
    return {f"name:{bare}"} if len(bare) >= _SHORTEST else set()


_GENERIC_STEMS = frozenset(stem(word) for word in _GENERIC)
