"""청년 주거급여 분리지급 (주거급여법 §7의2)."""

import datetime
from typing import Any

import pytest

from donghaeng.laws import law_on
from donghaeng.rules import HouseholdFacts, is_missing

HOME = {
    "lives_apart_from_parents": True,
    "separate_rent": 400_000,
    "separate_deposit": 0,
}


def family(
    day: str, born: str = "2004-03-01", income: int = 0, region: str = "seoul", **home: Any
) -> dict[str, Any]:
    """A parent in Busan who pays 250,000, and a child."""
    law = law_on(day)
    words = law.enumerations
    child = {
        "birth_date": datetime.date.fromisoformat(born),
        "earnings": 0,
        "first_parent": 0,
        "separate_region": words["Region"].from_word(region),
        **home,
    }
    facts = HouseholdFacts(
        "h",
        {
            "region": words["Region"].from_word("busan"),
            "tenure": words["Tenure"].from_word("monthly_rent"),
            "monthly_rent": 250_000,
            "general_property": 0,
            "financial_property": 0,
        },
        [
            {
                "birth_date": datetime.date(1970, 1, 1),
                "earnings": 0,
                "public_transfers": income,
            },
            child,
        ],
    )
    return law.evaluate(facts, ["housing_benefit", "youth_housing_benefit"])


def test_nobody_lives_apart_as_a_rule() -> None:
    found = family("2026-07")
    assert found["youth_housing_benefit"] == [0, 0]
    assert found["housing_benefit"] == 250_000  # two persons in Busan: up to 278,000


def test_the_young_person_has_the_base_rent_of_one_person_there_and_the_home_one_person_less() -> (
    None
):
    found = family("2026-07", **HOME)
    assert found["youth_housing_benefit"] == [0, 369_000]
    assert found["housing_benefit"] == 247_000  # one person in Busan


@pytest.mark.parametrize(
    ("region", "city", "amount"),
    [
        ("gyeonggi", False, 300_000),
        ("gwangju", False, 247_000),
        ("gyeongnam", False, 212_000),
        ("gyeongnam", True, 247_000),  # Changwon
    ],
)
def test_zones_of_the_separate_home(region: str, city: bool, amount: int) -> None:
    found = family("2026-07", region=region, separate_special_city=city, **HOME)
    assert found["youth_housing_benefit"] == [0, amount]


@pytest.mark.parametrize(
    ("born", "entitled"),
    [
        ("2007-07-02", False),  # 18
        ("2007-07-01", True),  # 19 today
        ("1996-07-02", True),  # 29
        ("1996-07-01", False),  # 30 today
    ],
)
def test_from_19_to_29_years(born: str, entitled: bool) -> None:
    found = family("2026-07-01", born=born, **HOME)
    assert found["youth_housing_benefit"] == [0, 369_000 if entitled else 0]


def test_the_part_of_the_own_share_is_a_gap_above_the_livelihood_line_only() -> None:
    # 2026, two persons: livelihood line 1,343,773 (4,199,292 × 32 %), housing line 2,015,660.
    at_the_line = family("2026-07", income=1_343_773, **HOME)
    assert at_the_line["youth_housing_benefit"] == [0, 369_000]
    above = family("2026-07", income=1_343_774, **HOME)["youth_housing_benefit"]
    assert above[0] == 0
    assert is_missing(above[1])
    assert "parameter:own_share_part_of_the_youth" in above[1].blockers
    assert family("2026-07", income=2_015_661, **HOME)["youth_housing_benefit"] == [0, 0]


def test_the_separate_payment_begins_with_the_article() -> None:
    assert "youth_housing_benefit" not in law_on("2023-10-18").rules
    assert is_missing(family("2023-10-19", **HOME)["youth_housing_benefit"][1])  # table of 2023
    assert family("2024-07", **HOME)["youth_housing_benefit"] == [0, 341_000]


@pytest.mark.parametrize(
    ("rent", "deposit", "amount"),
    [
        (0, 0, 0),
        (1, 0, 10_000),
        (200_000, 10_000_000, 233_340),
        (1_845_000, 0, 369_000),
        (1_845_001, 0, 10_000),  # more than five times the base rent
    ],
)
def test_rents_of_the_separate_home(rent: int, deposit: int, amount: int) -> None:
    home = {**HOME, "separate_rent": rent, "separate_deposit": deposit}
    assert family("2026-07", **home)["youth_housing_benefit"] == [0, amount]
