"""For every test: the quick ones run first, so that a mistake shows within seconds."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# Tests run beside one another: numpy's threads would wait for each other by spinning.
os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"))

# A busy machine is no mistake, hence no deadline; CI tries the same examples each time.
settings.register_profile("tidings", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("tidings")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    late = ("slow", "browser")
    items.sort(key=lambda item: any(item.get_closest_marker(mark) for mark in late))
