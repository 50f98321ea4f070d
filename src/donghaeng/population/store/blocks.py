"""A block of households of one size: what it must hold, and its columns as a partition stores them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from donghaeng.rules.faults import BadInput
from donghaeng.rules.terms import LARGEST_HOUSEHOLD

from ..schema import HOUSEHOLD_ID, WEIGHT, Column, Meaning, Schema, Table
from .columns import KNOWN, narrowest, slot_name

Array = np.ndarray


@dataclass(frozen=True)
class Block:
    """Households of ``size`` persons, coded as in :mod:`donghaeng.population.coding`.

    ``household`` holds columns of (households,), ``person`` columns of (size, households), slot after slot;
    the two ``known`` hold flags of the same shapes for columns in which a value is not known.
    """

    size: int
    household: Mapping[str, Array]
    person: Mapping[str, Array]
    household_known: Mapping[str, Array] = field(default_factory=dict)
    person_known: Mapping[str, Array] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return len(self.household[HOUSEHOLD_ID])

    def part(self, rows: slice) -> Block:
        """Some of the households; the arrays are shared."""
        return Block(
            self.size,
            {name: values[rows] for name, values in self.household.items()},
            {name: values[:, rows] for name, values in self.person.items()},
            {name: flags[rows] for name, flags in self.household_known.items()},
            {name: flags[:, rows] for name, flags in self.person_known.items()},
        )

    def with_column(
        self, table: Table, name: str, values: Array, known: Array | None = None
    ) -> Block:
        """The block with other values in one column; ``known`` is ``None`` where all are."""
        if table is Table.HOUSEHOLDS:
            flags = _with(self.household_known, name, known)
            columns = {**self.household, name: values}
            return replace(self, household=columns, household_known=flags)
        flags = _with(self.person_known, name, known)
        return replace(self, person={**self.person, name: values}, person_known=flags)

    def without_person_column(self, name: str) -> Block:
        """The block without a column of persons."""
        columns = {each: values for each, values in self.person.items() if each != name}
        return replace(self, person=columns, person_known=_with(self.person_known, name, None))

    def check(self) -> None:
        """Refuse a block without numbers or weights of its households, or with columns of other shapes.

        Raises:
            BadInput: with the column, and what would be right.
        """
        if not 1 <= self.size <= LARGEST_HOUSEHOLD:
            raise BadInput(
                f"a household has {self.size} persons",
                field="size",
                remedy=f"1 to {LARGEST_HOUSEHOLD}",
            )
        for name in (HOUSEHOLD_ID, WEIGHT):
            if name not in self.household:
                raise BadInput("is missing", field=f"{Table.HOUSEHOLDS}.{name}")
            if not self.household_known.get(name, np.True_).all():
                raise BadInput("is not known for all", field=f"{Table.HOUSEHOLDS}.{name}")
        shape = {Table.HOUSEHOLDS: (self.count,), Table.PERSONS: (self.size, self.count)}
        for table, columns in (
            (Table.HOUSEHOLDS, {**self.household}),
            (Table.HOUSEHOLDS, {**self.household_known}),
            (Table.PERSONS, {**self.person}),
            (Table.PERSONS, {**self.person_known}),
        ):
            for name, values in columns.items():
                if values.shape != shape[table]:
                    raise BadInput(
                        f"is of shape {values.shape}",
                        field=f"{table.value}.{name}",
                        remedy=f"{shape[table]}",
                    )

    def stored(self, schema: Schema) -> dict[str, Array]:
        """The columns of the partition: one a household column, one a slot of a person column.

        Raises:
            BadInput: for a column that ``schema`` does not have, or a value outside its range.
        """
        columns: dict[str, Array] = {}
        for name, values in self.household.items():
            column = schema.column(Table.HOUSEHOLDS, name)
            self._store(columns, column, name, values, self.household_known.get(name))
        for name, values in self.person.items():
            column = schema.column(Table.PERSONS, name)
            flags = self.person_known.get(name)
            for slot in range(self.size):
                known = None if flags is None else flags[slot]
                self._store(columns, column, slot_name(name, slot), values[slot], known)
        return columns

    def _store(
        self,
        columns: dict[str, Array],
        column: Column,
        key: str,
        values: Array,
        known: Array | None,
    ) -> None:
        if known is not None and known.all():
            known = None
        self._check_range(column, values if known is None else values[known])
        columns[key] = narrowest(values)
        if known is not None:
            columns[KNOWN + key] = known

    def _check_range(self, column: Column, known: Array) -> None:
        """The least and the largest of what is known; a relation names a slot of this household or nobody."""
        if not len(known):
            return
        low, high = column.range
        if column.meaning is Meaning.RELATION:
            low, high = -1, self.size - 1
        least, largest = known.min(), known.max()
        if low <= least and largest <= high and (column.kind is not None or least > 0):
            return
        wrong = largest if largest > high else least
        remedy = f"{low:,} to {high:,}"
        if column.kind is None:
            remedy = "greater than 0"
        elif column.meaning is Meaning.RELATION:
            wrong, remedy = wrong + 1, f"1 to {self.size}, the persons of the household, or empty"
        raise BadInput(f"holds {wrong}", field=f"{column.table.value}.{column.name}", remedy=remedy)


def _with(flags: Mapping[str, Array], name: str, known: Array | None) -> dict[str, Array]:
    others = {each: found for each, found in flags.items() if each != name}
    return others if known is None else {**others, name: known}
