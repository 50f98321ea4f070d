"""임차급여: what the act and the notice say, in exact amounts (주거급여법 §5, §7; 고시 §6–§9)."""

import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from donghaeng.laws import law_on
from donghaeng.rules import HouseholdFacts, Law, is_missing

YEARS = range(2015, 2028)
# Years whose table of base rents was read in whole, or but for unverified cells.
COMPLETE = (2021, 2022, 2024, 2026)


def household(law: Law, size: int = 1, income: int = 0, **facts: Any) -> HouseholdFacts:
    words = law.enumerations
    given = {
        "region": "seoul",
        "tenure": "monthly_rent",
        "deposit": 0,
        "monthly_rent": 500_000,
        "general_property": 0,
        "financial_property": 0,
        **facts,
    }
    kinds = {"region": "Region", "tenure": "Tenure", "rent_case": "RentCase"}
    for name, kind in kinds.items():
        if isinstance(given.get(name), str):
            given[name] = words[kind].from_word(given[name])
    adult = {"birth_date": datetime.date(1984, 3, 2), "earnings": 0}
    persons: list[dict[str, Any]] = [dict(adult) for _ in range(size)]
    persons[0]["public_transfers"] = income
    return HouseholdFacts("h", given, persons)


def paid(day: str, size: int = 1, income: int = 0, **facts: Any) -> Any:
    law = law_on(day)
    return law.evaluate(household(law, size, income, **facts), ["housing_benefit"])[
        "housing_benefit"
    ]


@pytest.mark.parametrize(
    ("day", "size", "region", "amount"),
    [
        ("2015-07", 4, "seoul", 300_000),  # newspim 20150527000215
        ("2015-07", 4, "gyeonggi", 270_000),
        ("2015-07", 4, "busan", 210_000),
        ("2015-07", 4, "jeonnam", 190_000),
        ("2017-07", 4, "incheon", 283_000),  # sedaily 1KYUMA7A4Q
        ("2020-07", 4, "seoul", 415_000),  # sedaily 1VLW9OY5CK
        ("2022-07", 4, "seoul", 506_000),  # news1 4389416
        ("2024-07", 4, "seoul", 527_000),  # transcription of 고시 2023-798
        ("2026-07", 1, "seoul", 369_000),  # copy of 고시 2025-506
        ("2026-07", 6, "gyeonggi", 570_000),
        ("2026-07", 7, "gyeonggi", 570_000),  # 7 as 6
        ("2026-07", 9, "gyeonggi", 627_000),  # 570,000 × 1.1
        ("2026-07", 10, "gyeonggi", 684_000),  # 570,000 × 1.2
    ],
)
def test_base_rents_are_paid_to_whoever_pays_more(
    day: str, size: int, region: str, amount: int
) -> None:
    assert paid(day, size, region=region, monthly_rent=1_000_000) == amount


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("size", [1, 2, 4, 8])
def test_a_tenant_without_income_gets_something_or_the_base_rent_is_named(
    year: int, size: int
) -> None:
    amount = paid(f"{year}-08-01", size)
    if is_missing(amount):
        assert any(name.startswith("parameter:base_rent_table") for name in amount.blockers)
        assert year not in COMPLETE
    else:
        assert amount >= 10_000


@pytest.mark.parametrize("year", YEARS)
def test_above_the_line_nothing_else_is_asked(year: int) -> None:
    assert paid(f"{year}-08-01", 1, 3_000_000, monthly_rent=None) == 0


def test_a_tenant_by_the_month_is_asked_for_the_rent_and_a_jeonse_tenant_is_not() -> None:
    law = law_on("2026-07")
    facts = household(law)
    del facts.household["monthly_rent"]
    amount = law.evaluate(facts, ["housing_benefit"])["housing_benefit"]
    assert is_missing(amount)
    assert any("monthly_rent" in blocker for blocker in amount.blockers)
    facts = household(law, tenure="jeonse", deposit=30_000_000)
    del facts.household["monthly_rent"]
    assert law.evaluate(facts, ["housing_benefit"])["housing_benefit"] == 100_000


def test_the_own_share_is_taken_of_the_excess_only() -> None:
    # 2026, one person: 30 % of the whole income of 920,556 would leave 92,833.
    assert paid("2026-07", income=920_556) == 339_000


def test_a_deposit_counts_at_4_percent_a_year() -> None:
    # At 4.17 % a month it would be 417,000, at 1.04 % 104,000.
    assert paid("2026-07", tenure="jeonse", deposit=10_000_000) == 33_340


@pytest.mark.parametrize(
    ("day", "supporter", "amount"),
    [
        ("2017-07", True, 0),
        ("2017-07", False, 315_000),
        ("2019-07", True, 365_000),  # §5② deleted 2018-10-01, 법률 15358
    ],
)
def test_supporters_count_until_september_2018(day: str, supporter: bool, amount: int) -> None:
    assert paid(day, 4, supporter_excludes=supporter) == amount


@pytest.mark.parametrize(
    ("day", "over_five_times"),
    [
        ("2018-09-30", False),  # 고시 2018-309 §7① has two cases
        ("2020-09-09", None),  # not read
        ("2020-09-10", True),  # 고시 2020-627 §7①3
        ("2026-07", True),
    ],
)
def test_the_rule_on_five_times_the_base_rent_has_a_beginning(
    day: str, over_five_times: bool | None
) -> None:
    amount = paid(day, 4, monthly_rent=50_000_000)
    if over_five_times:
        assert amount == 10_000
    else:
        assert is_missing(amount)  # base rent of 2018; whether the rule held, in 2020
    if over_five_times is None:
        assert paid(day, 4, monthly_rent=2_000_000) == 415_000


INCOME = st.integers(0, 1_400_000)
RENT = st.integers(0, 3_000_000)
DEPOSIT = st.integers(0, 99_000_000)


@given(income=INCOME, rent=RENT, deposit=DEPOSIT)
@settings(max_examples=60, deadline=None)
def test_a_rent_is_paid_in_tens_between_the_least_amount_and_the_base_rent(
    income: int, rent: int, deposit: int
) -> None:
    amount = paid("2026-07", income=income, monthly_rent=rent, deposit=deposit)
    assert amount % 10 == 0
    entitled = income <= 1_230_834 and rent + deposit > 0
    assert (10_000 <= amount <= 369_000) if entitled else amount == 0


@given(income=st.integers(0, 1_230_833), rent=st.integers(1, 1_845_000))
@settings(max_examples=40, deadline=None)
def test_more_income_never_raises_and_more_rent_never_lowers_the_benefit(
    income: int, rent: int
) -> None:
    amount = paid("2026-07", income=income, monthly_rent=rent)
    assert paid("2026-07", income=income + 1, monthly_rent=rent) <= amount
    if rent < 1_845_000:
        assert paid("2026-07", income=income, monthly_rent=rent + 1) >= amount
