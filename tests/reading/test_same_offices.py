"""One body under several names."""

from __future__ import annotations

from itertools import combinations

import pytest

from tidings.reading.offices import Office, find_office


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("interior", ["МВД", "МВД Грузии", "Министерство внутренних дел Грузии",
                      "Georgia's interior ministry", "пресс-служба МВД"]),
        ("police", ["police", "die Polizei", "policía", "полиция"]),
        ("foreign", ["МИД Украины", "Ukraine's Foreign Ministry", "МЗС України"]),
        ("justice", ["the Ministry of Justice", "Justizministerium"]),
    ],
)  # fmt: skip
def test_one_office_in_many_words(kind: str, names: list[str]) -> None:
    offices = [one for name in names if (one := find_office(name))]
    assert [one.kind for one in offices] == [kind] * len(names)
    assert all(a.fits(b) for a, b in combinations(offices, 2))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("МВД Грузии", "МВД Украины"),
        ("police", "prosecutors"),
        ("Hamburg police", "Bremen police"),
    ],
)
def test_two_offices(a: str, b: str) -> None:
    one, other = find_office(a), find_office(b)
    assert one is not None
    assert other is not None
    assert not one.fits(other)


def test_a_name_without_an_office() -> None:
    assert find_office("Norsol") is None
    assert find_office("") is None


def test_fits_either_way() -> None:
    bare, whose = Office("police", frozenset()), Office("police", frozenset({"GE"}))
    assert bare.fits(whose)
    assert whose.fits(bare)
