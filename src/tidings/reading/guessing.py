"""Two models that guess the language of a text among those of its script."""

from __future__ import annotations

from functools import cache

import eldc  # type: ignore[import-untyped]
from py3langid.langid import (  # type: ignore[import-untyped]
    MODEL_FILE,
    LanguageIdentifier,
)

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
    "Latn": "af bs cy eo ga gl ha hr id ku lb ms mt so sr sw uz xh zu az ca cs da de en es et eu "
    "fi fr hu is it lt lv nl no pl pt ro sk sl sq sv tl tr vi yo",
    "Cyrl": "be bg kk ky mk mn ru sr tg tt uk",
    "Arab": "ar fa ps ug ur",
    "Deva": "hi mr ne",
}

GUESSED = frozenset(tag for row in (*_QUICK.values(), *_SLOW.values()) for tag in row.split())


def is_shared(script: str) -> bool:
    """Whether several languages write it that the models tell apart."""
    return script in _QUICK


def has_quick(script: str, language: str) -> bool:
    """Whether the quick model knows the language."""
    return language in _QUICK[script].split()


def flatten(text: str) -> str:
    """As both models can read it: small letters where all are capitals, no NUL, no surrogates."""
    flat = " ".join(text.split())
    flat = (flat.lower() if flat.isupper() else flat).replace("\0", " ")
    return flat.encode("utf-8", "ignore").decode("utf-8")


def guess_quickly(script: str, flat: str) -> tuple[str, bool]:
    """eldc's answer and whether it calls it reliable: some microseconds."""
    found = _quick(script).detect_details(flat)
    return found.language, found.reliable


def guess_slowly(script: str, flat: str) -> list[tuple[str, float]]:
    """py3langid's answers, best first, with probabilities among the script's languages: some
    tenths of a millisecond."""
    allowed = _SLOW[script].split()
    held = [(name, score) for name, score in _slow().rank(flat) if name in allowed]
    total = sum(score for _, score in held) or 1.0
    return [(name, score / total) for name, score in held]


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
