"""Quotes that go over several sentences: '“…,” she said. “…” “…”' is one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tidings.annotators.quotes.drafts import Draft, Pattern
from tidings.model import QuoteKind

_BETWEEN = ' \n\u00a0—–-"«»„“”.'


def run_on(text: str, drafts: Iterable[Draft]) -> list[Draft]:
    """A sentence in marks right behind a quote belongs to it; in a paragraph of its own it is a
    quote by itself, of the same speaker."""
    done: list[Draft] = []
    for draft in drafts:
        if draft.pattern is not Pattern.ALONE or not done or not _is_next(text, done[-1], draft):
            done.append(draft)
        elif done[-1].kind is not QuoteKind.DIRECT:
            done.append(_carry(draft, done[-1], Pattern.AFTER))
        elif "\n" in text[done[-1].frame[1] : draft.frame[0]]:
            done.append(_carry(draft, done[-1], Pattern.RUNNING))
        else:
            last = done[-1]
            done[-1] = replace(
                last, parts=(*last.parts, *draft.parts), frame=(last.frame[0], draft.frame[1])
            )
    return done


def _carry(draft: Draft, last: Draft, pattern: Pattern) -> Draft:
    return replace(draft, pattern=pattern, speaker=last.speaker, is_running=True)


def _is_next(text: str, last: Draft, draft: Draft) -> bool:
    between = text[max(last.frame[1], last.span[1]) : draft.frame[0]]
    if last.kind is not QuoteKind.DIRECT and ("\n" in between or last.speaker is None):
        return False
    return not between.strip(_BETWEEN)
