"""Stored households are laid out for the kernel as batches of columns and of single households are."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings

from donghaeng.kernel import Batch, Kernel
from donghaeng.laws import law_on
from donghaeng.population.coding import coded
from donghaeng.population.schema import HOUSEHOLD_ID, PERSON, Table
from donghaeng.population.store import Population, lay_out, write_tables
from donghaeng.rules import HouseholdFacts
from donghaeng.rules.terms import Entity

from .people import MANIFEST, SCHEMA, populations, small, tables

DAY = law_on("2024-07")
LAW = DAY.under(**{name: words[0] for name, words in DAY.open_choices(["total_present"]).items()})
WANTED = ("total_present", "basic_pension", "livelihood_benefit")
KERNEL = Kernel(LAW, WANTED, form="numpy")


def by_household(results, batch, ids):
    """Known results of each household, by its number."""
    found = {}
    for name in WANTED:
        values, known = results.column(name)
        personal = LAW.variables[name].entity is Entity.PERSON
        starts = batch.starts if personal else np.arange(len(ids) + 1)
        for place, number in enumerate(ids):
            cells = range(starts[place], starts[place + 1])
            found[int(number), name] = [int(values[c]) if known[c] else None for c in cells]
    return found


def from_the_store(folder, households, persons):
    write_tables(folder, SCHEMA, households, persons, MANIFEST)
    found = {}
    for partition in Population.open(folder).partitions:
        batch = partition.batch(LAW, KERNEL.inputs)
        assert {bucket.size for bucket in batch.buckets} == {partition.size}
        results = KERNEL.run(batch)
        found |= by_household(results, batch, partition.household(HOUSEHOLD_ID))
    return found


def from_columns(households, persons):
    """The oracle: the same tables, coded and handed to the kernel at once."""
    households, persons = households.sort(HOUSEHOLD_ID), persons.sort(HOUSEHOLD_ID, PERSON)
    sizes = persons.group_by(HOUSEHOLD_ID, maintain_order=True).len()["len"].to_numpy()
    columns, known = {"households": {}, "persons": {}}, {}
    for table, frame in ((Table.HOUSEHOLDS, households), (Table.PERSONS, persons)):
        for name in frame.columns:
            if name in LAW.facts or name in LAW.relations:
                values, flags = coded(SCHEMA.column(table, name), frame[name])
                default = SCHEMA.column(table, name).usual
                if default is not None:
                    values, flags = np.where(flags, values, default), np.ones(len(flags), bool)
                columns[table.value][name], known[name] = values, flags
    batch = Batch.from_columns(LAW, sizes, columns["households"], columns["persons"], known)
    return by_household(KERNEL.run(batch), batch, households[HOUSEHOLD_ID].to_numpy())


@settings(max_examples=12)
@given(populations)
def test_results_are_those_of_a_batch_of_columns(tmp_path_factory, drawn):
    sizes, seed = drawn
    for empty in (0.0, 0.1):
        households, persons = tables(sizes, seed, empty)
        folder = tmp_path_factory.mktemp("layout") / "people"
        assert from_the_store(folder, households, persons) == from_columns(households, persons)


def test_results_are_those_of_single_households(tmp_path):
    """Facts as explained evaluation takes them: members of enumerations, dates, true and false."""
    households, persons = tables([1, 3, 2, 3], 5, 0.0)
    found = from_the_store(tmp_path / "people", households, persons)
    single = []
    for row in households.iter_rows(named=True):
        people = persons.filter(pl.col(HOUSEHOLD_ID) == row[HOUSEHOLD_ID]).sort(PERSON)
        of_persons = [facts(Table.PERSONS, each) for each in people.iter_rows(named=True)]
        single.append(HouseholdFacts("", facts(Table.HOUSEHOLDS, row), of_persons))
    batch = Batch.from_households(LAW, single)
    expected = by_household(KERNEL.run(batch), batch, households[HOUSEHOLD_ID].to_numpy())
    assert found == expected


def facts(table, row):
    """The facts of a row that are known, as the rules take them."""
    found = {}
    for name, value in row.items():
        if value is None or not (name in LAW.facts or name in LAW.relations):
            continue
        choices = SCHEMA.column(table, name).choices
        if choices is not None:
            value = next(member for member in choices if member.word == value)
        found[name] = value - 1 if name in LAW.relations else value
    return found


def test_households_that_lack_a_fact_without_default_stand_apart(tmp_path):
    households, persons = small()
    more = households.with_columns(pl.col(HOUSEHOLD_ID) + 10)
    people = persons.with_columns(pl.col(HOUSEHOLD_ID) + 10, earnings=pl.lit(5))
    write_tables(
        tmp_path / "people",
        SCHEMA,
        pl.concat([households, more]),
        pl.concat([persons, people.select(persons.columns).cast({"earnings": pl.Int64})]),
        MANIFEST,
    )
    of_two = Population.open(tmp_path / "people").partitions[1]
    batch = of_two.batch(LAW, ["earnings", "deposit", "spouse"])
    whole, lacking = batch.buckets
    assert (whole.index.tolist(), lacking.index.tolist()) == ([1], [0])
    assert whole.person_known is None
    earnings, spouse = batch.person_columns["earnings"], batch.person_columns["spouse"]
    assert lacking.person_known[earnings].tolist() == [[False], [True]]
    assert lacking.person[earnings].tolist() == [[0], [2_000_000]]
    assert lacking.person[spouse].tolist() == [[1], [0]]
    assert whole.household[batch.household_columns["deposit"]].tolist() == [100]


def test_a_fact_that_is_not_stored_takes_its_default_or_is_not_known():
    batch = lay_out(LAW, ["deposit", "spouse", "earnings"], 2, 3, lambda declaration: None)
    (lacking,) = batch.buckets
    assert lacking.household.tolist() == [[0, 0, 0]]
    assert lacking.person[batch.person_columns["spouse"]].tolist() == [[-1] * 3] * 2
    assert not lacking.person_known[batch.person_columns["earnings"]].any()
    assert lacking.person_known[batch.person_columns["spouse"]].all()


@pytest.mark.parametrize("kind", [np.int8, np.int16, np.int32, np.int64])
def test_numbers_of_any_width_by_slot_or_together_are_the_same(kind):
    values = np.array([[1, 2, 3], [4, 5, 6]], kind)
    together = lay_out(LAW, ["earnings"], 2, 3, lambda _: (values, None))
    by_slot = lay_out(LAW, ["earnings"], 2, 3, lambda _: (tuple(values), None))
    for batch in (together, by_slot):
        assert batch.buckets[0].person.dtype == np.int64
        assert batch.buckets[0].person.tolist() == [[[1, 2, 3], [4, 5, 6]]]
