"""Ages in groups of five years, the last one 85 and older: as the tables of a city give them."""

from __future__ import annotations

import datetime

import numpy as np

Array = np.ndarray
WIDTH = 5
GROUPS = 18
OLDEST = 99
OLD_AGE = 65


def group_of(age: int) -> int:
    """The group of an age: 0 to 4 is group 0, 85 and older group 17."""
    return min(age // WIDTH, GROUPS - 1)


def name_of(group: int) -> str:
    """``"0-4"``, ..., ``"85+"``."""
    first = group * WIDTH
    return f"{first}+" if group == GROUPS - 1 else f"{first}-{first + WIDTH - 1}"


def ages_in(groups: Array, uniform: Array) -> Array:
    """Ages in completed years inside their groups.

    Even over the five years; in the last group the number at each age falls by 15 % a year, so that the mean
    is about that of the published ages above 85.
    """
    last = np.cumsum(0.85 ** np.arange(OLDEST - (GROUPS - 1) * WIDTH + 1))
    within_last = np.searchsorted(last / last[-1], uniform, side="right").clip(0, len(last) - 1)
    within = np.where(groups == GROUPS - 1, within_last, (uniform * WIDTH).astype(np.int64))
    return (groups.astype(np.int64) * WIDTH + within).astype(np.int16)


def birth_days(reference: datetime.date) -> Array:
    """Days of birth as 20240701, by age and days since the last birthday, (ages, 365).

    Whoever was born on the day in row ``a`` has completed exactly ``a`` years on the reference day.
    """
    table = np.empty((OLDEST + 2, 365), np.int32)
    # Whoever is born on 29 February has the birthday on the 28th where the year has no such day.
    leap_day = (reference.month, reference.day) == (2, 29)
    for age in range(len(table)):
        year = reference.year - age
        day = 28 if leap_day and year % 4 else reference.day
        anniversary = np.datetime64(datetime.date(year, reference.month, day))
        days = anniversary - np.arange(365)
        months = days.astype("datetime64[M]").astype(np.int64)
        of_month = (days - days.astype("datetime64[M]")).astype(np.int64) + 1
        table[age] = (1970 + months // 12) * 10_000 + (months % 12 + 1) * 100 + of_month
    return table
