"""Entitled and receiving, household by household: worked by hand under the law of July 2024."""

from __future__ import annotations

import datetime

import pytest

from donghaeng.laws import law_on
from donghaeng.policy.comparison import (
    BlockerKind,
    Group,
    Tally,
    Unit,
    compare,
    find_blockers,
    find_hindrances,
    find_open_inputs,
)
from donghaeng.policy.reform_files import Assumptions
from donghaeng.policy.scenario import baseline
from donghaeng.population.store import Population
from donghaeng.rules.faults import BadInput

from .conftest import Make

LIVELIHOOD = "livelihood_benefit"
# 32 % of the median income of one person in 2024, 2,228,445 won: 713,102 won.
LINE = 713_102
WORK = 5_000_000

HOUSEHOLDS = [
    # earnings, received; the weight is the number
    (0, 700_000),  # 1 entitled and receiving
    (0, 0),  # 2 entitled only
    (WORK, 100_000),  # 3 receiving only
    (WORK, 0),  # 4 neither
    (None, 50_000),  # 5 nobody knows the earnings
    (None, 0),  # 6
    (0, None),  # 7 nobody knows what was received
]


@pytest.fixture
def seven(make: Make) -> Population:
    return make(
        [
            {
                "household_id": number,
                "weight": float(number),
                "received_livelihood_benefit": received,
            }
            for number, (_, received) in enumerate(HOUSEHOLDS, 1)
        ],
        [
            {"household_id": number, "earnings": earnings}
            for number, (earnings, _) in enumerate(HOUSEHOLDS, 1)
        ],
    )


def test_every_household_is_in_the_group_that_it_belongs_to(seven: Population) -> None:
    (found,) = compare(seven, baseline(law_on("2024-07")))
    assert (found.benefit, found.unit) == (LIVELIHOOD, Unit.HOUSEHOLDS)
    assert found.groups == {
        Group.BOTH: Tally(1, 1.0),
        Group.ENTITLED_ONLY: Tally(1, 2.0),
        Group.RECEIVING_ONLY: Tally(1, 3.0),
        Group.NEITHER: Tally(1, 4.0),
        Group.UNDETERMINED_RECEIVING: Tally(1, 5.0),
        Group.UNDETERMINED_NOT_RECEIVING: Tally(1, 6.0),
    }  # and the seventh, of whom nobody knows what was received, is in none


def test_means_and_agreement(seven: Population) -> None:
    (found,) = compare(seven, baseline(law_on("2024-07")))
    assert found.computed_mean == LINE  # of the first two
    # (700,000 x 1 + 100,000 x 3 + 50,000 x 5) / 9
    assert found.received_mean == pytest.approx(1_250_000 / 9)
    assert found.mean_of_both == (LINE, 700_000)
    assert found.agreement(weighted=False) == 2 / 4
    assert found.agreement(weighted=True) == (1 + 4) / (1 + 2 + 3 + 4)


def test_what_is_not_known_is_named_and_counted(seven: Population) -> None:
    (blocker,) = find_blockers(seven, baseline(law_on("2024-07")), [LIVELIHOOD])
    assert (blocker.kind, blocker.name) == (BlockerKind.FACT, "earnings")
    assert (blocker.households, blocker.weight) == (2, 11.0)


def test_an_assumption_stands_only_where_the_population_does_not_know(seven: Population) -> None:
    overlay = Assumptions.model_validate(
        {"assumptions": {"ko": "소득 없음", "en": "no earnings"}, "facts": {"earnings": 0}}
    )
    scenario = baseline(law_on("2024-07"), overlay)
    (found,) = compare(seven, scenario)
    assert found.groups[Group.BOTH] == Tally(2, 1.0 + 5.0)
    assert found.groups[Group.ENTITLED_ONLY] == Tally(2, 2.0 + 6.0)
    assert found.groups[Group.NEITHER] == Tally(1, 4.0)
    assert found.total([Group.UNDETERMINED_RECEIVING], weighted=False) == 0
    assert find_blockers(seven, scenario, [LIVELIHOOD]) == []


def test_a_gap_of_the_law_is_named_with_its_cell(seven: Population) -> None:
    blockers = find_blockers(seven, baseline(law_on("2016-07")), [LIVELIHOOD, "housing_benefit"])
    named = {(each.benefit, each.kind, each.name): each.households for each in blockers}
    # Who earns meets the deduction for the young first; who earns nothing has nothing that a gap touches.
    assert named[LIVELIHOOD, BlockerKind.PARAMETER, "youth_deduction_age_limit"] == 2
    assert named[LIVELIHOOD, BlockerKind.FACT, "earnings"] == 2


