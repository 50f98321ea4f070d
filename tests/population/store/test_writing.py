"""A population appears whole or not at all, and never holds what its schema does not allow."""

import os
import subprocess
import sys

import numpy as np
import polars as pl
import pytest

from donghaeng.population.schema import HOUSEHOLD_ID, PERSON
from donghaeng.population.store import Population, Writer, write_tables
from donghaeng.population.store.columns import read_columns, write_columns
from donghaeng.population.store.writing import HOUSEHOLDS_IN_A_PARTITION
from donghaeng.rules.faults import BadInput

from .people import MANIFEST, SCHEMA, small


def write(folder, households, persons, **options):
    write_tables(folder, SCHEMA, households, persons, MANIFEST, **options)


def block(count=2, **household):
    return {HOUSEHOLD_ID: np.arange(count), "weight": np.ones(count), **household}


def write_block(folder, household, person, meanwhile=lambda: None):
    with Writer(folder, SCHEMA) as writer:
        writer.add(1, household, person)
        meanwhile()
        writer.finish(MANIFEST)


def refused(tmp_path, households, persons):
    """The one line that is said; nothing stands there afterwards."""
    with pytest.raises(BadInput) as said:
        write(tmp_path / "people", households, persons)
    assert list(tmp_path.iterdir()) == []
    assert "\n" not in str(said.value)
    return str(said.value)


def test_a_household_without_persons_is_refused_by_its_number(tmp_path):
    households, persons = small()
    persons = persons.filter(pl.col(HOUSEHOLD_ID) != 3)
    assert "household 3 has no person" in refused(tmp_path, households, persons)


def test_a_person_without_household_is_refused_by_row_and_number(tmp_path):
    households, persons = small()
    households = households.filter(pl.col(HOUSEHOLD_ID) != 3)
    assert "persons.household_id: row 1: there is no household 3" in refused(
        tmp_path, households, persons
    )


def test_a_household_that_is_there_twice_is_refused_by_its_number(tmp_path):
    households, persons = small()
    assert "household 7 is there twice" in refused(
        tmp_path, pl.concat([households, households.head(1)]), persons
    )


@pytest.mark.parametrize("numbers", [[1, 2, 2], [1, 3, 1], [1, 1, 1], [2, 2, 1]])
def test_persons_are_numbered_from_one_without_a_gap(tmp_path, numbers):
    households, persons = small()
    persons = persons.with_columns(pl.Series(PERSON, numbers))
    if numbers == [1, 2, 2]:
        assert "household 7 has a person 2 where 1 is due" in refused(tmp_path, households, persons)
    else:
        assert "without a gap" in refused(tmp_path, households, persons)


def test_a_household_of_more_than_sixty_is_refused(tmp_path):
    households = pl.DataFrame({HOUSEHOLD_ID: [1], "weight": [1.0]})
    persons = pl.DataFrame({HOUSEHOLD_ID: [1] * 61, PERSON: [*range(1, 61), 60]})
    assert "household 1 has too many persons (1 to 60)" in str(
        refused(tmp_path, households, persons)
    ).replace("households.household_id: ", "")


@pytest.mark.parametrize("weight", [0.0, -1.0, float("nan"), float("inf")])
def test_a_weight_is_a_number_greater_than_zero(tmp_path, weight):
    households, persons = small()
    households = households.with_columns(weight=pl.Series([1.0, weight]))
    assert "households.weight: row 2 holds" in refused(tmp_path, households, persons)


@pytest.mark.parametrize("name", ["weight", HOUSEHOLD_ID])
def test_number_and_weight_of_a_household_are_never_empty_nor_missing(tmp_path, name):
    households, persons = small()
    empty = households.with_columns(pl.when(pl.int_range(pl.len()) == 0).then(name).alias(name))
    assert f"households.{name}: row 2 is empty" in refused(tmp_path, empty, persons)
    assert f"households.{name}: is missing" in refused(tmp_path, households.drop(name), persons)


def test_a_spouse_who_is_not_there_is_refused(tmp_path):
    households, persons = small()
    persons = persons.with_columns(spouse=pl.Series([2, 1, 2]))
    assert refused(tmp_path, households, persons).startswith(
        "persons.spouse: holds 2 (1 to 1, the persons of the household, or empty)"
    )


