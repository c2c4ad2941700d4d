"""Which language a text is in: the script first, then its letters, then two models."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import eldc  # type: ignore[import-untyped]
from py3langid.langid import (  # type: ignore[import-untyped]
    MODEL_FILE,
    LanguageIdentifier,
)

UNDETERMINED = "und"

# First code point of each run of a script, in order; "" where the run is of no use here.
_RUNS: tuple[tuple[int, str], ...] = (
    (0x0, ""), (0x41, "Latn"), (0x250, ""), (0x370, "Grek"), (0x400, "Cyrl"), (0x530, "Armn"),
    (0x590, "Hebr"), (0x600, "Arab"), (0x700, ""), (0x750, "Arab"), (0x780, ""), (0x8A0, "Arab"),
    (0x900, "Deva"), (0x980, "Beng"), (0xA00, "Guru"), (0xA80, "Gujr"), (0xB00, "Orya"),
    (0xB80, "Taml"), (0xC00, "Telu"), (0xC80, "Knda"), (0xD00, "Mlym"), (0xD80, "Sinh"),
    (0xE00, "Thai"), (0xE80, "Laoo"), (0xF00, "Tibt"), (0x1000, "Mymr"), (0x10A0, "Geor"),
    (0x1100, "Hang"), (0x1200, "Ethi"), (0x1380, ""), (0x1780, "Khmr"), (0x1800, ""),
    (0x1E00, "Latn"), (0x1F00, "Grek"), (0x2000, ""), (0x3040, "Kana"), (0x3100, ""),
    (0x3131, "Hang"), (0x3190, ""), (0x3400, "Hani"), (0x4DC0, ""), (0x4E00, "Hani"),
    (0xA000, ""), (0xAC00, "Hang"), (0xD7B0, ""), (0xF900, "Hani"), (0xFB00, ""),
    (0xFB50, "Arab"), (0xFE00, ""), (0xFE70, "Arab"), (0xFF00, ""), (0x20000, "Hani"),
    (0x30000, ""),
)  # fmt: skip
_FIRSTS = tuple(first for first, _ in _RUNS)

# Scripts that one language of today's press writes.
_ALONE = {
    "Grek": "el", "Armn": "hy", "Hebr": "he", "Beng": "bn", "Guru": "pa", "Gujr": "gu",
    "Orya": "or", "Taml": "ta", "Telu": "te", "Knda": "kn", "Mlym": "ml", "Sinh": "si",
    "Thai": "th", "Laoo": "lo", "Tibt": "bo", "Mymr": "my", "Geor": "ka", "Hang": "ko",
    "Ethi": "am", "Khmr": "km", "Kana": "ja", "Hani": "zh",
}  # fmt: skip

# Letters that the other languages of the script lack. The text's are weighed against each row:
# the row that covers most of them wins.
_LETTERS: dict[str, dict[str, str]] = {
    "Beng": {"as": "ৰৱ"},
    "Arab": {"ps": "ټډړښځڅۍ", "ug": "ۇۈۋۆ", "ckb": "ڕڵێۆ", "ur": "ٹڈڑےں"},
    "Cyrl": {
        "uk": "ґєії", "be": "іў", "kk": "әғқңөұүһі", "ky": "ңөү", "mn": "өү", "tg": "ғӣқӯҳҷ",
        "uz": "ўқғҳ", "tt": "әҗңөүһ", "ba": "әғҙҡңҫөүһ", "mk": "ѓќѕјљњџ", "sr": "ђћјљњџ",
    },
}  # fmt: skip

# What each of the two models may answer, by script. Both are blind to the rest: rare languages
# swallow short headlines of great ones.
_QUICK = {
    "Latn": "az ca cs da de en es et eu fi fr hr hu is it lt lv ms nl no pl pt ro sk sl sq sv tl "
    "tr vi yo",
    "Cyrl": "be bg ru sr uk",
    "Arab": "ar fa ku ur",
    "Deva": "hi mr",
}
_SLOW = {
    "Latn": "af bs cy eo ga gl ha hr id lb ms mt so sr sw uz xh zu az ca cs da de en es et eu fi "
    "fr hu is it lt lv nl no pl pt ro sk sl sq sv tl tr vi yo",
    "Cyrl": "be bg kk ky mk mn ru sr tg tt uk",
    "Arab": "ar fa ps ug ur",
    "Deva": "hi mr ne",
}


# Answers of the quick model that stand when it calls them reliable: no language that it lacks is
# mistaken for these.
_FIRM = (
    "en", "de", "fr", "it", "pl", "cs", "sk", "ro", "hu", "fi", "lt", "lv", "vi",
    "ru", "uk", "bg", "ar", "fa",
)  # fmt: skip

# Near twins: the quick model knows one of each or confuses them, so the slow one decides.
_TWINS = (frozenset({"hr", "bs", "sr"}), frozenset({"id", "ms"}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Chosen on a day of news in 40 languages; guarded by bench/language."""

    most: int = 1_200  # code points looked at: more changed no answer
    fewest: int = 12  # letters below which a script shared by several languages is not decided
    fewest_alone: int = 2  # the same for a script of one language
    settled: float = (
        0.004  # share of the letters that must be decisive ones: names in passing fall short
    )
    sure: float = (
        0.5  # the slow model's probability from which its answer overrules the quick one's
    )


