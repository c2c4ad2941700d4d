"""Signals → a sentence that a person can check."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import expm1

from tidings.model import ArticleId, Sketch
from tidings.story.names import fold_name
from tidings.story.similarity import Likeness
from tidings.story.sums import Cluster

SHOWN = 4  # terms of each kind

ONE = {"names": "name", "words": "word", "numbers": "number", "addresses": "address"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """The nearest story of an article."""

    likeness: Likeness
    score: float
    nearest: ArticleId
    cosine: float  # with the nearest

    def signals(self) -> tuple[tuple[str, float], ...]:
        return tuple(sorted([("best", round(self.cosine, 4)), *self.likeness.signals()]))


def describe_joined(sketch: Sketch, single: Cluster, placing: Placing) -> str:
    likeness = placing.likeness
    parts = [f"joined: nearness {likeness.near:.2f} to {_tell_whom(placing)}"]
    if likeness.copy:
        parts.append("has the text of an article there")
    parts += describe_shared(find_shared(single, likeness.cluster), sketch.terms)
    parts.append(_describe_gap(expm1(likeness.gaps)))
    return ", ".join(part for part in parts if part) + f"; likelihood {placing.score:.2f}"


def describe_opened(placing: Placing | None) -> str:
    if placing is None:
        return "opened: nothing like it in the window"
    likeness = placing.likeness
    return (
        f"opened: nearness only {likeness.near:.2f} to the nearest story {likeness.cluster.id} "
        f"(its nearest article {placing.nearest}, cosine {placing.cosine:.2f}); "
        f"likelihood {placing.score:.2f}"
    )


def describe_merged(smaller: Cluster, larger: Cluster, likeness: Likeness, score: float) -> str:
    terms = [term for held in smaller.members for term in held.sketch.terms]
    both = f"story {smaller.id} ({_count(smaller)}) is near {larger.id} ({_count(larger)}) now"
    shared = describe_shared(find_shared(smaller, larger), terms)
    parts = [f"moved: {both}: nearness {likeness.near:.2f}", *shared]
    return ", ".join(parts) + f"; likelihood {score:.2f}"


def describe_parted(part: Cluster, story: Cluster, likeness: Likeness, score: float) -> str:
    rest = len(story.members) - len(part.members)
    verb = "is" if len(part.members) == 1 else "are"
    return (
        f"moved: {_count(part)} of story {story.id} {verb} too far from its other {rest}: "
        f"nearness only {likeness.near:.2f}; likelihood of two stories {score:.2f}"
    )


def find_shared(first: Cluster, second: Cluster) -> tuple[str, ...]:
    """Terms of both, those that weigh most first."""
    few, many = first.traits, second.traits
    if len(few) > len(many):
        few, many = many, few
    weighed = sorted((-few[term] * many[term], term) for term in few if term in many)
    return tuple(term for _, term in weighed)


def describe_shared(shared: Iterable[str], terms: Iterable[str]) -> list[str]:
    """``shares the names каллас, рубио`` and so on, from terms that weigh most first. Names are
    shown as the stem among ``terms`` that has their key; those without one are only counted."""
    stems = (term.split(":", 2)[2] for term in terms if term.startswith("w:"))
    spelled = {fold_name(stem): stem for stem in stems}
    groups: dict[str, list[str]] = {"names": [], "words": [], "numbers": [], "addresses": []}
    unspelled = 0
    for term in shared:
        if term.startswith("n:"):
            if term[2:] in spelled:
                groups["names"].append(spelled[term[2:]])
            else:
                unspelled += 1
        elif term.startswith("w:"):
            groups["words"].append(term.split(":", 2)[2])
        else:
            groups["numbers" if term.startswith("#:") else "addresses"].append(term[2:])
    groups["words"] = [word for word in groups["words"] if word not in groups["names"]]
    told = [
        f"shares the {ONE[kind] if len(found) == 1 else kind} {', '.join(found[:SHOWN])}"
        for kind, found in groups.items()
        if found
    ]
    if unspelled and not groups["names"]:
        told.insert(0, "shares a name" if unspelled == 1 else f"shares {unspelled} names")
    return told


def _tell_whom(placing: Placing) -> str:
    size = placing.likeness.size
    if size == 1:
        return f"the story's one article {placing.nearest} (cosine {placing.cosine:.2f})"
    nearest = f"nearest {placing.nearest}, cosine {placing.cosine:.2f}"
    return f"the story's {size} articles as a whole ({nearest})"


def _count(cluster: Cluster) -> str:
    count = len(cluster.members)
    return "1 article" if count == 1 else f"{count} articles"


def _describe_gap(hours: float) -> str:
    if hours <= 0:
        return ""
    if hours < 0.5:
        return "less than 1 h apart"
    return f"{hours:.0f} h apart" if hours < 48 else f"{hours / 24:.0f} days apart"
