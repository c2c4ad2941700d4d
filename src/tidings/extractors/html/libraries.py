"""The extractors that vote on the body: a tree in, the lines that each takes for it out."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version

import trafilatura.core
from justext import get_stoplist, get_stoplists  # type: ignore[import-untyped]
from justext.core import (  # type: ignore[import-untyped]
    ParagraphMaker,
    classify_paragraphs,
    preprocessor,
    revise_paragraph_classification,
)
from lxml import html
from resiliparse.extract.html2text import extract_plain_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A page as read. No extractor changes the tree."""

    text: str
    tree: html.HtmlElement


Run = Callable[[Source], list[str]]


def run_fast(source: Source) -> list[str]:
    """trafilatura without what it falls back on."""
    return _trafilatura(source, is_fast=True)


def run_standard(source: Source) -> list[str]:
    """trafilatura with what it falls back on: about twice the time."""
    return _trafilatura(source, is_fast=False)


def run_resiliparse(source: Source) -> list[str]:
    """A tenth of the time of trafilatura."""
    body = extract_plain_text(source.text, main_content=True, comments=False, alt_texts=False)
    return _lines(body)


def run_justext(source: Source) -> list[str]:
    """jusText with the function words of all its languages at once."""
    paragraphs = ParagraphMaker.make_paragraphs(preprocessor(deepcopy(source.tree)))
    classify_paragraphs(paragraphs, _function_words())
    revise_paragraph_classification(paragraphs)
    return [one.text for one in paragraphs if not one.is_boilerplate]


LIBRARIES: dict[str, Run] = {
    "fast": run_fast,
    "standard": run_standard,
    "resiliparse": run_resiliparse,
    "justext": run_justext,
}
"""By the voter's name."""

PACKAGES = ("resiliparse", "trafilatura", "justext")


@cache
def find_versions(library: str) -> str:
    """Of the packages behind it."""
    packages = ("resiliparse",) if library == "resiliparse" else PACKAGES
    return " ".join(f"{name} {version(name)}" for name in packages)


def _trafilatura(source: Source, *, is_fast: bool) -> list[str]:
    _hush()
    document = trafilatura.bare_extraction(
        source.tree, fast=is_fast, include_comments=False, include_tables=True,
        include_formatting=False,
    )  # fmt: skip
    return _lines(getattr(document, "text", None) or "")


def _lines(text: str) -> list[str]:
    return [line for line in map(str.strip, text.splitlines()) if line]


@cache
def _function_words() -> frozenset[str]:
    return frozenset[str]().union(*map(get_stoplist, sorted(get_stoplists())))


@cache
def _hush() -> None:
    """Both libraries log what their return value says already."""
    for name in ("trafilatura", "htmldate"):
        trafilatura.core.LOGGER.manager.getLogger(name).setLevel("CRITICAL")
