"""The made-up stories of bench/chains.toml: well formed, and rightly decided where it is known who
has it from whom."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

BENCH = Path(__file__).parents[1] / "bench"
VERDICTS = ("proved", "likely", "not decidable")


@pytest.fixture(scope="module")
def chains() -> ModuleType:
    sys.path.insert(0, str(BENCH))
    try:
        import chains  # noqa: PLC0415 - a bench, not a package
    finally:
        sys.path.remove(str(BENCH))
    return chains


@pytest.fixture(scope="module")
def made(chains: ModuleType) -> list[dict[str, Any]]:
    stories: list[dict[str, Any]] = chains.read_made()
    return stories


def test_there_are_enough_of_them_in_enough_languages(made: list[dict[str, Any]]) -> None:
    assert len(made) >= 30
    assert max(Counter(story["name"] for story in made).values()) == 1
    languages = {article["language"] for story in made for article in story["article"]}
    assert {"de", "en", "es", "fr", "ru", "uk"} <= languages


def test_truths_name_what_is_there(made: list[dict[str, Any]]) -> None:
    for story in made:
        keys = {article["key"] for article in story["article"]}
        ends = {end for child, _, parent in story["edges"] for end in (child, parent)}
        ends |= {*story["origins"], *story.get("unstated", ())}
        for first in story["first"]:
            assert first["verdict"] in VERDICTS, story["name"]
            assert len(first["who"]) == 1 or first["verdict"] == "not decidable", story["name"]
            ends |= {*first["who"], *first.get("held", {}).get("who", ())}
        assert {end for end in ends if ":" not in end} <= keys, story["name"]


def test_who_was_first_is_right_where_the_chain_is(
    chains: ModuleType, made: list[dict[str, Any]]
) -> None:
    """Through reading, settling and the store; the chain is the true one."""
    results = [chains.run(story, is_given=True) for story in made]
    assert {one.name: one.wrong for one in results if not all(one.firsts)} == {}
