"""Why an article is where it is, in sentences that a person can check."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tidings.model import Article, Decision, Sketch
from tidings.story.fold import USER, find_holding, fold
from tidings.story.frequencies import find_share
from tidings.story.lookalikes import CopyOptions
from tidings.story.printed import find_printed
from tidings.story.reasons import describe_shared
from tidings.story.shingles import compare
from tidings.story.similarity import UNIT

SHOWN = 12  # pairs of words
COMMON = 0.02  # share of articles: terms at or above it are not worth naming


def explain_article(decisions: Sequence[Decision]) -> str:
    """One line a decision, oldest first; the last says which holds where there are several."""
    lines = [_explain(one) for one in decisions]
    if len(decisions) > 1:
        holding = find_holding(decisions)
        rank = (
            "a user's decision outranks the rules'" if holding.by == USER else "the last one holds"
        )
        lines.append(f"so it is in {holding.story}: {rank}")
    return "\n".join(lines)


def _explain(decision: Decision) -> str:
    sure = "" if decision.by == USER else f", score {decision.score:.2f}"
    return f"{decision.story}: {decision.reason} ({decision.by}{sure})"


def explain_pair(
    a: Sketch, b: Sketch, decisions: Sequence[Decision], articles: Sequence[Article] = ()
) -> str:
    """Whether the two are in one story, what they have in common, and the log's lines about
    them. ``decisions`` are those of both; with both ``articles`` the shared terms are shown as
    printed, each with its place (code points of the text)."""
    stories = {one: story.id for story in fold(decisions).values() for one in story.articles}
    place_a, place_b = stories.get(a.article), stories.get(b.article)
    together = place_a is not None and place_a == place_b
    where = f"both in {place_a}" if together else f"apart: {place_a} and {place_b}"
    parts = [f"cosine {cosine(a, b):.2f}"]
    jaccard = compare(a.signature, b.signature).jaccard
    if jaccard >= CopyOptions().jaccard:
        parts.append(f"near-copies ({jaccard:.0%} of word runs)")
    shared = find_shared(a, b)
    parts += describe_shared(shared, a.terms) or ["no rare term in common"]
    parts.append(_describe_times(a, b))
    lines = [f"{where}: " + ", ".join(part for part in parts if part)]
    if len(articles) == 2:
        lines += show_printed(shared, *articles)
    lines += [f"{one.article}: {one.reason} ({one.by})" for one in decisions]
    return "\n".join(lines)


def show_printed(shared: Sequence[str], a: Article, b: Article) -> list[str]:
    """``Каллас [12:18] = Kallas [0:6]``, one line a term that both print, each pair once."""
    first, second = (find_printed(article, set(shared)) for article in (a, b))
    lines = [
        f"  {first[term].text} [{first[term].start}:{first[term].end}] = "
        f"{second[term].text} [{second[term].start}:{second[term].end}]"
        for term in shared
        if term in first and term in second
    ]
    return list(dict.fromkeys(lines))[:SHOWN]


def cosine(a: Sketch, b: Sketch) -> float:
    return float(np.dot(a.vector.astype(np.int64), b.vector.astype(np.int64))) / UNIT


def find_shared(a: Sketch, b: Sketch) -> list[str]:
    """Rare ones, rarest first by the background table, ties by term."""
    shared = set(a.terms) & set(b.terms)
    rare = [(find_share(term), term) for term in shared if find_share(term) < COMMON]
    return [term for _, term in sorted(rare)]


def _describe_times(a: Sketch, b: Sketch) -> str:
    first, second = a.published.middle, b.published.middle
    if first is None or second is None:
        return "a time is unknown"
    return f"{abs((first - second).total_seconds()) / 3600:.0f} h apart"
