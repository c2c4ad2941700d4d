"""Signals → a sentence that a person can check."""

from __future__ import annotations

from collections.abc import Iterable
from math import expm1

from tidings.model import Sketch
from tidings.story.names import fold_name
from tidings.story.similarity import Likeness

SHOWN = 4  # terms of each kind
COPY = 0.5  # Jaccard from which the sentence speaks of a near-copy


def describe_joined(sketch: Sketch, likeness: Likeness, score: float) -> str:
    signals = likeness.signals
    count = len(likeness.cluster.members)
    articles = "its one article" if count == 1 else f"its {count} articles"
    nearest = f"{likeness.nearest.sketch.article} at {signals['best']:.2f}"
    parts = [f"joined: {signals['centre']:.2f} like {articles} (nearest: {nearest})"]
    if signals["copy"] >= COPY:
        parts.append(f"near-copy ({signals['copy']:.0%} of word runs)")
    parts += describe_shared(likeness.shared, sketch.terms)
    parts.append(_describe_gap(expm1(signals["hours"])))
    return ", ".join(part for part in parts if part) + f"; likelihood {score:.2f}"


def describe_opened(sketch: Sketch, likeness: Likeness | None, score: float) -> str:
    if likeness is None:
        return "opened: nothing like it in the window"
    return (
        f"opened: the likeliest story {likeness.cluster.id} (nearest: "
        f"{likeness.nearest.sketch.article} at {likeness.signals['best']:.2f}) has only "
        f"likelihood {score:.2f}"
    )


def describe_shared(shared: Iterable[str], terms: Iterable[str]) -> list[str]:
    """``shares the names каллас, рубио`` and so on, from terms that weigh most first. Names are
    shown as the stem among ``terms`` that has their key, where there is one."""
    stems = (term.split(":", 2)[2] for term in terms if term.startswith("w:"))
    spelled = {fold_name(stem): stem for stem in stems}
    groups: dict[str, list[str]] = {"names": [], "words": [], "numbers": [], "addresses": []}
    for term in shared:
        if term.startswith("n:"):
            groups["names"].append(spelled.get(term[2:], term[2:]))
        elif term.startswith("w:"):
            groups["words"].append(term.split(":", 2)[2])
        else:
            groups["numbers" if term.startswith("#:") else "addresses"].append(term[2:])
    groups["words"] = [word for word in groups["words"] if word not in groups["names"]]
    return [
        f"shares the {kind} {', '.join(found[:SHOWN])}" for kind, found in groups.items() if found
    ]


def _describe_gap(hours: float) -> str:
    if hours <= 0:
        return ""
    return f"{hours:.0f} h apart" if hours < 48 else f"{hours / 24:.0f} days apart"
