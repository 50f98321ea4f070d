"""``donghaeng population``: check, import-table, show and schema as a person types them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import polars as pl
import pytest
import yaml

from .program import EXAMPLES, Run, one_line

PEOPLE = EXAMPLES / "population"
SMALL = (PEOPLE / "small" / "households.csv", PEOPLE / "small" / "persons.csv")
FAULTY = (PEOPLE / "faulty" / "households.csv", PEOPLE / "faulty" / "persons.csv")
SEOUL = PEOPLE / "seoul_welfare_survey_2015.yaml"
ROSTER = """number,weight,region,rent,age_1,age_2,relation_1,relation_2
1,10.5,1,45,70,,1,
2,12,1,9999,40,12,1,3
3,11,2,30,35,,1,
4,11,1,30,35,36,1,2
5,9,7,30,35,36,1,2
"""
MAP = {
    "survey": {
        "name": {"ko": "작은 조사", "en": "A small survey"},
        "source": "made up",
        "reference_day": "2016-12-31",
        "not_known": [{"ko": "소득", "en": "income"}],
    },
    "households": {
        "id": "number",
        "only": {"region": [1, 7]},
        "columns": {
            "weight": {"from": "weight"},
            "region": {"from": "region", "codes": {1: "seoul", 2: "busan"}},
            "monthly_rent": {
                "from": "rent",
                "unit": "ten_thousand_won",
                "per": "month",
                "missing": [9999],
            },
        },
    },
    "persons": {
        "members": 2,
        "present": "age_{member}",
        "relationship": {"from": "relation_{member}", "head": [1], "spouse": [2], "child": [3]},
        "columns": {
            "birth_date": {
                "day": {"age": "age_{member}"},
                "origin": "approximated",
                "approximation": {"ko": "생일은 7월 1일", "en": "Birthdays are on 1 July"},
            }
        },
    },
}


@pytest.fixture
def survey(tmp_path: Path) -> tuple[Path, str, Path]:
    """A survey of five households in wide columns, with its map."""
    roster, map_file = tmp_path / "roster.csv", tmp_path / "map.yaml"
    roster.write_text(ROSTER)
    map_file.write_text(yaml.safe_dump(MAP, allow_unicode=True))
    return roster, "--map", map_file


# ---- check ------------------------------------------------------------------------------------------


def test_a_sound_population_passes(run: Run) -> None:
    done = run("population", "check", *SMALL, "--lang", "en")
    assert done.status == 0
    assert done.out.splitlines() == [
        "Households: 6 rows = 6 right + 0 refused",
        "Persons: 13 rows = 13 right + 0 refused",
        "Nothing is wrong.",
    ]


def test_every_violation_is_listed_with_its_place(run: Run) -> None:
    done = run("population", "check", *FAULTY, "--lang", "en")
    assert done.status == 1
    assert "households.csv R2:tenure" in done.out
    assert "monthly_rent is near" in done.out
    assert done.out.splitlines()[-3:] == [
        "Households: 9 rows = 1 right + 8 refused",
        "Persons: 11 rows = 1 right + 10 refused",
        "Violations: 19. A household is refused with all its persons.",
    ]


def test_the_count_is_complete_where_the_list_is_not(run: Run) -> None:
    done = run("population", "check", *FAULTY, "--limit", "2", "--lang", "en")
    assert "… and 17 more" in done.out
    assert "Violations: 19." in done.out
    assert "R3:weight" not in done.out
    none = run("population", "check", *FAULTY, "--limit", "0", "--lang", "en")
    assert none.out.splitlines()[0] == "… and 19 more"


def test_a_program_reads_the_violations_as_json(run: Run) -> None:
    done = run("population", "check", *FAULTY, "--format", "json", "--lang", "en")
    assert done.status == 1
    assert (done.json["sound"], done.json["violations"], len(done.json["found"])) == (False, 19, 19)
    assert done.json["rows"]["persons"] == {"in": 11, "right": 1, "refused": 10}
    first = done.json["found"][1]
    assert first == {
        "file": "households.csv",
        "table": "households",
        "row": 2,
        "column": "tenure",
        "value": "monthly_rant",
        "fault": "unknown_word",
        "other": None,
        "says": "Not one of its words; monthly_rent is near",
    }


def test_the_check_speaks_korean(run: Run) -> None:
    done = run("population", "check", *FAULTY)
    assert done.out.splitlines()[-1].startswith("잘못된 곳 19개.")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((SMALL[0],), "that of persons is not named"),
        (("none.csv", SMALL[1]), "none.csv: No such file or directory"),
        (("none.doc", SMALL[1]), "is no table that can be read"),
        ((*SMALL, "--encoding", "latin9x"), "no encoding 'latin9x'"),
        ((PEOPLE,), "holds no population"),
        ((PEOPLE, SMALL[1]), "is a folder (a stored population is named alone)"),
    ],
)
def test_what_cannot_be_read_is_one_line(run: Run, words: tuple[str], message: str) -> None:
    assert message in one_line(run("population", "check", *words))


# ---- import-table and show --------------------------------------------------------------------------


def test_a_survey_is_imported_shown_and_checked(
    run: Run, survey: tuple[Path, str, Path], tmp_path: Path
) -> None:
    out = tmp_path / "stored"
    done = run("population", "import-table", *survey, "-o", out, "--lang", "en")
    assert done.status == 0
    assert "roster.csv R6:region  7      The map does not say what this code means" in done.out
    # Five households: region 2 is not asked for, region 7 is not explained.
    assert "Households: 5 rows = 3 taken + 1 refused + 1 left out by the map" in done.out
    assert "Persons: 8 rows = 5 taken + 2 refused + 1 left out by the map" in done.out
    assert done.out.splitlines()[-1] == f"Written: {out}"
    shown = run("population", "show", out, "--lang", "en")
    assert shown.out.startswith("A small survey (a survey), 2016-12-31\n3 households, 5 persons\n")
    assert "Weights: sum 33.5, from 10.50 to 12.00" in shown.out
    assert "Birthdays are on 1 July" in shown.out
    assert "Not known: income" in shown.out
    assert "알 수 없음: 소득" in run("population", "show", out).out
    manifest = run("population", "show", out, "--format", "json").json
    assert manifest["weights"]["sum"] == 33.5
    assert manifest["details"]["rows"]["households"]["refused"] == 1
    assert (manifest["rows_in"], manifest["rows_refused"]) == (4, 1)
    origins = {each["name"]: each["origin"] for each in manifest["columns"]}
    assert origins["birth_date"] == origins["spouse"] == "approximated"
    assert origins["monthly_rent"] == "recorded"
    assert run("population", "check", out).status == 0


def test_a_dry_run_writes_nothing(run: Run, survey: tuple[Path, str, Path], tmp_path: Path) -> None:
    done = run("population", "import-table", *survey, "--dry-run", "--lang", "en")
    assert done.out.splitlines()[-1] == "Nothing was written."
    assert sorted(each.name for each in tmp_path.iterdir()) == ["map.yaml", "roster.csv"]
    answer = run("population", "import-table", *survey, "--dry-run", "--format", "json").json
    assert answer["folder"] is None
    assert answer["rows"]["households"] == {"read": 5, "left_out": 1, "refused": 1, "stored": 3}
    known = {each["column"]: each["known"] for each in answer["columns"]}
    assert known["monthly_rent"] == 2
    assert known["spouse"] == 2
    assert len(answer["found"]) == answer["violations"] == 1


def test_what_is_there_stays_unless_it_may_be_replaced(
    run: Run, survey: tuple[Path, str, Path], tmp_path: Path
) -> None:
    out = tmp_path / "stored"
    run("population", "import-table", *survey, "-o", out)
    before = (out / "population.json").read_bytes()
    message = one_line(run("population", "import-table", *survey, "-o", out))
    assert "--replace" in message
    assert (out / "population.json").read_bytes() == before
    assert run("population", "import-table", *survey, "-o", out, "--replace").status == 0
    other = tmp_path / "letters"
    other.mkdir()
    (other / "letter.txt").write_text("keep me")
    one_line(run("population", "import-table", *survey, "-o", other, "--replace"))
    assert (other / "letter.txt").read_text() == "keep me"


def test_a_damaged_partition_is_said_in_one_line(
    run: Run, survey: tuple[Path, str, Path], tmp_path: Path
) -> None:
    out = tmp_path / "stored"
    run("population", "import-table", *survey, "-o", out)
    partition = next((out / "partitions").iterdir())
    content = bytearray(partition.read_bytes())
    content[len(content) // 2] ^= 255
    partition.write_bytes(content)
    assert "is not what was written" in one_line(run("population", "check", out))
    partition.write_bytes(content[:-10])
    assert partition.name in one_line(run("population", "check", out))


def test_a_misspelt_map_is_one_line_with_its_place(
    run: Run, survey: tuple[Path, str, Path], tmp_path: Path
) -> None:
    map_file = survey[2]
    map_file.write_text(map_file.read_text().replace("members:", "member:"))
    message = one_line(run("population", "import-table", *survey, "-o", tmp_path / "stored"))
    assert "persons.member: unknown field 'member' (did you mean 'members'?)" in message
    assert not (tmp_path / "stored").exists()


def test_a_folder_to_write_is_named(run: Run, survey: tuple[Path, str, Path]) -> None:
    assert "-o FOLDER, or --dry-run" in one_line(run("population", "import-table", *survey))


def test_the_welfare_survey_of_seoul_is_imported(
    run: Run, shared_data: Callable[[str], Path], tmp_path: Path
) -> None:
    file = shared_data("seoul_welfare_survey_2015") / "households.csv.gz"
    out = tmp_path / "seoul"
    done = run("population", "import-table", file, "--map", SEOUL, "-o", out, "--lang", "en")
    assert "Households: 3,019 rows = 3,019 taken + 0 refused" in done.out
    assert "Not known: which code of sex (A1_3_k) is male" in done.out
    shown = run("population", "show", out, "--lang", "en")
    assert "Weights: sum 3,504,297.0" in shown.out


# ---- schema -----------------------------------------------------------------------------------------


def test_the_columns_are_listed_with_unit_values_and_default(run: Run) -> None:
    done = run("population", "schema", "--lang", "en")
    assert "monthly_rent" in done.out
    assert "won a month" in done.out
    assert "received_livelihood_benefit" not in done.out
    assert "received_livelihood_benefit" in run("population", "schema", "--received").out


def test_the_schema_describes_the_example(run: Run) -> None:
    schema = run("schema", "population").json
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema == run("population", "schema", "--format", "json").json
    tables = {
        name: json.loads(pl.read_csv(path, try_parse_dates=False).write_json())
        for name, path in zip(("households", "persons"), SMALL, strict=True)
    }
    jsonschema.validate(tables, schema)
    tables["persons"][0]["sex"] = "neither"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(tables, schema)


def test_the_schema_of_a_map_describes_the_example_map(run: Run) -> None:
    schema = run("schema", "population-map").json
    document = json.loads(
        json.dumps(yaml.safe_load(SEOUL.read_text(encoding="utf-8")), default=str)
    )
    jsonschema.validate(document, schema)
    document["households"]["columns"]["tenure"]["code"] = {}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, schema)
