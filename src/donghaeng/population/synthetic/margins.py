"""The margins of a city, made to agree with one another.

Tables of different sources and years do not add up to one another. Households by size and district are the
control; every other table gives shares: one-person households by age share out the households of size one of
their district; the elderly living alone share out those of 65 and older by benefit status; the population by
age shares out the persons who live in the district's households. Every division is by largest remainder, so
nothing is lost.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from donghaeng.rules.faults import BadInput

from .ages import GROUPS, OLD_AGE, WIDTH
from .city import ALONE, ELDERLY, LARGEST, POPULATION, SIZES, City
from .rounding import whole_shares

Array = np.ndarray
STATUSES = ("neither", "basic_livelihood", "low_income")
OLD = OLD_AGE // WIDTH


@dataclass(frozen=True)
class Targets:
    """What is asked, in whole households and persons.

    ``sizes`` is (districts, 7): households of 1, 2, ..., 7 persons. ``alone`` is (districts, 18, 3):
    one-person households by age and benefit status (the status of those under 65 is drawn later and stands
    under ``neither``). ``people`` is (districts, 18): persons by age in all households.
    """

    districts: tuple[int, ...]
    sizes: Array
    alone: Array
    people: Array

    @property
    def households(self) -> int:
        return int(self.sizes.sum())


def reconciled(city: City) -> Targets:
    """The targets of a city.

    Raises:
        BadInput: where a class of sizes cannot be divided, or shares are asked of an empty table.
    """
    sizes = _sizes(city)
    by_age = city.by_age(ALONE)
    population = city.by_age(POPULATION)
    persons = sizes @ np.arange(1, LARGEST + 1)
    count = len(city.districts)
    alone = np.zeros((count, GROUPS, len(STATUSES)), np.int64)
    people = np.zeros((count, GROUPS), np.int64)
    elderly = city.tables[ELDERLY]
    for place, district in enumerate(city.districts):
        for table, values in ((ALONE, by_age), (POPULATION, population)):
            if not values[place].sum():
                raise BadInput(f"nobody in district {district}", field=table)
        people[place] = whole_shares(population[place].astype(float), int(persons[place]))
        ages = whole_shares(by_age[place].astype(float), int(sizes[place, 0]))
        alone[place] = _by_status(ages, elderly, place)
        if (people[place] < ages).any():
            group = int(np.flatnonzero(people[place] < ages)[0])
            raise BadInput(
                f"district {district} has more one-person households than persons in group {group}",
                field=ALONE,
            )
    return Targets(city.districts, sizes, alone, people)


def _sizes(city: City) -> Array:
    """Households by single size, (districts, 7)."""
    result = np.zeros((len(city.districts), LARGEST), np.int64)
    for name, values in city.tables[SIZES].items():
        if name.isdigit():
            result[:, int(name) - 1] = values
            continue
        shares = city.file.sizes[name].shares
        if not shares or min(shares) < 2 or max(shares) > LARGEST or min(shares.values()) < 0:
            raise BadInput(
                "cannot be divided", field=f"sizes.{name}", remedy=f"sizes from 2 to {LARGEST}"
            )
        weights = np.array(list(shares.values()), float)
        for place, total in enumerate(values):
            result[place, np.array(list(shares)) - 1] += whole_shares(weights, int(total))
    return result


def _by_status(ages: Array, elderly: dict[str, Array], place: int) -> Array:
    """One district's one-person households by age and status: the elderly shared out, first by status, then by
    age.
    """
    result = np.zeros((GROUPS, len(STATUSES)), np.int64)
    result[:, 0] = ages
    old = ages[OLD:]
    total = int(old.sum())
    if not total:
        return result
    everyone = int(elderly["all"][place])
    receiving = [int(elderly[name][place]) for name in STATUSES[1:]]
    if everyone <= 0 or sum(receiving) > everyone:
        raise BadInput("statuses are more than all", field=ELDERLY)
    by_status = whole_shares(np.array([everyone - sum(receiving), *receiving], float), total)
    left = old.copy()
    for status in (1, 2):
        share = whole_shares(left.astype(float), int(by_status[status]))
        result[OLD:, status] = share
        left = left - share
    result[OLD:, 0] = left
    return result
