"""What a person keeps of what is earned more, computed by hand at a few points."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from donghaeng import BadInput, HouseholdFacts, law_on, read_households
from donghaeng.household.curve import MOST_POINTS, Bounds, Curve, curve

from .files import JULY_2024, hh1, person, saved
from .town import alone as ann
from .town import read as in_town
from .town import town_on

MILLION = 1_000_000
LAW = law_on(JULY_2024)


@pytest.fixture
def alone(tmp_path: Path) -> HouseholdFacts:
    (household,) = read_households(LAW, saved(tmp_path, hh1()))
    return household


@pytest.fixture
def found(alone: HouseholdFacts) -> Curve:
    return curve(LAW, alone, stop=2 * MILLION, step=MILLION)


def test_the_points_are_the_levels_asked_for(found: Curve) -> None:
    assert [point.earnings for point in found.points] == [0, MILLION, 2 * MILLION]
    assert (found.household, found.person, found.step) == ("hh1", "p1", MILLION)


def test_disposable_income_under_the_present_system(found: Curve) -> None:
    # 0: 713,102 + 341,000. 1 m: recognised 700,000, so 13,102 + 341,000. 2 m: recognised 1,400,000.
    # Contributions of 2024, own share: 45,000 + 35,450 + 4,590 + 9,000 = 94,040; of 2 m 188,080.
    present = [1_054_102, 1_354_102 - 94_040, 2_000_000 - 188_080]
    assert [point.present for point in found.points] == present
    for name, amounts in (
        ("livelihood_benefit", [713_102, 13_102, 0]),
        ("housing_benefit", [341_000, 341_000, 0]),
    ):
        bounds = [Bounds(amount, amount) for amount in amounts]
        assert [point.benefits[name] for point in found.points] == bounds


def test_disposable_income_with_the_pilot_has_the_bounds_of_the_readings(found: Curve) -> None:
    # Line 1,894,178.25. 0: made up to 1,054,102. 1 m: half of 894,178.25 or of 1,194,178.25.
    # 2 m: nothing, or half of 494,178.25.
    assert [point.with_safety_income for point in found.points] == [
        Bounds(1_054_102, 1_054_102),
        Bounds(1_447_090 - 94_040, 1_597_090 - 94_040),
        Bounds(2_000_000 - 188_080, 2_247_090 - 188_080),
    ]


def test_the_marginal_rate_is_what_the_next_step_loses(found: Curve) -> None:
    first, second, last = found.points
    # 9.404 % of each million are contributions.
    assert first.present_marginal == pytest.approx(0.794_04)
    assert first.safety_marginal == Bounds(pytest.approx(0.551_052), pytest.approx(0.701_052))
    assert second.present_marginal == pytest.approx(0.448_142)
    assert second.safety_marginal == Bounds(pytest.approx(0.444_04), pytest.approx(0.541_13))
    assert last.present_marginal is None
    assert last.safety_marginal is None


def test_the_participation_rate_is_what_working_loses_against_not_working(found: Curve) -> None:
    first, second, last = found.points
    assert first.present_participation is None
    assert first.safety_participation is None
    assert second.present_participation == pytest.approx(0.794_04)
    assert second.safety_participation == Bounds(pytest.approx(0.551_052), pytest.approx(0.701_052))
    # (2,000,000 − 188,080 − 1,054,102) / 2,000,000 is kept today.
    assert last.present_participation == pytest.approx(1 - 757_818 / 2_000_000)


def test_the_open_choice_that_matters_is_named(found: Curve) -> None:
    assert found.regimes["safety_income_earnings"] == (
        "no_deduction",
        "basic_livelihood_deduction",
    )
    assert "safety_income_asset_rise" not in found.regimes


def test_with_a_reading_there_is_one_line(alone: HouseholdFacts) -> None:
    found = curve(LAW, alone, stop=2 * MILLION, step=MILLION, regimes=["no_deduction"])
    assert [point.with_safety_income for point in found.points] == [
        Bounds(1_054_102, 1_054_102),
        Bounds(1_447_090 - 94_040, 1_447_090 - 94_040),
        Bounds(2_000_000 - 188_080, 2_000_000 - 188_080),
    ]
    assert found.regimes == {}


def test_the_participation_rate_counts_from_zero_wherever_the_curve_starts(
    alone: HouseholdFacts, found: Curve
) -> None:
    late = curve(LAW, alone, start=MILLION, stop=2 * MILLION, step=MILLION)
    assert late.points == found.points[1:]


def test_the_curve_stops_where_it_was_told(alone: HouseholdFacts) -> None:
    found = curve(LAW, alone, start=0, stop=250_000, step=100_000)
    assert [point.earnings for point in found.points][-1] <= 250_000


def test_the_named_person_earns(tmp_path: Path) -> None:
    couple = hh1(persons=[person("a", earnings=500_000), person("b", earnings=900_000)])
    (household,) = read_households(LAW, saved(tmp_path, couple))
    found = curve(LAW, household, person="b", stop=MILLION, step=MILLION, regimes=["no_deduction"])
    # 500,000 of the other, 85 % of 3,682,609 = 3,130,217.65; half of 2,630,217.65 is more than today.
    # Contributions of 500,000: 22,500 + 17,720 + 2,290 + 4,500.
    assert found.points[0].with_safety_income.lowest == 500_000 + 1_315_110 - 47_010


def test_without_a_name_the_first_adult_earns(tmp_path: Path) -> None:
    family = hh1(persons=[person("child", birth_date="2015-01-01"), person("mother")])
    (household,) = read_households(LAW, saved(tmp_path, family))
    assert curve(LAW, household, stop=MILLION, step=MILLION).person == "mother"


@pytest.mark.parametrize(
    "asked",
    [
        {"step": 0},
        {"step": -1},
        {"start": 5, "stop": 5},
        {"start": 10, "stop": 5},
        {"start": -1},
        {"stop": MOST_POINTS + 1, "step": 1},
        {"stop": 10**15, "step": 10**12},
        {"person": "nobody"},
        {"regimes": ["no_deductoin"]},
    ],
    ids=str,
)
def test_a_range_that_makes_no_sense_is_refused(
    alone: HouseholdFacts, asked: dict[str, Any]
) -> None:
    with pytest.raises(BadInput):
        curve(LAW, alone, **asked)


def test_without_a_pilot_there_is_only_the_present_system() -> None:
    # 700,000 less what is earned, half of the rent of 200,000, and 5 % in contributions.
    found = curve(town_on(), in_town(ann()), stop=MILLION, step=500_000, regimes=["narrow"])
    assert [point.present for point in found.points] == [800_000, 775_000, 1_050_000]
    assert [point.contributions for point in found.points] == [0, 25_000, 50_000]
    for point in found.points:
        assert (point.with_safety_income, point.safety_marginal, point.safety_participation) == (
            None,
            None,
            None,
        )
    assert found.points[0].present_marginal == pytest.approx(1.05)
    assert found.regimes == {}


def test_what_the_law_does_not_know_is_named(tmp_path: Path) -> None:
    law = law_on("2022-06")  # property limits before 2023 were not read
    (household,) = read_households(law, saved(tmp_path, hh1()))
    with pytest.raises(BadInput, match="parameter:residential_limit_by_class"):
        curve(law, household)


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    unknown = hh1(persons=[person("a"), person("b", earnings=None)])
    (household,) = read_households(LAW, saved(tmp_path, unknown))
    with pytest.raises(BadInput, match=r"b\.earnings"):
        curve(LAW, household)
