"""Found quotes against labelled ones: bench/quotes.py says what is counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from quoted import Labelled, letters

HALF = 0.5
NEAR = 120  # code points between a direct quote and a speaker who is explicit


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A quote that was found, or labelled; places of letters."""

    letters: frozenset[int]
    speaker: frozenset[int]
    kind: str
    pattern: str = ""
    is_told: bool = True  # a cue stands beside it


@dataclass(slots=True)
class Sums:
    """Of all texts. ``other`` may be found or not."""

    shares: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    patterns: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def add(self, gold: Sequence[Told], told: Sequence[Told]) -> None:
        for one in told:
            best = find_best(one, gold)
            if best is None or best.kind != "other":
                self._add_found(one, best)
            share = share_of(one, best)
            self.shares["all_precision"].append(share)
        for one in gold:
            best = find_best(one, told)
            self.shares["all_recall"].append(share_of(one, best))
            if one.kind != "other":
                self._add_labelled(one, best)

    def _add_found(self, one: Told, best: Told | None) -> None:
        share = share_of(one, best)
        self._put("precision", one.kind, share)
        self._put("exact_precision", one.kind, float(is_exact(one, best)))
        is_named = best is not None and bool(one.speaker & best.speaker)
        if one.kind == "direct" and one.speaker and one.is_told and is_beside(one):
            self._put("direct_precision", "", float(share >= HALF and is_named))
        is_right = share >= HALF and best is not None
        if one.speaker and best is not None and best.speaker:
            is_right = is_right and is_named
        self.patterns[f"{one.pattern}{'' if one.speaker else ' unnamed'}"].append(float(is_right))

    def _add_labelled(self, one: Told, best: Told | None) -> None:
        share = share_of(one, best)
        self._put("recall", one.kind, share)
        self._put("exact_recall", one.kind, float(is_exact(one, best)))
        is_named = best is not None and bool(one.speaker & best.speaker)
        if one.speaker and is_near(one, best):
            self._put("speaker", one.kind, float(is_named))
        if one.kind == "direct" and one.speaker and is_beside(one):
            self._put("direct_recall", "", float(share >= HALF and is_named))

    def _put(self, key: str, kind: str, value: float) -> None:
        self.shares[key].append(value)
        if kind:
            self.shares[f"{key}:{kind}"].append(value)

    def tell(self) -> dict[str, object]:
        told: dict[str, object] = {key: self._mean(key) for key in sorted(self.shares)}
        for kind in ("", "exact_", "all_"):
            p, r = (self._mean(f"{kind}{one}") for one in ("precision", "recall"))
            told[f"{kind}f1"] = round(2 * p * r / (p + r), 3) if p + r else 0.0
        for key in ("precision", "recall", "direct_precision", "direct_recall", "speaker"):
            told[f"{key}_of"] = len(self.shares[key])
        return told

    def tell_patterns(self) -> dict[str, object]:
        """Share right, and of how many."""
        return {
            key: [round(sum(values) / len(values), 3), len(values)]
            for key, values in sorted(self.patterns.items())
        }

    def _mean(self, key: str) -> float:
        values = self.shares[key]
        return round(sum(values) / len(values), 3) if values else 0.0


def label(text: Labelled) -> list[Told]:
    told = (
        Told(
            letters=letters(text.text, one.parts),
            speaker=letters(text.text, one.speaker),
            kind=one.kind,
        )
        for one in text.quotes
    )
    return [one for one in told if one.letters]


def find_best(one: Told, others: Iterable[Told]) -> Told | None:
    """The one with most of the letters of both in common; of equals, that with the speaker."""

    def rank(other: Told) -> tuple[float, bool]:
        union = len(one.letters | other.letters)
        return len(one.letters & other.letters) / union, bool(one.speaker & other.speaker)

    near = [other for other in others if one.letters & other.letters]
    return max(near, key=rank) if near else None


def share_of(one: Told, best: Told | None) -> float:
    return len(one.letters & best.letters) / len(one.letters) if best else 0.0


def is_near(one: Told, other: Told | None) -> bool:
    if other is None:
        return False
    shared = len(one.letters & other.letters)
    return shared >= HALF * max(len(one.letters), len(other.letters))


def is_beside(one: Told) -> bool:
    """Whether the speaker stands near what was said."""
    gaps = (min(one.speaker) - max(one.letters), min(one.letters) - max(one.speaker))
    return max(gaps) <= NEAR


def is_exact(one: Told, other: Told | None) -> bool:
    return (
        other is not None
        and min(one.letters) == min(other.letters)
        and max(one.letters) == max(other.letters)
    )


def tell_faults(text: Labelled, told: Sequence[Told]) -> Iterable[str]:
    """What was found wrongly (+) and what was missed (-), for reading."""
    gold = label(text)
    yield f"===== {text.name}"
    for mark, mine, others in (("+", told, gold), ("-", gold, told)):
        for one in mine:
            best = find_best(one, others)
            near = is_near(one, best)
            named = best is not None and (
                bool(one.speaker & best.speaker) or not (one.speaker or best.speaker)
            )
            if near and named:
                continue
            signs = f"{mark} {'ok' if near else 'NO'} {'sp' if named else 'SP'} {one.kind}"
            yield f"{signs} {one.pattern} | {cut(text, one.letters)} | {cut(text, one.speaker)}"


def cut(text: Labelled, places: frozenset[int]) -> str:
    shown = text.text[min(places) : max(places) + 1] if places else ""
    return shown[:160].replace("\n", "¶")
