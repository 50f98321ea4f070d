"""A settings file states everything, and says in one line what is not right."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from donghaeng.policy.labour import Rung, read_settings, read_shipped, shipped_names
from donghaeng.policy.labour.parameters import Parameter, Status
from donghaeng.rules.faults import BadInput

from .people import BOUNDS, elasticities, pilot, value


def written(folder: Path, **changes: Any) -> Path:
    document = {
        "name": "mine",
        "label": {"ko": "나", "en": "Mine"},
        "rungs": ["elasticities"],
        "bounds": BOUNDS,
        "elasticities": elasticities(0.3),
        **changes,
    }
    path = folder / "mine.yaml"
    path.write_text(yaml.safe_dump({k: v for k, v in document.items() if v is not None}))
    return path


@pytest.mark.parametrize("name", shipped_names())
def test_what_ships_is_read_and_is_called_as_its_file(name: str) -> None:
    assert read_shipped(name).name == name


def test_every_rung_ships() -> None:
    shipped = {rung for name in shipped_names() for rung in read_shipped(name).rungs}
    assert shipped == set(Rung)


def test_shipped_values_are_those_of_their_sources() -> None:
    # Chetty and others, NBER w16729, abstract: .3 intensive and .25 extensive; Bargain, Orsini and Peichl:
    # mean .27, standard deviation .16; Moon and Song 2016: .23; the pilot: -10.4, -12.5, -10, about -14.
    found = {
        name: [each.value for each in read_shipped(name).parameters] for name in shipped_names()
    }
    assert found["elasticities"] == [0.3, 0.0]
    assert found["participation"] == [0.25, 0.0]
    assert found["elasticities_and_participation"] == [0.3, 0.0, 0.25, 0.0]
    assert found["elasticities_korea"] == [0.23, 0.0]
    assert found["elasticities_europe"] == [0.27]
    assert read_shipped("elasticities_europe").parameters[0].spread == 0.16
    assert found["pilot"] == [-10.4]
    assert read_shipped("pilot").parameters[0].range == (-14.0, -10.0)
    assert found["pilot_by_income"] == [-12.5, -10.0, 0.0]
    assert found["pilot_opinion"] == [-14.0, 0.0, 0.0]


def test_a_value_of_the_weak_source_says_so() -> None:
    by_income = read_shipped("pilot_by_income").parameters
    *published, above = by_income
    assert {each.status for each in published} == {Status.PUBLISHED_WEAK}
    assert above.status is Status.ASSUMED  # of whom the pilot enrolled nobody


def test_a_value_says_exactly_once_how_well_it_is_known() -> None:
    with pytest.raises(ValidationError, match="exactly one of"):
        Parameter(value=0.3, source="test", status=Status.ASSUMED)
    with pytest.raises(ValidationError, match="exactly one of"):
        Parameter.model_validate(value(0.3, standard_error=0.1, gap="none"))


def test_a_value_outside_its_range_is_refused() -> None:
    with pytest.raises(ValidationError, match=r"-9 lies outside -14 \.\. -10"):
        Parameter.model_validate(value(-9.0, range=(-14.0, -10.0)))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"rungs": []}, "rungs names each rung once"),
        ({"rungs": ["elasticity"]}, "did you mean 'elasticities'"),
        ({"rungs": ["elasticities", "pilot"]}, "only elasticities and participation"),
        ({"rungs": ["none"]}, "the rungs are none, but the sections are elasticities"),
        ({"pilot": pilot(-10)}, "the sections are elasticities, pilot"),
        ({"bounds": None}, "bounds are stated"),
        ({"bounds": {**BOUNDS, "net_of_tax_floor": 0}}, "bounds.net_of_tax_floor"),
        ({"bounds": {**BOUNDS, "largest_factor": 0.5}}, "bounds.largest_factor"),
        ({"bounds": {k: v for k, v in BOUNDS.items() if k != "income_floor"}}, "is missing"),
        ({"elasticites": {}}, "did you mean 'elasticities'"),
        ({"elasticities": {"substitution": [value(0.3)]}}, "elasticities.income: is missing"),
    ],
)
def test_what_is_not_right_is_said_in_one_line(
    tmp_path: Path, changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(BadInput) as fault:
        read_settings(written(tmp_path, **changes))
    assert message in str(fault.value)
    assert "mine.yaml" in str(fault.value)
    assert "\n" not in str(fault.value)


def test_hours_of_a_choice_rise_from_nought(tmp_path: Path) -> None:
    choice = read_shipped("discrete_choice").model_dump(mode="json")["discrete_choice"]
    choice["hours"] = [0, 40, 20]
    path = written(
        tmp_path,
        rungs=["discrete_choice"],
        bounds=None,
        elasticities=None,
        discrete_choice=choice,
    )
    with pytest.raises(BadInput, match="hours rise from 0"):
        read_settings(path)


def test_a_file_that_is_not_yaml_or_not_there_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text("name: [")
    with pytest.raises(BadInput, match="line"):
        read_settings(path)
    with pytest.raises(BadInput, match="No such file"):
        read_settings(tmp_path / "nowhere.yaml")


def test_a_name_that_does_not_ship_is_answered_with_the_nearest() -> None:
    with pytest.raises(BadInput, match="did you mean 'pilot'"):
        read_shipped("pilott")
