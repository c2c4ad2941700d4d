"""Blocks of an article that are in another language than the article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from tidings.model import Block
from tidings.reading.guessing import flatten, guess_quickly, guess_slowly, has_quick, is_shared
from tidings.reading.language import TWINS, strip_addresses
from tidings.reading.scripts import ALONE, find_scripts, find_settled, keep_script
from tidings.reading.telling import find_told

# Languages so near one another that a few words don't part them.
_NEAR = (
    *TWINS, frozenset({"hr", "bs", "sr", "sl", "mk", "bg"}), frozenset({"no", "da", "sv"}),
    frozenset({"cs", "sk"}), frozenset({"pt", "gl", "es", "ca"}), frozenset({"ru", "bg"}),
    frozenset({"nl", "af"}), frozenset({"kk", "ky", "tt", "ba"}), frozenset({"az", "tr"}),
    frozenset({"hi", "mr", "ne"}), frozenset({"xh", "zu"}),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Our own, chosen on paragraphs of two languages laid together; guarded by bench/mixed."""

    most: int = 400  # code points of a block looked at
    fewest: int = 35  # letters below which a block is not judged
    fewest_alone: int = 20  # the same in a script of one language
    fewest_near: int = 60  # the same between languages near one another
    purest: float = 0.8  # share of a block's letters that must be of one script
    settled: float = 0.02  # share of the letters that must be the other language's own
    running: int = 3  # words in small letters: fewer are a list of names
    sure: float = 0.85  # the slow model's probability of the other language and its twins


DEFAULTS = Options()


def mark_languages(text: str, blocks: Iterable[Block], language: str) -> tuple[Block, ...]:
    """The blocks of ``text``, those that are surely in another language than ``language`` marked
    with it. Costs a tenth of a millisecond a block, more where the slow model has to be asked."""
    own = language.partition("-")[0]
    found = ((block, _find_other(text[block.start : block.end], own)) for block in blocks)
    return tuple(replace(block, language=other) for block, other in found)


def _find_other(piece: str, own: str) -> str | None:
    """The language of a piece where it is surely not ``own``."""
    bare = strip_addresses(piece[: DEFAULTS.most])
    counts = Counter(bare.lower())
    scripts = find_scripts(counts)
    if not scripts:
        return None
    script, letters = max(scripts.items(), key=lambda item: (item[1], item[0]))
    fewest = DEFAULTS.fewest_alone if script in ALONE else DEFAULTS.fewest
    if letters < fewest or letters < DEFAULTS.purest * scripts.total():
        return None
    settled = find_settled(script, counts, letters, DEFAULTS.settled)
    if own in settled:
        return None
    if script in ALONE:
        alone = settled[0] if settled else ALONE[script]
        return alone if alone != own else None
    if not is_shared(script) or not _is_running(bare):
        return None
    other = _guess(script, keep_script(script, bare), own, settled)
    is_near = any(own in group and other in group for group in _NEAR)
    return None if is_near and letters < DEFAULTS.fewest_near else other


def _guess(script: str, bare: str, own: str, settled: list[str]) -> str | None:
    flat = flatten(bare)
    quick, _ = guess_quickly(script, flat)
    if _is_same(quick, own):
        return None
    ranked = guess_slowly(script, flat)
    slow = ranked[0][0]
    probability = sum(share for name, share in ranked if _is_same(name, slow))
    if probability < DEFAULTS.sure or _is_same(slow, own):
        return None
    if settled:
        return slow if slow in settled else None
    if not _is_same(quick, slow) and has_quick(script, slow):
        return None
    twins = next((twins for twins in TWINS if slow in twins), frozenset({slow}))
    return find_told(flat, twins) or slow


def _is_same(one: str, other: str) -> bool:
    return one == other or any(one in twins and other in twins for twins in TWINS)


def _is_running(bare: str) -> bool:
    """Whether it has words in small letters, or is all capitals, or of a script without cases."""
    if bare.upper() == bare:
        return True
    return sum(word[:1].islower() for word in bare.split()) >= DEFAULTS.running