def test_an_unknown_column_is_refused_with_the_nearest_name(tmp_path):
    households, persons = small()
    assert "unknown column 'earning' (" in refused(
        tmp_path, households, persons.rename({"earnings": "earning"})
    )


def test_blocks_are_checked_like_tables(tmp_path):
    cases = [
        (block() | {"weight": np.array([1.0, np.nan])}, {}, "weight: holds nan"),
        (block() | {"deposit": np.array([-1, 0])}, {}, r"deposit: holds -1 \(0 to 100,000,000,000"),
        (block(), {"spouse": np.array([[1, -1]])}, "spouse: holds 2"),
        (
            block(),
            {"earnings": np.zeros((2, 2), int)},
            r"earnings: is of shape \(2, 2\) \(\(1, 2\)",
        ),
        (block() | {HOUSEHOLD_ID: np.array([4, 4])}, {}, "household 4 is there twice"),
        ({HOUSEHOLD_ID: np.arange(2)}, {}, "households.weight: is missing"),
    ]
    for household, person, said in cases:
        with pytest.raises(BadInput, match=said):
            write_block(tmp_path / "people", household, person)
        assert list(tmp_path.iterdir()) == []


def test_what_is_not_known_may_hold_any_number(tmp_path):
    with Writer(tmp_path / "people", SCHEMA) as writer:
        flags = {"deposit": np.array([False, True])}
        writer.add(1, block(deposit=np.array([-999, 5])), {}, flags)
        writer.finish(MANIFEST)
    households, _ = Population.open(tmp_path / "people").tables(SCHEMA)
    assert households["deposit"].to_list() == [None, 5]


def test_many_households_of_a_size_are_split_into_partitions(tmp_path):
    count = HOUSEHOLDS_IN_A_PARTITION + 1
    with Writer(tmp_path / "people", SCHEMA) as writer:
        writer.add(1, block(count), {"earnings": np.arange(count)[None, :]})
        writer.finish(MANIFEST)
    population = Population.open(tmp_path / "people")
    assert [each.count for each in population.partitions] == [HOUSEHOLDS_IN_A_PARTITION, 1]
    assert population.household_column(HOUSEHOLD_ID).tolist() == list(range(count))
    assert population.partitions[1].person("earnings").tolist() == [[count - 1]]


def test_no_household_is_no_population(tmp_path):
    with (
        pytest.raises(BadInput, match="no household is left"),
        Writer(tmp_path / "people", SCHEMA) as writer,
    ):
        writer.finish(MANIFEST)
    assert list(tmp_path.iterdir()) == []


def test_a_population_that_is_there_stays_unless_it_is_to_be_replaced(tmp_path):
    folder = tmp_path / "people"
    write(folder, *small())
    with pytest.raises(BadInput, match=r"is there already .*--replace"):
        write(folder, *small())
    households, persons = small()
    write(folder, households.head(1), persons.filter(pl.col(HOUSEHOLD_ID) == 7), replace=True)
    assert Population.open(folder).households == 1
    assert sorted(each.name for each in folder.iterdir()) == ["partitions", "population.json"]
    assert len(list((folder / "partitions").iterdir())) == 1  # of the old ones none is left
    assert [each.name for each in tmp_path.iterdir()] == ["people"]


def test_a_replacement_that_fails_leaves_the_old_population(tmp_path):
    folder = tmp_path / "people"
    write(folder, *small())
    households, persons = small()
    with pytest.raises(BadInput, match="no household"):
        write(folder, households.head(1), persons, replace=True)
    assert Population.open(folder).households == 2
    assert [each.name for each in tmp_path.iterdir()] == ["people"]


def test_a_folder_that_holds_other_things_is_never_replaced(tmp_path):
    folder = tmp_path / "people"
    folder.mkdir()
    (folder / "letter.txt").write_text("dear")
    for replace in (False, True):
        with pytest.raises(BadInput, match="is there already"):
            write(folder, *small(), replace=replace)
    assert (folder / "letter.txt").read_text() == "dear"


def test_a_file_laid_beside_a_population_is_not_lost(tmp_path):
    folder = tmp_path / "people"
    write(folder, *small())
    (folder / "notes.txt").write_text("mine")
    with pytest.raises(BadInput, match=r"holds 'notes\.txt' too, which would be lost"):
        write(folder, *small(), replace=True)
    assert (folder / "notes.txt").read_text() == "mine"
    assert Population.open(folder).households == 2


