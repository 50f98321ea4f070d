"""The pilot: what it is not paid beside, its property limit, its months and stages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .files import GONE, JULY_2024, answered, assumed, hh1, in_stage, open_result, person

NO_DEDUCTION = "no_deduction"
LIMIT = 326_000_000  # won of property, Korea Herald 2022-02-22
RECEIPTS = ["youth_allowance", "youth_rent_support", "housing_voucher", "seoul_basic_security"]


# The six kinds of benefit that are not paid beside the pilot's (서울시 설명자료 2022-07-04).


def with_receipt(kind: str, amount: int) -> dict[str, Any]:
    """One who earns 1,500,000 won without rent: no benefit of the first two kinds."""
    pension = {"basic_pension_received": amount} if kind == "basic_pension" else {}
    receipts = {kind: amount} if kind in RECEIPTS else {}
    return hh1(
        persons=[person(earnings=1_500_000, **pension)],
        receipts=receipts,
        housing={"tenure": "other"},
    )


@pytest.mark.parametrize("kind", [*RECEIPTS, "basic_pension"])
def test_a_benefit_of_the_six_is_not_paid_beside_it(tmp_path: Path, kind: str) -> None:
    # (1,894,178.25 − 1,500,000) / 2 = 197,089.125
    for received, together in ((0, 197_090), (150_000, 197_090), (300_000, 300_000)):
        answer = answered(tmp_path, with_receipt(kind, received), JULY_2024, NO_DEDUCTION)
        assert answer.amounts["safety_income"] == 197_090
        assert answer.amounts["safety_income_make_up"] == together - 197_090
        assert answer.totals["present"] == received
        assert answer.total("with_safety_income") is not None
        assert answer.total("with_safety_income").single == together


def test_the_housing_benefit_falls_by_30_percent_of_the_income_above_the_livelihood_line(
    tmp_path: Path,
) -> None:
    # Recognised 1,050,000: 341,000 − 30 % × (1,050,000 − 713,102) = 239,930.6, up to ten won.
    answer = answered(tmp_path, hh1(persons=[person(earnings=1_500_000)]))
    assert answer.amounts["livelihood_benefit"] == 0
    assert answer.amounts["housing_benefit"] == 239_940


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(earned=st.integers(0, 4_000_000), allowance=st.integers(0, 1_500_000))
def test_nobody_has_less_with_the_pilot_than_before(
    tmp_path: Path, earned: int, allowance: int
) -> None:
    household = hh1(persons=[person(earnings=earned)], receipts={"youth_allowance": allowance})
    answer = answered(tmp_path, household, JULY_2024, NO_DEDUCTION, "up_to_10_won")
    assert answer.totals["present"] is not None
    assert answer.total("with_safety_income") is not None
    paid = answer.amounts["safety_income"]
    assert answer.total("with_safety_income").single == max(answer.totals["present"], paid or 0)


# Property.


def owning(total: int, deposit: int, general: int, **changes: Any) -> dict[str, Any]:
    """The household of the issue with ``total`` won of property in three parts."""
    changes |= {
        "housing__deposit": deposit,
        "assets__general": general,
        "assets__financial": total - deposit - general,
    }
    programmes = changes.pop("programmes", ["safety_income"])
    return hh1(programmes=programmes, **changes)


PARTS = st.tuples(st.integers(0, LIMIT // 2), st.integers(0, LIMIT // 2))


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=PARTS)
def test_property_of_the_limit_passes_and_one_won_more_stops(
    tmp_path: Path, parts: tuple[int, int]
) -> None:
    within = answered(tmp_path, owning(LIMIT, *parts))
    above = answered(tmp_path, owning(LIMIT + 1, *parts))
    assert within.flags["safety_income_asset_test"] is True
    assert within.amounts["safety_income"] == 947_090
    assert above.flags["safety_income_asset_test"] is False
    assert above.amounts["safety_income"] == 0


def test_property_above_the_limit_leaves_a_participant_open(tmp_path: Path) -> None:
    stage_1 = [{"name": "safety_income", "stage": 1, "since": "2022-07"}]
    within = answered(tmp_path, owning(LIMIT, 0, 0, programmes=stage_1))
    above = answered(tmp_path, owning(LIMIT + 1, 0, 0, programmes=stage_1))
    assert within.amounts["safety_income"] == 947_090
    assert above.amounts["safety_income"] is None
    spread = open_result(above, "safety_income").spread
    assert spread is not None
    assert spread.by_regime == {"stops_payment": 0, "entry_only": 947_090}


def test_debts_are_not_taken_off_the_property_that_is_tested(tmp_path: Path) -> None:
    answer = answered(tmp_path, owning(LIMIT + 1, 0, 0, assets__debts=100_000_000))
    assert answer.flags["safety_income_asset_test"] is False


# Months and stages.


def test_a_month_above_the_line_pays_nothing_and_keeps_the_entitlement(tmp_path: Path) -> None:
    # Korea Herald 2024-09-05: payment restarts when the income falls again. Line: 1,894,178.25.
    below = answered(
        tmp_path, in_stage(1, persons=[person(earnings=1_894_100)]), JULY_2024, NO_DEDUCTION
    )
    above = answered(
        tmp_path, in_stage(1, persons=[person(earnings=1_894_179)]), JULY_2024, NO_DEDUCTION
    )
    assert below.amounts["safety_income"] == 40  # 78.25 / 2 = 39.125
    assert below.flags["safety_income_zero_month"] is False
    assert above.amounts["safety_income"] == 0
    assert above.flags["safety_income_zero_month"] is True


def test_before_its_first_month_a_household_gets_nothing(tmp_path: Path) -> None:
    household = in_stage(1, "2023-09")
    before, first = (answered(tmp_path, household, date) for date in ("2023-08", "2023-09"))
    assert before.flags["before_participation"] is True
    assert before.amounts["safety_income"] == 0
    assert before.amounts["safety_income_make_up"] == 0
    assert before.flags["safety_income_zero_month"] is False
    assert first.flags["before_participation"] is False
    # 2,077,892 × 85 % × 50 % = 883,104.1: up to ten won or to the nearest.
    spread = open_result(first, "safety_income").spread
    assert spread is not None
    assert spread.by_regime == {"up_to_10_won": 883_110, "nearest_10_won": 883_100}


@pytest.mark.parametrize(
    ("stage", "before", "first"),
    [
        (2, "2023-06-30", "2023-07-01"),  # first payment 2023-07-11, The Fact 2023-01-09
        (3, "2024-03-31", "2024-04-01"),  # first payment 2024-04-26, Asia Economy 2024-04-18
    ],
)
def test_a_stage_pays_from_its_first_month(
    tmp_path: Path, stage: int, before: str, first: str
) -> None:
    # Whoever is said to take part since 2022-07 was drawn later: the stage's own day counts.
    assert answered(tmp_path, in_stage(stage), before).flags["before_participation"] is True
    assert answered(tmp_path, in_stage(stage), first).flags["before_participation"] is False


@pytest.mark.parametrize(
    ("stage", "last", "after"),
    [
        (1, "2025-06-30", "2025-07-01"),  # three years from 2022-07, Edaily
        (2, "2025-06-30", "2025-07-01"),  # two years from 2023-07, The Fact 2023-01-09
        (3, "2025-03-31", "2025-04-01"),  # one year from 2024-04, MBC 2023-12
    ],
)
def test_a_stage_ends_on_its_day(tmp_path: Path, stage: int, last: str, after: str) -> None:
    running = answered(tmp_path, in_stage(stage), last)
    ended = answered(tmp_path, in_stage(stage), after)
    assert running.flags["programme_ended"] is False
    assert ended.flags["programme_ended"] is True
    assert list(assumed(ended, "scenario")) == ["programme_ended"]


def test_a_hypothesis_ends_with_the_last_stage(tmp_path: Path) -> None:
    assert answered(tmp_path, hh1(), "2025-06-30").flags["programme_ended"] is False
    assert answered(tmp_path, hh1(), "2025-07-01").flags["programme_ended"] is True


def test_before_the_pilot_nothing_is_said_of_it(tmp_path: Path) -> None:
    household = hh1(programmes=GONE)
    answer = answered(tmp_path, household, "2022-06")
    assert "safety_income" not in answer.amounts
    assert answer.total("with_safety_income") is None
    assert not any("safety_income" in name for name in answer.as_json()["total"])


def test_a_household_outside_the_programme_gets_the_present_system_alone(tmp_path: Path) -> None:
    answer = answered(tmp_path, hh1(programmes=GONE))
    assert answer.amounts["safety_income"] == 0
    assert answer.amounts["safety_income_make_up"] == 0
    assert answer.flags["safety_income_zero_month"] is False
    assert answer.total("with_safety_income") is not None
    assert answer.total("with_safety_income").single == answer.totals["present"] == 1_054_102
    assert assumed(answer, "default")["stage"]["value"] == "none"


@pytest.mark.parametrize(
    ("stage", "earned", "passes"),
    # 50 % of 2,228,445 = 1,114,222.5 in stages 1 and 3; 85 % = 1,894,178.25 in stage 2.
    [
        (1, 1_114_222, True),
        (1, 1_114_223, False),
        (3, 1_114_223, False),
        (2, 1_894_178, True),
        (2, 1_894_179, False),
    ],
)
def test_the_income_limit_at_entry_is_that_of_the_stage(
    tmp_path: Path, stage: int, earned: int, passes: bool
) -> None:
    household = in_stage(stage, "2024-04", persons=[person(earnings=earned)])
    answer = answered(tmp_path, household, JULY_2024, NO_DEDUCTION)
    assert answer.flags["safety_income_entry_test"] is passes
