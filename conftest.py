"""For every test: the quick ones run first, so that a mistake shows within seconds."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    late = ("slow", "browser")
    items.sort(key=lambda item: any(item.get_closest_marker(mark) for mark in late))