def test_what_comes_while_a_population_is_written_is_not_lost(tmp_path):
    folder = tmp_path / "people"

    def lay_a_letter():
        folder.mkdir()
        (folder / "letter.txt").write_text("dear")

    with pytest.raises(BadInput, match="is there already"):
        write_block(folder, block(), {}, lay_a_letter)
    assert [each.name for each in tmp_path.iterdir()] == ["people"]
    assert (folder / "letter.txt").read_text() == "dear"


def test_an_empty_folder_is_taken_and_a_link_is_followed(tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "empty")
    write(tmp_path / "link", *small())
    write(tmp_path / "link", *small(), replace=True)
    assert (tmp_path / "link").is_symlink()
    assert Population.open(tmp_path / "empty").households == 2


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "people").write_text("a file")
    with pytest.raises(BadInput, match="is a file"):
        write(tmp_path / "people", *small(), replace=True)
    with pytest.raises(BadInput, match=r"name a new folder|Not a directory|File exists"):
        write(tmp_path / "people" / "below", *small())


def test_an_interruption_leaves_nothing_behind(tmp_path):
    def interrupt():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_block(tmp_path / "people", block(), {}, interrupt)
    assert list(tmp_path.iterdir()) == []


# A disk that is full, and a file that may not grow: the same line, and nothing left behind.
WRITE_MUCH = """
import resource, sys
from pathlib import Path
import numpy as np
from donghaeng.population.store import Writer
from donghaeng.rules.faults import BadInput
from tests.population.store.people import MANIFEST, SCHEMA
if len(sys.argv) > 2:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
count = 60_000
amounts = np.random.default_rng(1).integers(0, 10**10, (1, count))
try:
    with Writer(Path(sys.argv[1]), SCHEMA, replace=True) as writer:
        for first in range(0, 5 * count, count):
            ids = np.arange(first, first + count)
            writer.add(1, {"household_id": ids, "weight": np.ones(count)}, {"earnings": amounts})
        writer.finish(MANIFEST)
except BadInput as error:
    print(error)
"""


def write_much(folder, *limit):
    return subprocess.run(
        [sys.executable, "-c", WRITE_MUCH, folder, *limit],
        capture_output=True,
        text=True,
        check=False,
        cwd=os.getcwd(),
    )


def test_a_file_that_may_not_grow_ends_in_one_line_and_nothing_is_left(tmp_path):
    folder = tmp_path / "people"
    write(folder, *small())
    said = write_much(folder, "1000000")  # a partition needs 1.2 MB
    assert said.stdout == f"{folder}: File too large (nothing was written; run it again)\n"
    assert said.stderr == ""
    assert Population.open(folder).households == 2
    assert [each.name for each in tmp_path.iterdir()] == ["people"]


@pytest.fixture
def small_disk(tmp_path):
    """A file system of two megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", place], capture_output=True, check=False
    )
    if mounted.returncode:  # nobody but root mounts: a limit on the size of a file stands for it
        place = None
    yield place
    if place is not None:
        subprocess.run(["umount", place], check=True)


def test_a_full_disk_ends_in_one_line_and_nothing_is_left(small_disk):
    if small_disk is None:
        return
    folder = small_disk / "people"
    write(folder, *small())
    said = write_much(folder)
    assert said.stdout == f"{folder}: No space left on device (nothing was written; run it again)\n"
    assert said.stderr == ""
    assert Population.open(folder).households == 2
    assert [each.name for each in small_disk.iterdir()] == ["people"]


def test_columns_of_a_result_come_back_and_appear_whole_or_not_at_all(tmp_path):
    file = tmp_path / "found.arrow"
    for count in (3, 0):
        columns = {"a": np.arange(count), "b": np.linspace(0, 1, count), "c": np.ones(count, bool)}
        write_columns(file, columns)
        found = read_columns(file)
        assert list(found) == ["a", "b", "c"]
        for name, values in columns.items():
            assert found[name].tolist() == values.tolist()
    os.truncate(file, 10)
    with pytest.raises(BadInput, match="is not there, or cut short"):
        read_columns(file)
    with pytest.raises(BadInput, match="No such file"):
        write_columns(tmp_path / "nowhere" / "found.arrow", {"a": np.arange(1)})
    assert [each.name for each in tmp_path.iterdir()] == ["found.arrow"]
