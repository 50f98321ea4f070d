"""사회보험료: against a computation of its own in fractions, bounds, and what is not known."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from donghaeng.laws import law_on
from donghaeng.rules import HouseholdFacts, is_missing

NAMES = ["national_pension", "health_insurance", "long_term_care", "employment_insurance"]

# Ten-thousandths. 국민건강보험법 시행령 §44①, with the employer's half.
HEALTH = {2015: 607, 2016: 612, 2017: 612, 2018: 624, 2019: 646, 2020: 667, 2021: 686, 2022: 699}
HEALTH |= {2023: 709, 2024: 709, 2025: 709, 2026: 719}
# 노인장기요양보험법 시행령 §4: of the health contribution (1/10,000), since 2023 of the income (1/1,000,000).
CARE = {
    2015: 655,
    2016: 655,
    2017: 655,
    2018: 738,
    2019: 851,
    2020: 1_025,
    2021: 1_152,
    2022: 1_227,
}
CARE_OF_INCOME = {2023: 9_082, 2024: 9_182, 2025: 9_182, 2026: 9_448}
# 국민연금 기준소득월액, thousand won, from July of the year.
LIMITS = {2015: (270, 4_210), 2016: (280, 4_340), 2017: (290, 4_490), 2018: (300, 4_680)}
LIMITS |= {2019: (310, 4_860), 2020: (320, 5_030), 2021: (330, 5_240), 2022: (350, 5_530)}
LIMITS |= {2023: (370, 5_900), 2024: (390, 6_170), 2025: (400, 6_370), 2026: (410, 6_590)}
# 월별 건강보험료액의 하한과 상한, from July 2018.
PREMIUMS = {2018: (17_460, 6_193_140), 2019: (18_020, 6_365_520), 2020: (18_600, 6_644_340)}
PREMIUMS |= {2021: (19_140, 7_047_900), 2022: (19_500, 7_307_100), 2023: (19_780, 7_822_560)}
PREMIUMS |= {2024: (19_780, 8_481_420), 2025: (19_780, 9_008_340), 2026: (20_160, 9_183_480)}
DAYS = [
    datetime.date(year, month, 1)
    for year in range(2015, 2027)
    for month in (1, 6, 7, 10)
    if (year, month) >= (2015, 7)
]
WAGES = st.one_of(
    st.sampled_from([0, 1, 269_999, 409_999, 410_000, 410_001, 499_999, 500_000, 500_001]),
    st.sampled_from([4_210_000, 4_210_001, 6_370_000, 6_589_999, 6_590_000, 6_590_001, 9_999_999]),
    st.integers(0, 250_000_000),
)


def floor(amount: Fraction, to: int = 1) -> int:
    return int(amount / to) * to


def pension(day: datetime.date, income: int, *, employee: bool = True) -> int:
    """국민연금법 §88③④, 시행령 §5①⑤, §117."""
    low, high = LIMITS[day.year if day.month >= 7 else day.year - 1]
    base = income // 1000 * 1000 if low * 1000 <= income <= high * 1000 else 0
    if income < low * 1000:
        base = low * 1000
    if income > high * 1000:
        base = high * 1000
    share = {2026: Fraction(475, 10_000), 2027: Fraction(5, 100)}.get(day.year, Fraction(45, 1000))
    return floor(base * share * (1 if employee else 2), 10) if income else 0


def health_and_care(day: datetime.date, wages: int) -> tuple[int, int]:
    """국민건강보험법 §69④, §76①, §107; 노인장기요양보험법 §9①."""
    if not wages:
        return 0, 0
    premium = wages * Fraction(HEALTH[day.year], 10_000)
    if day >= datetime.date(2018, 7, 1):
        low, high = PREMIUMS[day.year]
        premium = min(max(premium, Fraction(low)), Fraction(high))
    whole = floor(premium, 10)
    if day.year <= 2022:
        care = whole * Fraction(CARE[day.year], 10_000)
    else:
        care = (
            whole
            * Fraction(CARE_OF_INCOME[day.year], 1_000_000)
            / Fraction(HEALTH[day.year], 10_000)
        )
    return floor(Fraction(whole, 2), 10), floor(care / 2, 10)


def employment(day: datetime.date, wages: int) -> int:
    """고용산재보험료징수법 §13②, 시행령 §12①2."""
    rate = 13
    if day >= datetime.date(2019, 10, 1):
        rate = 16
    if day >= datetime.date(2022, 7, 1):
        rate = 18
    return floor(wages * Fraction(rate, 1000) / 2)


def found(day: datetime.date | str, *persons: dict[str, Any]) -> dict[str, list[Any]]:
    return law_on(str(day)).evaluate(HouseholdFacts("h", {}, list(persons)), NAMES)


def worker(earnings: int, **facts: Any) -> dict[str, Any]:
    person = {"birth_date": "1985-05-01", "earnings": earnings} | facts
    return person | {"birth_date": datetime.date.fromisoformat(person["birth_date"])}


def amounts(day: datetime.date | str, person: dict[str, Any]) -> list[Any]:
    result = found(day, person)
    return [result[name][0] for name in NAMES]


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("wages", [0, 500_000, 1_234_567, 3_000_000, 4_210_000, 7_000_001])
def test_an_employee_on_every_day_on_which_something_changes(
    day: datetime.date, wages: int
) -> None:
    health, care = health_and_care(day, wages)
    wanted = [pension(day, wages), health, care, employment(day, wages)]
    assert amounts(day, worker(wages)) == wanted


@settings(max_examples=80, deadline=None)
@given(wages=WAGES, day=st.sampled_from([day for day in DAYS if day >= datetime.date(2018, 7, 1)]))
def test_any_wages(wages: int, day: datetime.date) -> None:
    health, care = health_and_care(day, wages)
    wanted = [pension(day, wages), health, care, employment(day, wages)]
    assert amounts(day, worker(wages)) == wanted


@settings(max_examples=40, deadline=None)
@given(income=st.integers(1, 8_000_000), day=st.sampled_from(DAYS))
def test_who_is_not_an_employee_pays_the_whole_pension_contribution(
    income: int, day: datetime.date
) -> None:
    wanted = [pension(day, income, employee=False), 0, 0, 0]
    assert amounts(day, worker(0, business_income=income)) == wanted
    assert amounts(day, worker(income, insured_as_employee=False)) == wanted


def test_business_income_beside_a_job_does_not_count() -> None:
    # 국민연금법 §3①6: 사업장가입자 pays from the wages of the workplace.
    assert amounts("2026-07", worker(2_000_000, business_income=3_000_000))[0] == 95_000


@pytest.mark.parametrize(
    ("born", "pays"),
    [("2008-07-02", False), ("2008-07-01", True), ("1966-07-02", True), ("1966-07-01", False)],
)
def test_the_pension_is_paid_from_18_to_59(born: str, pays: bool) -> None:
    (contribution, *_) = amounts("2026-07-01", worker(2_000_000, birth_date=born))
    assert contribution == (95_000 if pays else 0)


def test_who_was_employed_after_65_must_be_known_from_65_on() -> None:
    at_65 = worker(2_000_000, birth_date="1961-07-01")
    assert is_missing(amounts("2026-07-01", at_65)[3])
    assert amounts("2026-07-01", at_65 | {"first_employed_after_65": True})[3] == 0
    assert amounts("2026-07-01", at_65 | {"first_employed_after_65": False})[3] == 18_000
    assert amounts("2026-06-30", at_65)[3] == 18_000


def test_nobody_without_income_pays() -> None:
    for day in DAYS:
        assert amounts(day, worker(0)) == [0, 0, 0, 0]
    assert amounts("2027-08", worker(0)) == [0, 0, 0, 0]


# What is not known.


def test_2027() -> None:
    result = amounts("2027-03", worker(3_000_000))
    assert result[0] == 150_000  # 5 %, 법률 20903 부칙 §4
    assert all(is_missing(amount) for amount in result[1:])
    assert amounts("2027-08", worker(3_000_000))[0] == 150_000  # no limit can touch it
    assert is_missing(amounts("2027-08", worker(6_700_000))[0])
    assert is_missing(amounts("2027-08", worker(450_000))[0])


def test_the_limits_of_the_health_contribution_before_july_2018() -> None:
    assert is_missing(amounts("2018-06", worker(200_000))[1])
    assert is_missing(amounts("2018-06", worker(90_000_000))[1])
    assert amounts("2018-06", worker(2_000_000))[1] == 62_400


# What holds of any day.


@settings(max_examples=60, deadline=None)
@given(
    wages=st.integers(0, 20_000_000), more=st.integers(0, 500_000), day=st.sampled_from(DAYS[12:])
)
def test_more_wages_never_lower_a_contribution(wages: int, more: int, day: datetime.date) -> None:
    result = found(day, worker(wages), worker(wages + more))
    for name in NAMES:
        low, high = result[name]
        assert 0 <= low <= high


@settings(max_examples=40, deadline=None)
@given(wages=st.integers(500_000, 4_210_000), day=st.sampled_from(DAYS))
def test_all_together_are_less_than_a_tenth_of_ordinary_wages(
    wages: int, day: datetime.date
) -> None:
    assert 0.07 * wages < sum(amounts(day, worker(wages))) < 0.1 * wages


@pytest.mark.parametrize("year", range(2015, 2027))
@pytest.mark.parametrize("size", [1, 2, 4, 8])
def test_households_of_every_size(year: int, size: int) -> None:
    day = datetime.date(year, 8, 1)
    result = found(day, *[worker(2_500_000) for _ in range(size)])
    health, care = health_and_care(day, 2_500_000)
    assert result == {
        "national_pension": [pension(day, 2_500_000)] * size,
        "health_insurance": [health] * size,
        "long_term_care": [care] * size,
        "employment_insurance": [employment(day, 2_500_000)] * size,
    }