DEFAULTS = Options()
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|[@#]\w+")


def identify(headline: str, body: str) -> tuple[str, str]:
    """BCP 47 tag and the reason; ``und`` where the text is too short or in no known language.

    Norwegian is ``no`` (Bokmål and Nynorsk are not told apart), Chinese ``zh``.
    """
    text = unicodedata.normalize("NFC", f"{headline}\n{body[: DEFAULTS.most]}"[: DEFAULTS.most])
    text = _ADDRESS.sub(" ", text)
    counts = Counter(text.lower())
    script, letters = _script(counts)
    if not script:
        return UNDETERMINED, "no letters"
    fewest = DEFAULTS.fewest_alone if script in _ALONE else DEFAULTS.fewest
    if letters < fewest:
        return UNDETERMINED, f"{letters} letters are too few"
    settled = _settled(script, counts, letters)
    if len(settled) == 1:
        return settled[0], f"letters/1: {script} with letters of {settled[0]}"
    if script in _ALONE:
        return _ALONE[script], f"script/1: {script}"
    language, reason = _modelled(script, " ".join(text.split()))
    if settled and language not in settled:
        return settled[0], f"letters/1: {script} with letters of {', '.join(settled)}"
    return language, reason


def _script(counts: Counter[str]) -> tuple[str, int]:
    """The script of most letters and their number; Japanese is found by its syllables."""
    scripts: Counter[str] = Counter()
    for character, count in counts.items():
        if character.isalpha() or unicodedata.category(character) in ("Mn", "Mc"):
            scripts[_RUNS[bisect_right(_FIRSTS, ord(character)) - 1][1]] += count
    scripts.pop("", None)
    if not scripts:
        return "", 0
    east = scripts["Hani"] + scripts["Kana"]
    if scripts["Kana"] * 20 > east:  # one sign in twenty: Chinese has none but in names
        scripts["Kana"] = east
        scripts.pop("Hani", None)
    # a sign of Chinese or Japanese stands for two to three letters of a word
    for dense in ("Hani", "Kana"):
        scripts[dense] *= 2
    script, count = max(scripts.items(), key=lambda item: (item[1], item[0]))
    return script, count


def _settled(script: str, counts: Counter[str], letters: int) -> list[str]:
    """The languages whose own letters cover most of the text's, the fewest letters first."""
    rows = _LETTERS.get(script, {})
    weights = {tag: sum(counts[letter] for letter in own) for tag, own in rows.items()}
    most = max(weights.values(), default=0)
    if most <= letters * DEFAULTS.settled:
        return []
    return sorted((tag for tag in rows if weights[tag] == most), key=lambda tag: len(rows[tag]))


def _modelled(script: str, text: str) -> tuple[str, str]:
    flat = (text.lower() if text.isupper() else text).replace("\0", " ")
    flat = flat.encode("utf-8", "ignore").decode("utf-8")
    found = _quick(script).detect_details(flat)
    quick: str = found.language
    if found.reliable and quick in _FIRM:
        return quick, "eldc"
    slow, probability = _best(script, _slow().rank(flat))
    if quick == UNDETERMINED or _overrules(script, quick, slow, probability):
        return slow, f"py3langid {probability:.2f}"
    return quick, f"eldc; py3langid says {slow}"


def _overrules(script: str, quick: str, slow: str, probability: float) -> bool:
    if any(quick in twins and slow in twins for twins in _TWINS):
        return True
    return slow not in _QUICK[script].split() and probability >= DEFAULTS.sure


def _best(script: str, ranked: Iterable[tuple[str, float]]) -> tuple[str, float]:
    """The best answer among those of the script, its probability among them alone."""
    allowed = _SLOW[script].split()
    held = [(language, score) for language, score in ranked if language in allowed]
    total = sum(score for _, score in held) or 1.0
    return held[0][0], held[0][1] / total


@cache
def _quick(script: str) -> eldc.Instance:
    eldc.init()
    instance = eldc.instance()
    instance.set_languages(_QUICK[script].replace(" ", ","))
    return instance


@cache
def _slow() -> LanguageIdentifier:
    """About a second to load; shared by all threads, which only read it."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
