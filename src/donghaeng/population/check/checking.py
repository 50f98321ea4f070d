"""Looking through a population: every violation with its table, row and column."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from donghaeng.rules.faults import BadInput

from ..reading import SurveyTable
from ..schema import HOUSEHOLD_ID, PERSON, Schema, Table
from ..store import Population
from .structure import check_structure
from .values import read_column
from .violations import COLUMNS, Checked, Fault, Findings, Tally

AT = "at"


def check_tables(
    schema: Schema,
    households: SurveyTable,
    persons: SurveyTable,
    earlier: tuple[Findings, Findings] | None = None,
) -> Checked:
    """Check two tables against the schema and against each other.

    Every cell is read as its column's type; what is wrong is listed and its household refused, so that
    what is left is a population. Columns that are not known are listed and left out.

    Args:
        schema: of :func:`donghaeng.population.schema.schema_of`.
        households, persons: as read from files: texts, or the types of the file.
        earlier: what was found in the same rows before they had these columns.
    """
    of, who = Findings(Table.HOUSEHOLDS, households), Findings(Table.PERSONS, persons)
    read_of, read_who = _read(schema, of), _read(schema, who)
    if HOUSEHOLD_ID in read_of.columns and {HOUSEHOLD_ID, PERSON} <= set(read_who.columns):
        check_structure(schema, of, who, read_of, read_who)
        notes = [of, who, *(earlier or ())]
        wrong = {table: [each.rows() for each in notes if each.table is table] for table in Table}
        left_of, left_who = _left(wrong, read_of, read_who)
    else:
        left_of, left_who = read_of.clear(), read_who.clear()
    if not _complete(schema, left_of, left_who):
        left_of, left_who = left_of.clear(), left_who.clear()
    tallies = {
        table: Tally(source.frame.height, source.frame.height - left.height)
        for table, source, left in (
            (Table.HOUSEHOLDS, households, left_of),
            (Table.PERSONS, persons, left_who),
        )
    }
    violations = pl.concat([each.frame() for each in (*(earlier or ()), of, who)])
    return Checked(left_of.drop(AT), left_who.drop(AT), violations, tallies)


def check_population(
    schema: Schema, population: Population, each: Callable[[int], None] = lambda _: None
) -> Checked:
    """Check a stored population, partition by partition; ids are compared across all of them.

    The tables of the answer are empty: nothing is refused that is stored.

    Args:
        each: called with the number of households after each partition.

    Raises:
        BadInput: where a partition is not there or cut short.
    """
    found = [pl.DataFrame(schema=COLUMNS)]
    rows = dict.fromkeys(Table, 0)
    refused = dict.fromkeys(Table, 0)
    ids = []
    for number, partition in enumerate(population.partitions):
        part = Population(
            population.folder,
            population.manifest.model_copy(
                update={"partitions": (population.manifest.partitions[number],)}
            ),
        )
        tables = [
            SurveyTable(partition.entry.file, frame, _numbers(frame.height))
            for frame in part.tables(schema)
        ]
        checked = check_tables(schema, tables[0], tables[1])
        found.append(checked.violations)
        for table, tally in checked.tallies.items():
            rows[table] += tally.rows
            refused[table] += tally.refused
        ids.append(tables[0].frame.select(HOUSEHOLD_ID).with_columns(file=pl.lit(tables[0].name)))
        each(partition.count)
    found.append(_across_partitions(pl.concat(ids), population))
    tallies = {table: Tally(rows[table], refused[table]) for table in Table}
    nothing = pl.DataFrame()
    return Checked(nothing, nothing, pl.concat(found), tallies)


def _numbers(count: int) -> pl.Series:
    return pl.int_range(1, count + 1, eager=True)


def _across_partitions(ids: pl.DataFrame, population: Population) -> pl.DataFrame:
    """Households that stand in two partitions."""
    if not population.partitions:
        raise BadInput("holds no partition", file=str(population.folder))
    placed = ids.with_columns(
        pl.int_range(1, pl.len() + 1).over("file").alias("row"),
        pl.col("file").first().over(HOUSEHOLD_ID).alias("first"),
    )
    other = placed.filter(pl.col("file") != pl.col("first"))
    return other.select(
        "file",
        pl.lit(Table.HOUSEHOLDS.value).alias("table"),
        pl.col("row").cast(pl.Int64),
        pl.lit(HOUSEHOLD_ID).alias("column"),
        pl.col(HOUSEHOLD_ID).cast(pl.String).alias("value"),
        pl.lit(Fault.DUPLICATE_HOUSEHOLD.value).alias("fault"),
        pl.lit(None, pl.Int64).alias("other"),
    )


def _read(schema: Schema, findings: Findings) -> pl.DataFrame:
    """The columns of the schema that the table has, with the types of the schema."""
    columns, other = schema.of(findings.table), _other(schema, findings.table)
    given = findings.source.frame
    for name in given.columns:
        if name not in columns:
            elsewhere = name in other
            fault = Fault.OTHER_TABLE if elsewhere else Fault.UNKNOWN_COLUMN
            findings.add_column(fault, name)
    for column in columns.values():
        if column.required and column.name not in given.columns:
            findings.add_column(Fault.MISSING_COLUMN, column.name)
    read = []
    for name in given.columns:
        if name in columns:
            values, faults = read_column(columns[name], given[name])
            read.append(values)
            for fault, met in faults.items():
                findings.add(fault, name, met.arg_true())
    return pl.DataFrame([*read, pl.int_range(given.height, eager=True).alias(AT)])


def _other(schema: Schema, table: Table) -> set[str]:
    return set(schema.of(Table.PERSONS if table is Table.HOUSEHOLDS else Table.HOUSEHOLDS))


def _complete(schema: Schema, households: pl.DataFrame, persons: pl.DataFrame) -> bool:
    return all(
        column.name in frame.columns
        for table, frame in ((Table.HOUSEHOLDS, households), (Table.PERSONS, persons))
        for column in schema.of(table).values()
        if column.required
    )


def _left(
    wrong: dict[Table, list[pl.Series]], households: pl.DataFrame, persons: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows of the households in which nothing is wrong."""
    if not any(len(places) for each in wrong.values() for places in each):
        return households, persons
    rows = {
        table: frame.select(HOUSEHOLD_ID, AT).join(
            pl.DataFrame({AT: pl.concat(wrong[table])}), AT, "semi"
        )
        for table, frame in ((Table.HOUSEHOLDS, households), (Table.PERSONS, persons))
    }
    refused = pl.concat([each.select(HOUSEHOLD_ID) for each in rows.values()]).drop_nulls()
    left = []
    for table, frame in ((Table.HOUSEHOLDS, households), (Table.PERSONS, persons)):
        kept = frame.join(rows[table].select(AT), AT, "anti", maintain_order="left")
        left.append(kept.join(refused.unique(), HOUSEHOLD_ID, "anti", maintain_order="left"))
    return left[0], left[1]
