"""Which language a text is in: the script first, then its letters, then two models."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tidings.reading.guessing import (
    GUESSED,
    flatten,
    guess_quickly,
    guess_slowly,
    has_quick,
    is_shared,
)
from tidings.reading.scripts import ALONE, OWN_LETTERED, find_script, find_settled, keep_script
from tidings.reading.telling import find_told

UNDETERMINED = "und"

# Answers of the quick model that stand when it calls them reliable: no language that it lacks is
# mistaken for these.
_FIRM = (
    "en", "de", "fr", "it", "pl", "cs", "sk", "ro", "hu", "fi", "lt", "lv", "vi",
    "ru", "uk", "bg", "ar", "fa",
)  # fmt: skip

# Near twins: the quick model knows one of each or confuses them, so the slow one decides.
TWINS = (frozenset({"hr", "bs", "sr"}), frozenset({"id", "ms"}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Chosen on a day of news in 40 languages; guarded by bench/language."""

    most: int = 1_200  # code points looked at: more changed no answer
    window: int = 200  # code points judged apart, to find what most of the text is in
    line: int = 60  # code points of a line that is judged apart
    fewest: int = 12  # letters below which a script shared by several languages is not decided
    malay: float = (
        0.9  # the slow model's probability of Malay; a tenth of what is Indonesian has .5
    )
    unsure: int = 40  # code points below which nothing is said where neither model is sure
    fewest_alone: int = 2  # the same for a script of one language
    settled: float = (
        0.004  # share of the letters that must be decisive ones: names in passing fall short
    )
    sure: float = 0.5  # the slow model's probability of a language that the quick one lacks
    surer: float = 0.6  # the same of a language that both know, but name different ones


DEFAULTS = Options()
_EAST = ("Hani", "Kana")

ANSWERS = frozenset(ALONE.values()) | OWN_LETTERED | GUESSED
"""Every language that is ever answered."""

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|[@#]\w+")


def identify(headline: str, body: str) -> tuple[str, str]:
    """BCP 47 tag and the reason; ``und`` where the text is too short or in no known language.

    Norwegian is ``no`` (Bokmål and Nynorsk are not told apart), Chinese ``zh``. Of a text in
    several languages, that of most of it.
    """
    text = unicodedata.normalize("NFC", _sampled(headline, body))
    text = strip_addresses(text)
    counts = Counter(text.lower())
    script, letters = find_script(counts)
    if not script:
        return UNDETERMINED, "no letters"
    fewest = DEFAULTS.fewest_alone if script in ALONE else DEFAULTS.fewest
    if letters < fewest:
        return UNDETERMINED, f"{letters} letters are too few"
    if len(text) > 2 * DEFAULTS.window:
        text = _dominant(script, text)
        counts = Counter(text.lower())
    if script in _EAST:
        script = find_script(counts)[0]
    settled = find_settled(script, counts, letters, DEFAULTS.settled)
    if len(settled) == 1:
        return settled[0], f"letters/2: {script} with letters of {settled[0]}"
    if script in ALONE:
        return ALONE[script], f"script/1: {script}"
    language, reason = _modelled(script, flatten(keep_script(script, text)))
    if settled and language not in settled:
        return settled[0], f"letters/2: {script} with letters of {', '.join(settled)}"
    return language, reason


def strip_addresses(text: str) -> str:
    """Without links, mail addresses, @names and #tags: they are in no language."""
    return _ADDRESS.sub(" ", text) if any(sign in text for sign in "/@#.") else text


def _sampled(headline: str, body: str) -> str:
    """Headline and body where they are short, else windows spread over the body as well."""
    text = f"{headline}\n{body}"
    if len(text) <= DEFAULTS.most:
        return text
    head = text[: DEFAULTS.most // 2]
    rest, size = text[len(head) :], DEFAULTS.window
    count = (DEFAULTS.most - len(head)) // size
    step = max(len(rest) // count, size)
    return "\n".join((head, *(rest[at : at + size] for at in range(0, step * count, step))))


def _dominant(script: str, text: str) -> str:
    """The windows of the text that are in the language of most of them."""
    if script not in _EAST and not is_shared(script):
        return text
    windows = list(_windows(text))
    answers = [_guess_window(script, window) for window in windows]
    sizes: Counter[str] = Counter()
    for window, answer in zip(windows, answers, strict=True):
        sizes[answer] += len(window)
    first = max(sizes.items(), key=lambda item: (item[1], item[0]))[0]
    if len(sizes) == 1:
        return text
    return "\n".join(w for w, answer in zip(windows, answers, strict=True) if answer == first)


def _guess_window(script: str, window: str) -> str:
    if script in _EAST:
        return find_script(Counter(window))[0]
    return guess_quickly(script, flatten(keep_script(script, window)))[0]


def _windows(text: str) -> Iterator[str]:
    """Lines, short ones together with the next, long ones in pieces."""
    held = ""
    for line in text.split("\n"):
        held = f"{held}\n{line}"
        while len(held) > 2 * DEFAULTS.window:
            cut = held.rfind(" ", DEFAULTS.window, 2 * DEFAULTS.window)
            cut = cut if cut > 0 else 2 * DEFAULTS.window
            yield held[:cut]
            held = held[cut:]
        if len(held) > DEFAULTS.line:
            yield held
            held = ""
    if held.strip():
        yield held


def _modelled(script: str, flat: str) -> tuple[str, str]:
    quick, is_reliable = guess_quickly(script, flat)
    if is_reliable and quick in _FIRM:
        return quick, "eldc"
    slow, probability = guess_slowly(script, flat)[0]
    asked = {quick, slow}.union(*(twins for twins in TWINS if twins & {quick, slow}))
    told = find_told(flat, asked) if len(asked) > 1 else None
    if told:
        return told, f"words/1: small words of {told}"
    if slow == "ms" and probability < DEFAULTS.malay:
        return "id", f"py3langid says ms {probability:.2f}, no word of Malay is in it"
    if _overrules(quick, slow, probability, has_quick(script, slow)):
        return slow, f"py3langid {probability:.2f}"
    if is_reliable or quick == slow or len(flat) >= DEFAULTS.unsure:
        return quick, f"eldc; py3langid says {slow}"
    return UNDETERMINED, f"eldc says {quick}, py3langid {slow}, neither surely"


def _overrules(quick: str, slow: str, probability: float, is_shared_answer: bool) -> bool:
    if any(quick in twins and slow in twins for twins in TWINS):
        return True
    return probability >= (DEFAULTS.surer if is_shared_answer else DEFAULTS.sure)
