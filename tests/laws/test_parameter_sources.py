"""The dated numbers of Korean law: how sure they are."""

import itertools

import pytest

from donghaeng.rules.terms import Status

from .parameter_files import (
    ALL,
    BENEFITS,
    BY_FILE,
    CITY,
    SIZES,
    YEARS,
    day_in,
    status,
)

# How sure the numbers are.


@pytest.mark.parametrize("size", SIZES)
def test_the_median_is_press_in_2024_and_secondary_in_2027(size):
    assert status("median_income_table", 2024, size) is Status.PRESS
    assert status("median_income_table", 2027, size) is Status.SECONDARY


def test_only_the_six_and_seven_person_medians_of_some_notices_were_read():
    # In 2025 a table of another ministry has 2 to 5 persons as well.
    official = {
        (year, size)
        for year, size in itertools.product(YEARS, SIZES)
        if status("median_income_table", year, size) is Status.OFFICIAL
    }
    years_of_notices = (2015, 2018, 2019, 2020, 2021, 2022, 2023, 2025, 2026)
    assert official == {
        *itertools.product(years_of_notices, (6, 7)),
        *itertools.product((2025,), range(2, 6)),
    }


@pytest.mark.parametrize("benefit", BENEFITS)
def test_a_line_is_secondary_where_its_median_is(benefit):
    for year, size in itertools.product(YEARS, SIZES):
        if status("median_income_table", year, size) is Status.SECONDARY:
            assert status(f"{benefit}_line_table", year, size) is Status.SECONDARY


def test_two_of_the_odd_lines_of_2023_are_secondary():
    assert status("livelihood_line_table", 2023, 2) is Status.SECONDARY
    assert status("medical_line_table", 2023, 3) is Status.SECONDARY
    assert status("medical_line_table", 2023, 6) is Status.DERIVED
    assert status("livelihood_line_table", 2023, 3) is Status.DERIVED


OFFICIAL = {
    "basic_pension": """
        basic_pension_age basic_pension_conversion_rate basic_pension_couple_least_share
        basic_pension_couple_ratio basic_pension_couple_reduction basic_pension_couple_step
        basic_pension_earnings_deduction basic_pension_earnings_share_off
        basic_pension_financial_free basic_pension_full_up_to basic_pension_graded_sum
        basic_pension_graded_up_to basic_pension_interest_free basic_pension_least_share
        basic_pension_low_income_amount basic_pension_luxury_rate
        basic_pension_redistribution_share basic_pension_reference_amount
        basic_pension_single_line basic_pension_step basic_pension_supplement_share
        free_rent_least_value free_rent_rate luxury_vehicle_least_value
    """,
    "child_allowance": """
        child_allowance_age child_allowance_amount child_allowance_kept_from
        child_allowance_kept_until depopulation_addition non_capital_addition voucher_addition
    """,
    "child_credit": """
        child_credit_income_limit child_credit_maximum child_credit_phase_out_rate_of_one
        child_credit_phase_out_rate_of_two child_credit_plateau_end_of_one
        child_credit_plateau_end_of_two child_tax_credit_is_deducted
    """,
    "credit_household": """
        credit_asset_limit credit_half_assets credit_share_of_half_assets dependent_child_age
        dependent_elder_age dependent_income_limit dual_earner_threshold elder_makes_one_earner
        elder_of_any_age_if_disabled income_year_first_day income_year_last_day
        late_application_share wage_deduction_of_small_wages
    """,
    "disability_pension": """
        disability_basic_general disability_basic_recipients disability_conversion_rate
        disability_couple_ratio disability_couple_reduction disability_full_value_rate
        disability_least_basic disability_single_line
    """,
    "earned_income_credit": """
        earned_income_credit_income_limit earned_income_credit_maximum
        earned_income_credit_phase_in_end earned_income_credit_phase_in_rate
        earned_income_credit_phase_out_rate earned_income_credit_plateau_end least_credit
        least_credit_of_phase_in least_credit_of_phase_out least_reduced_credit
        single_applicant_age
    """,
    "income": """
        rehabilitation_deduction self_support_deduction special_earnings_deduction
        war_veterans_share
    """,
    "income_tax": """
        basic_deduction birth_tax_credit child_credit_age child_credit_full_age
        child_credit_steps_not_from child_credit_steps_not_to child_tax_credit dependant_child_age
        dependant_income_limit dependant_parent_age dependant_wage_limit disability_deduction
        employment_credit_brackets employment_credit_limit employment_credit_limit_from
        employment_credit_limit_slope employment_deduction_brackets employment_deduction_limit
        further_child_tax_credit income_tax_brackets senior_deduction senior_deduction_age
        single_parent_deduction standard_tax_credit tax_year_end womens_deduction_amount
        womens_deduction_income_limit
    """,
    "lines": """
        housing_ratio livelihood_line_increment livelihood_ratio medical_ratio
    """,
    "median_income": """
        median_income_table
    """,
    "near_poor": """
        near_poor_ratio
    """,
    "parental_benefit": """
        parental_benefit_amount parental_benefit_births_from
    """,
    "rents": """
        deposit_rent_rate excess_rent_multiple excess_rent_rule free_use_rent_share
        large_household_rent_step least_housing_benefit own_share_rate
    """,
    "repair_benefit": """
        island_addition repair_middle_ratio repair_share
    """,
    "single_parent": """
        single_parent_child_age single_parent_line_rate single_parent_small_child_age
        single_parent_student_age young_single_parent_age youth_single_parent_age
    """,
    "social_insurance": """
        care_rate_of_income care_rate_of_premium health_insurance_rate pension_income_lower_limit
        pension_income_upper_limit pension_own_rate pension_rate unemployment_benefit_rate
    """,
    "supporters": """
        imputed_support_counts
    """,
    "youth_housing": """
        youth_apart_below_age youth_apart_from_age
    """,
}


