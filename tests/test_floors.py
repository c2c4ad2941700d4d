"""Floors name benches that are there and figures that can be read."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[1] / "bench"
FLOORS = json.loads((BENCH / "floors.json").read_text())


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_every_floor_has_its_bench(name: str) -> None:
    floor = FLOORS[name]
    assert (BENCH / f"{floor['bench']}.py").is_file()
    assert floor["floors"]
    assert all(isinstance(least, int | float) for least in floor["floors"].values())


def test_figures_are_found_by_their_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCH))
    sys.modules.pop("check", None)
    from check import find  # noqa: PLC0415 - a bench, not a package

    assert find({"day": {"f1": 0.5}}, "day.f1") == 0.5
    assert find([{"f1": 0.25}], "0.f1") == 0.25
    with pytest.raises(KeyError):
        find({"day": {}}, "day.f1")
