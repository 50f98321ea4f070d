"""What a population recorded of a benefit."""

from __future__ import annotations

import numpy as np

from donghaeng.policy.households import Households, Values
from donghaeng.population.schema import RECEIVED, Table
from donghaeng.rules.faults import BadInput

Array = np.ndarray


def table_of(values: Array) -> Table:
    """The table of a result: (households,), or (size, households) for persons."""
    return Table.PERSONS if values.ndim == 2 else Table.HOUSEHOLDS


def with_flags(values: Values) -> tuple[Array, Array]:
    """Numbers, and a flag for each that says whether it is known."""
    numbers, known = values
    return numbers, np.ones(numbers.shape, bool) if known is None else known


def receipt(households: Households, benefit: str, table: Table) -> tuple[Array, Array]:
    """What was received of a benefit (0 where it is not known), and whether that is recorded.

    Raises:
        BadInput: where the population has no such column.
    """
    stored = households.stored(table, RECEIVED + benefit)
    if stored is None:
        raise BadInput(
            f"the receipt of {benefit!r} is not recorded",
            remedy=f"a column {RECEIVED}{benefit} in the table of {table.value}",
        )
    received, recorded = with_flags(stored)
    return np.where(recorded, received, 0), recorded
