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
    articles = "its one article" if count == 1 else f"its {count} articles together"
    nearest = f"nearest {likeness.nearest.sketch.article} at {signals['best']:.2f}"
    parts = [f"joined: cosine {signals['centre']:.2f} to {articles} ({nearest})"]
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
        f"shares the {kind} {', '.join(found[:SHOWN])}" for kind, found in groups.items() if found
    ]
    if unspelled and not groups["names"]:
        told.insert(0, "shares a name" if unspelled == 1 else f"shares {unspelled} names")
    return told


def _describe_gap(hours: float) -> str:
    if hours <= 0:
        return ""
    return f"{hours:.0f} h apart" if hours < 48 else f"{hours / 24:.0f} days apart"
