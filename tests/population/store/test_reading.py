"""What was written is read: the same tables, by column, and nothing else."""

import dataclasses
import os
import subprocess
import sys

import numpy as np
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from polars.testing import assert_frame_equal

from donghaeng.population.schema import HOUSEHOLD_ID, PERSON, Schema, Table
from donghaeng.population.store import Partition, Population, Writer, write_tables
from donghaeng.rules.faults import BadInput

from .people import MANIFEST, SCHEMA, populations, small, tables


def stored(folder, households, persons):
    write_tables(folder, SCHEMA, households, persons, MANIFEST, replace=True)
    return Population.open(folder)


@settings(max_examples=15)
@given(populations)
def test_tables_come_back_as_they_went_in(tmp_path_factory, drawn):
    households, persons = tables(*drawn)
    population = stored(tmp_path_factory.mktemp("round") / "people", households, persons)
    found, people = population.tables(SCHEMA)
    assert_frame_equal(
        found.select(households.columns).sort(HOUSEHOLD_ID), households.sort(HOUSEHOLD_ID)
    )
    assert_frame_equal(
        people.select(persons.columns).sort(HOUSEHOLD_ID, PERSON),
        persons.sort(HOUSEHOLD_ID, PERSON),
    )
    assert population.households == len(households)
    assert population.manifest.persons == len(persons)


def test_persons_stand_by_household_and_number(tmp_path):
    population = stored(tmp_path / "people", *small())
    households, persons = population.tables(SCHEMA)
    assert households[HOUSEHOLD_ID].to_list() == [3, 7]
    assert households["deposit"].to_list() == [None, 100]
    assert persons.rows() == [(3, 1, 0, None), (7, 1, None, 2), (7, 2, 2_000_000, 1)]


def test_a_partition_holds_households_of_one_size_slot_after_slot(tmp_path):
    of_one, of_two = stored(tmp_path / "people", *small()).partitions
    assert (of_one.size, of_one.count, of_two.size, of_two.count) == (1, 1, 2, 1)
    assert of_two.person("earnings").tolist() == [[0], [2_000_000]]
    assert of_two.known(Table.PERSONS, "earnings").tolist() == [[False], [True]]
    assert of_two.person("spouse").tolist() == [[1], [0]]  # slots, not numbers
    assert of_two.known(Table.HOUSEHOLDS, "deposit") is None
    assert of_one.known(Table.HOUSEHOLDS, "deposit").tolist() == [False]
    assert of_one.names(Table.PERSONS) == ("person", "earnings", "spouse")
    assert of_one.names(Table.HOUSEHOLDS) == (HOUSEHOLD_ID, "weight", "deposit", "tenure")


def test_whole_numbers_take_no_more_bytes_than_they_need(tmp_path):
    _, of_two = stored(tmp_path / "people", *small()).partitions
    kinds = {each.name: each.type for each in of_two.table.schema}
    assert kinds["deposit"] == pa.int8()
    assert kinds["earnings.1"] == pa.int32()
    assert kinds["weight"] == pa.float64()


def test_a_column_that_is_not_stored_is_named(tmp_path):
    partition = stored(tmp_path / "people", *small()).partitions[0]
    assert partition.column(Table.PERSONS, "sex") is None
    with pytest.raises(BadInput, match=r"has no column 'sex\.0'"):
        partition.person("sex")
    with pytest.raises(BadInput, match="has no column 'district'"):
        partition.household("district")


def test_a_stored_column_that_the_schema_does_not_have_is_not_dropped(tmp_path):
    population = stored(tmp_path / "people", *small())
    fewer = {name: column for name, column in SCHEMA.households.items() if name != "deposit"}
    with pytest.raises(BadInput, match="unknown column 'deposit'"):
        population.tables(Schema(fewer, SCHEMA.persons))


@pytest.fixture
def first(tmp_path):
    """A partition of one person, and a function that reads it anew."""
    population = stored(tmp_path / "people", *small())
    entry = population.partitions[0].entry
    return population.partitions[0].path, lambda: Partition(tmp_path / "people", entry)


def test_a_partition_cut_short_is_refused(first):
    file, again = first
    length = file.stat().st_size
    os.truncate(file, length - 8)
    with pytest.raises(BadInput, match=rf"is {length - 8:,} bytes long; {length:,} were written"):
        _ = again().table


def test_a_partition_that_is_gone_is_refused(first):
    file, again = first
    file.unlink()
    with pytest.raises(BadInput, match=r"size_01_00000\.arrow: No such file"):
        _ = again().table
    with pytest.raises(BadInput, match="No such file"):
        again().verify()


def test_a_partition_with_other_content_of_the_same_length_is_found_by_its_hash(first):
    file, again = first
    again().verify()
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    with pytest.raises(BadInput, match="is not what was written"):
        again().verify()


def test_a_file_of_the_right_length_that_is_no_partition_is_refused(first):
    file, again = first
    file.write_bytes(bytes(file.stat().st_size))
    with pytest.raises(BadInput, match="is not a partition"):
        _ = again().table


def test_a_partition_of_other_households_is_refused(tmp_path, first):
    file, again = first
    table = pa.table({HOUSEHOLD_ID: [1, 2]})
    with pa.OSFile(str(file), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    entry = dataclasses.replace(again()).entry.model_copy(update={"bytes": file.stat().st_size})
    with pytest.raises(BadInput, match="holds 2 households; 1 were written"):
        _ = Partition(tmp_path / "people", entry).table


READ_ONE_COLUMN = """
import sys
from pathlib import Path
from donghaeng.population.store import Population
def resident():
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) // 1024
population = Population.open(sys.argv[1])
[partition.household("weight").sum() for partition in population.partitions]
before = resident()
total = int(sum(partition.person("earnings").sum() for partition in population.partitions))
print(total, resident() - before)
"""


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="memory is told by /proc")
def test_memory_does_not_grow_with_columns_that_are_not_read(tmp_path):
    count, others = (
        200_000,
        [name for name, each in SCHEMA.persons.items() if each.range[1] > 10**9],
    )
    amounts = np.full((1, count), 10**10, np.int64)  # eight bytes a cell
    with Writer(tmp_path / "people", SCHEMA) as writer:
        writer.add(
            1,
            {HOUSEHOLD_ID: np.arange(count), "weight": np.ones(count)},
            {name: amounts for name in others if name not in (HOUSEHOLD_ID, "birth_date")},
        )
        writer.finish(MANIFEST)
    size = sum(each.bytes for each in Population.open(tmp_path / "people").manifest.partitions)
    assert size > 40e6
    said = subprocess.run(
        [sys.executable, "-c", READ_ONE_COLUMN, tmp_path / "people"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert int(said[0]) == count * 10**10
    assert int(said[1]) < 16  # MB: the column (1.6 MB), its copy, and what the system reads ahead


def test_tables_of_an_empty_cell_everywhere_keep_their_types(tmp_path):
    households, persons = small()
    persons = persons.with_columns(
        birth_date=pl.lit(None, pl.Date), sex=pl.lit(None, pl.String), disabled=pl.lit(None)
    )
    _, found = stored(tmp_path / "people", households, persons).tables(SCHEMA)
    assert found.select("birth_date", "sex", "disabled").dtypes == [pl.Date, pl.String, pl.Boolean]
    assert found["disabled"].null_count() == 3
