"""For every test: the quick ones run first, so that a mistake shows within seconds."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# A busy machine is no mistake, hence no deadline; CI tries the same examples each time.
settings.register_profile("tidings", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("tidings")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    late = ("slow", "browser")
    items.sort(key=lambda item: any(item.get_closest_marker(mark) for mark in late))
