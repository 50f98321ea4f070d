"""Officials' own cases: facts, and the amounts that should come out."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml

from donghaeng import BadInput, law_on
from donghaeng.household.cases import Outcome, run_cases

from .files import EXAMPLES, hh1, person

CASE: dict[str, Any] = {
    "name": "one person",
    "date": "2024-07",
    "household": hh1(),
    "expect": {"safety_income": 947_090},
}


def written(folder: Path, *cases: Any) -> Path:
    file = folder / "cases.yaml"
    file.write_text(yaml.safe_dump({"cases": list(cases)}, allow_unicode=True), encoding="utf-8")
    return file


def run(folder: Path, **changes: Any) -> list[Outcome]:
    return run_cases(written(folder, copy.deepcopy(CASE) | changes), law_on)


def refusal(file: Path) -> BadInput:
    with pytest.raises(BadInput) as caught:
        run_cases(file, law_on)
    assert caught.value.file == str(file)
    assert "\n" not in str(caught.value)
    return caught.value


def test_the_shipped_cases_hold() -> None:
    outcomes = run_cases(EXAMPLES / "cases.yaml", lambda date: law_on(str(date)))
    assert len(outcomes) == 8
    assert [outcome for outcome in outcomes if not outcome.holds] == []


def test_an_amount_that_differs_is_reported_with_what_was_found(tmp_path: Path) -> None:
    (outcome,) = run(tmp_path, expect={"safety_income": 947_080})
    assert outcome == Outcome("one person", "safety_income", 947_080, 947_090)
    assert not outcome.holds


def test_null_expects_what_cannot_be_determined(tmp_path: Path) -> None:
    unknown = hh1(persons=[person(earnings=None)])
    (outcome,) = run(tmp_path, household=unknown, expect={"livelihood_benefit": None})
    assert outcome.holds
    (outcome,) = run(tmp_path, expect={"livelihood_benefit": None})
    assert not outcome.holds
    assert outcome.found == 713_102


def test_bounds_are_expected_where_the_law_is_open(tmp_path: Path) -> None:
    # (1,894,178.25 − 1,000,000) / 2 and (1,894,178.25 − 700,000) / 2, to ten won.
    household = hh1(persons=[person(earnings=1_000_000)])
    bounds = {"lowest": 447_090, "highest": 597_090}
    outcomes = run(
        tmp_path,
        household=household,
        expect={
            "safety_income": dict(bounds),
            "with_safety_income": dict(bounds),
            "present": 354_102,
        },
    )
    assert [outcome.holds for outcome in outcomes] == [True] * 3
    wrong = {"lowest": 447_090, "highest": 597_080}
    (outcome,) = run(tmp_path, household=household, expect={"safety_income": wrong})
    assert not outcome.holds
    assert outcome.found == bounds


def test_a_reading_may_be_named(tmp_path: Path) -> None:
    household = hh1(persons=[person(earnings=1_000_000)])
    for regime, amount in (("no_deduction", 447_090), ("basic_livelihood_deduction", 597_090)):
        (outcome,) = run(
            tmp_path, household=household, regimes=[regime], expect={"safety_income": amount}
        )
        assert outcome.holds


def test_amounts_of_persons_flags_and_lines_may_be_expected(tmp_path: Path) -> None:
    outcomes = run(
        tmp_path,
        household=hh1(persons=[person(earnings=1_000_000)]),
        expect={
            "persons": {"p1": {"assessed_work_income": 700_000, "age": 34}},
            "programme_ended": False,
            "median_income": 2_228_445,
            "rent_zone": 1,
        },
    )
    assert [outcome.variable for outcome in outcomes if not outcome.holds] == []
    assert len(outcomes) == 5


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"exepct": {}}, "cases[0]", "exepct"),
        ({"expect": {}}, "cases[0].expect", "nothing"),
        ({"expect": {"safety_incom": 1}}, "cases[0].expect", "safety_incom"),
        ({"expect": [1]}, "cases[0].expect", "nothing"),
        ({"household": hh1(regoin="seoul")}, "cases[0].household.regoin", "regoin"),
        ({"household": None}, "cases[0].household", "not a household"),
        ({"expect": {"persons": {"p9": {"age": 1}}}}, "cases[0].expect.persons", "p9"),
    ],
)
def test_a_case_that_cannot_be_run_is_refused(
    tmp_path: Path, changes: dict[str, Any], field: str, message: str
) -> None:
    error = refusal(written(tmp_path, copy.deepcopy(CASE) | changes))
    assert error.field == field
    assert message in str(error)


@pytest.mark.parametrize("field", ["name", "date", "household", "expect"])
def test_a_case_without_one_of_its_parts_is_refused(tmp_path: Path, field: str) -> None:
    case = {key: value for key, value in CASE.items() if key != field}
    assert field in refusal(written(tmp_path, case)).message


@pytest.mark.parametrize(
    "changes",
    [
        {"date": "1999-01"},
        {"date": ["2024-07"]},
        {"regimes": "no_deduction"},
        {"regimes": ["no_deductoin"]},
        {"regimes": 5},
        {"expect": {1: 2}},
        {"expect": {"persons": 5}},
        {"expect": {"persons": {"p1": 5}}},
    ],
    ids=str,
)
def test_a_case_that_makes_no_sense_is_bad_input(tmp_path: Path, changes: dict[str, Any]) -> None:
    file = written(tmp_path, copy.deepcopy(CASE) | changes)
    with pytest.raises(BadInput):
        run_cases(file, lambda date: law_on(str(date)))


@pytest.mark.parametrize("content", ["", "cases: []", "cases: 5", "- 1", "cases: [1]", "case: []"])
def test_a_file_without_cases_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "cases.yaml"
    file.write_text(content, encoding="utf-8")
    refusal(file)
