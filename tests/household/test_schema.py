"""The JSON Schema of a household file accepts what the program reads, and nothing else."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker

from donghaeng import BadInput, law_on, read_households
from donghaeng.household.schema import cases_schema, household_schema
from donghaeng.rules.schemas import parameters_schema, reform_schema

from .files import EXAMPLES, GONE, JULY_2024, REPOSITORY, hh1, in_stage, person, saved

LAW = law_on(JULY_2024)
HOUSEHOLD = household_schema(LAW)
VALIDATOR = Draft202012Validator(HOUSEHOLD, format_checker=FormatChecker())


def as_json(value: Any) -> Any:
    """A YAML document as JSON holds it: days as text, keys as text."""
    if isinstance(value, dict):
        return {str(key): as_json(below) for key, below in value.items()}
    if isinstance(value, list):
        return [as_json(below) for below in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def document(file: Path) -> Any:
    return as_json(yaml.safe_load(file.read_text(encoding="utf-8")))


def fits(*households: Any) -> bool:
    return bool(VALIDATOR.is_valid({"households": list(households)}))


@pytest.mark.parametrize(
    "schema", [HOUSEHOLD, cases_schema(HOUSEHOLD), parameters_schema(), reform_schema()]
)
def test_a_schema_is_one_of_draft_2020_12(schema: dict[str, Any]) -> None:
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


def test_every_example_fits_its_schema() -> None:
    schemas = {"households": HOUSEHOLD, "cases": cases_schema(HOUSEHOLD)}
    files = sorted(EXAMPLES.glob("*.yaml"))
    assert len(files) >= 3
    for file in files:
        content = document(file)
        if "life" in content:  # a life holds one household as it begins
            content = {"households": [content["life"]["household"]]}
        name = next((name for name in schemas if name in content), "")
        Draft202012Validator(schemas.get(name, reform_schema())).validate(content)


def test_every_parameter_file_of_the_law_fits_its_schema() -> None:
    files = sorted((REPOSITORY / "src/donghaeng/laws").glob("*/parameters/*.yaml"))
    assert len(files) >= 6
    for file in files:
        Draft202012Validator(parameters_schema()).validate(document(file))


def test_a_field_says_what_it_is_in_both_languages() -> None:
    properties = HOUSEHOLD["properties"]["households"]["items"]["properties"]
    earnings = properties["persons"]["items"]["properties"]["earnings"]
    assert (earnings["title"], earnings["description"]) == ("Earnings from work", "근로소득")
    assert (earnings["minimum"], earnings["maximum"]) == (0, 100_000_000_000)
    assert properties["assets"]["properties"]["debts"]["default"] == 0


VARIANTS: dict[str, Any] = {
    "the file of the issue": hh1(),
    "a misspelt field": hh1(regoin="seoul"),
    "a misspelt field of a person": hh1(persons=[person(earning=1)]),
    "a misspelt field of the housing": hh1(housing__depozit=1),
    "negative won": hh1(housing__deposit=-1),
    "fractional won": hh1(housing__deposit=0.5),
    "won as text": hh1(housing__deposit="5"),
    "too many won": hh1(housing__deposit=100_000_000_001),
    "a null": hh1(housing__deposit=None),
    "housing as a null": hh1(housing=None),
    "region in Korean": hh1(region="서울특별시"),
    "region as a code": hh1(region=11),
    "region as a code in text": hh1(region="11"),
    "region unknown": hh1(region="tokyo"),
    "region null": hh1(region=None),
    "a district": hh1(district="강북구"),
    "a district as a number": hh1(district=5),
    "no id": hh1(id=GONE),
    "an id that is a number": hh1(id=5),
    "no persons": hh1(persons=[]),
    "persons left out": hh1(persons=GONE),
    "sixty-one persons": hh1(persons=[person(f"p{number}") for number in range(61)]),
    "a person without an id": hh1(persons=[person(GONE)]),
    "a person whose id is a number": hh1(persons=[person(1), person(2, spouse=1)]),
    "a flag": hh1(persons=[person(disabled=True)]),
    "a flag as a number": hh1(persons=[person(disabled=1)]),
    "a date that is none": hh1(persons=[person(birth_date="1990-02-30")]),
    "a date as a number": hh1(persons=[person(birth_date=19900501)]),
    "no birth date": hh1(persons=[person(birth_date=None)]),
    "spouse null": hh1(persons=[person(spouse=None)]),
    "parents null": hh1(persons=[person(parents=None)]),
    "three parents": hh1(persons=[person(parents=["a", "b", "c"])]),
    "a parent that is null": hh1(persons=[person(parents=[None])]),
    "a stage": in_stage(2, "2023-07-01"),
    "a stage since a month": in_stage(2, "2023-07"),
    "a stage as text": hh1(programmes=[{"name": "safety_income", "stage": "2"}]),
    "stage 4": in_stage(4),
    "a programme without a name": hh1(programmes=[{"stage": 1}]),
    "an unknown programme": hh1(programmes=["basic_income"]),
    "no programme": hh1(programmes=[]),
    "a vehicle": hh1(assets__vehicles=[{"value": 1, "treatment": "full"}]),
    "a vehicle of no treatment": hh1(assets__vehicles=[{"value": 1}]),
    "a vehicle of more than all money": hh1(
        assets__vehicles=[{"value": 100_000_000_001, "treatment": "full"}]
    ),
    "vehicles null": hh1(assets__vehicles=None),
    "a tenure in English": hh1(housing__tenure="monthly rent"),
    "a household that is a list": [1],
}


@pytest.mark.parametrize("kind", VARIANTS)
def test_the_schema_accepts_what_the_program_reads(tmp_path: Path, kind: str) -> None:
    household = VARIANTS[kind]
    try:
        read_households(LAW, saved(tmp_path, household))
        is_read = True
    except BadInput:
        is_read = False
    assert fits(household) is is_read


def test_the_schema_is_not_vacuous() -> None:
    accepted = {kind for kind, household in VARIANTS.items() if fits(household)}
    assert {"the file of the issue", "region in Korean", "a stage", "a vehicle"} <= accepted
    assert not {"a misspelt field", "negative won", "stage 4", "no persons"} & accepted
