"""How many each row of a population stands for: households by their weight, persons by their own.

Surveys weight persons apart from households (a household with one weight may hold people who were sampled, or who
answered, with other chances). Whatever counts persons takes these weights; money and households are counted with
the household's.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import numpy as np

from donghaeng.population.schema import WEIGHT, Table
from donghaeng.population.store import Partition

Array = np.ndarray


class WeightOf(StrEnum):
    """Whose weight a row is counted with."""

    HOUSEHOLD = "household"
    PERSON = "person"


def weight_of(partitions: Iterable[Partition], table: Table) -> WeightOf:
    """Whose weight the rows of a table have: persons their own where the population has one."""
    if table is Table.PERSONS and any(each.holds(table, WEIGHT) for each in partitions):
        return WeightOf.PERSON
    return WeightOf.HOUSEHOLD


def row_weights(partition: Partition, table: Table) -> Array:
    """Weights of the rows of a table, (households,) or (size, households).

    A person without a weight of their own has that of the household.
    """
    of_household = partition.household(WEIGHT).astype(np.float64)
    if table is Table.HOUSEHOLDS:
        return of_household
    everybody = np.broadcast_to(of_household, (partition.size, partition.count))
    if not partition.holds(Table.PERSONS, WEIGHT):
        return everybody
    own, known = partition.person(WEIGHT, np.float64), partition.known(Table.PERSONS, WEIGHT)
    return own if known is None else np.where(known, own, everybody)
