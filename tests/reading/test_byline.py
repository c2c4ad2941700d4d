"""Names of people in a byline."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.reading.byline import is_byline, parse_people


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("By Ann Lee", ["Ann Lee"]),
        ("Von Anna Beispiel und Bernd Muster", ["Anna Beispiel", "Bernd Muster"]),
        ("Автор: Анна Пример", ["Анна Пример"]),
        ("Ann Lee, Bo Li and Cy Day", ["Ann Lee", "Bo Li", "Cy Day"]),
        ("Ann Lee, Agency", ["Ann Lee"]),
        ("Lee, Ann", ["Lee, Ann"]),
        ("Ann Lee / Agency", ["Ann Lee", "Agency"]),
        ("Ann Lee, https://social.example/ann", ["Ann Lee"]),
        ("ann@paper.example", []),
        ("user_17", []),
        ("28 January 2025", []),
        ("", []),
    ],
)
def test_people_are_parted(value: str, names: list[str]) -> None:
    assert list(parse_people(value)) == names


def test_a_byline_has_nothing_but_known_names() -> None:
    names = ["Ann Lee", "The Example"]
    assert is_byline("by ANN LEE", names)
    assert is_byline("Ann Lee | The Example", names)
    assert not is_byline("Ann Lee said so", names)
    assert not is_byline("", names)
    assert not is_byline("Ann Lee " * 40, names)


@given(st.text())
def test_names_have_letters_and_no_address(value: str) -> None:
    for name in parse_people(value):
        assert 1 < len(name) <= 60
        assert "@" not in name
