"""A population as two tables that people read: written to a store, and read from it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from donghaeng.rules.faults import BadInput
from donghaeng.rules.terms import LARGEST_HOUSEHOLD

from ..coding import coded, decoded
from ..schema import HOUSEHOLD_ID, PERSON, WEIGHT, Column, Schema, Table
from .manifest import Manifest
from .writing import Writer

if TYPE_CHECKING:
    from .population import Partition

Array = np.ndarray
REQUIRED = {Table.HOUSEHOLDS: (HOUSEHOLD_ID, WEIGHT), Table.PERSONS: (HOUSEHOLD_ID, PERSON)}


def write_tables(
    folder: Path,
    schema: Schema,
    households: pl.DataFrame,
    persons: pl.DataFrame,
    manifest: Manifest,
    *,
    replace: bool = False,
) -> None:
    """Write a population that stands in two tables (as people read them).

    The persons of each household are those with its ``household_id``, in the order of ``person``: 1, 2, ...

    Raises:
        BadInput: for the first value that a column does not hold, a household without persons or there
            twice, a person without a household, or persons of a household that are not 1, 2, ...
    """
    of_household = _coded(schema, Table.HOUSEHOLDS, households)
    of_person = _coded(schema, Table.PERSONS, persons)
    ids, sizes = of_household[HOUSEHOLD_ID][0], np.zeros(len(households), np.int64)
    place = _places(ids, of_person[HOUSEHOLD_ID][0])
    order = np.lexsort((of_person[PERSON][0], place))
    np.add.at(sizes, place, 1)
    starts = np.cumsum(sizes) - sizes
    _check_persons(ids, sizes, starts, of_person[PERSON][0][order])
    del of_person[HOUSEHOLD_ID]
    with Writer(folder, schema, replace=replace) as writer:
        for size in np.unique(sizes):
            index = np.flatnonzero(sizes == size)
            rows = order[starts[index][None, :] + np.arange(int(size))[:, None]]
            writer.add(
                int(size),
                {name: values[index] for name, (values, _) in of_household.items()},
                {name: values[rows] for name, (values, _) in of_person.items()},
                {name: known[index] for name, (_, known) in of_household.items()},
                {name: known[rows] for name, (_, known) in of_person.items()},
            )
        writer.finish(manifest)


def _coded(schema: Schema, table: Table, frame: pl.DataFrame) -> dict[str, tuple[Array, Array]]:
    for name in REQUIRED[table]:
        if name not in frame.columns:
            raise BadInput("is missing", field=f"{table.value}.{name}")
        if frame[name].null_count():
            row = int(frame[name].is_null().arg_max() or 0) + 1
            raise BadInput(f"row {row} is empty", field=f"{table.value}.{name}")
    return {name: coded(schema.column(table, name), frame[name]) for name in frame.columns}


def _places(ids: Array, of_person: Array) -> Array:
    """The row of each person's household."""
    by_id = np.argsort(ids, kind="stable")
    inside = ids[by_id]
    twice = np.flatnonzero(inside[1:] == inside[:-1])
    if len(twice):
        raise BadInput(
            f"household {inside[twice[0]]} is there twice", field=f"households.{HOUSEHOLD_ID}"
        )
    found = np.minimum(np.searchsorted(inside, of_person), max(len(ids) - 1, 0))
    stray = np.flatnonzero(inside[found] != of_person) if len(ids) else np.arange(len(of_person))
    if len(stray):
        raise BadInput(
            f"row {stray[0] + 1}: there is no household {of_person[stray[0]]}",
            field=f"persons.{HOUSEHOLD_ID}",
        )
    places: Array = by_id[found]
    return places


def _check_persons(ids: Array, sizes: Array, starts: Array, numbers: Array) -> None:
    """Every household has persons 1, 2, ... up to its size; ``numbers`` are theirs, household by household."""
    for wrong, what in ((sizes == 0, "no person"), (sizes > LARGEST_HOUSEHOLD, "too many persons")):
        if wrong.any():
            raise BadInput(
                f"household {ids[wrong.argmax()]} has {what}",
                field=f"households.{HOUSEHOLD_ID}",
                remedy=f"1 to {LARGEST_HOUSEHOLD}",
            )
    expected = np.arange(len(numbers)) - np.repeat(starts, sizes) + 1
    wrong = np.flatnonzero(numbers != expected)
    if len(wrong):
        first = int(wrong[0])
        raise BadInput(
            f"household {np.repeat(ids, sizes)[first]} has a person {numbers[first]} "
            f"where {expected[first]} is due",
            field=f"persons.{PERSON}",
            remedy="1 for the head, then 2, 3, ... without a gap",
        )


def tables_of(
    partition: Partition, schema: Schema, only: frozenset[str] | None = None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The households and persons of one partition; of the columns ``only`` these, and the numbers.

    Raises:
        BadInput: where it holds a column that ``schema`` does not have.
    """
    for table in Table:
        for name in partition.names(table):
            schema.column(table, name)
    households, persons = [], []
    for column in _wanted(partition, schema, Table.HOUSEHOLDS, only):
        values = partition.household(column.name)
        flags = partition.known(Table.HOUSEHOLDS, column.name)
        households.append(decoded(column, _wide(values), flags))
    ids = partition.household(HOUSEHOLD_ID)
    persons.append(pl.Series(HOUSEHOLD_ID, np.repeat(ids, partition.size).astype(np.int64)))
    if not partition.holds(Table.PERSONS, PERSON):
        persons.append(pl.Series(PERSON, np.tile(np.arange(partition.size) + 1, partition.count)))
    for column in _wanted(partition, schema, Table.PERSONS, only):
        kind: Any = np.int64 if column.kind is not None else np.float64
        values = partition.person(column.name, kind)
        flags = partition.known(Table.PERSONS, column.name)
        persons.append(
            decoded(column, values.T.ravel(), None if flags is None else flags.T.ravel())
        )
    return pl.DataFrame(households), pl.DataFrame(persons)


def _wanted(
    partition: Partition, schema: Schema, table: Table, only: frozenset[str] | None
) -> list[Column]:
    return [
        column
        for name, column in schema.of(table).items()
        if partition.holds(table, name) and (only is None or name in (HOUSEHOLD_ID, PERSON, *only))
    ]


def _wide(values: Array) -> Array:
    return values.astype(np.int64) if values.dtype.kind == "i" else values