def years_official(name):
    in_force = [year for year in YEARS if ALL[name].on(day_in(year)) is not None]
    return [year for year in in_force if status(name, year) is Status.OFFICIAL]


def test_official_is_only_what_was_read_in_a_statute_or_notice():
    found = {
        file: {
            name
            for name, parameter in parameters.items()
            for dated in parameter.values
            if any(dated.status_at(key) is Status.OFFICIAL for key in dated.cells)
        }
        for file, parameters in BY_FILE.items()
    }
    assert {file: names for file, names in found.items() if names} == {
        file: set(names.split()) for file, names in OFFICIAL.items()
    }
    assert not any(
        dated.status_at(key) is Status.OFFICIAL
        for parameter in CITY.values()
        for dated in parameter.values
        for key in dated.cells
    )
    assert years_official("livelihood_line_increment") == [2022]
    assert years_official("large_household_rent_step") == list(range(2016, 2021))
    # The 8-person lines in the notices of these years.
    with_text = [2015, *range(2018, 2024), 2025, 2026]
    assert years_official("livelihood_ratio") == with_text
    assert years_official("medical_ratio") == with_text
    # 수선유지급여 in 국토교통부 고시 제2019-427호, 제2021-1048호, 제2022-467호 and 제2025-506호.
    assert years_official("housing_ratio") == [2020, 2022, 2023, 2026]
    # The present text of 시행령 §5의2 (대통령령 제30258호); 고시 제2018-309호.
    for item in ("special_earnings_deduction", "rehabilitation_deduction", "war_veterans_share"):
        assert years_official(item) == list(range(2020, 2028))
    assert years_official("self_support_deduction") == list(range(2019, 2028))  # 2019-10-24
    assert years_official("own_share_rate") == list(range(2018, 2028))


@pytest.mark.parametrize(
    ("name", "known"),
    [  # 고시 제2022-289호, 제2026-156호; 제2023-284호, 제2025-227호; 제2023-46호; the acts
        ("basic_pension_single_line", [2023, 2026]),
        ("basic_pension_reference_amount", [2018, 2021, 2022, 2026]),  # 2018, 2021: 법 §5③
        ("basic_pension_earnings_deduction", [2023, 2024, 2026]),
        ("disability_single_line", [2024, 2026]),
        ("disability_basic_general", [2018, 2021, 2023, 2025]),  # 2018, 2021: 법 §6①
        ("pension_income_upper_limit", [2023]),
        ("single_parent_line_rate", [2025]),  # 성평등가족부
        ("health_insurance_rate", list(range(2015, 2027))),  # 시행령 §44
        ("care_rate_of_income", list(range(2023, 2027))),  # 시행령 §4
        ("pension_rate", list(range(2015, 2028))),  # 국민연금법 §88, 법률 20903 부칙
    ],
)
def test_numbers_of_a_year_are_official_in_the_years_whose_notice_was_read(name, known):
    assert years_official(name) == known


def test_a_status_of_names_a_place_of_its_table():
    for name, parameter in ALL.items():
        for dated in parameter.values:
            places = {",".join(str(part) for part in key) for key in dated.cells}
            places |= {str(part) for key in dated.cells for part in key}
            assert set(dated.status_of) <= places, name
