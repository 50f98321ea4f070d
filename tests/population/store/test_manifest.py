"""What a population says of itself is read, or refused with the place that is wrong."""

import json

import pytest

from donghaeng.population.store import write_tables
from donghaeng.population.store.manifest import (
    FORMAT,
    MANIFEST,
    ColumnOrigin,
    Origin,
    PopulationKind,
    read_manifest,
)
from donghaeng.rules.faults import BadInput

from .people import MANIFEST as EMPTY
from .people import SCHEMA, small


@pytest.fixture
def folder(tmp_path):
    write_tables(tmp_path / "people", SCHEMA, *small(), EMPTY)
    return tmp_path / "people"


def changed(folder, **fields):
    file = folder / MANIFEST
    file.write_text(json.dumps(json.loads(file.read_text()) | fields))


def test_what_was_said_is_read_and_the_rows_are_counted(tmp_path):
    origin = ColumnOrigin(
        table="persons", name="earnings", origin=Origin.DERIVED, note="a year / 12"
    )
    said = EMPTY.model_copy(
        update={"columns": (origin,), "rows_in": 5, "rows_refused": 3, "details": {"가구": [1]}}
    )
    write_tables(tmp_path / "people", SCHEMA, *small(), said)
    found = read_manifest(tmp_path / "people")
    assert (found.households, found.persons, len(found.partitions)) == (2, 3, 2)
    assert found.model_copy(update={"partitions": (), "households": 0, "persons": 0}) == said
    assert found.kind is PopulationKind.SURVEY
    assert not found.synthetic
    assert "가구" in (tmp_path / "people" / MANIFEST).read_text(encoding="utf-8")


def test_a_folder_without_a_population_says_which_commands_make_one(tmp_path):
    with pytest.raises(BadInput, match=r"holds no population .* import-table"):
        read_manifest(tmp_path)
    with pytest.raises(BadInput, match="holds no population"):
        read_manifest(tmp_path / "nowhere")


def test_a_manifest_of_a_later_format_is_named_before_its_unknown_fields(folder):
    changed(folder, format="donghaeng-population-2", of_the_future=1)
    with pytest.raises(BadInput, match=rf"is of format 'donghaeng-population-2' \({FORMAT}"):
        read_manifest(folder)


@pytest.mark.parametrize("content", [b"", b'{"format": "dongh', b"\xff\xfe\x00", b"[1, 2"])
def test_a_manifest_cut_short_or_of_no_text_is_refused(folder, content):
    (folder / MANIFEST).write_bytes(content)
    with pytest.raises(BadInput, match=r"population\.json: is not JSON, or cut short"):
        read_manifest(folder)


@pytest.mark.parametrize("content", ["[]", "{}", "1", "null"])
def test_json_that_is_no_manifest_is_refused(folder, content):
    (folder / MANIFEST).write_text(content)
    with pytest.raises(BadInput, match="is of format None"):
        read_manifest(folder)


def test_an_unknown_field_is_refused_by_name(folder):
    changed(folder, colour="blue")
    with pytest.raises(BadInput, match="colour"):
        read_manifest(folder)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("size", 0),
        ("size", 61),
        ("households", 0),
        ("bytes", -1),
        ("sha256", "0"),
        ("file", "../../elsewhere.arrow"),
        ("file", "partitions/../x.arrow"),
        ("file", "/partitions/x.arrow"),
    ],
)
def test_a_partition_that_cannot_be_is_refused_with_its_field(folder, field, value):
    entries = json.loads((folder / MANIFEST).read_text())["partitions"]
    entries[1][field] = value
    changed(folder, partitions=entries)
    with pytest.raises(BadInput, match=rf"partitions\.1\.{field}"):
        read_manifest(folder)


def test_a_manifest_that_lost_a_partition_does_not_add_up(folder):
    entries = json.loads((folder / MANIFEST).read_text())["partitions"]
    changed(folder, partitions=entries[:1])
    with pytest.raises(BadInput, match=r"households: says 2, the partitions 1"):
        read_manifest(folder)
    changed(folder, partitions=[], households=0, persons=0)
    with pytest.raises(BadInput, match=r"households: says 0, the partitions 0"):
        read_manifest(folder)
