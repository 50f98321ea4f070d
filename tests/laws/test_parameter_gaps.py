"""The dated numbers of Korean law: what is not known, year by year."""

import datetime
import itertools

import pytest

from donghaeng.rules.missing import is_missing
from donghaeng.rules.terms import Status

from .parameter_files import ALL, LAST_DAY, NATIONAL, YEARS, day_in, status

NOT_KNOWN = {  # years on whose last day nothing of it is known
    "base_rent_table": "2018, 2023, 2027",
    "basic_pension_earnings_deduction": "2018-2019, 2027",
    "basic_pension_reference_amount": "2027",
    "basic_pension_single_line": "2027",
    "basic_property": "2015-2022",
    "basic_property_by_class": "2015-2016, 2018-2019",
    "birth_tax_credit": "2015-2016",
    "car_low_value": "2015-2022",
    "care_rate_of_income": "2027",
    "care_ratio": "2027",
    "child_credit_age": "2019-2022",
    "child_credit_from_table": "2015-2027",
    "child_tax_credit_is_deducted": "2015-2016",
    "credit_asset_limit": "2017-2018",
    "daycare_voucher": "2022-2025, 2027",
    "disability_adult_allowance_at_home": "2015-2024, 2027",
    "disability_adult_allowance_in_institution": "2015-2025, 2027",
    "disability_basic_general": "2027",
    "disability_child_allowance_table": "2015-2024, 2027",
    "disability_earnings_deduction": "2015-2027",
    "disability_single_line": "2021-2023, 2027",
    "disability_supplement_18_to_64": "2015-2023",
    "disability_supplement_from_65": "2015-2023",
    "disability_supplement_in_institution": "2015-2027",
    "disabled_applicant_of_any_age": "2015-2017",
    "disabled_flat_deduction": "2015-2019",
    "earned_income_credit_from_table": "2015-2027",
    "education_activity_support": "2015-2021, 2026-2027",
    "elder_makes_one_earner": "2017",
    "elderly_deduction_age": "2015-2019",
    "elderly_flat_deduction": "2015-2019",
    "employment_deduction_limit": "2015-2019",
    "excess_rent_rule": "2018-2019",
    "financial_conversion_rate": "2015-2018",
    "general_conversion_rate": "2015-2018",
    "general_earnings_deduction": "2015-2019",
    "health_insurance_rate": "2027",
    "health_premium_lower_limit": "2015-2017, 2027",
    "health_premium_upper_limit": "2015-2017, 2027",
    "island_addition": "2015",
    "least_credit": "2015-2019",
    "least_credit_of_phase_in": "2015-2019",
    "least_credit_of_phase_out": "2015-2019",
    "least_reduced_credit": "2015-2016",
    "living_reserve": "2015-2022",
    "own_share_part_of_the_youth": "2015-2027",
    "pension_income_lower_limit": "2027",
    "pension_income_upper_limit": "2027",
    "property_class_of_sejong": "2015-2022",
    "repair_cost": "2015, 2018-2019, 2027",
    "residential_conversion_rate": "2015-2018",
    "residential_limit_by_class": "2015-2022",
    "residential_property_limit": "2015-2022",
    "seoul_basic_security_before_2024": "2015-2027",
    "seoul_basic_security_gross_property": "2015-2027",
    "seoul_basic_security_share": "2015-2023, 2027",
    "seoul_basic_security_with_income": "2024-2027",
    "seoul_learn_two_children": "2026-2027",
    "self_support_deduction": "2015-2018",
    "single_parent_allowance_before_2022": "2015-2027",
    "single_parent_amount": "2022, 2027",
    "single_parent_line_rate": "2015-2021, 2027",
    "small_child_addition": "2022-2025, 2027",
    "tested_child_allowance": "2018-2027",
    "unemployment_benefit_rate": "2027",
    "vehicle_conversion_rate": "2015-2018",
    "young_single_parent_addition": "2022-2025, 2027",
    "youth_apart_below_age": "2015-2022",
    "youth_apart_from_age": "2015-2022",
    "youth_deduction_age_limit": "2015-2019",
    "youth_flat_deduction": "2015-2019",
    "youth_single_parent_amount": "2022, 2025, 2027",
    "youth_single_parent_line_rate": "2015-2023, 2025, 2027",
}
PARTLY_KNOWN = {  # years on whose last day some cells of the table are not known
    "base_rent_table": "2015-2017, 2019-2020, 2025",
    "disability_basic_property": "2015-2027",
    "disability_child_allowance_table": "2025-2026",
    "employment_credit_limit": "2015-2022",
    "parental_benefit_amount": "2022",
    "repair_cost": "2016-2017",
    "safety_income_deducted": "2022-2027",
    "youth_single_parent_amount": "2023-2024",
}


