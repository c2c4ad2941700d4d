"""Text → stems in any script, for the text index, for queries and for terms.

Stems are lower case, letters and digits only, so that a plain-word index (FTS5 ``unicode61``,
PostgreSQL ``simple``) keeps each of them whole. Query and text meet where both went through
here with the same language.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from itertools import pairwise

import Stemmer  # type: ignore[import-not-found]  # in C alone
from simplemma import Lemmatizer
from simplemma.strategies import DefaultStrategy, StreamDictionaryFactory

SNOWBALL = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "tr": "turkish",
}
"""Language → Snowball algorithm. Hindi, Nepali and Tamil are left out: their stemmers look at
the vowel signs that a plain-word index drops."""

LEMMATISED = {
    "bg": "bg",
    "bs": "hbs",
    "hr": "hbs",
    "lv": "lv",
    "mk": "mk",
    "ms": "ms",
    "sk": "sk",
    "sl": "sl",
    "sq": "sq",
    "uk": "uk",
}
"""Language without a Snowball algorithm → simplemma dictionary."""

TRIMMED = ("be", "bg", "mk", "uk")
"""Languages whose Cyrillic endings are cut after the lemma: the dictionaries miss most names."""

WORD_CACHE = 1 << 18  # words of all languages kept with their stems, about 50 MB

_WORD = re.compile(r"[^\W_]+")
_MARKS = {
    code: None
    for code in range(0x300, 0x1F000)
    if unicodedata.category(chr(code)) in ("Mn", "Mc", "Me")
}
_FOLDED = _MARKS | {ord("ё"): "е", ord("’"): "'", ord("ʼ"): "'", 0x200C: None, 0x200D: None}
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
    "\uf900-\ufaff\U00020000-\U0003134f]"
)
_APOSTROPHE = re.compile(r"(?<=[а-яєіїґў])'(?=[а-яєіїґў])")
_SLAVIC_ENDING = re.compile(
    r"(?<=\w{3})(?:ськ(?=[аеиіоую]))?(?:ями|ами|ого|ому|ими|ові|еві|ість|ості|ях|ах|ям|ам|ою|ею"
    r"|єю|ів|їв|ий|ій|их|ім|им|ом|ем|ов|ев|ья|ьо|ата|ето|ите|ът|та|то|те|а|я|у|ю|і|ї|и|о|е|є|ь|й|ы)$"
)


def split_words(text: str) -> list[str]:
    """Words in order, lower case, without marks. Unspaced scripts (Chinese, Japanese, Thai, …)
    and Korean give character bigrams."""
    if text.isascii():
        return _WORD.findall(text.lower())
    words = _WORD.findall(_fold(text))
    if not _UNSPACED.search(text):
        return words
    return [unit for word in words for unit in _units(word)]


def stem_words(text: str, language: str) -> tuple[str, ...]:
    """Stems in order, repeats kept; a language without a stemmer gives its words as they are."""
    primary = language.partition("-")[0].lower()
    return tuple(_stem(word, primary) for word in split_words(text))


def _fold(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).lower().translate(_FOLDED)
    return _APOSTROPHE.sub("", folded)


def _units(word: str) -> list[str]:
    if not _UNSPACED.search(word):
        return [word]
    return [a + b for a, b in pairwise(word)] or [word]


@lru_cache(maxsize=WORD_CACHE)
def _stem(word: str, language: str) -> str:
    stemmed = _stemmer(language)(word)
    # A stem that broke a word's shape could not be found again: keep the word.
    return stemmed if stemmed.isalnum() else word


@cache
def _stemmer(language: str) -> Callable[[str], str]:
    if language in SNOWBALL:
        algorithm = SNOWBALL[language]
        # A stemmer holds the word that it works on: one a call, so that threads may share us.
        return lambda word: str(Stemmer.Stemmer(algorithm, 0).stemWord(word))
    if language in LEMMATISED or language in TRIMMED:
        return lambda word: _lemma_stem(word, language)
    return str


def _lemma_stem(word: str, language: str) -> str:
    dictionary = LEMMATISED.get(language)
    lemma = _lemmatizer().lemmatize(word, dictionary).lower() if dictionary else word
    return _SLAVIC_ENDING.sub("", lemma) if language in TRIMMED else lemma


@cache
def _lemmatizer() -> Lemmatizer:
    """Reads its dictionaries in place: 5 MB each, not 60, for 25 µs a word more, of which most are
    kept. Holds all of them, since one takes up to half a second to open."""
    factory = StreamDictionaryFactory(cache_max_size=len(LEMMATISED))
    return Lemmatizer(0, lemmatization_strategy=DefaultStrategy(dictionary_factory=factory))
