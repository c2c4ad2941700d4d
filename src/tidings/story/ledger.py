"""A story's quotes as a ledger: the same words of the same speaker, in whatever wording and
language, are one line with its variants side by side. Our own."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tidings.model import QuoteKind
from tidings.story.utterances import DEFAULTS, Embed, Entry, LedgerOptions, group_same
from tidings.text import fold

__all__ = ["Embed", "Entry", "Line", "Original", "Variant", "VariantKind", "build_ledger"]


class VariantKind(StrEnum):
    """How an article gives what was said."""

    VERBATIM = "verbatim"  # between marks, in the language it was said in as far as is told
    TRANSLATED = "translated"  # between marks, in a language that it was not said in
    UNSETTLED = "verbatim or translated"  # between marks in several languages: one was spoken
    PARTIAL = "partial"  # some words between marks
    REPORTED = "reported"


class Original(StrEnum):
    """What is held of the words as they were said."""

    HELD = "held"  # the post or document that is quoted
    NOT_HELD = "not held"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One wording in one language, with all articles that print it so."""

    kind: VariantKind
    entries: tuple[Entry, ...]  # in the order given; never empty

    @property
    def entry(self) -> Entry:
        return self.entries[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What somebody said once."""

    who: str | None  # None where most articles don't tell, or tell of others
    variants: tuple[Variant, ...]  # verbatim first, then by how many articles print them
    original: Original

    @property
    def articles(self) -> int:
        return len({entry.article.id for one in self.variants for entry in one.entries})


def build_ledger(
    entries: Sequence[Entry], embed: Embed | None = None, options: LedgerOptions = DEFAULTS
) -> tuple[Line, ...]:
    """Lines that most articles print first; ties by place. Without ``embed`` no two languages
    meet. Costs an embedding for each wording, where there are two languages."""
    groups = group_same(entries, embed, options)
    lines = [_make_line([entries[i] for i in group]) for group in groups]
    order = {id(line): at for at, line in enumerate(lines)}
    return tuple(sorted(lines, key=lambda line: (-line.articles, order[id(line)])))


def _make_line(entries: Sequence[Entry]) -> Line:
    groups: defaultdict[tuple[VariantKind, str, str], list[Entry]] = defaultdict(list)
    kinds = [_find_kind(entry) for entry in entries]
    told = zip(entries, kinds, strict=True)
    spoken = {entry.language for entry, kind in told if kind is VariantKind.VERBATIM}
    for entry, found in zip(entries, kinds, strict=True):
        is_open = found is VariantKind.VERBATIM and len(spoken) > 1
        kind = VariantKind.UNSETTLED if is_open else found
        key = " ".join(fold(entry.text).split()).strip(" .,!?…")
        groups[kind, entry.language, key].append(entry)
    variants = [Variant(kind=kind, entries=tuple(g)) for (kind, _, _), g in groups.items()]
    order = list(VariantKind)
    variants.sort(key=lambda one: (order.index(one.kind), -len(one.entries)))
    who = _find_speaker(entries)
    return Line(who=who, variants=tuple(variants), original=_find_original(entries, variants))


def _find_speaker(entries: Iterable[Entry]) -> str | None:
    """Whom more articles give it to than to all others, known or not; marked words whose article
    names nobody speak against none."""
    told = [one for one in entries if one.who or one.quote.speaker or _is_reported(one)]
    named = Counter(one.who for one in told if one.who)
    if not named or 2 * named.total() <= len(told):
        return None
    return named.most_common(1)[0][0]


def _is_reported(entry: Entry) -> bool:
    return entry.quote.kind is QuoteKind.REPORTED


def _find_kind(entry: Entry) -> VariantKind:
    if _is_reported(entry):
        return VariantKind.REPORTED
    if entry.quote.kind is QuoteKind.PARTIAL:
        return VariantKind.PARTIAL
    return VariantKind.TRANSLATED if entry.is_foreign else VariantKind.VERBATIM


def _find_original(entries: Iterable[Entry], variants: Iterable[Variant]) -> Original:
    held = list(entries)
    if any(entry.post for entry in held):
        return Original.HELD
    is_told = any(entry.quote.link for entry in held)
    kinds = {variant.kind for variant in variants}
    is_foreign = VariantKind.TRANSLATED in kinds and VariantKind.VERBATIM not in kinds
    if is_told or (is_foreign and VariantKind.UNSETTLED not in kinds):
        return Original.NOT_HELD
    return Original.UNKNOWN
