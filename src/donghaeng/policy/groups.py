"""The groups by which results are told: family type, age of the head. A reader knows them; no law does."""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from .households import Values

Array = np.ndarray
ADULT, OLD = 18, 65


class FamilyType(StrEnum):
    """Who lives together. ``label`` is its name in the catalogue."""

    ONE_PERSON = "one_person"
    ONE_OLDER_PERSON = "one_older_person"
    OLDER_PERSONS = "older_persons"
    COUPLE = "couple"
    COUPLE_WITH_CHILDREN = "couple_with_children"
    ONE_PARENT = "one_parent"
    OTHER = "other"

    @property
    def label(self) -> str:
        return FAMILY_LABELS[self]


FAMILY_LABELS = {
    FamilyType.ONE_PERSON: "one person under 65",
    FamilyType.ONE_OLDER_PERSON: "one person of 65 or over",
    FamilyType.OLDER_PERSONS: "two or more, all of 65 or over",
    FamilyType.COUPLE: "couple without children under 18",
    FamilyType.COUPLE_WITH_CHILDREN: "couple with children under 18",
    FamilyType.ONE_PARENT: "one parent with children under 18",
    FamilyType.OTHER: "other households",
}
FAMILY_TYPES = tuple(FamilyType)
# Shares of median income at which the pilot's households were enrolled and its results are told, in percent.
INCOME_BANDS = {"up_to_50": 50, "from_50_to_85": 85}
ABOVE_BANDS = "above_85"
AGE_LABELS = {
    "0-29": "head under 30",
    "30-39": "head of 30 to 39",
    "40-49": "head of 40 to 49",
    "50-64": "head of 50 to 64",
    "65-74": "head of 65 to 74",
    "75+": "head of 75 or over",
}
DECILE_LABELS = (
    "lowest tenth",
    "second tenth",
    "third tenth",
    "fourth tenth",
    "fifth tenth",
    "sixth tenth",
    "seventh tenth",
    "eighth tenth",
    "ninth tenth",
    "highest tenth",
)
AGE_BANDS = ((0, 29), (30, 39), (40, 49), (50, 64), (65, 74), (75, 200))


def ages(birth_dates: Array, day: int) -> Array:
    """Age in full years on ``day``; days are numbers such as 20240701."""
    return day // 10_000 - birth_dates // 10_000 - (birth_dates % 10_000 > day % 10_000)


def family_types(age: Array, known: Array | None, spouse: Array, parents: Array) -> Array:
    """The place in ``FAMILY_TYPES`` of each household; -1 where an age is not known.

    Args:
        age: (size, households).
        known: whether each age is known; ``None`` where all are.
        spouse: slot of the spouse or -1, (size, households).
        parents: whether a person is a child of somebody in the household, (size, households).
    """
    size = age.shape[0]
    old = np.logical_and.reduce(age >= OLD, axis=0)
    if size == 1:
        kind = np.where(old, _place(FamilyType.ONE_OLDER_PERSON), _place(FamilyType.ONE_PERSON))
    else:
        children = (age < ADULT) & parents
        any_child = np.logical_or.reduce(children, axis=0)
        adults = (age >= ADULT).sum(axis=0)
        married = spouse[0] >= 0
        # Nobody else lives with them: the couple, or the one parent, and children of any age.
        outside = size - 1 - parents[1:].sum(axis=0) - married
        kind = np.full(age.shape[1], _place(FamilyType.OTHER))
        kind[married & (adults == 2) & any_child & (outside == 0)] = _place(
            FamilyType.COUPLE_WITH_CHILDREN
        )
        kind[~married & (adults == 1) & any_child & (outside == 0)] = _place(FamilyType.ONE_PARENT)
        if size == 2:
            kind[married] = _place(FamilyType.COUPLE)
        kind[old] = _place(FamilyType.OLDER_PERSONS)
    if known is not None:
        kind[~np.logical_and.reduce(known, axis=0)] = -1
    return kind.astype(np.int8)


def age_bands(age_of_head: Array, known: Array | None) -> Array:
    """The place in ``AGE_BANDS`` of each head's age; -1 where it is not known."""
    upper = np.array([high for _, high in AGE_BANDS])
    place = np.searchsorted(upper, age_of_head)
    if known is not None:
        place[~known] = -1
    return place.astype(np.int8)


def _place(kind: FamilyType) -> int:
    return FAMILY_TYPES.index(kind)


def income_bands(income: Values, line: Values) -> Array:
    """The place of each household's band in ``INCOME_BANDS``, after them above all; -1 where it is not known.

    Args:
        income, line: won a month, (households,); the line is median income.

    >>> every = np.full(4, 2_000_000), None
    >>> income_bands((np.array([0, 1_000_000, 1_000_001, 1_700_001]), None), every)
    array([0, 0, 1, 2], dtype=int8)
    """
    (won, told), (median, sure) = income, line
    above = [100 * won > share * median for share in INCOME_BANDS.values()]
    band: Array = np.sum(above, axis=0)
    for known in (told, sure):
        if known is not None:
            band = np.where(known, band, -1)
    places: Array = band.astype(np.int8)
    return places
