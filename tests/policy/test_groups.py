"""Family types and ages are what a person would say of each household."""

from __future__ import annotations

import numpy as np
import pytest

from donghaeng.policy.groups import FAMILY_TYPES, FamilyType, age_bands, ages, family_types


@pytest.mark.parametrize(
    ("members", "spouse", "children", "expected"),
    [
        ([40], [-1], [0], FamilyType.ONE_PERSON),
        ([65], [-1], [0], FamilyType.ONE_OLDER_PERSON),
        ([70, 66], [1, 0], [0, 0], FamilyType.OLDER_PERSONS),
        ([70, 64], [1, 0], [0, 0], FamilyType.COUPLE),
        ([40, 38], [1, 0], [0, 0], FamilyType.COUPLE),
        ([40, 38], [-1, -1], [0, 0], FamilyType.OTHER),
        ([40, 38, 17], [1, 0, -1], [0, 0, 1], FamilyType.COUPLE_WITH_CHILDREN),
        ([40, 38, 18], [1, 0, -1], [0, 0, 1], FamilyType.OTHER),
        ([40, 10], [-1, -1], [0, 1], FamilyType.ONE_PARENT),
        ([40, 10, 70], [-1, -1, -1], [0, 1, 0], FamilyType.OTHER),
        ([40, 38, 10, 68], [1, 0, -1, -1], [0, 0, 1, 0], FamilyType.OTHER),
    ],
)
def test_a_household_is_of_the_type_that_people_would_name(
    members: list[int], spouse: list[int], children: list[int], expected: FamilyType
) -> None:
    column = [np.array([each]) for each in (members, spouse, children)]
    kind = family_types(
        column[0].reshape(-1, 1), None, column[1].reshape(-1, 1), column[2].reshape(-1, 1) > 0
    )
    assert FAMILY_TYPES[int(kind[0])] is expected


def test_who_has_an_unknown_age_is_of_no_type() -> None:
    kind = family_types(
        np.array([[40], [10]]),
        np.array([[True], [False]]),
        np.full((2, 1), -1),
        np.zeros((2, 1), bool),
    )
    assert kind.tolist() == [-1]


def test_a_birthday_counts_from_the_day_itself() -> None:
    born = np.array([19840701, 19840702, 19840630])
    assert ages(born, 20240701).tolist() == [40, 39, 40]


def test_bands_include_their_upper_age() -> None:
    assert age_bands(np.array([0, 29, 30, 64, 65, 74, 75, 110]), None).tolist() == [
        0, 0, 1, 3, 4, 4, 5, 5,
    ]  # fmt: skip
    assert age_bands(np.array([40]), np.array([False])).tolist() == [-1]