def years(words):
    """2015-2017, 2019"""
    spans = [part.split("-") for part in words.split(",") if part]
    return {year for span in spans for year in range(int(span[0]), int(span[-1]) + 1)}


@pytest.mark.parametrize("name", sorted(ALL))
def test_what_is_not_known_of_which_years(name):
    nothing, something = set(), set()
    for year in YEARS:
        dated = ALL[name].on(day_in(year))
        if dated is not None and dated.regimes:
            continue  # readings of the law stand in place of a value
        gaps = [is_missing(value) for value in dated.cells.values()] if dated else []
        if dated and (dated.status is Status.GAP or (gaps and all(gaps))):
            nothing.add(year)
        elif any(gaps):
            something.add(year)
    assert nothing == years(NOT_KNOWN.get(name, ""))
    assert something == years(PARTLY_KNOWN.get(name, ""))


@pytest.mark.parametrize("year", [2018, 2023, 2027])
def test_base_rents_of_these_years_were_not_found(year):
    assert ALL["base_rent_table"].on(day_in(year)).status is Status.GAP


@pytest.mark.parametrize(
    ("year", "known"),
    [
        (2015, {(zone, 4) for zone in range(1, 5)}),
        (2016, {(1, 4)}),
        (2017, {(zone, 4) for zone in range(1, 5)}),
        (2019, {(1, 4)}),
        (2020, {(1, 4)}),
        (2025, {*itertools.product(range(1, 5), (1, 2, 3, 4, 6))} - {(4, 3)}),
    ],
)
def test_base_rents_of_which_only_some_cells_are_known(year, known):
    cells = ALL["base_rent_table"].on(day_in(year)).cells
    assert {key for key, amount in cells.items() if not is_missing(amount)} == known


def test_base_rents_of_five_and_six_persons_in_2024_are_unverified():
    for zone, size in itertools.product(range(1, 5), range(1, 7)):
        expected = Status.UNVERIFIED if size > 4 else Status.SECONDARY
        assert status("base_rent_table", 2024, zone, size) is expected


def test_base_rents_of_2022_are_press_for_four_persons_only():
    for zone, size in itertools.product(range(1, 5), range(1, 7)):
        expected = Status.PRESS if size == 4 else Status.SECONDARY
        assert status("base_rent_table", 2022, zone, size) is expected


@pytest.mark.parametrize(
    "name",
    [
        "basic_property",
        "residential_property_limit",
        "living_reserve",
    ],
)
def test_what_is_taken_off_property_is_known_from_2023(name):
    parameter = NATIONAL[name]
    assert parameter.on(datetime.date(2022, 12, 31)).status is Status.GAP
    assert parameter.on(datetime.date(2023, 1, 1)).status is Status.SECONDARY


@pytest.mark.parametrize("kind", ["residential", "general", "financial", "vehicle"])
def test_conversion_rates_are_known_since_the_notice_of_september_2019(kind):
    # 고시 제2019-188호, in force since 2019-09-01 and not amended since.
    parameter = NATIONAL[f"{kind}_conversion_rate"]
    assert parameter.on(datetime.date(2019, 8, 31)).status is Status.GAP
    assert parameter.on(datetime.date(2019, 9, 1)).status is Status.SECONDARY
    assert parameter.on(datetime.date(2019, 9, 1)) is parameter.on(LAST_DAY)


def test_basic_property_of_the_three_classes_is_press_in_2017_and_unverified_from_2020():
    known = {
        year: status("basic_property_by_class", year, "large_city") for year in range(2015, 2023)
    }
    assert {year: word for year, word in known.items() if word is not Status.GAP} == {
        2017: Status.PRESS,
        **dict.fromkeys((2020, 2021, 2022), Status.UNVERIFIED),
    }


@pytest.mark.parametrize(
    "name",
    [
        "general_earnings_deduction",
        "youth_deduction_age_limit",
        "youth_flat_deduction",
        "disabled_flat_deduction",
        "elderly_deduction_age",
        "elderly_flat_deduction",
    ],
)
def test_deductions_set_by_the_minister_are_not_known_before_2020(name):
    parameter = NATIONAL[name]
    assert parameter.on(datetime.date(2019, 12, 31)).status is Status.GAP
    assert parameter.on(datetime.date(2020, 1, 1)).status is not Status.GAP
