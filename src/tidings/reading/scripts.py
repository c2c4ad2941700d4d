"""Scripts, and the letters that tell the languages of one script apart."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter

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
OTHERS = 2  # letters of the Latin script that weigh as one of another, in a headline
HEADLINE = 120  # letters; longer texts are more than a headline

_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+")
_FIRSTS = tuple(first for first, _ in _RUNS)

ALONE = {
    "Grek": "el", "Armn": "hy", "Hebr": "he", "Beng": "bn", "Guru": "pa", "Gujr": "gu",
    "Orya": "or", "Taml": "ta", "Telu": "te", "Knda": "kn", "Mlym": "ml", "Sinh": "si",
    "Thai": "th", "Laoo": "lo", "Tibt": "bo", "Mymr": "my", "Geor": "ka", "Hang": "ko",
    "Ethi": "am", "Khmr": "km", "Kana": "ja", "Hani": "zh",
}  # fmt: skip
"""Scripts that one language of today's press writes."""

# Letters that the great languages of the script lack, by the language that has them.
_OWN: dict[str, dict[str, str]] = {
    "Beng": {"as": "ৰৱ"},
    "Arab": {"ps": "ټډړښځڅۍې", "ug": "ۇۈۋۆې", "ckb": "ڕڵێۆ", "ur": "ٹڈڑےں", "sd": "ٻڀٿڄڃڇڍڏڊڙڦڻ"},
    "Cyrl": {
        "uk": "ґєії", "be": "іў", "kk": "әғқңөұүһі", "ky": "ңөү", "mn": "өү", "tg": "ғӣқӯҳҷ",
        "uz": "ўқғҳ", "tt": "әҗңөүһ", "ba": "әғҙҡңҫөүһ", "mk": "ѓќѕјљњџ", "sr": "ђћјљњџ",
    },
}  # fmt: skip
OWN_LETTERED = frozenset(tag for row in _OWN.values() for tag in row)
_RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"

ALPHABETS = {
    "ru": frozenset(_RUSSIAN),
    "bg": frozenset("абвгдежзийклмнопрстуфхцчшщъьюяѝ"),
    "uk": frozenset("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"),
    "be": frozenset("абвгґдеёжзійклмнопрстуўфхцчшыьэюя"),
    "sr": frozenset("абвгдђежзијклљмнњопрстћуфхцчџш"),
    "mk": frozenset("абвгдѓежзѕијклљмнњопрстќуфхцчџшѐѝ"),
    "tg": frozenset("абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя"),
    "uz": frozenset("абвгдеёжзийклмнопрстуфхцчшъьэюяўқғҳ"),
    "kk": frozenset(_RUSSIAN + "әғқңөұүһі"),
    "ky": frozenset(_RUSSIAN + "ңөү"),
    "mn": frozenset(_RUSSIAN + "өү"),
    "tt": frozenset(_RUSSIAN + "әҗңөүһ"),
    "ba": frozenset(_RUSSIAN + "әғҙҡңҫөүһ"),
}
"""Small letters of the languages in Cyrillic script; those of a name in passing may be others."""


def find_scripts(counts: Counter[str]) -> Counter[str]:
    """Letters by script. Japanese is found by its syllables; a sign of Chinese or Japanese counts
    twice: it stands for two to three letters of a word."""
    scripts: Counter[str] = Counter()
    for character, count in counts.items():
        if character.isalpha() or unicodedata.category(character) in ("Mn", "Mc"):
            scripts[_RUNS[bisect_right(_FIRSTS, ord(character)) - 1][1]] += count
    scripts.pop("", None)
    east = scripts["Hani"] + scripts["Kana"]
    if scripts["Kana"] * 20 > east:  # one sign in twenty: Chinese has none but in names
        scripts["Kana"] = east
        scripts.pop("Hani", None)
    for dense in ("Hani", "Kana"):
        scripts[dense] *= 2
    return +scripts


def find_script(counts: Counter[str]) -> tuple[str, int]:
    """The script of most letters and their number; ``""`` without any. In a headline, Latin has to
    have more than twice as many as another: its names stand in every script's news."""
    scripts = find_scripts(counts)
    if not scripts:
        return "", 0
    factor = OTHERS if scripts.total() < HEADLINE else 1
    weights = {script: n if script == "Latn" else n * factor for script, n in scripts.items()}
    script = max(weights, key=lambda name: (weights[name], name))
    return script, scripts[script]


def keep_script(script: str, text: str) -> str:
    """Without words in Latin letters where the script is another."""
    return text if script == "Latn" else _LATIN_WORD.sub(" ", text)


def find_settled(script: str, counts: Counter[str], letters: int, least: float) -> list[str]:
    """The languages whose own letters cover most of the text's, the fewest letters first; letters
    that a language lacks count against it. ``least``: the share of ``letters`` that must tell."""
    rows = _OWN.get(script, {})
    weights = {
        tag: sum(counts[letter] for letter in own) - count_foreign(tag, counts)
        for tag, own in rows.items()
    }
    most = max(weights.values(), default=0)
    if most <= letters * least:
        return []
    return sorted((tag for tag in rows if weights[tag] == most), key=lambda tag: len(rows[tag]))


def count_foreign(language: str, counts: Counter[str]) -> int:
    """Cyrillic letters that the language does not have; 0 where its alphabet is not held."""
    alphabet = ALPHABETS.get(language)
    if alphabet is None:
        return 0
    return sum(n for sign, n in counts.items() if "а" <= sign <= "ԯ" and sign not in alphabet)
