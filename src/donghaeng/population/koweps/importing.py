"""The two tables of the survey become households and persons of a population: a pure function."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from donghaeng.evidence.input_files import Text
from donghaeng.population.schema import HOUSEHOLD_ID, PERSON, WEIGHT, Schema, Table
from donghaeng.population.store.manifest import ColumnOrigin, Origin

from .column_map import ColumnMap, Share
from .files import ROW, Refused, SurveyTables
from .kinship import kinship
from .values import Values, among, holds, values

HOUSEHOLD_FILE, PERSON_FILE = "households", "persons"


@dataclass(frozen=True)
class NotKnown:
    """How many rows of a column are empty, and how many amounts below zero were set to nothing."""

    table: str
    column: str
    empty: int
    set_to_zero: int


@dataclass(frozen=True)
class Imported:
    """A survey as a population, and what became of its rows.

    ``rows_in`` and ``rows_refused`` count households (with their persons) and reconcile: rows in = rows out +
    rows refused. ``refused`` lists each faulty cell or row.
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
    """Households and persons in the schema of a population.

    A household is refused as a whole where one of its rows is: a household of which somebody is left out would
    be another household.
    """
    return _Import(tables, columns, schema).run()


class _Import:
    def __init__(self, tables: SurveyTables, columns: ColumnMap, schema: Schema) -> None:
        self.tables, self.map, self.schema = tables, columns, schema
        self.refused: list[Refused] = list(tables.refused)
        self.notes: list[NotKnown] = []

    def run(self) -> Imported:
        households, persons = self.readable()
        of_persons = self.of_persons(households, persons)
        of_households = self.of_households(households, persons)
        good = of_households.filter(~pl.col(HOUSEHOLD_ID).is_in(self.unfit()))
        people = of_persons.join(good.select(HOUSEHOLD_ID), HOUSEHOLD_ID, "semi")
        self.count_empty(good, people)
        return Imported(
            good,
            people.sort(HOUSEHOLD_ID, PERSON),
            tuple(self.origins()),
            tuple(self.approximations()),
            tuple(self.notes),
            tuple(self.refused),
            len(self.tables.households),
            len(self.tables.persons),
        )

    def readable(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Both tables with their ids; whatever does not fit together is refused here."""
        keys, head = self.map.keys, self.map.relationships.head
        households = self.with_id(self.tables.households, HOUSEHOLD_FILE)
        persons = self.with_id(self.tables.persons, PERSON_FILE)
        code = self.map.relationships.code
        self.refuse(
            HOUSEHOLD_FILE,
            households,
            pl.col(HOUSEHOLD_ID).is_duplicated(),
            keys.household,
            "the number stands there twice",
        )
        number = pl.col(keys.person)
        self.refuse(
            PERSON_FILE,
            persons,
            pl.struct(HOUSEHOLD_ID, number).is_duplicated() | number.is_null(),
            keys.person,
            "no number of its own in the household",
        )
        alone = ~pl.col(HOUSEHOLD_ID).is_in(households[HOUSEHOLD_ID].to_list())
        self.refuse(PERSON_FILE, persons, alone, keys.household, "the household is not in the file")
        weight = pl.col(keys.person_weight)
        self.refuse(
            PERSON_FILE,
            persons,
            weight.is_null() | (weight <= 0),
            keys.person_weight,
            "the weight is missing or not above zero",
        )
        members = persons.group_by(HOUSEHOLD_ID).agg(
            pl.len().alias("members"), (pl.col(code) == head).sum().alias("heads")
        )
        households = households.join(members, HOUSEHOLD_ID, "left", maintain_order="left")
        found, said = pl.col("members").fill_null(0), pl.col(keys.size)
        self.refuse(
            HOUSEHOLD_FILE,
            households,
            found.ne_missing(said),
            keys.size,
            "not the number of its members in the file of persons",
        )
        self.refuse(
            HOUSEHOLD_FILE, households, (found > 0) & (pl.col("heads") != 1), code, "not one head"
        )
        households = households.unique(HOUSEHOLD_ID, keep="first", maintain_order=True)
        persons = persons.filter(~alone).with_columns(head=pl.col(code).eq_missing(head))
        persons = persons.sort(
            HOUSEHOLD_ID, "head", keys.person, descending=[False, True, False], maintain_order=True
        ).with_columns(
            (pl.int_range(pl.len(), dtype=pl.Int64).over(HOUSEHOLD_ID) + 1).alias(PERSON)
        )
        return households, persons

    def with_id(self, table: pl.DataFrame, file: str) -> pl.DataFrame:
        """The table with ``household_id``; a row without a whole number there is refused."""
        key = pl.col(self.map.keys.household)
        unnumbered = key.is_null() | (key != key.floor())
        self.refuse(
            file,
            table.with_columns(pl.lit(None).alias(HOUSEHOLD_ID)),
            unnumbered,
            self.map.keys.household,
            "no number of a household",
        )
        return table.filter(~unnumbered).with_columns(key.cast(pl.Int64).alias(HOUSEHOLD_ID))

    def refuse(
        self, file: str, table: pl.DataFrame, wrong: pl.Expr | pl.Series, column: str, reason: str
    ) -> None:
        """List the rows of the file that are ``wrong``."""
        for row in table.filter(wrong).select(ROW, HOUSEHOLD_ID).iter_rows():
            self.refused.append(Refused(file, row[0], row[1], column, reason))

    def unfit(self) -> list[int]:
        """Households of which a row was refused."""
        return sorted({each.household for each in self.refused if each.household is not None})

    def taken(self, table: Table, name: str, file: str, rows: pl.DataFrame) -> Values:
        """One column by its entry in the map, with its faulty rows listed."""
        sources = self.map.households if table is Table.HOUSEHOLDS else self.map.persons
        column = self.schema.column(table, name)
        got = values(sources[name], column, rows)
        self.refuse(file, rows, got.wrong, ", ".join(sources[name].columns), got.reason)
        low, high = column.range
        if got.series.dtype == pl.Int64:
            outside = ~got.series.is_between(low, high).fill_null(True)
            self.refuse(
                file,
                rows,
                outside & ~got.wrong,
                ", ".join(sources[name].columns),
                f"{name} is outside {low:,} to {high:,}",
            )
        if got.set_to_zero:
            self.notes.append(NotKnown(table.value, name, 0, got.set_to_zero))
        return got

    def of_households(self, households: pl.DataFrame, persons: pl.DataFrame) -> pl.DataFrame:
        keys, kin = self.map.keys, self.map.relationships
        heads = persons.filter("head").unique(HOUSEHOLD_ID, keep="first", maintain_order=True)
        weights = heads.select(HOUSEHOLD_ID, pl.col(keys.person_weight).alias(WEIGHT))
        born_until = self.born_until()
        couple = persons.filter(among(kin.code, [kin.head, kin.spouses[kin.head]]))
        old = pl.col(kin.birth_year) <= born_until
        who_is_old = (
            persons.group_by(HOUSEHOLD_ID)
            .agg(old.any().alias("old"))
            .join(
                couple.group_by(HOUSEHOLD_ID).agg(old.any().alias("old_couple")),
                HOUSEHOLD_ID,
                "left",
            )
        )
        others_are_old = pl.col("old").fill_null(False) & ~pl.col("old_couple").fill_null(False)
        result = households.select(HOUSEHOLD_ID).join(
            weights, HOUSEHOLD_ID, "left", maintain_order="left"
        )
        taken = [
            self.taken(Table.HOUSEHOLDS, name, HOUSEHOLD_FILE, households).series
            for name in self.map.households
        ]
        result = result.with_columns(taken)
        return (
            result.join(who_is_old, HOUSEHOLD_ID, "left", maintain_order="left")
            .with_columns(elderly_hold_household_property=~others_are_old)
            .drop("old", "old_couple")
        )

    def born_until(self) -> int:
        """Year of birth of who has reached 65 in the year of the survey's incomes."""
        share = self.map.persons["received_basic_pension"].share
        assert share is not None and share.born_until is not None
        return share.born_until

    def of_persons(self, households: pl.DataFrame, persons: pl.DataFrame) -> pl.DataFrame:
        keys = self.map.keys
        result = persons.select(HOUSEHOLD_ID, PERSON, pl.col(keys.person_weight).alias(WEIGHT))
        taken = []
        for name, source in self.map.persons.items():
            if source.share is None:
                taken.append(self.taken(Table.PERSONS, name, PERSON_FILE, persons).series)
            else:
                amount = self.taken(Table.PERSONS, name, HOUSEHOLD_FILE, households).series
                whole = households.select(HOUSEHOLD_ID).with_columns(amount.alias("amount"))
                taken.append(self.shared(persons, whole, source.share).alias(name))
        result = result.with_columns(taken)
        return result.with_columns(kinship(persons, self.map.relationships))

    def shared(self, persons: pl.DataFrame, amounts: pl.DataFrame, share: Share) -> pl.Series:
        """An amount of the household in equal whole parts; what is left over goes to the first of them."""
        gets = pl.col("head") if share.only_the_head else holds(share.where)
        if share.born_until is not None:
            year = pl.col(self.map.relationships.birth_year)
            gets = gets & (year <= share.born_until).fill_null(False)
        people = persons.select(HOUSEHOLD_ID, PERSON, "head", gets.alias("gets")).join(
            amounts, HOUSEHOLD_ID, "left", maintain_order="left"
        )
        anybody = pl.col("gets").any().over(HOUSEHOLD_ID)
        people = people.with_columns(gets=pl.when(anybody).then("gets").otherwise("head"))
        many = pl.col("gets").sum().over(HOUSEHOLD_ID)
        before = pl.col("gets").cum_sum().over(HOUSEHOLD_ID)
        part = pl.col("amount") // many + pl.when(before == 1).then(
            pl.col("amount") % many
        ).otherwise(0)
        return people.select(pl.when("gets").then(part).otherwise(0)).to_series()

    def count_empty(self, households: pl.DataFrame, persons: pl.DataFrame) -> None:
        for table, frame in ((Table.HOUSEHOLDS, households), (Table.PERSONS, persons)):
            for name in frame.columns:
                empty = frame[name].null_count()
                if empty and name not in ("spouse", "first_parent", "second_parent"):
                    self.notes.append(NotKnown(table.value, name, empty, 0))

    def origins(self) -> Iterable[ColumnOrigin]:
        """The origin of every column that is written."""
        for table, sources in (
            (Table.HOUSEHOLDS, self.map.households),
            (Table.PERSONS, self.map.persons),
        ):
            yield ColumnOrigin(table=table.value, name=HOUSEHOLD_ID, origin=Origin.RECORDED)
            if table is Table.PERSONS:
                yield ColumnOrigin(table=table.value, name=PERSON, origin=Origin.DERIVED)
                yield ColumnOrigin(table=table.value, name=WEIGHT, origin=Origin.RECORDED)
            for name, source in sources.items():
                note = source.approximation.en if source.approximation else ""
                yield ColumnOrigin(table=table.value, name=name, origin=source.origin, note=note)
        for name, derived in self.map.derived.items():
            table = Table.HOUSEHOLDS if name in (WEIGHT, *self.schema.households) else Table.PERSONS
            note = derived.approximation.en if derived.approximation else ""
            yield ColumnOrigin(table=table.value, name=name, origin=derived.origin, note=note)

    def approximations(self) -> Iterable[Text]:
        """Every sentence once, in the order of the map."""
        sources = [
            *self.map.households.values(),
            *self.map.persons.values(),
            *self.map.derived.values(),
        ]
        sentences = [each.approximation for each in sources if each.approximation is not None]
        yield from dict.fromkeys(
            [self.map.weight_note, self.map.design_note, *sentences, *self.map.not_taken]
        )