def test_the_amount_that_keeps_a_receiver_out_is_found(seven: Population) -> None:
    (found,) = find_hindrances(seven, baseline(law_on("2024-07")), [LIVELIHOOD])
    assert (found.fact, found.rows, found.of, found.weight) == ("earnings", 1, 1, 3.0)


@pytest.fixture
def couple(make: Make) -> Population:
    """Two persons of 70 and 68 without income; a child of theirs who is 40."""
    return make(
        [{"household_id": 1, "weight": 10.0}],
        [
            {
                "household_id": 1,
                "person": number,
                "birth_date": datetime.date(year, 1, 1),
                "weight": weight,
                "spouse": spouse,
                "received_basic_pension": received,
            }
            for number, year, weight, spouse, received in (
                (1, 1954, 2.0, 2, 300_000),
                (2, 1956, 3.0, 1, 0),
                (3, 1984, 4.0, None, 0),
            )
        ],
    )


def test_a_benefit_of_persons_is_compared_by_person_and_by_household(couple: Population) -> None:
    persons, households = compare(couple, baseline(law_on("2024-07")))
    # 334,810 won less 20 % each, in whole tens: 267,840.
    assert (persons.unit, persons.computed_mean) == (Unit.PERSONS, 267_840)
    assert persons.groups[Group.BOTH] == Tally(1, 2.0)
    assert persons.groups[Group.ENTITLED_ONLY] == Tally(1, 3.0)
    assert persons.groups[Group.NEITHER] == Tally(1, 4.0)
    assert households.unit is Unit.HOUSEHOLDS
    assert households.groups[Group.BOTH] == Tally(1, 10.0)
    assert households.mean_of_both == (2 * 267_840, 300_000)


def test_persons_without_weights_of_their_own_have_that_of_the_household(make: Make) -> None:
    population = make(
        [{"household_id": 1, "weight": 2.5}],
        [
            {
                "household_id": 1,
                "birth_date": datetime.date(1950, 1, 1),
                "received_basic_pension": 1,
            }
        ],
    )
    persons, _ = compare(population, baseline(law_on("2024-07")))
    assert persons.groups[Group.BOTH] == Tally(1, 2.5)


def test_a_benefit_that_is_a_flag_has_no_means(make: Make) -> None:
    population = make(
        [{"household_id": 1, "received_medical_aid": True, "supporters_exist": False}],
        [{"household_id": 1}],
    )
    (found,) = compare(population, baseline(law_on("2024-07")))
    assert found.groups[Group.BOTH] == Tally(1, 1.0)
    assert (found.computed_mean, found.received_mean, found.mean_of_both) == (None, None, None)


def test_a_population_that_recorded_no_receipt_cannot_be_compared(make: Make) -> None:
    population = make([{"household_id": 1}], [{"household_id": 1}])
    with pytest.raises(BadInput, match="records the receipt of no benefit"):
        compare(population, baseline(law_on("2024-07")))
    with pytest.raises(BadInput, match="receipt of 'livelihood_benefit' is not recorded"):
        compare(population, baseline(law_on("2024-07")), [LIVELIHOOD])


def test_a_benefit_that_the_law_does_not_have(seven: Population) -> None:
    with pytest.raises(BadInput, match="did you mean 'livelihood_benefit'"):
        compare(seven, baseline(law_on("2024-07")), ["livelihood_benefits"])


def test_nobody_determined_agrees_with_nobody(make: Make) -> None:
    population = make(
        [{"household_id": 1, "received_livelihood_benefit": 0}],
        [{"household_id": 1, "earnings": None}],
    )
    (found,) = compare(population, baseline(law_on("2024-07")))
    assert found.agreement(weighted=False) is None
    assert found.computed_mean is None


def test_everything_behind_a_benefit_that_is_not_known(make: Make) -> None:
    population = make(
        [{"household_id": 1}, {"household_id": 2}],
        [{"household_id": 1, "earnings": None}, {"household_id": 2}],
    )
    found = find_open_inputs(population, baseline(law_on("2016-07")), ["earned_income_credit_year"])
    named = {(each.kind, each.name): (each.not_known, each.of) for each in found}
    assert named == {
        (BlockerKind.PARAMETER, "disabled_applicant_of_any_age"): (1, 1),
        (BlockerKind.PARAMETER, "earned_income_credit_from_table"): (1, 1),
        (BlockerKind.FACT, "last_year_wages"): (2, 2),  # no such column
        (BlockerKind.FACT, "last_year_income_amount"): (2, 2),
    }
    assert ("fact", "earnings") in {
        (each.kind.value, each.name)
        for each in find_open_inputs(population, baseline(law_on("2016-07")), [LIVELIHOOD])
        if (each.not_known, each.of) == (1, 2)
    }
