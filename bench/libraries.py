"""Four libraries in each of their modes, as ``(source, language) → text``."""

from __future__ import annotations

import logging
from collections.abc import Callable

Modes = dict[str, Callable[[str, str], str]]


def trafi() -> Modes:
    import trafilatura  # noqa: PLC0415

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

    def run(**mode: bool) -> Callable[[str, str], str]:
        def extract(source: str, language: str) -> str:
            del language
            return trafilatura.extract(source, include_comments=False, **mode) or ""

        return extract

    return {
        "standard": run(),
        "precision": run(favor_precision=True),
        "recall": run(favor_recall=True),
        "fast": run(fast=True),
    }


def newspaper() -> Modes:
    import newspaper as library  # noqa: PLC0415
    from newspaper.languages import valid_languages  # noqa: PLC0415

    known_languages = {code for code, _ in valid_languages()}

    def extract(source: str, language: str) -> str:
        known = language if language in known_languages else "en"
        article = library.Article("https://site.example/a", language=known, fetch_images=False)
        try:
            article.download(input_html=source)
            article.parse()
        except Exception:  # noqa: BLE001 - whatever a library under test raises is no text
            return ""
        return str(article.text or "")

    return {"standard": extract}


def jus() -> Modes:
    import justext  # noqa: PLC0415

    names = {
        "ru": "Russian", "en": "English", "uk": "Ukrainian", "de": "German", "fr": "French",
        "es": "Spanish", "it": "Italian", "pt": "Portuguese", "pl": "Polish", "tr": "Turkish",
        "el": "Greek", "nl": "Dutch", "ar": "Arabic", "id": "Indonesian", "ro": "Romanian",
    }  # fmt: skip

    def run(*, is_short: bool) -> Callable[[str, str], str]:
        def extract(source: str, language: str) -> str:
            stops = justext.get_stoplist(names.get(language, "English"))
            sizes = {"length_low": 30, "length_high": 100} if is_short else {}
            try:
                found = justext.justext(source.encode(), stops, encoding="utf-8", **sizes)
            except Exception:  # noqa: BLE001 - whatever a library under test raises is no text
                return ""
            return "\n".join(each.text for each in found if not each.is_boilerplate)

        return extract

    return {"standard": run(is_short=False), "short": run(is_short=True)}


def resili() -> Modes:
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415

    def run(*, is_main: bool) -> Callable[[str, str], str]:
        def extract(source: str, language: str) -> str:
            del language
            return str(extract_plain_text(source, main_content=is_main, alt_texts=False))

        return extract

    return {"main content": run(is_main=True), "all": run(is_main=False)}
