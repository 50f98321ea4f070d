"""The two tables of the survey become households and persons of a population: a pure function."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import polars as pl

from donghaeng.evidence.input_files import Text
from donghaeng.population.schema import HOUSEHOLD_ID, PERSON, WEIGHT, Meaning, Schema, Table
from donghaeng.population.store.manifest import ColumnOrigin, Origin

from .column_map import ColumnMap, ColumnSource, Share
from .files import SurveyTables
from .fitting import HEAD, fitted
from .kinship import kinship
from .refusals import HOUSEHOLD_FILE, PERSON_FILE, Refusals, Refused
from .values import among, holds, values


@dataclass(frozen=True)
class NotKnown:
    """How many rows of a column are empty, and how many amounts below zero count as nothing."""

    table: str
    column: str
    empty: int
    set_to_zero: int


@dataclass(frozen=True)
class Imported:
    """A survey as a population, and what became of its rows.

    Rows in = rows out + rows refused, for households and for persons. ``refused`` lists each faulty cell with
    file, row and column; a household is refused as a whole where one of its rows is, because without a member
    it would be another household.
    """

    households: pl.DataFrame
    persons: pl.DataFrame
    origins: tuple[ColumnOrigin, ...]
    approximations: tuple[Text, ...]
    not_known: tuple[NotKnown, ...]
    refused: tuple[Refused, ...]
    households_in: int
    persons_in: int

    @property
    def households_refused(self) -> int:
        return self.households_in - len(self.households)

    @property
    def persons_refused(self) -> int:
        return self.persons_in - len(self.persons)


def import_survey(tables: SurveyTables, columns: ColumnMap, schema: Schema) -> Imported:
    """Households and persons in the schema of a population, with origins and approximations."""
    return _Import(tables, columns, schema).run()


class _Import:
    def __init__(self, tables: SurveyTables, columns: ColumnMap, schema: Schema) -> None:
        self.tables, self.map, self.schema = tables, columns, schema
        self.refusals = Refusals(list(tables.refused))
        self.set_to_zero: dict[tuple[Table, str], int] = {}

    def run(self) -> Imported:
        tables = self.tables
        rows = fitted(tables.households, tables.persons, self.map, self.refusals)
        persons, households = self.of_persons(*rows), self.of_households(*rows)
        refused = self.refusals.households()
        households = households.filter(~pl.col(HOUSEHOLD_ID).is_in(refused))
        persons = persons.join(households, HOUSEHOLD_ID, "semi", maintain_order="left")
        return Imported(
            households,
            persons,
            tuple(self.origins()),
            tuple(self.approximations()),
            tuple(self.not_known(households, persons)),
            tuple(self.refusals.rows),
            len(tables.households),
            len(tables.persons),
        )

    def of_households(self, households: pl.DataFrame, persons: pl.DataFrame) -> pl.DataFrame:
        kin = self.map.relationships
        weight = pl.col(self.map.keys.person_weight).filter(HEAD).first()
        old = self.is_old()
        of_the_couple = among(kin.code, [kin.head, kin.spouses[kin.head]])
        from_persons = persons.group_by(HOUSEHOLD_ID).agg(
            weight.alias(WEIGHT),
            (~old.any() | (old & of_the_couple).any()).alias("elderly_hold_household_property"),
        )
        ids = households.select(HOUSEHOLD_ID)
        result = ids.join(from_persons, HOUSEHOLD_ID, "left", maintain_order="left")
        return result.with_columns(
            self.column(Table.HOUSEHOLDS, name, source, HOUSEHOLD_FILE, households)
            for name, source in self.map.households.items()
        )

    def of_persons(self, households: pl.DataFrame, persons: pl.DataFrame) -> pl.DataFrame:
        weight = pl.col(self.map.keys.person_weight).alias(WEIGHT)
        columns = []
        for name, source in self.map.persons.items():
            if source.share is None:
                columns.append(self.column(Table.PERSONS, name, source, PERSON_FILE, persons))
                continue
            amount = self.column(Table.PERSONS, name, source, HOUSEHOLD_FILE, households)
            amounts = households.select(HOUSEHOLD_ID).with_columns(amount.alias("amount"))
            columns.append(self.shared(persons, amounts, source.share).alias(name))
        return persons.select(HOUSEHOLD_ID, PERSON, weight).with_columns(
            *columns, *kinship(persons, self.map.relationships)
        )

    def column(
        self, table: Table, name: str, source: ColumnSource, file: str, rows: pl.DataFrame
    ) -> pl.Series:
        """One column by its entry in the map; its faulty rows are refused."""
        column = self.schema.column(table, name)
        got = values(source, column, rows)
        where = ", ".join(source.columns)
        self.refusals.add(file, rows, got.wrong, where, got.reason)
        if got.series.dtype == pl.Int64:
            low, high = column.range
            outside = ~got.series.is_between(low, high).fill_null(True) & ~got.wrong
            self.refusals.add(file, rows, outside, where, f"{name} is not {low:,} to {high:,}")
        if got.set_to_zero:
            self.set_to_zero[table, name] = got.set_to_zero
        return got.series

    def is_old(self) -> pl.Expr:
        year = pl.col(self.map.relationships.birth_year)
        return (year <= self.map.old_born_until).fill_null(False)

    def shared(self, persons: pl.DataFrame, amounts: pl.DataFrame, share: Share) -> pl.Series:
        """An amount of the household in equal whole parts; what is left over goes to the first of them."""
        gets = pl.col(HEAD) if share.only_the_head else holds(share.where)
        if share.the_old:
            gets = gets & self.is_old()
        people = persons.select(HOUSEHOLD_ID, HEAD, gets.alias("gets")).join(
            amounts, HOUSEHOLD_ID, "left", maintain_order="left"
        )
        anybody = pl.col("gets").any().over(HOUSEHOLD_ID)
        people = people.with_columns(gets=pl.when(anybody).then("gets").otherwise(HEAD))
        many = pl.col("gets").sum().over(HOUSEHOLD_ID)
        first = pl.col("gets").cum_sum().over(HOUSEHOLD_ID) == 1
        rest = pl.when(first).then(pl.col("amount") % many).otherwise(0)
        part = pl.col("amount") // many + rest
        return people.select(pl.when("gets").then(part).otherwise(0)).to_series()

    def not_known(self, households: pl.DataFrame, persons: pl.DataFrame) -> Iterator[NotKnown]:
        for table, frame in ((Table.HOUSEHOLDS, households), (Table.PERSONS, persons)):
            for name in frame.columns:
                relation = self.schema.column(table, name).meaning is Meaning.RELATION
                empty = 0 if relation else frame[name].null_count()
                zeroed = self.set_to_zero.get((table, name), 0)
                if empty or zeroed:
                    yield NotKnown(table.value, name, empty, zeroed)

    def origins(self) -> Iterator[ColumnOrigin]:
        """The origin of every column that is written."""
        recorded, derived = Origin.RECORDED, Origin.DERIVED
        households, persons = Table.HOUSEHOLDS, Table.PERSONS
        yield _origin(households, HOUSEHOLD_ID, recorded, None)
        for name, source in self.map.households.items():
            yield _origin(households, name, source.origin, source.approximation)
        yield _origin(persons, HOUSEHOLD_ID, recorded, None)
        yield _origin(persons, PERSON, derived, None)
        yield _origin(persons, WEIGHT, recorded, None)
        for name, source in self.map.persons.items():
            yield _origin(persons, name, source.origin, source.approximation)
        for name, said in self.map.derived.items():
            table = households if name in self.schema.households else persons
            yield _origin(table, name, said.origin, said.approximation)

    def approximations(self) -> Iterable[Text]:
        """Every sentence once, in the order of the map."""
        columns = self.map
        said = [
            *(each.approximation for each in columns.households.values()),
            *(each.approximation for each in columns.persons.values()),
            *(each.approximation for each in columns.derived.values()),
        ]
        sentences = [each for each in said if each is not None]
        notes = columns.weight_note, columns.design_note
        return dict.fromkeys([*notes, *sentences, *columns.not_taken])


def _origin(table: Table, name: str, origin: Origin, sentence: Text | None) -> ColumnOrigin:
    note = "" if sentence is None else sentence.en
    return ColumnOrigin(table=table.value, name=name, origin=origin, note=note)
